"""Tests of haystack."""
