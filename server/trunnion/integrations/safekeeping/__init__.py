"""Copies of a whole installation: made while it works, proved by restoring them, kept as long as they are of use."""
