"""The verbs of parties, by noun."""

from . import batch, contact, merging, party, relation, site

__all__ = ["batch", "contact", "merging", "party", "relation", "site"]
