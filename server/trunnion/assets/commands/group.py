"""Verbs on systems of assets and on zones of locations, which are groups alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import BatchEnsured
from trunnion.assets.models import (
    Asset,
    AssetGroup,
    AssetGroupMember,
    Location,
    LocationGroup,
    LocationGroupMember,
)
from trunnion.assets.types.lines import GroupLine, Label
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.inputs import Line, Name, Prose
from trunnion.kernel.policies import take, visible
from trunnion.kernel.tables import Row
from trunnion.kernel.unit import emit

from .naming import STEP, assign, check_all, rows_by_id, unknown

Ids = Annotated[list[UUID], Field(max_length=100_000)]
Lines = Annotated[list[GroupLine], Field(max_length=100_000)]
PLAIN = ("name", "code", "category", "description")


@dataclass(frozen=True, slots=True)
class Sort:
    """What tells a system from a zone: the tables, and the members' column."""

    group: type[Row]
    # Any: the two tables share their columns, not a parent that has them.
    member: Any
    of: type[Row]
    column: str
    thing: str


SYSTEMS = Sort(AssetGroup, AssetGroupMember, Asset, "asset_id", "group")
ZONES = Sort(LocationGroup, LocationGroupMember, Location, "location_id", "location_group")


@command("assets.group.create")
def create(ctx: Context, name: Name, code: Label = "", category: Line = "", description: Prose = "") -> Done:
    """Adds a system."""
    return _create(ctx, SYSTEMS, name=name, code=code, category=category, description=description)


@command("assets.group.edit")
def edit(
    ctx: Context, group_id: UUID, name: Name = UNSET, code: Label = UNSET, category: Line = UNSET,
    description: Prose = UNSET,
) -> Done:  # fmt: skip
    """Changes plain facts of a system."""
    return _edit(
        ctx, SYSTEMS, group_id, given(name=name, code=code, category=category, description=description)
    )


@command("assets.group.add")
def add(ctx: Context, group_id: UUID, asset_ids: Ids) -> Done:
    """Puts assets into a system."""
    return _add(ctx, SYSTEMS, group_id, asset_ids, "/asset_ids")


@command("assets.group.drop")
def drop(ctx: Context, group_id: UUID, asset_ids: Ids) -> Done:
    """Takes assets out of a system."""
    return _drop(ctx, SYSTEMS, group_id, asset_ids)


@command("assets.group.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that these systems exist and hold at least these assets."""
    return _ensure(ctx, SYSTEMS, lines)


@command("assets.location_group.create")
def create_zone(
    ctx: Context, name: Name, code: Label = "", category: Line = "", description: Prose = ""
) -> Done:
    """Adds a zone."""
    return _create(ctx, ZONES, name=name, code=code, category=category, description=description)


@command("assets.location_group.edit")
def edit_zone(
    ctx: Context, group_id: UUID, name: Name = UNSET, code: Label = UNSET, category: Line = UNSET,
    description: Prose = UNSET,
) -> Done:  # fmt: skip
    """Changes plain facts of a zone."""
    return _edit(
        ctx, ZONES, group_id, given(name=name, code=code, category=category, description=description)
    )


@command("assets.location_group.add")
def add_to_zone(ctx: Context, group_id: UUID, location_ids: Ids) -> Done:
    """Puts places into a zone."""
    return _add(ctx, ZONES, group_id, location_ids, "/location_ids")


@command("assets.location_group.drop")
def drop_from_zone(ctx: Context, group_id: UUID, location_ids: Ids) -> Done:
    """Takes places out of a zone."""
    return _drop(ctx, ZONES, group_id, location_ids)


@command("assets.location_group.ensure_many", secret=("lines",))
def ensure_zones(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that these zones exist and hold at least these places."""
    return _ensure(ctx, ZONES, lines)


def _create(ctx: Context, sort: Sort, **facts: Any) -> Done:
    row = sort.group(organisation_id=ctx.organisation_id, **facts)
    row.save()
    return Done(row.id, row.version)


def _edit(ctx: Context, sort: Sort, group_id: UUID, facts: dict[str, Any]) -> Done:
    row = take(ctx, sort.group, group_id)
    assign(row, facts)
    row.save()
    return Done(row.id, row.version)


def _add(ctx: Context, sort: Sort, group_id: UUID, member_ids: list[UUID], pointer: str) -> Done:
    row = take(ctx, sort.group, group_id)
    check_all(ctx, sort.of.kind, {m: f"{pointer}/{i}" for i, m in enumerate(member_ids)})
    _join(ctx, sort, [(row.id, m) for m in member_ids])
    return Done(row.id, row.version)


def _drop(ctx: Context, sort: Sort, group_id: UUID, member_ids: list[UUID]) -> Done:
    row = take(ctx, sort.group, group_id)
    for start in range(0, len(member_ids), STEP):
        part = {f"{sort.column}__in": member_ids[start : start + STEP]}
        for member in visible(ctx, sort.member).filter(group_id=row.id, **part):
            member.delete()
    return Done(row.id, row.version)


def _join(ctx: Context, sort: Sort, pairs: Iterable[tuple[UUID, UUID]]) -> int:
    """Makes the memberships that are not there yet; returns how many."""
    wanted = list(dict.fromkeys(pairs))
    held: set[tuple[UUID, UUID]] = set()
    groups = list({g for g, _ in wanted})
    for start in range(0, len(groups), STEP):
        rows = sort.member.objects.of(ctx).filter(group_id__in=groups[start : start + STEP])
        held.update(rows.values_list("group_id", sort.column))
    fresh = [sort.member(group_id=g, **{sort.column: m}) for g, m in wanted if (g, m) not in held]
    sort.member.objects.bulk_create(fresh)
    return len(fresh)


def _ensure(ctx: Context, sort: Sort, lines: list[GroupLine]) -> Ensured:
    check_all(
        ctx, sort.of.kind, {m: f"/lines/{i}/member_ids" for i, x in enumerate(lines) for m in x.member_ids}
    )
    known = rows_by_id(ctx, sort.group, [line.id for line in lines])
    by_name = _by_name(ctx, sort, [line.name for line in lines if line.id is None and not line.is_new])
    rows, fresh, changed = [], [], set[UUID]()
    for index, line in enumerate(lines):
        if line.id is not None and line.id not in known:
            raise unknown(f"/lines/{index}/id", sort.group.kind)
        row = known[line.id] if line.id else None if line.is_new else by_name.get(line.name)
        facts = {name: getattr(line, name) for name in PLAIN if getattr(line, name) is not None}
        if row is None:
            row = sort.group(**facts)
            fresh.append(row)
            by_name.setdefault(line.name, row)
        elif not row._state.adding and any(getattr(row, n) != v for n, v in facts.items()):
            assign(row, facts)
            row.save()
            changed.add(row.id)
        rows.append(row)
    sort.group.objects.bulk_create(fresh)
    _join(ctx, sort, [(row.id, m) for row, line in zip(rows, lines, strict=True) for m in line.member_ids])
    emit(BatchEnsured(thing=sort.thing, created=len(fresh), changed=len(changed)))
    same = len({r.id for r in rows}) - len(fresh) - len(changed)
    return Ensured([r.id for r in rows], len(fresh), len(changed), same)


def _by_name(ctx: Context, sort: Sort, names: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for start in range(0, len(names), STEP):
        rows = visible(ctx, sort.group).filter(name__in=names[start : start + STEP]).order_by("-id")
        found.update((row.name, row) for row in rows)
    return found
