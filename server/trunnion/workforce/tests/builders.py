"""Makes what tests of workforce and of the rooms above need."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from trunnion.identity.tests.builders import Tenant
from trunnion.kernel.context import Context
from trunnion.workforce.commands import labour_resource, rate

LONG_AGO = date(2020, 1, 1)


def make_resource(
    tenant: Tenant, name: str = "Li Wei", user: Context | None = None, hourly: str | None = None
) -> UUID:
    """A labour resource, perhaps with a login and an hourly rate."""
    made = labour_resource.create(tenant.owner, name=name, user_id=user.actor_id if user else None)
    if hourly is not None:
        rate.set_(tenant.owner, made.id, amount=Decimal(hourly), from_on=LONG_AGO)
    return made.id


def make_engineer(tenant: Tenant, name: str = "Li Wei", hourly: str | None = "60") -> tuple[Context, UUID]:
    """A signed-in engineer and the labour resource that they are."""
    ctx = tenant.person("engineer", name=name)
    return ctx, make_resource(tenant, name, ctx, hourly)
