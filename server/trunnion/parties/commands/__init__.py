"""The verbs of parties, by noun."""

from . import batch, contact, party, relation, site

__all__ = ["batch", "contact", "party", "relation", "site"]
