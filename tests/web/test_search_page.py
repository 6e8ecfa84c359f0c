"""The search page works as plain forms and links."""

from __future__ import annotations

import re

import builders


def chips(page: str) -> str:
    return re.search(r'id="understood">(.*?)</div>', page, re.DOTALL)[1]


def test_a_filter_narrows_the_list_and_its_chip_takes_it_off_again(client):
    page = client.get("/?dataset=demo&country=DE&lang=en").text
    assert "DEMO-DE-0001" in page
    assert "DEMO-US-0001" not in page
    assert "Germany" in chips(page)
    remove = re.search(r'<a href="([^"]+)" data-swap aria-label="Remove', page)[1].replace("&amp;", "&")
    assert "DEMO-US-0001" in client.get(remove).text


def test_facets_show_counts_and_what_is_ticked(client):
    page = client.get("/?dataset=demo&service=bonded&lang=en").text
    assert re.search(r'id="service-bonded"[^>]* checked', page)
    assert re.search(r'id="country-DE".*?<span class="count">1</span>', page)


def test_a_sentence_becomes_filters_that_can_be_shared_and_stays_in_the_field(client):
    page = client.get("/?q=德国保税仓&dataset=demo").text
    assert "DEMO-DE-0001" in page
    assert "DEMO-US-0001" not in page
    assert 'value="德国保税仓"' in page
    assert "said=" in page
    assert "service=bonded" in page


def test_words_that_are_no_condition_are_searched_as_words(client):
    page = client.get("/?q=示例企业OP-DEMO&dataset=demo").text
    assert "DEMO-DE-0001" in page


def test_an_entry_without_coordinates_is_listed_and_said_to_be_missing_on_the_map(client):
    page = client.get("/").text
    assert 'data-card="CNW002"' in page
    assert "1 条无坐标" in page


def test_unknown_area_is_written_as_not_reported_and_never_as_zero(client):
    page = client.get("/?country=DE").text
    card = page.split('data-card="CNW002"')[1].split("</li>")[0]
    assert "未填报" in card
    assert not re.search(r">0\s*<", card)


def test_nothing_found_offers_each_condition_to_be_taken_off(client):
    page = client.get("/?dataset=demo&country=DE&service=cold&lang=en").text
    assert "Nothing fits all of this" in page
    assert page.count("Try this") == 2


def test_an_unreadable_filter_is_refused_by_name_and_not_dropped(client):
    answer = client.get("/?country=XX")
    assert answer.status_code == 422
    assert "country" in answer.text


def test_later_pages_are_numbered_on_and_keep_the_filters(site, client):
    for number in range(12):
        builders.publish(
            site.database,
            f"DEMO-DE-1{number:03}",
            builders.hamburg_bonded(),
            dataset="demo",
            operator_id="OP-DEMO",
        )
    first = client.get("/?dataset=demo&country=DE").text
    second = client.get("/?dataset=demo&country=DE&page=2").text
    assert "country=DE&amp;page=2" in first
    assert 'data-number="11"' in second
    ids = [re.findall(r'data-card="([^"]+)"', page) for page in (first, second)]
    assert len(set(ids[0] + ids[1])) == 13


def test_a_name_with_markup_is_shown_as_text(site, client):
    name = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    builders.publish(
        site.database, "DEMO-X", builders.hamburg_bonded(name_zh=name), dataset="demo", operator_id="OP-DEMO"
    )
    for path in ("/?dataset=demo", "/warehouses/DEMO-X", "/told?ids=DEMO-X&dataset=demo"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_map_is_told_of_one_place_with_links_of_the_same_dataset(client):
    told = client.get("/told?ids=DEMO-DE-0001&dataset=demo&lang=en").text
    assert "Demo Hanse Waltershof" in told
    assert "dataset=demo" in told
    assert "3,200" in told


def test_an_entry_without_a_place_is_said_to_be_in_the_list_only_where_it_is(client):
    everywhere = client.get("/?dataset=real&lang=en").text
    assert 'data-card="CNW002"' in everywhere
    assert "in the list, not on the map" in everywhere
    for bounded in ("bbox=-170,-80,170,80", "near=53.5,10&within_km=20000"):
        page = client.get(f"/?dataset=real&lang=en&{bounded}").text
        assert 'data-card="CNW002"' not in page
        assert "in the list, not on the map" not in page
        assert "1 more entry fits, but its place is not known" in page
