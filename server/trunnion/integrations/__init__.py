"""Doors to outside systems and formats, one folder each."""
