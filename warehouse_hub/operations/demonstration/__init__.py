"""A fictitious directory of a realistic size and shape, for demonstrations and measurements only."""
