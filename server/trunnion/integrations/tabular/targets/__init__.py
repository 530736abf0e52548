"""What rows of a table can become, one declaration for each kind of record."""

from . import assets, catalog, certificates, codes, meters, parties, parts, people, places, requests, work

__all__ = [
    "assets",
    "catalog",
    "certificates",
    "codes",
    "meters",
    "parties",
    "parts",
    "people",
    "places",
    "requests",
    "work",
]
