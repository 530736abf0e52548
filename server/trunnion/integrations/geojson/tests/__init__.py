"""Tests of geojson."""
