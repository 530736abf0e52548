"""Rows that become functional positions."""

from collections.abc import Sequence
from uuid import UUID

from trunnion.assets.commands import position_batch
from trunnion.assets.types.lines import PositionLine
from trunnion.integrations.tabular.declare import Field, Kind, Lookup, Target, Writing, target
from trunnion.kernel.context import Context

from .lookups import CLASS, LOCATION


def _write_positions(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = []
    for row in rows:
        facts = {"name": row.before.get("name", ""), **row.values}
        above = row.parent_id or facts.pop("parent_id", None)
        facts.pop("parent_id", None)
        lines.append(PositionLine(id=row.id, parent_id=above, **facts))
    return position_batch.ensure_many(ctx, lines).ids


POSITIONS = target(Target(
    name="positions", kind="assets.position", permission="assets.position.ensure_many", listing="assets.positions",
    keys=("code", "name"), within="location_id", write=_write_positions,
    fields=(
        Field("code", Kind.CODE, most=60, unique=True), Field("name", required=True, most=200),
        Field("location_id", Kind.REFERENCE, lookup=LOCATION),
        Field("parent_id", Kind.REFERENCE, lookup=Lookup("assets.position", ("code", "name")), is_own=True),
        Field("equipment_class_id", Kind.REFERENCE, lookup=CLASS),
        Field("description", most=20_000),
    ),
))  # fmt: skip
