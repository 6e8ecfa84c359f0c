"""Measurements of the product by itself; figures hold on the machine and in the run that printed them, no further."""
