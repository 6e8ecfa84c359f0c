"""Publicly reported overseas warehouses, shipped with their sources; see README.md beside the data."""
