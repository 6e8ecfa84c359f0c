"""Names that exporters and operators write must lead to the places they mean."""

from __future__ import annotations

import multiprocessing
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from warehouse_hub.places.gazetteer import ALTERNATE, GAZETTEER_FILE, PRIMARY, default_gazetteer
from warehouse_hub.places.names import normalise_name

TOWNS = [
    # English, Chinese, country: the towns of the reported warehouses and of the usual needs
    ("Perris", "佩里斯", "US"),
    ("Whitehall", "怀特霍尔", "US"),
    ("Ellabell", "埃拉贝尔", "US"),
    ("Linden", "林登", "US"),
    ("Carteret", "卡特雷特", "US"),
    ("Walnut", "核桃市", "US"),
    ("Carlstadt", "卡尔施塔特", "US"),
    ("Edison", "爱迪生", "US"),
    ("Fontana", "丰塔纳", "US"),
    ("Chino", "奇诺", "US"),
    ("Ontario", "安大略", "US"),
    ("Santa Fe Springs", "圣达菲斯普林斯", "US"),
    ("Rancho Cucamonga", "兰乔库卡蒙加", "US"),
    ("Los Angeles", "洛杉矶", "US"),
    ("Savannah", "萨凡纳", "US"),
    ("Dallas", "达拉斯", "US"),
    ("Coventry", "考文垂", "GB"),
    ("Milton Keynes", "米尔顿凯恩斯", "GB"),
    ("Dunstable", "邓斯特布尔", "GB"),
    ("Leicester", "莱斯特", "GB"),
    ("Rugby", "拉格比", "GB"),
    ("Doncaster", "唐卡斯特", "GB"),
    ("Daventry", "达文特里", "GB"),
    ("Birmingham", "伯明翰", "GB"),
    ("Felixstowe", "费利克斯托", "GB"),
    ("Grâce-Hollogne", "格拉斯奥洛涅", "BE"),
    ("Antwerp", "安特卫普", "BE"),
    ("Rotterdam", "鹿特丹", "NL"),
    ("Hamburg", "汉堡", "DE"),
    ("Bremen", "不来梅", "DE"),
    ("Duisburg", "杜伊斯堡", "DE"),
    ("Wilhelmshaven", "威廉港", "DE"),
    ("Madrid", "马德里", "ES"),
    ("Piraeus", "比雷埃夫斯", "GR"),
    ("Warsaw", "华沙", "PL"),
    ("Wrocław", "弗罗茨瓦夫", "PL"),
    ("Budapest", "布达佩斯", "HU"),
    ("Csepel", "切佩尔", "HU"),
    ("Great Stone Industrial Park", "中白工业园", "BY"),
    ("Moscow", "莫斯科", "RU"),
    ("Almaty", "阿拉木图", "KZ"),
    ("Khorgos", "霍尔果斯", "KZ"),
    ("Tashkent", "塔什干", "UZ"),
    ("Andijon", "安集延", "UZ"),
    ("Navoiy", "纳沃伊", "UZ"),
    ("Karakalpakstan", "卡拉卡尔帕克斯坦", "UZ"),
    ("Jebel Ali", "杰贝阿里", "AE"),
    ("Gwadar", "瓜达尔", "PK"),
    ("Colombo", "科伦坡", "LK"),
    ("Hambantota", "汉班托塔", "LK"),
    ("Laem Chabang", "林查班", "TH"),
    ("Port Klang", "巴生港", "MY"),
    ("Singapore", "新加坡", "SG"),
    ("Jakarta", "雅加达", "ID"),
    ("Hanoi", "河内", "VN"),
    ("Ho Chi Minh City", "胡志明市", "VN"),
    ("Osaka", "大阪", "JP"),
    ("Sydney", "悉尼", "AU"),
    ("Monterrey", "蒙特雷", "MX"),
    ("Lagos", "拉各斯", "NG"),
    ("Mlolongo", "姆洛隆戈", "KE"),
]

PORTS = [
    ("洛杉矶港", "US"),
    ("长滩港", "US"),
    ("纽约/新泽西港", "US"),
    ("萨凡纳港", "US"),
    ("休斯顿港", "US"),
    ("汉堡港", "DE"),
    ("鹿特丹港", "NL"),
    ("安特卫普港", "BE"),
    ("费利克斯托港", "GB"),
    ("瓜达尔港", "PK"),
    ("比雷埃夫斯港", "GR"),
    ("科伦坡港", "LK"),
    ("新加坡港", "SG"),
]


@pytest.mark.parametrize(("english", "chinese", "country"), TOWNS)
def test_a_warehouse_town_is_found_under_its_english_and_its_chinese_name(english, chinese, country):
    by_chinese = default_gazetteer().find(chinese, country=country)[0]
    assert (by_chinese.name, by_chinese.country) == (english, country)
    assert by_chinese in default_gazetteer().find(english)
    assert by_chinese in default_gazetteer().find(chinese)


@pytest.mark.parametrize(("name", "country"), PORTS)
def test_a_port_is_found_by_its_chinese_name_and_knows_its_town(name, country):
    port = default_gazetteer().find(name)[0]
    town = default_gazetteer().town_of(port)
    assert (port.kind, port.country) == ("port", country)
    assert town.kind in {"city", "town"}
    assert abs(town.latitude - port.latitude) + abs(town.longitude - port.longitude) < 1


@pytest.mark.parametrize(
    "written",
    ["wroclaw", "WROCŁAW", "Wrocław", " Wrocław ", "Wrocław"],  # noqa: PT014 (composed, decomposed)
)
def test_accents_case_and_strokes_do_not_matter(written):
    assert default_gazetteer().find(written)[0].name == "Wrocław"


def test_a_hyphen_is_a_space_and_traditional_characters_are_read():
    assert default_gazetteer().find("grace hollogne")[0].name == "Grâce-Hollogne"
    assert default_gazetteer().find("漢堡")[0].name == "Hamburg"
    assert default_gazetteer().find("米尔顿·凯恩斯")[0].name == "Milton Keynes"


def test_proper_names_come_before_alternate_ones_and_larger_towns_first():
    proper, *rest = default_gazetteer().matches("Cologne")
    assert (proper.place.name, proper.rank) == ("Köln", PRIMARY)
    assert all(match.rank >= proper.rank for match in rest)
    assert default_gazetteer().matches("Bombay")[0].rank == ALTERNATE
    birminghams = default_gazetteer().find("Birmingham")
    assert [place.country for place in birminghams[:2]] == ["GB", "US"]


def test_a_city_stands_before_the_region_of_its_name():
    assert default_gazetteer().find("Ontario")[0].subdivision == "CA"
    assert {place.kind for place in default_gazetteer().find("Ontario")} == {"city", "region"}


def test_near_prefers_the_closest_of_the_name():
    springfield = default_gazetteer().find("Springfield", near=(44.0, -123.0))[0]
    assert springfield.subdivision == "OR"


def test_an_unknown_name_finds_nothing():
    assert default_gazetteer().find("Nowhereville-upon-Nothing") == []
    assert default_gazetteer().find("") == []


def test_a_place_is_found_again_by_its_id():
    for name in ("洛杉矶", "洛杉矶港", "内陆帝国"):
        place = default_gazetteer().find(name)[0]
        assert default_gazetteer().get(place.id) == place
    assert default_gazetteer().get("geonames:0") is None


def test_the_largest_cities_abroad_and_the_whole_supplement_have_chinese_names():
    abroad = [place for place in default_gazetteer().largest(at_least=100_000) if place.country != "CN"][:420]
    assert [place.name for place in abroad if place.name_zh is None] == []
    ports = default_gazetteer().of_kind("port", supplement_only=True)
    assert len(ports) > 200
    assert all(port.name_zh for port in ports)


def test_chinese_names_hold_no_letters_of_other_scripts():
    named = [place.name_zh for place in default_gazetteer().largest(at_least=1) if place.name_zh]
    assert len(named) > 12_000
    assert [
        name for name in named if not re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0002ffff·-]+", name)
    ] == []


def test_no_place_bears_a_country_code_that_china_does_not_recognise():
    codes = {place.country for place in default_gazetteer().largest(at_least=1)}
    assert "XK" not in codes
    assert {"TW", "HK", "MO", "PS"} <= codes
    for name, country in [("Pristina", "RS"), ("Simferopol", "UA"), ("Itanagar", "CN"), ("Naharlagun", "CN")]:
        assert {place.country for place in default_gazetteer().find(name)} == {country}, name


def test_the_vocabulary_holds_small_towns_of_the_supplement_but_no_ordinary_words():
    vocabulary: dict[str, str] = {}
    for key, place in default_gazetteer().names(500_000):
        vocabulary.setdefault(key, place.name)
    assert vocabulary["ellabell"] == "Ellabell"
    assert vocabulary["巴生港"] == "Port Klang"
    assert vocabulary["长滩"] == "Long Beach"
    assert not {"边和", "split", "reading", "same", "of", "中心"} & vocabulary.keys()
    assert "accrington" not in vocabulary
    assert {"边和", "split"} <= {key for key, _ in default_gazetteer().names(words=True)}


def test_every_name_of_the_vocabulary_is_its_own_lookup_key():
    keys = [key for key, _ in default_gazetteer().names()][::500]
    assert len(keys) > 100
    for key in keys:
        assert normalise_name(key) == key


def test_many_threads_look_up_at_once():
    names = [english for english, _, _ in TOWNS] * 20
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda name: default_gazetteer().find(name)[0].name, names))
    assert len(found) == len(names)
    assert found[: len(TOWNS)] == found[-len(TOWNS) :]


def _first_name(name: str) -> str:
    return default_gazetteer().find(name)[0].name


def test_a_forked_process_looks_up_after_its_parent_did():
    assert _first_name("汉堡") == "Hamburg"
    with multiprocessing.get_context("fork").Pool(2) as processes:
        assert processes.map(_first_name, ["汉堡", "鹿特丹"] * 10) == ["Hamburg", "Rotterdam"] * 10


def test_the_gazetteer_cannot_be_written_to():
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        default_gazetteer()._connection().execute("DELETE FROM place")


def test_the_file_that_ships_is_small():
    assert GAZETTEER_FILE.stat().st_size < 5_500_000
