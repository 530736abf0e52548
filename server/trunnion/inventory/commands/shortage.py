"""Verbs on shortages: when what is lacking will come."""

from uuid import UUID

from trunnion.identity.types import Done
from trunnion.inventory.events import ShortageExpected
from trunnion.inventory.models import Shortage
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.inputs import Day
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit


@command("inventory.shortage.expect")
def expect(ctx: Context, shortage_id: UUID, expected_on: Day | None = None) -> Done:
    """Says when what is lacking is expected; without a day, that nobody knows any more."""
    row = take(ctx, Shortage, shortage_id)
    if row.expected_on != expected_on:
        row.expected_on = expected_on
        row.save()
        emit(
            ShortageExpected(
                shortage_id=row.id, demand_kind=row.demand_kind, demand_id=row.demand_id, item_id=row.item_id,
                store_id=row.store_id, expected_on=expected_on,
            )
        )  # fmt: skip
    return Done(row.id, row.version)
