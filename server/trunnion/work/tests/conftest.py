"""What every test of work shares."""

import pytest

from .builders import Shop


@pytest.fixture
def shop(tenant) -> Shop:
    """An organisation with a machine and an engineer."""
    return Shop(tenant)
