"""What every subject stands on: the database, the unit of work, the change feed, errors, the clock."""
