"""Reads a file."""

PLACE = "/root/data.csv"  # bad
