"""What an edition takes in, how it orders and counts it, and how two editions differ; pure, without a database."""
