"""Verbs on periods: up to which day the ledger is closed."""

from datetime import date

from django.db import IntegrityError, transaction

from trunnion.identity.queries import get_organisation
from trunnion.identity.types import Done
from trunnion.inventory.events import PeriodClosed, PeriodReopened
from trunnion.inventory.models import Period
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Day
from trunnion.kernel.unit import emit


@command("inventory.period.close")
def close(ctx: Context, through_on: Day) -> Done:
    """Closes the ledger up to a day: nothing is entered any more that happened until then."""
    if through_on >= clock.today(get_organisation(ctx.organisation_id).zone):
        raise Invalid.field("/through_on", "period.not_over")
    row = locked(ctx)
    if row.closed_through_on is not None and through_on <= row.closed_through_on:
        raise Invalid.field("/through_on", "period.closed_already", through_on=row.closed_through_on)
    row.closed_through_on = through_on
    row.save()
    emit(PeriodClosed(through_on=through_on))
    return Done(row.id, row.version)


@command("inventory.period.reopen")
def reopen(ctx: Context, through_on: Day | None = None) -> Done:
    """Opens days again: the ledger is then closed up to this day only, or not at all."""
    row = locked(ctx)
    if row.closed_through_on is None or (through_on is not None and through_on >= row.closed_through_on):
        raise Invalid.field("/through_on", "period.open_already")
    row.closed_through_on = through_on
    row.save()
    emit(PeriodReopened(through_on=through_on))
    return Done(row.id, row.version)


def locked(ctx: Context) -> Period:
    """The organisation's one row, locked: a closing and a back-dated entry never pass each other."""
    rows = Period.objects.of(ctx).select_for_update()
    found = rows.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            row = Period()
            row.save()
            return row
    except IntegrityError:
        return rows.get()


def closed_through(ctx: Context) -> date | None:
    """The last day that is closed."""
    return locked(ctx).closed_through_on
