"""Tests of an organisation on its way out and in."""
