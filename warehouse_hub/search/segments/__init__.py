"""The derived index on disk: immutable segments of rows with their text, published by sealed commits."""
