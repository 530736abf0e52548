"""The verbs of parties, by noun."""

from . import contact, party, relation, site

__all__ = ["contact", "party", "relation", "site"]
