"""Tests of brick."""
