"""TEMPORARY until search.clusters is there."""
from dataclasses import dataclass
from warehouse_hub.web.context import hub, reading
from warehouse_hub.directory.published import published_listings
@dataclass(frozen=True)
class Feature:
    latitude: float
    longitude: float
    count: int
    id: str | None
    bbox: tuple | None
def features_in(query, zoom):
    ids = hub().search.match_ids(query)
    with reading() as s:
        L = [l for l in published_listings(s, query.dataset, ids) if l.latitude is not None]
    if zoom <= 2 and len(L) > 10:
        return [Feature(L[0].latitude, L[0].longitude, 9, None, (5, 45, 20, 60))] + [Feature(l.latitude, l.longitude, 1, l.id, None) for l in L[9:]]
    return [Feature(l.latitude, l.longitude, 1, l.id, None) for l in L]
