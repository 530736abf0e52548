"""Verbs on idle equipment: when it counts as idle, and finding, offering, claiming and handing it over."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import IdleClaimed, IdleFound, IdleOffered, IdleReleased
from trunnion.assets.models import Asset, IdleFinding, IdleRule, Location
from trunnion.assets.states import IDLENESS
from trunnion.assets.types.cards import AssetDone
from trunnion.assets.types.kinds import IdleCause, IdleState
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Amount, Currency, Day, Line, Name
from trunnion.kernel.policies import refer, take
from trunnion.kernel.unit import emit

from .effects import effect_of
from .going import go
from .idleness import end
from .naming import needed
from .papers import Facts

Days = Annotated[int, Field(ge=1, le=3660)]


@command("assets.idle_rule.set")
def set_rule(ctx: Context, days: Days, equipment_class_id: UUID | None = None) -> Done:
    """Says after how many days equipment of a class and of those below it is idle; without a class, all other."""
    refer(ctx, "catalog.equipment_class", equipment_class_id, "/equipment_class_id")
    row = IdleRule.objects.of(ctx).filter(equipment_class_id=equipment_class_id).first()
    row = row or IdleRule(equipment_class_id=equipment_class_id)
    row.days = days
    row.save()
    return Done(row.id, row.version)


@command("assets.idle_rule.remove")
def remove_rule(ctx: Context, rule_id: UUID) -> None:
    """Takes back a rule; the class above it decides again."""
    take(ctx, IdleRule, rule_id).delete()


@command("assets.idle_finding.find")
def find(ctx: Context, asset_id: UUID, cause: IdleCause, idle_since_at: datetime) -> Done | None:
    """Notes that an asset has been idle for long; one that is known is counted on."""
    days = max((clock.now() - idle_since_at).days, 0)
    asset = take(ctx, Asset, asset_id)
    if IdleFinding.objects.of(ctx).filter(asset_id=asset.id, ended_at=None).exists():
        return None
    row = IdleFinding(
        asset=asset, cause=cause, state=IdleState.FOUND, idle_since_at=idle_since_at, idle_days=days,
        found_at=clock.now(),
    )  # fmt: skip
    row.save()
    emit(IdleFound(finding_id=row.id, asset_id=asset.id, idle_days=days))
    return Done(row.id, row.version)


@command("assets.idle_finding.count")
def count(ctx: Context) -> int:
    """Counts the days of open findings on."""
    now, counted = clock.now(), 0
    rows = IdleFinding.objects.of(ctx).filter(ended_at=None)
    by_days: dict[int, list[UUID]] = {}
    for row_id, since in rows.values_list("id", "idle_since_at"):
        by_days.setdefault(max((now - since) // timedelta(days=1), 0), []).append(row_id)
    for days, ids in by_days.items():
        for start in range(0, len(ids), 500):
            counted += rows.filter(id__in=ids[start : start + 500]).update(idle_days=days)
    return counted


@command("assets.idle_finding.offer")
def offer(ctx: Context, finding_id: UUID, until_on: Day | None = None, remark: Line = "") -> Done:
    """Offers an idle asset to all sites of the organisation."""
    row = take(ctx, IdleFinding, finding_id)
    row.state = IDLENESS.target("offer", row.state)
    if until_on is not None and until_on < clock.today(ctx.zone):
        raise Invalid.field("/until_on", "assets.offer_past", today=clock.today(ctx.zone).isoformat())
    row.offered_at, row.offered_until_on, row.remark = clock.now(), until_on, remark
    row.save()
    emit(IdleOffered(finding_id=row.id, asset_id=row.asset_id, location_id=row.asset.location_id))
    return Done(row.id, row.version)


@command("assets.idle_finding.claim")
def claim(ctx: Context, finding_id: UUID, location_id: UUID, remark: Line = "") -> Done:
    """Says that one's own site can use the asset, and where."""
    row = take(ctx, IdleFinding, finding_id)
    target = IDLENESS.target("claim", row.state)
    place = needed(ctx, Location, location_id, "/location_id")
    if row.offered_until_on is not None and row.offered_until_on < clock.today(ctx.zone):
        raise Refusal("assets.offer_over", until_on=row.offered_until_on.isoformat())
    row.state, row.claimed_location = target, place
    row.claimed_by_id, row.claimed_by_name = ctx.actor_id, ctx.actor_name
    row.remark = remark or row.remark
    row.save()
    emit(IdleClaimed(finding_id=row.id, asset_id=row.asset_id, location_id=place.id))
    return Done(row.id, row.version)


@command("assets.idle_finding.release")
def release(ctx: Context, finding_id: UUID, remark: Line = "") -> Done:
    """Gives a claim up, so that others may have the asset."""
    row = take(ctx, IdleFinding, finding_id)
    row.state = IDLENESS.target("release", row.state)
    row.offered_at = row.offered_at or clock.now()
    row.claimed_location, row.claimed_by_id, row.claimed_by_name = None, None, ""
    row.remark = remark or row.remark
    row.save()
    emit(IdleReleased(finding_id=row.id, asset_id=row.asset_id))
    return Done(row.id, row.version)


@command("assets.idle_finding.hand_over")
def hand_over(
    ctx: Context, finding_id: UUID, location_id: UUID | None = None, remark: Line = "", reference: Line = "",
    residual_value: Amount | None = None, currency: Currency | None = None, paper_file_id: UUID | None = None,
) -> AssetDone:  # fmt: skip
    """Transfers the asset to whoever claimed it, or to the place that is named; it may have to wait for approval."""
    row = take(ctx, IdleFinding, finding_id)
    IDLENESS.target("hand_over", row.state)
    # The claimed place was named by its own people; who hands over need not see it.
    place_id = row.claimed_location_id
    if location_id is not None:
        place_id = needed(ctx, Location, location_id, "/location_id").id
    if place_id is None:
        raise Invalid.field("/location_id", "assets.place_needed")
    facts = Facts(
        amount=residual_value,
        currency=currency or "",
        external_number=reference[:200],
        to_location_id=place_id,
    )
    change = effect_of(ctx, "transfer", facts)
    return go(ctx, row.asset_id, "transfer", None, remark, paper_file_id, change, facts)


@command("assets.idle_finding.dismiss")
def dismiss(ctx: Context, finding_id: UUID, reason: Name) -> Done:
    """Says why the asset is kept although nobody uses it."""
    row = take(ctx, IdleFinding, finding_id)
    IDLENESS.target("dismiss", row.state)
    end(row, IdleState.ENDED, reason)
    return Done(row.id, row.version)
