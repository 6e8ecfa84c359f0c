"""The text of listings: tokens, weights and scores, and the port of the engine that keeps postings."""
