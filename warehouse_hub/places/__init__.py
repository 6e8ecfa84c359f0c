"""Where things are: the bundled gazetteer, offline geocoding, distances, hubs and the map base.

Coordinates are WGS-84 degrees, latitude before longitude, everywhere but in GeoJSON files.
"""
