"""Trunnion: a connected CMMS / EAM and field service on one data model."""

__version__ = "0.1.0"
