"""Procedures: how work is done, as versions that somebody else approved."""
