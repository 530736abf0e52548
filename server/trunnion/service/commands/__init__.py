"""The verbs of service; each is known to callers as `<file>.<verb>`."""

from . import batch, carry, desk, follow, guest, triage

__all__ = ["batch", "carry", "desk", "follow", "guest", "triage"]
