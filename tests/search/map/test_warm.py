"""The compiled loops of the map."""

from __future__ import annotations

from search.map.map_samples import located, scattered, source_of

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.kernels.compiled import compiled_forms
from warehouse_hub.search.map.features import map_of
from warehouse_hub.search.map.warm import warm


def forms() -> dict[str, int]:
    return {
        name: count
        for name, count in compiled_forms().items()
        if name.startswith("warehouse_hub.search.map.")
    }


def test_whoever_opens_a_map_does_not_wait_for_the_compiler():
    warm()
    warmed = forms()
    assert warmed
    assert set(warmed.values()) == {1}
    recent = scattered(300, 2, 0.02, ordered=False)
    for parts in ([scattered(5000, 1, 0.02), recent], [located([], [])], [recent]):
        for box in (None, Box(-10, 40, 30, 60), Box(170, -45, -170, 45)):
            for zoom in (0, 9, 22):
                map_of(source_of(*parts), box, zoom, 0)
    assert forms() == warmed
