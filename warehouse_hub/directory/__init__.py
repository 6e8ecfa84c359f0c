"""Operators, warehouses and their listings: what the directory says, who said it, and when."""
