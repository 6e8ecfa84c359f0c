"""Needs of exporters, read from free text, and the public listings that meet them."""
