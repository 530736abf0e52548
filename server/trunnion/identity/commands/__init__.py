"""The verbs of identity, by noun."""

from . import batch, membership, organisation, password, role, session, token

__all__ = ["batch", "membership", "organisation", "password", "role", "session", "token"]
