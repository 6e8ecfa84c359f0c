"""What search filters, counts and sorts by: arrays with one row for one wording of one listing."""
