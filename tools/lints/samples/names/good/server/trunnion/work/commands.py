"""Starts orders."""
