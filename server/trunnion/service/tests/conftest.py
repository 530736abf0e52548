"""What every test of service shares."""

import pytest

from .builders import Service


@pytest.fixture
def service(tenant) -> Service:
    """An organisation with a labelled machine and an engineer."""
    return Service(tenant)


@pytest.fixture
def elsewhere(other) -> Service:
    """The same in another organisation."""
    return Service(other)
