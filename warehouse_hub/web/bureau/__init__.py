"""The desks of the bureau: review of listings, editions of the catalogue."""
