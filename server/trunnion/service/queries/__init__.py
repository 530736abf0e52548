"""Reads of service, by noun."""

from . import progress, requests, scan

__all__ = ["progress", "requests", "scan"]
