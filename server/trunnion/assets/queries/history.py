"""Reads of what an asset went through: moves, installations, state intervals, meters, relations, groups."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from trunnion.assets.models import (
    Asset,
    AssetGroup,
    AssetGroupMember,
    AssetMove,
    AssetRelation,
    CriticalityAssessment,
    Installation,
    Meter,
    MeterReading,
    StateInterval,
)
from trunnion.assets.types.cards import IntervalCard, MeterCard
from trunnion.assets.types.kinds import ReadingKind
from trunnion.kernel.context import Context
from trunnion.kernel.policies import get, visible
from trunnion.kernel.shape import shaped

MOST = 500
_INTERVAL = ("id", "asset_id", "state", "from_at", "until_at", "cause_kind", "cause_id", "cause_text")


def moves_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """The moves of an asset's life, newest first."""
    rows = AssetMove.objects.of(ctx).filter(asset_id=asset_id).order_by("-moved_at", "-id")
    return shaped(
        rows[:MOST], "id", "verb", "from_state", "to_state", "moved_at", "remark", "paper_id", "document_id",
        "actor_id", "actor_name", "location_id", location="location__name", position="position__name",
    )  # fmt: skip


def installations_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """Where an asset stood from when to when, newest first."""
    rows = Installation.objects.of(ctx).filter(asset_id=asset_id).order_by("-from_at")
    return shaped(
        rows[:MOST], "id", "from_at", "until_at", "remark", "location_id", "position_id", location="location__name",
        site="location__site__name", position="position__name", position_code="position__code",
    )  # fmt: skip


def relations_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """How an asset bears on others, seen from it: `outward` where it is the source."""
    rows = (
        visible(ctx, AssetRelation)
        .filter(Q(source_id=asset_id) | Q(target_id=asset_id))
        .order_by("relation", "id")
    )
    found = []
    for row in rows.select_related("source", "target")[:MOST]:
        outward = row.source_id == asset_id
        other = row.target if outward else row.source
        found.append(
            {
                "id": row.id, "kind": row.relation, "outward": outward, "asset_id": other.id, "number": other.number,
                "name": other.name, "state": other.state, "remark": row.remark,
            }
        )  # fmt: skip
    return found


def parts_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """The direct parts of an assembly."""
    rows = visible(ctx, Asset).filter(parent_id=asset_id).order_by("name_key", "id")
    return shaped(rows[:MOST], "id", "number", "name", "state", "tag", model="model__name")


def groups_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """The systems that an asset belongs to."""
    rows = AssetGroupMember.objects.of(ctx).filter(asset_id=asset_id).order_by("group__name_key")
    return shaped(rows[:MOST], "group_id", name="group__name", code="group__code", category="group__category")


def get_group(ctx: Context, group_id: UUID) -> dict[str, Any]:
    """A system with its assets."""
    row = get(ctx, AssetGroup, group_id)
    members = visible(ctx, AssetGroupMember).filter(group_id=row.id).order_by("asset__name_key")
    shown = shaped(
        members[:MOST], "asset_id", number="asset__number", name="asset__name", state="asset__state"
    )
    return {
        "id": row.id, "version": row.version, "name": row.name, "code": row.code, "category": row.category,
        "description": row.description, "members": shown, "member_count": members.count(),
    }  # fmt: skip


def assessments_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """What the criticality assessments found, newest first."""
    return _assessments(CriticalityAssessment.objects.of(ctx).filter(asset_id=asset_id))


def assessments_of_position(ctx: Context, position_id: UUID) -> list[dict[str, Any]]:
    """What the criticality assessments of a role found, newest first."""
    return _assessments(CriticalityAssessment.objects.of(ctx).filter(position_id=position_id))


def _assessments(rows: Any) -> list[dict[str, Any]]:
    return shaped(
        rows.order_by("-assessed_on", "-id")[:MOST], "id", "assessed_on", "matrix_id", "matrix_version", "level",
        "scores", "result", "remark", "actor_name",
    )  # fmt: skip


def meters_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """The meters of an asset with their last readings."""
    rows = Meter.objects.of(ctx).filter(asset_id=asset_id).order_by("name_key", "id")
    return shaped(
        rows, "id", "version", "name", "code", "unit", "rolls_over_at", "is_active", "last_value", "last_total",
        "last_read_at", kind="meter_kind",
    )  # fmt: skip


def get_meter(ctx: Context, meter_id: UUID) -> dict[str, Any]:
    """A meter with its latest entries."""
    row = get(ctx, Meter, meter_id)
    against = MeterReading.objects.of(ctx).filter(reverses_id=OuterRef("pk"))
    entries = MeterReading.objects.of(ctx).filter(meter_id=row.id).order_by("-read_at", "-id")
    shown = entries.annotate(is_reversed=Exists(against)).values(
        "id", "entry", "value", "total", "read_at", "reverses_id", "remark", "actor_name", "is_reversed"
    )
    return {
        "id": row.id, "version": row.version, "asset_id": row.asset_id, "name": row.name, "code": row.code,
        "kind": row.meter_kind, "unit": row.unit, "rolls_over_at": row.rolls_over_at, "is_active": row.is_active,
        "last_value": row.last_value, "last_total": row.last_total, "last_read_at": row.last_read_at,
        "readings": list(shown[:MOST]),
    }  # fmt: skip


def find_total_at(ctx: Context, meter_id: UUID, at: datetime) -> Any:
    """What a meter counted in all at an instant, as far as it was read; None where it was not."""
    against = MeterReading.objects.of(ctx).filter(reverses_id=OuterRef("pk"))
    rows = MeterReading.objects.of(ctx).filter(meter_id=meter_id, read_at__lte=at).exclude(Exists(against))
    rows = rows.exclude(entry=ReadingKind.REVERSAL).order_by("-read_at", "-id")
    return rows.values_list("total", flat=True).first()


def list_intervals(
    ctx: Context, asset_id: UUID, from_at: datetime | None = None, until_at: datetime | None = None
) -> list[IntervalCard]:
    """The state history of an asset within a window, oldest first, touching and without gaps."""
    rows = visible(ctx, StateInterval).filter(asset_id=asset_id, superseded_at=None)
    if from_at is not None:
        rows = rows.filter(Q(until_at=None) | Q(until_at__gt=from_at))
    if until_at is not None:
        rows = rows.filter(from_at__lt=until_at)
    newest = rows.order_by("-from_at").values_list(*_INTERVAL)[: MOST * 4]
    return [IntervalCard(*values) for values in reversed(newest)]


def intervals_caused_by(ctx: Context, kind: str, row_id: UUID) -> list[IntervalCard]:
    """The intervals that are due to a record, whatever corrections they went through, oldest first."""
    rows = StateInterval.objects.of(ctx).filter(cause_id=row_id, cause_kind=kind, superseded_at=None)
    return [IntervalCard(*values) for values in rows.order_by("from_at").values_list(*_INTERVAL)]


def find_interval_at(ctx: Context, asset_id: UUID, at: datetime) -> IntervalCard | None:
    """What an asset was doing at an instant."""
    rows = StateInterval.objects.of(ctx).filter(asset_id=asset_id, superseded_at=None, from_at__lte=at)
    values = rows.filter(Q(until_at=None) | Q(until_at__gt=at)).values_list(*_INTERVAL).first()
    return IntervalCard(*values) if values else None


def meters_named(ctx: Context, asset_id: UUID, names: Iterable[str]) -> dict[str, MeterCard]:
    """The asset's meters in use by what they are called, whatever the case; a name or a code."""
    asked = {name.casefold() for name in names}
    rows = Meter.objects.of(ctx).filter(asset_id=asset_id, is_active=True) if asked else []
    found: dict[str, MeterCard] = {}
    for row in rows:
        for text in (row.code, row.name):
            if text.casefold() in asked:
                found[text.casefold()] = MeterCard(row.id, row.name, row.unit)
    return found
