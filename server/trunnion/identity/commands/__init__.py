"""The verbs of identity, by noun."""

from . import membership, organisation, password, role, session, token

__all__ = ["membership", "organisation", "password", "role", "session", "token"]
