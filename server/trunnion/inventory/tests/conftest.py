"""What every test of inventory shares."""

import pytest

from .builders import Depot


@pytest.fixture
def depot(tenant) -> Depot:
    """An organisation with stores and a part."""
    return Depot(tenant)
