"""Distances people read, and distances that rank."""

from __future__ import annotations

import numpy as np
import pytest

from warehouse_hub.places.distance import geodesic_km, haversine_km, haversine_km_between
from warehouse_hub.places.gazetteer import default_gazetteer
from warehouse_hub.places.hubs import nearest_airport, nearest_port, nearest_ports

ZHENGZHOU = (34.7578, 113.6486)


def test_a_distance_across_the_antimeridian_is_the_short_way():
    assert geodesic_km((0.0, 179.5), (0.0, -179.5)) == pytest.approx(111.32, abs=0.01)
    assert haversine_km(0.0, 179.5, [0.0], [-179.5])[0] == pytest.approx(111.19, abs=0.01)
    assert haversine_km_between((0.0, 179.5), (0.0, -179.5)) == pytest.approx(111.19, abs=0.01)


def test_haversine_stays_within_six_per_mille_of_the_geodesic_all_over_the_earth():
    random = np.random.default_rng(7)
    latitudes, longitudes = random.uniform(-89, 89, 300), random.uniform(-180, 180, 300)
    quick = haversine_km(*ZHENGZHOU, latitudes, longitudes)
    exact = [geodesic_km(ZHENGZHOU, point) for point in zip(latitudes, longitudes, strict=True)]
    assert np.max(np.abs(quick / exact - 1)) < 0.006


def test_opposite_points_and_the_same_point_have_distances():
    antipode = haversine_km(0.0, 0.0, [0.0, 0.0], [180.0, 0.0])
    assert antipode[0] == pytest.approx(20015.1, abs=0.1)
    assert antipode[1] == 0.0


def test_a_point_without_coordinates_is_neither_near_nor_far():
    assert np.isnan(haversine_km(0.0, 0.0, [np.nan], [0.0])[0])


@pytest.mark.parametrize(
    ("point", "port", "kilometres"),
    [
        ((32.127, -81.488), "萨凡纳港", 33),
        ((51.4325, 6.7652), "杜伊斯堡港", 3),
        ((50.650, 5.470), "安特卫普港", 106),
        ((3.0, 101.4), "巴生港", 1),
        ((-1.396, 36.940), "蒙巴萨港", 420),
    ],
)
def test_the_nearest_port_is_one_a_forwarder_would_name(point, port, kilometres):
    place, distance = nearest_port(*point)
    assert place.name_zh == port
    assert distance == pytest.approx(kilometres, abs=1)


def test_minor_ports_count_only_when_any_port_will_do():
    major, far = nearest_port(52.41, -1.51)
    minor, near = nearest_port(52.41, -1.51, major_only=False)
    assert (major.provider, minor.provider) == ("supplement", "sea-ports")
    assert near < far


def test_the_ports_around_a_site_come_nearest_first():
    ports = nearest_ports(51.4325, 6.7652)
    assert [port.name_zh for port, _ in ports] == ["杜伊斯堡港", "安特卫普港", "阿姆斯特丹港"]
    assert ports[0] == nearest_port(51.4325, 6.7652)


@pytest.mark.parametrize("site", [(51.43, 6.77), (-17.7, 179.9), (89.0, 10.0), (0.0, -180.0), (34.0, 109.0)])
@pytest.mark.parametrize("major_only", [True, False])
def test_the_nearest_ports_are_those_of_all_that_the_geodesic_puts_first(site, major_only):
    ports = default_gazetteer().of_kind("port", supplement_only=major_only)
    all_km = sorted(geodesic_km(site, (port.latitude, port.longitude)) for port in ports)
    found = nearest_ports(*site, most=7, major_only=major_only)
    assert [km for _, km in found] == all_km[:7]
    assert all(km == geodesic_km(site, (port.latitude, port.longitude)) for port, km in found)


def test_the_nearest_airport_is_liege_for_grace_hollogne():
    place, distance = nearest_airport(50.650, 5.470)
    assert place.name == "Liège Airport"
    assert distance < 5
