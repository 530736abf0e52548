"""Reads of what ends: warranties and inspections whose warnings have come and were not given yet."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef

from trunnion.assets.commands.deadline import WARNINGS, come_by
from trunnion.assets.models import Asset, Certificate, DeadlineNotice
from trunnion.assets.types.kinds import AssetState
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.shape import shaped

from .places import zone_or_home

# The day differs by place, and a warning may be due a day earlier in the east.
MARGIN = 2
GONE = (AssetState.DISPOSED, AssetState.DECOMMISSIONED)


class Deadline(msgspec.Struct, frozen=True):
    """Something ends in so many days, counted where the asset stands."""

    asset_id: UUID
    certificate_id: UUID | None
    due_on: date
    days_left: int


def due_soon(ctx: Context) -> list[Deadline]:
    """The deadlines that have a warning to give."""
    limit = clock.today("UTC") + timedelta(days=max(WARNINGS) + MARGIN)
    told = DeadlineNotice.objects.of(ctx).filter(subject_id=OuterRef("pk"))
    warranties = (
        Asset.objects.of(ctx)
        .filter(merged_into=None)
        .filter(
            warranty_until_on__lte=limit, warranty_until_on__gte=clock.today("UTC") - timedelta(days=MARGIN)
        )
        .exclude(state__in=GONE)
        .exclude(Exists(told.filter(due_on=OuterRef("warranty_until_on"), days_before=min(WARNINGS))))
    )
    certificates = (
        Certificate.objects.of(ctx)
        .filter(is_current=True, next_due_on__lte=limit, asset__merged_into=None)
        .exclude(asset__state__in=GONE)
        .exclude(Exists(told.filter(due_on=OuterRef("next_due_on"), days_before=0)))
    )
    rows = shaped(warranties, asset_id="id", due_on="warranty_until_on", zone="location__site__zone")
    rows += shaped(
        certificates,
        "asset_id",
        certificate_id="id",
        due_on="next_due_on",
        zone="asset__location__site__zone",
    )
    return _unsaid(ctx, rows)


def _unsaid(ctx: Context, rows: list[dict[str, Any]]) -> list[Deadline]:
    home = zone_or_home(ctx, None)
    ids = [row.get("certificate_id") or row["asset_id"] for row in rows]
    said: dict[tuple[UUID, date], set[int]] = {}
    for start in range(0, len(ids), 900):
        notices = DeadlineNotice.objects.of(ctx).filter(subject_id__in=ids[start : start + 900])
        for subject_id, due_on, days in notices.values_list("subject_id", "due_on", "days_before"):
            said.setdefault((subject_id, due_on), set()).add(days)
    found = []
    for row in rows:
        certificate_id = row.get("certificate_id")
        left = (row["due_on"] - clock.today(row["zone"] or home)).days
        come = set(come_by(left, is_certificate=certificate_id is not None))
        if come - said.get((certificate_id or row["asset_id"], row["due_on"]), set()):
            found.append(Deadline(row["asset_id"], certificate_id, row["due_on"], left))
    return found
