"""Holds anything."""
