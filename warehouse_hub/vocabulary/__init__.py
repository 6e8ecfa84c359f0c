"""Code lists, quantities, countries, region sets and the text of both languages; it knows nothing of warehouses."""
