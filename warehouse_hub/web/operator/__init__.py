"""The desk of an enterprise that runs warehouses."""
