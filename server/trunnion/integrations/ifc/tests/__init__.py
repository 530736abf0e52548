"""Tests of the reading of IFC files."""
