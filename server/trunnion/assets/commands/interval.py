"""Verbs on state history: a state begins, ends, is put right."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from trunnion.assets.events import IntervalBegun, IntervalCorrected
from trunnion.assets.models import Asset, StateInterval
from trunnion.assets.rules.spans import Span, Splice, holding, reach, splice
from trunnion.assets.types.cards import IntervalDone
from trunnion.assets.types.kinds import IntervalState
from trunnion.assets.types.lines import Cause
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Instant
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .naming import at_or_now


@command("assets.interval.begin")
def begin(
    ctx: Context, asset_id: UUID, state: IntervalState, at: Instant | None = None, cause: Cause | None = None
) -> IntervalDone:
    """A state begins and closes the one before it; a back-dated one lasts until the next known change."""
    asset = take(ctx, Asset, asset_id)
    moment, why = at_or_now(at), cause or Cause()
    live = _around(ctx, asset, moment, None)
    held = holding(live, moment)
    if held is not None and held.state == state and why in (Cause(), held.cause):
        return _answer(ctx, held.id)
    return _lay(ctx, asset, live, Span(state, moment, reach(live, moment), why))


@command("assets.interval.end")
def end(
    ctx: Context, asset_id: UUID, at: Instant | None = None, cause: Cause | None = None,
    then: IntervalState = IntervalState.RUNNING,
) -> IntervalDone:  # fmt: skip
    """What lasts at this instant ends and `then` begins; with a cause given, only what is due to it ends."""
    asset = take(ctx, Asset, asset_id)
    moment = at_or_now(at)
    live = _around(ctx, asset, moment, None)
    held = holding(live, moment)
    if held is None:
        raise Refusal("assets.no_interval", at=moment.isoformat())
    if held.state == then or (cause is not None and _other(cause, held.cause)):
        return _answer(ctx, held.id)
    return _lay(ctx, asset, live, Span(then, moment, held.until_at))


@command("assets.interval.correct")
def correct(
    ctx: Context, asset_id: UUID, state: IntervalState, from_at: Instant, until_at: Instant | None = None,
    cause: Cause | None = None,
) -> IntervalDone:  # fmt: skip
    """Puts history right: from one instant to another the machine was in this state, whatever was known before."""
    asset = take(ctx, Asset, asset_id)
    at_or_now(from_at, "/from_at")
    if until_at is not None:
        at_or_now(until_at, "/until_at")
        if until_at <= from_at:
            raise Invalid.field("/until_at", "assets.interval_order", since=from_at.isoformat())
    live = _around(ctx, asset, from_at, until_at)
    made = _lay(ctx, asset, live, Span(state, from_at, until_at, cause or Cause()))
    emit(IntervalCorrected(asset_id=asset.id, from_at=from_at, until_at=until_at))
    return made


def _other(cause: Cause, held: Cause) -> bool:
    return (cause.kind, cause.row_id) != (held.kind, held.row_id)


def _around(ctx: Context, asset: Asset, from_at: datetime, until_at: datetime | None) -> list[Span]:
    """The live spans that a change between two instants may touch, in order."""
    rows = StateInterval.objects.of(ctx).filter(asset_id=asset.id, superseded_at=None)
    touched = rows.filter(Q(until_at=None) | Q(until_at__gt=from_at))
    if until_at is not None:
        # The one behind the change must be known as well, so that no gap is left before the first.
        after = (
            rows.filter(from_at__gte=until_at).order_by("from_at").values_list("from_at", flat=True).first()
        )
        touched = touched.filter(from_at__lte=after or until_at)
    return [_span(row) for row in touched.order_by("from_at")]


def _span(row: StateInterval) -> Span:
    cause = Cause(row.cause_kind, row.cause_id, row.cause_text)
    return Span(row.state, row.from_at, row.until_at, cause, row.id)


def _lay(ctx: Context, asset: Asset, live: list[Span], new: Span) -> IntervalDone:
    """Writes what the splice says and answers with the new interval."""
    plan = splice(live, new)
    _clear(ctx, plan)
    rows = [
        StateInterval(
            asset=asset, state=span.state, from_at=span.from_at, until_at=span.until_at, cause_kind=span.cause.kind,
            cause_id=span.cause.row_id, cause_text=span.cause.text[:500],
        )
        for span in plan.make
    ]  # fmt: skip
    for row in rows:
        row.save()
    made = next(r for r in rows if r.from_at == new.from_at)
    emit(IntervalBegun(asset_id=asset.id, interval_id=made.id, state=made.state, at=made.from_at))
    return _done(made)


def _clear(ctx: Context, plan: Splice) -> None:
    ids = [*plan.supersede, *([plan.close[0]] if plan.close else [])]
    now = clock.now()
    for row in StateInterval.objects.of(ctx).filter(id__in=ids):
        if plan.close is not None and row.id == plan.close[0]:
            row.until_at = plan.close[1]
        else:
            row.superseded_at = now
        row.save()


def _answer(ctx: Context, interval_id: UUID | None) -> IntervalDone:
    return _done(StateInterval.objects.of(ctx).get(id=interval_id))


def _done(row: StateInterval) -> IntervalDone:
    return IntervalDone(row.id, row.version, row.asset_id, str(row.state), row.from_at, row.until_at)
