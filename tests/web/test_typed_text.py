"""The text of the search field: what it was understood to mean stands beside it, each piece to be taken off."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import builders
import pytest
from web.search_page import cards, opened, understood


def link(page: str, pattern: str) -> str:
    """The address of the one link whose tag and text match."""
    found = re.findall(rf'<a[^>]*href="([^"]+)"[^>]*{pattern}', page)
    assert len(set(found)) == 1, found
    return html.unescape(found[0])


def asked(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_names_in_the_text_narrow_and_the_text_stays_as_it_was_typed(client):
    page = opened(client, q="德国 保税")
    assert cards(page) == ["DEMO-DE-0001"]
    assert 'value="德国 保税"' in page
    for chip in ("<i>Country or region</i><b>Germany</b>", "<i>Service</i><b>Bonded storage</b>"):
        assert chip in understood(page)
    assert "said=" not in page
    assert "country=DE" not in page


def test_a_chip_cuts_its_piece_out_of_the_text(client):
    address = link(
        understood(opened(client, q="德国 保税 ")), 'aria-label="Remove: Country or region Germany"'
    )
    assert asked(address)["q"] == ["保税"]
    assert cards(opened(client, q="保税")) == cards(client.get(address).text)


def test_words_that_are_no_filter_are_one_chip_beside_the_filters(client):
    page = opened(client, q="Demo Hanse 德国")
    assert "<i>Words</i><b>Demo Hanse</b>" in understood(page)
    assert cards(page) == ["DEMO-DE-0001"]
    assert asked(link(understood(page), 'aria-label="Remove: Words Demo Hanse"'))["q"] == ["德国"]


def test_a_typed_country_and_a_ticked_one_are_either_of_them(client):
    page = opened(client, q="德国", country="US")
    assert sorted(cards(page)) == ["DEMO-DE-0001", "DEMO-US-0001"]


def test_a_typed_value_stands_ticked_in_its_facet_as_a_link_that_takes_it_out(client):
    page = opened(client, q="德国 保税", country="US")
    assert re.search(r'id="country-US"[^>]* checked', page)
    assert 'id="country-DE"' not in page
    typed = link(page.split('id="facet-country"')[1], 'aria-label="Remove: Country or region Germany"')
    assert asked(typed) == {"q": ["保税"], "country": ["US"], "dataset": ["demo"]}


def test_what_was_typed_and_ticked_is_one_chip_and_goes_at_once(client):
    page = opened(client, q="德国", country="DE")
    assert understood(page).count("Germany") == 2  # the chip and its button
    address = link(understood(page), 'aria-label="Remove: Country or region Germany"')
    assert asked(address) == {"dataset": ["demo"]}


def test_the_filter_form_carries_the_text_along(client):
    form = opened(client, q="德国 保税").split('id="facet-form"')[1].split("</form>")[0]
    assert 'name="q" value="德国 保税"' in form


def test_a_word_behind_a_minus_is_left_out_and_said_so(client):
    page = opened(client, q="-德国")
    assert cards(page) == ["DEMO-US-0001"]
    assert "not Germany" in understood(page)
    assert asked(link(understood(page), 'aria-label="Remove: Country or region not Germany"')) == {
        "dataset": ["demo"]
    }


def test_a_name_of_several_places_offers_the_others(client):
    page = opened(client, q="birmingham 退货")
    assert "“birmingham” could also mean" in understood(page)
    address = link(understood(page), ">within 100 km of Birmingham, United States</a>")
    other = client.get(address).text
    assert "退货" in asked(address)["q"][0]
    assert re.search(r'data-near="33\.[^"]*,-86\.', other)
    assert "could also mean" not in understood(other)


def test_a_key_with_a_value_nobody_knows_is_owned_up_to(client):
    page = opened(client, q="service:levitation 德国")
    assert "Not understood: “service:levitation”" in understood(page)
    assert asked(link(understood(page), 'aria-label="Remove: service:levitation"'))["q"] == ["德国"]


def test_the_same_words_can_be_looked_for_as_words_and_read_as_filters_again(client):
    address = link(
        understood(opened(client, q="德国 保税", country="DE")), ">Search for these words only</a>"
    )
    assert asked(address) == {"q": ["德国 保税"], "literal": ["1"], "country": ["DE"], "dataset": ["demo"]}
    page = client.get(address).text
    assert "<i>Words</i><b>德国 保税</b>" in understood(page)
    back = link(understood(page), ">Read the words as filters</a>")
    assert asked(back) == {"q": ["德国 保税"], "country": ["DE"], "dataset": ["demo"]}


@pytest.mark.parametrize("text", ["Hanse", "汉港仓", '"Demo Hanse"'])
def test_words_that_name_no_filter_offer_no_other_reading(client, text):
    page = understood(opened(client, q=text))
    assert "Search for these words only" not in page
    assert "Read the words as filters" not in page


def test_a_slip_of_the_fingers_is_put_right_by_a_link(client):
    page = opened(client, q="hambrg", country="DE")
    assert cards(page) == []
    assert "Did you mean" in page
    address = link(page, ">hamburg</a>")
    assert asked(address) == {"q": ["hamburg"], "country": ["DE"], "dataset": ["demo"]}
    assert cards(client.get(address).text) == ["DEMO-DE-0001"]


def test_nothing_is_put_right_where_enough_is_found(client):
    assert "Did you mean" not in opened(client, q="Hanse")
    assert "Did you mean" not in opened(client)


def test_results_about_a_typed_place_can_be_ordered_by_distance(site, client):
    for number, latitude in ((1, 54.2), (2, 53.9)):
        site.publish_demo(f"DEMO-DE-{number}", builders.hamburg_bonded(latitude=latitude))
    page = opened(client, q="Demo 汉堡")
    assert '<option value="distance">' in page
    assert "km away" in page
    ordered = opened(client, q="Demo 汉堡", sort="distance")
    assert cards(ordered) == ["DEMO-DE-0001", "DEMO-DE-2", "DEMO-DE-1"]
    assert '<option value="distance" selected>' in ordered
    assert 'value="distance"' not in opened(client, q="Demo")


def test_the_map_is_told_the_circle_and_the_outline_that_were_typed(client):
    assert re.search(r'id="list"[^>]* data-near="53\.[^"]+,100\.0"', opened(client, q="汉堡"))
    assert re.search(r'id="list"[^>]* data-outline="[^"]+;[^"]+;[^"]+"', opened(client, q="加州"))


def test_later_pages_keep_the_text(site, client):
    for number in range(12):
        site.publish_demo(f"DEMO-DE-1{number:03}", builders.hamburg_bonded())
    pages = [opened(client, q="德国 保税", page=number) for number in (1, 2)]
    assert len(set(cards(pages[0])) | set(cards(pages[1]))) == 13
    assert "page=2" in pages[0]
    assert "Bonded storage" in understood(pages[1])
