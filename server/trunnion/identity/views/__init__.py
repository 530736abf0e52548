"""Saved views: what somebody keeps of how they look at a list."""
