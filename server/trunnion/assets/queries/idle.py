"""Reads of idle equipment: what has not been used for longer than its class allows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Exists, F, OuterRef, Q, Subquery

from trunnion.assets.commands.idleness import IDLE
from trunnion.assets.models import Asset, IdleFinding, IdleRule, Meter, MeterReading
from trunnion.assets.types.kinds import AssetState, IdleCause, IdleState, MeterKind, ReadingKind
from trunnion.kernel import clock
from trunnion.kernel.context import Context

# Where nobody has said otherwise.
USUAL_DAYS = 90


class Idle(msgspec.Struct, frozen=True):
    """An asset that nobody uses, since when, and how that is known."""

    asset_id: UUID
    cause: IdleCause
    since_at: datetime


def find_idle(ctx: Context) -> list[Idle]:
    """What is idle and no finding says so yet; one that was looked at and kept is not found again."""
    return [*_by_state(ctx), *_by_meter(ctx)]


def _by_state(ctx: Context) -> Iterator[Idle]:
    seen = IdleFinding.objects.of(ctx).filter(asset_id=OuterRef("pk"))
    rows = (
        Asset.objects.of(ctx)
        .filter(longer_than_allowed(ctx, "state_since_at"), state__in=IDLE, merged_into=None)
        .exclude(Exists(seen.filter(Q(ended_at=None) | Q(idle_since_at=OuterRef("state_since_at")))))
    )
    for asset_id, since in rows.values_list("id", "state_since_at"):
        yield Idle(asset_id, IdleCause.STATE, since)


def _by_meter(ctx: Context) -> Iterator[Idle]:
    """In service, and read since, but the counter shows what it showed when the allowed days began."""
    seen = IdleFinding.objects.of(ctx).filter(asset_id=OuterRef("asset_id"))
    taken_back = MeterReading.objects.of(ctx).filter(reverses_id=OuterRef("pk"))
    readings = (
        MeterReading.objects.of(ctx)
        .filter(meter_id=OuterRef("pk"))
        .exclude(entry=ReadingKind.REVERSAL)
        .exclude(Exists(taken_back))
    )
    same = readings.filter(total=OuterRef("last_total")).order_by("read_at", "id")
    counters = (
        Meter.objects.of(ctx)
        .filter(is_active=True, meter_kind=MeterKind.COUNTER, asset__state=AssetState.IN_SERVICE)
        .filter(asset__merged_into=None)
        .annotate(since=Subquery(same.values("read_at")[:1]))
        .filter(longer_than_allowed(ctx, "since", "asset__"), last_read_at__gt=F("since"))
        .exclude(Exists(seen.filter(Q(ended_at=None) | Q(idle_since_at=OuterRef("since")))))
    )
    known: dict[UUID, datetime] = {}
    for asset_id, since in counters.values_list("asset_id", "since"):
        known[asset_id] = max(since, known.get(asset_id, since))
    running = _running(ctx, list(known))
    for asset_id, since in known.items():
        if asset_id not in running:
            yield Idle(asset_id, IdleCause.NO_USE, since)


def _running(ctx: Context, asset_ids: list[UUID]) -> set[UUID]:
    """Those of which another counter went on within the time that every class allows."""
    found: set[UUID] = set()
    for start in range(0, len(asset_ids), 900):
        ids = asset_ids[start : start + 900]
        first = (
            MeterReading.objects.of(ctx)
            .filter(meter_id=OuterRef("pk"), total=OuterRef("last_total"))
            .order_by("read_at", "id")
        )
        meters = (
            Meter.objects.of(ctx)
            .filter(asset_id__in=ids, is_active=True, meter_kind=MeterKind.COUNTER)
            .annotate(since=Subquery(first.values("read_at")[:1]))
        )
        found |= set(
            meters.exclude(longer_than_allowed(ctx, "since", "asset__")).values_list("asset_id", flat=True)
        )
    return found


def find_used_again(ctx: Context) -> list[UUID]:
    """Findings by the meter whose counter has gone on since."""
    later = MeterReading.objects.of(ctx).filter(
        meter__asset_id=OuterRef("asset_id"),
        read_at__gt=OuterRef("idle_since_at"),
        meter__meter_kind=MeterKind.COUNTER,
    )
    before = Meter.objects.of(ctx).filter(
        asset_id=OuterRef("asset_id"), meter_kind=MeterKind.COUNTER, is_active=True
    )
    rows = IdleFinding.objects.of(ctx).filter(
        Exists(later), Exists(before), ended_at=None, cause=IdleCause.NO_USE, state=IdleState.FOUND
    )
    at_since = {row.id: (row.asset_id, row.idle_since_at) for row in rows}
    return [key for key, (asset_id, since) in at_since.items() if _went_on(ctx, asset_id, since)]


def _went_on(ctx: Context, asset_id: UUID, since: datetime) -> bool:
    totals = (
        MeterReading.objects.of(ctx)
        .filter(meter_id=OuterRef("pk"), read_at__lte=since)
        .order_by("-read_at", "-id")
        .values("total")[:1]
    )
    meters = Meter.objects.of(ctx).filter(asset_id=asset_id, is_active=True, meter_kind=MeterKind.COUNTER)
    return meters.annotate(then=Subquery(totals)).filter(last_total__gt=F("then")).exists()


def longer_than_allowed(ctx: Context, since: str, through: str = "") -> Q:
    """The condition that a time lies further back than the asset's class allows; the nearest class counts."""
    now = clock.now()
    path = f"{through}model__equipment_class__path"
    rest, rules = USUAL_DAYS, []
    for days, above in IdleRule.objects.of(ctx).values_list("days", "equipment_class__path"):
        if above is None:
            rest = days
        else:
            rules.append((above, days))
    found, covered = Q(pk__in=[]), Q(pk__in=[])
    # The deepest classes first: what they cover is no matter of those above.
    for above, days in sorted(rules, key=lambda rule: -len(rule[0])):
        inside = Q(**{f"{path}__startswith": above})
        found |= inside & ~covered & Q(**{f"{since}__lte": now - timedelta(days=days)})
        covered |= inside
    outside = Q(**{f"{path}__isnull": True}) | ~covered
    return found | (outside & Q(**{f"{since}__lte": now - timedelta(days=rest)}))
