"""Reads of service, by noun."""

from . import own, progress, requests, scan

__all__ = ["own", "progress", "requests", "scan"]
