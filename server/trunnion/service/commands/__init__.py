"""The verbs of service; each is known to callers as `<file>.<verb>`."""

from . import batch, desk, follow, guest, triage

__all__ = ["batch", "desk", "follow", "guest", "triage"]
