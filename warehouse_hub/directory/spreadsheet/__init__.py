"""Tables as people send them: csv, xlsx, xls, json and geojson, read into one shape with their own row numbers."""
