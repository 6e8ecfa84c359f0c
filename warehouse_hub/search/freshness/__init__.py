"""Keeping what search answers from in step with the database."""
