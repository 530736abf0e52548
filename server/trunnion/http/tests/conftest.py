"""Callers at the door: signed in by cookie, by token, and strangers."""

import pytest
from django.test import Client

from trunnion.identity.commands import token

PROBLEM = "application/problem+json"


@pytest.fixture
def owner(tenant) -> Client:
    """The owner's browser."""
    return tenant.client()


@pytest.fixture
def stranger(db) -> Client:
    """A browser that nobody knows."""
    return Client(headers={"X-Trunnion-Door": "web"})


@pytest.fixture
def program(tenant):
    """Makes a program with a token of these permissions; returns its client and the token's answer."""

    def make(*permissions: str, ctx=None):
        made = token.issue(ctx or tenant.owner, name="ERP", permissions=list(permissions))
        return Client(headers={"Authorization": f"Bearer {made.token}"}), made

    return make
