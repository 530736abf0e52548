"""What rows of a table can become, one declaration for each kind of record."""

from . import assets, catalog, parties, people, work

__all__ = ["assets", "catalog", "parties", "people", "work"]
