"""The search page works as plain forms and links."""

from __future__ import annotations

import re

import builders
from web.search_page import EVERY_FACET, cards, understood


def test_a_filter_narrows_the_list_and_its_chip_takes_it_off_again(client):
    page = client.get("/?dataset=demo&country=DE&lang=en").text
    assert "DEMO-DE-0001" in page
    assert "DEMO-US-0001" not in page
    assert "Germany" in understood(page)
    remove = re.search(r'<a href="([^"]+)" data-swap aria-label="Remove', page)[1].replace("&amp;", "&")
    assert "DEMO-US-0001" in client.get(remove).text


def test_facets_show_counts_and_what_is_ticked(client):
    page = client.get("/?dataset=demo&service=bonded&lang=en").text
    assert re.search(r'id="service-bonded"[^>]* checked', page)
    assert re.search(r'id="country-DE".*?<span class="count">1</span>', page)


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


def test_nothing_found_offers_the_conditions_that_stand_in_the_way(client):
    page = client.get("/?dataset=demo&country=DE&service=cold&lang=en").text
    assert "Nothing fits all of this" in page
    without = re.findall(r"<li><span>without ([^<]+)</span><b[^>]*>([^<]+)</b><a", page)
    # Without Germany there would be nothing either.
    assert without == [("Service Cold chain", "1 warehouse")]
    assert page.count("Try this") == 1


def test_a_facet_nothing_is_counted_in_is_left_out_unless_it_is_in_force(client):
    page = client.get("/?dataset=demo&country=FR&record_class=self").text
    assert re.search(r'id="record_class-self"[^>]* checked', page)
    assert 'id="facet-grade"' not in page


def test_every_facet_can_be_ticked_without_a_script(client):
    page = client.get("/?dataset=demo&lang=en").text
    ticks = re.findall(r'<input type="checkbox" id="[^"]+" name="(\w+)" value="([^"]+)"', page)
    assert {name for name, _ in ticks} == EVERY_FACET
    for name, code in ticks:
        found = client.get("/", query_string={"dataset": "demo", name: code, "lang": "en"}).text
        assert re.search(rf'id="{name}-{re.escape(code)}"[^>]* checked', found), (name, code)


def test_cities_are_facets_by_name_with_their_country_where_two_share_it(site, client):
    site.publish_demo("DEMO-US-9", builders.perris_dropship(city="Hamburg", city_zh="汉堡"))
    page = client.get("/?dataset=demo").text
    assert "汉堡（德国）" in page
    assert "汉堡（美国）" in page
    assert "佩里斯" in page
    assert "佩里斯（" not in page
    narrowed = client.get("/?dataset=demo&city=US/hamburg").text
    assert cards(narrowed) == ["DEMO-US-9"]


def test_an_area_is_bounded_by_its_fields_which_keep_what_they_hold(client):
    assert "DEMO-DE-0001" not in client.get("/?dataset=demo&min_available_m2=4000").text
    page = client.get("/?dataset=demo&min_available_m2=1000&max_available_m2=4000&lang=en").text
    assert "DEMO-DE-0001" in page
    assert "1,000 to 4,000 m²" in understood(page)
    assert re.search(r'name="min_available_m2"[^>]* value="1000"', page)
    nothing = client.get("/?dataset=demo&min_available_m2=4000").text
    assert re.search(r'name="min_available_m2"[^>]* value="4000"', nothing)


def test_each_of_several_places_is_a_chip_and_an_order_by_distance_goes_with_the_last(client):
    page = client.get("/?dataset=demo&near=53.5,10&near=33.8,-117.2&within_km=100&sort=distance&lang=en").text
    assert "DEMO-DE-0001" in page
    assert "DEMO-US-0001" in page
    assert "within 100 km of 53.5, 10" in understood(page)
    assert "within 100 km of 33.8, -117.2" in understood(page)
    removals = re.findall(r'<a href="([^"]+)" data-swap aria-label="Remove: Place', understood(page))
    assert "sort=distance" in removals[0]
    one = client.get(removals[0].replace("&amp;", "&")).text
    (last,) = re.findall(r'<a href="([^"]+)" data-swap aria-label="Remove: Place', understood(one))
    assert "sort" not in last
    assert "within_km" not in last
    assert client.get(last.replace("&amp;", "&")).status_code == 200


def test_what_the_api_leaves_out_the_page_takes_off_as_well(client):
    page = client.get("/?dataset=demo&not_service=bonded&lang=en").text
    assert "DEMO-DE-0001" not in page
    assert "not Bonded storage" in understood(page)


def test_the_map_tells_how_many_have_no_coordinates_and_leads_to_them(client):
    page = client.get("/?country=DE").text
    foot = page.split('class="map-foot"')[1]
    link = re.search(r'<a href="([^"]+)" data-swap="top">1 条无坐标</a>', foot)[1].replace("&amp;", "&")
    assert "country=DE" in link
    told = client.get(link).text
    assert cards(told) == ["CNW002"]
    assert "无坐标" in told
    assert 'data-card="CNW002"' not in client.get(link.replace("DE", "US")).text


def test_those_without_coordinates_are_found_for_a_place_that_was_typed(client):
    bounded = client.get("/", query_string={"q": "near:汉堡 50km"}).text
    assert 'data-card="CNW002"' not in bounded
    link = re.search(r'<a href="([^"]+)" data-swap="top">看看是哪些</a>', bounded)[1].replace("&amp;", "&")
    assert 'data-card="CNW002"' in client.get(link).text


def test_that_only_what_has_coordinates_is_asked_for_is_a_condition_that_can_be_taken_off(client):
    page = client.get("/?dataset=real&located=0").text
    assert cards(page) == ["CNW002"]
    assert "无坐标" in understood(page)
    assert "有坐标" in understood(client.get("/?dataset=real&located=1").text)


def test_where_nothing_lacks_coordinates_nothing_is_taken_off(client):
    page = client.get("/?dataset=demo&unlocated=1&country=DE").text
    assert "所有结果都有坐标" in page
    assert "去掉一个条件" not in page


def test_a_page_behind_the_last_one_leads_back(client):
    page = client.get("/?dataset=demo&country=DE&page=999").text
    assert "列表没有这么多页" in page
    assert "去掉一个条件" not in page
    link = re.search(r'<a href="([^"]+)" data-swap>回到第一页</a>', page)[1].replace("&amp;", "&")
    assert cards(client.get(link).text) == ["DEMO-DE-0001"]


def test_only_what_helps_is_offered_where_nothing_fits(client):
    page = client.get('/?dataset=demo&country=DE&q="no such words"').text
    offered = page.split('class="relax-list"')[1].split("</ul>")[0]
    assert "no such words" in offered
    assert "德国" not in offered


def test_words_that_are_left_out_are_called_words(client):
    assert "不含“加州”字样" in understood(client.get("/?dataset=demo&q=-加州").text)


def test_an_unreadable_filter_is_refused_by_name_and_not_dropped(client):
    answer = client.get("/?country=XX")
    assert answer.status_code == 422
    assert "country" in answer.text


def test_later_pages_are_numbered_on_and_keep_the_filters(site, client):
    for number in range(12):
        site.publish_demo(f"DEMO-DE-1{number:03}", builders.hamburg_bonded())
    first = client.get("/?dataset=demo&country=DE").text
    second = client.get("/?dataset=demo&country=DE&page=2").text
    assert re.search(r"country=DE&amp;[^\"]*page=2", first)
    assert 'data-number="11"' in second
    ids = [cards(page) for page in (first, second)]
    assert len(set(ids[0] + ids[1])) == 13


def test_a_name_with_markup_is_shown_as_text(site, client):
    name = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    site.publish_demo("DEMO-X", builders.hamburg_bonded(name_zh=name))
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
