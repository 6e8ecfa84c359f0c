"""The search field holds a search until nothing is found for it that a need would explain."""

from __future__ import annotations

import html
import re

import builders
import pytest
from web.search_page import cards, opened


def is_need(page: str) -> bool:
    """Whether the text became filters of the address, with the sentence beside them."""
    return "said=" in page


@pytest.mark.parametrize(
    "text",
    [
        "德国 一件代发",
        "德国保税仓",
        "汉堡 保税 2000平以上",
        "country:德国 area:>2000",
        "德国 -保税",
        "德国 示例汉港仓",
        "Hamburg bonded dropshipping",
        "德国 从没有过的名字",
        "2000平",
        "海外仓怎么做账?",
    ],
)
def test_a_search_stays_a_search(client, text):
    page = opened(client, q=text)
    assert not is_need(page)
    assert f'value="{html.escape(text)}"' in page


@pytest.mark.parametrize(
    "text",
    [
        "我们郑州做假发的，要在德国找2000平带电仓",
        "汉堡港300公里内要个保税仓，2000平左右，一件代发",
        "德国2000平,明年3月起租一年",
        "300托 汉堡",
        "汉堡那家跑路了，想在洛杉矶找",
        "LA warehouse for FBA transfer; UK warehouse for dropshipping",
        "德国一件代发；英国保税",
    ],
)
def test_a_need_becomes_filters_that_can_be_shared_and_its_sentence_stays_in_the_field(client, text):
    page = opened(client, q=text)
    assert is_need(page)
    assert f'value="{text}"' in page
    assert "This reads like a need." in page


def test_what_a_need_states_of_its_asker_is_not_looked_for(client, site):
    site.publish_demo("DEMO-DE-2", builders.hamburg_bonded(services={"battery": True}))
    page = opened(client, q="我们郑州做假发的，要在德国找2000平带电仓")
    assert cards(page) == ["DEMO-DE-2"]
    for filter_ in ("country=DE", "service=battery", "goods=hair", "min_available_m2=2000"):
        assert filter_ in page


def test_a_name_that_a_listing_bears_is_never_talked_away(client, site):
    text = "德国 2000平 谷仓"
    assert is_need(opened(client, q=text))
    site.publish_demo("DEMO-DE-3", builders.hamburg_bonded(name_zh="示例谷仓一号"))
    page = opened(client, q=text)
    assert not is_need(page)
    assert cards(page) == ["DEMO-DE-3"]


def test_what_narrows_no_list_is_said_to_and_leads_to_matching(client):
    page = opened(client, q="德国 300托，明年3月起租一年，预算每月2万欧元")
    for told in ("300 ", "2027-03-01", "EUR 20,000"):
        assert re.search(rf"chip--beside[^!]*?{told}[^!]*?not a filter here", page), told
    assert "/needs?" in page
    assert "text=" in page


def test_a_search_that_states_an_amount_leads_to_matching_and_stays_one(client):
    page = opened(client, q="汉堡 保税 2000平以上")
    assert not is_need(page)
    assert "This reads like a need." in page
    assert "This reads like a need." not in opened(client, q="汉堡 保税")


def test_each_condition_of_a_need_is_taken_off_alone_and_the_sentence_stays(client):
    page = opened(client, q="汉堡港300公里内要个保税仓，2000平左右")
    remove = re.search(r'<a href="([^"]+)"[^>]*aria-label="Remove: Service Bonded storage"', page)[1]
    less = client.get(html.unescape(remove)).text
    assert 'value="汉堡港300公里内要个保税仓，2000平左右"' in less
    assert "within 300 km of Hamburg" in less
    assert "Bonded storage</b>" not in less


def test_a_sentence_can_be_looked_for_word_by_word_all_the_same(client):
    page = opened(client, q="300托 汉堡")
    words = re.search(r'<a href="([^"]+)"[^>]*>Search for these words only</a>', page)[1]
    assert not is_need(client.get(html.unescape(words)).text)
