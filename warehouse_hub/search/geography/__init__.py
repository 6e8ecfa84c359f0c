"""Where listings lie: circles, boxes and polygons over columns of places, and distances on the ellipsoid.

Coordinates are WGS-84 degrees, latitude before longitude; an unknown place is NaN and lies nowhere.
"""
