"""Verbs on rates: what an hour costs from a day on."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.identity.queries import get_organisation
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Amount, Currency, Day, Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit
from trunnion.workforce.events import RateSet
from trunnion.workforce.models import LabourResource, Rate

Hourly = Annotated[Amount, Field(le=1_000_000)]
Craft = Annotated[Line, Field(max_length=60)]


@command("workforce.rate.set")
def set_(
    ctx: Context,
    resource_id: UUID,
    amount: Hourly,
    from_on: Day,
    craft: Craft = "",
    currency: Currency | None = None,
) -> Done:
    """Says what an hour costs from a day on, in the organisation's currency; the same day again corrects it.

    What was booked before keeps the rate that it was booked with.
    """
    resource = take(ctx, LabourResource, resource_id)
    own = get_organisation(ctx.organisation_id).currency
    if currency not in (None, own):
        raise Invalid.field("/currency", "rate.currency_other", own=own)
    row = Rate.objects.of(ctx).filter(resource_id=resource.id, craft=craft, from_on=from_on).first()
    row = row or Rate(resource=resource, craft=craft, from_on=from_on)
    row.amount, row.currency = amount, own
    row.save()
    emit(RateSet(resource_id=resource.id, from_on=from_on))
    return Done(row.id, row.version)


@command("workforce.rate.withdraw")
def withdraw(ctx: Context, rate_id: UUID) -> None:
    """Takes a rate back that was entered by mistake."""
    take(ctx, Rate, rate_id).delete()
