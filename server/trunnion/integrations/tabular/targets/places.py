"""Rows that become functional positions, zones of places or systems of assets."""

from collections.abc import Sequence
from uuid import UUID

from trunnion.assets.commands import group, position_batch
from trunnion.assets.queries.members import assets_in, places_in
from trunnion.assets.types.kinds import Criticality
from trunnion.assets.types.lines import GroupLine, PositionLine
from trunnion.integrations.tabular.declare import Field, Kind, Lookup, Target, Writing, target
from trunnion.kernel.context import Context

from .lookups import CLASS, LOCATION, PARENT_ASSET, PARENT_PLACE


def _write_positions(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = []
    for row in rows:
        facts = {"name": row.before.get("name", ""), **row.values}
        above = row.parent_id or facts.pop("parent_id", None)
        facts.pop("parent_id", None)
        lines.append(PositionLine(id=row.id, parent_id=above, **facts))
    return position_batch.ensure_many(ctx, lines).ids


def _group_lines(rows: Sequence[Writing], members: str) -> list[GroupLine]:
    lines = []
    for row in rows:
        facts = {"name": row.before.get("name", ""), **row.values}
        inside = facts.pop(members, ())
        lines.append(GroupLine(id=row.id, is_new=row.id is None, member_ids=inside, **facts))
    return lines


def _write_zones(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    return group.ensure_zones(ctx, _group_lines(rows, "location_ids")).ids


def _write_systems(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    return group.ensure_many(ctx, _group_lines(rows, "asset_ids")).ids


# As much as a cell of a workbook can say.
MOST_MEMBERS = 32_767
_GROUP = (
    Field("name", required=True, most=200), Field("code", Kind.CODE, most=60), Field("category"),
    Field("description", most=20_000),
)  # fmt: skip


POSITIONS = target(Target(
    name="positions", kind="assets.position", permission="assets.position.ensure_many", listing="assets.positions",
    keys=("code", "name"), within="location_id", write=_write_positions,
    fields=(
        Field("code", Kind.CODE, most=60, unique=True), Field("name", required=True, most=200),
        Field("location_id", Kind.REFERENCE, lookup=LOCATION),
        Field("parent_id", Kind.REFERENCE, lookup=Lookup("assets.position", ("code", "name")), is_own=True),
        Field("equipment_class_id", Kind.REFERENCE, lookup=CLASS),
        Field("criticality", Kind.CHOICE, choices=Criticality, words="choice.assets.asset.criticality"),
        Field("description", most=20_000),
    ),
))  # fmt: skip
ZONES = target(Target(
    name="location_groups", kind="assets.location_group", permission="assets.location_group.ensure_many",
    listing="assets.location_groups", keys=("code", "name"), write=_write_zones,
    apart=("code", "name", "category", "location_ids"),
    fields=(
        *_GROUP,
        Field("location_ids", Kind.REFERENCE, lookup=PARENT_PLACE, path="", most=MOST_MEMBERS, held=places_in),
    ),
))  # fmt: skip
SYSTEMS = target(Target(
    name="asset_groups", kind="assets.group", permission="assets.group.ensure_many", listing="assets.groups",
    keys=("code", "name"), write=_write_systems,
    apart=("code", "name", "category", "asset_ids"),
    fields=(
        *_GROUP,
        Field("asset_ids", Kind.REFERENCE, lookup=PARENT_ASSET, path="", most=MOST_MEMBERS, held=assets_in),
    ),
))  # fmt: skip
