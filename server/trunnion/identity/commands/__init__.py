"""The verbs of identity, by noun."""

from . import membership, organisation, role, session, token

__all__ = ["membership", "organisation", "role", "session", "token"]
