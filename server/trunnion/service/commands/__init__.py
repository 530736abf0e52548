"""The verbs of service; each is known to callers as `<file>.<verb>`."""

from . import desk, follow, guest, triage

__all__ = ["desk", "follow", "guest", "triage"]
