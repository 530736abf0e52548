"""What every test shares: a home of its own, quick passwords, delivery in the same thread, two organisations."""

import os
import tempfile

os.environ.setdefault("TRUNNION_HOME", tempfile.mkdtemp(prefix="trunnion-test-"))
os.environ.setdefault("TRUNNION_SECRET", "a secret for tests only")

import pytest
from argon2 import PasswordHasher

from trunnion.identity import passwords
from trunnion.identity.tests.builders import Tenant, found_tenant


@pytest.fixture(autouse=True)
def _quick(settings, monkeypatch):
    settings.TRUNNION_DELIVERY = "inline"
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def tenant(db) -> Tenant:  # noqa: ARG001  (gives the database)
    """An organisation with its owner."""
    return found_tenant("Harbour Hospital")


@pytest.fixture
def other(db) -> Tenant:  # noqa: ARG001  (gives the database)
    """A second organisation, which must never be seen."""
    return found_tenant("Canary Works")
