"""Two organisations without identity: the kernel is tested by its own playground."""

import pytest

from trunnion.kernel.context import Context
from trunnion.kernel.journal import enter_organisation

from .builders import person


@pytest.fixture
def here(db) -> Context:
    """Somebody of an organisation who may do everything."""
    ctx = person()
    enter_organisation(ctx.organisation_id)
    return ctx


@pytest.fixture
def there(db) -> Context:
    """Somebody of another organisation, whose rows must never be met."""
    return person(actor_name="Canary")
