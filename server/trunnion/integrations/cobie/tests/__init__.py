"""Tests of the COBie reader, checks and writer."""
