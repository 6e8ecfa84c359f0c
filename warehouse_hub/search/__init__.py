"""Search: text, filters, facets and the map over what is in print.

Everything here is derived from the database and can be deleted; only the worker writes the index on disk.
"""
