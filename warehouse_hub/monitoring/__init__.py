"""Monthly reports, and the utilisation statistics that are made from them."""
