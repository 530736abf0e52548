"""Verbs on the location tree: single nodes, a subtree that moves, two nodes that become one."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q, Value
from django.db.models.functions import Concat, Length, Substr

from trunnion.assets.events import LocationCreated, LocationMoved, LocationRenamed
from trunnion.assets.models import Location
from trunnion.assets.models.path import PathField
from trunnion.assets.rules import geojson, tree
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import Label, Lat, Lon
from trunnion.identity.types import Done
from trunnion.kernel.bulk import put_back_by
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Amount, Line, Name, Prose, Zone
from trunnion.kernel.numbers import next_numbers
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .naming import assign, named, unknown

SERIES = "LN"
MOST_PATH = 400


@command("assets.location.create")
def create(
    ctx: Context, kind: LocationKind, name: Name, parent_id: UUID | None = None, code: Label = "",
    description: Prose = "", zone: Zone | None = None, lon: Lon | None = None, lat: Lat | None = None,
    geometry: dict[str, Any] | None = None, original_crs: Label = "", route: Line = "",
    from_measure: Amount | None = None, to_measure: Amount | None = None, measure_unit: Label = "",
) -> Done:  # fmt: skip
    """Adds a place below another one, or a root."""
    parent = named(ctx, Location, parent_id, "/parent_id")
    if parent is None and ctx.scope.location_ids is not None:
        raise Invalid.field("/parent_id", "assets.location_needed")
    if parent is not None:
        hold_trees(ctx, parent)
    row = Location(
        location_kind=kind, name=name, code=code, description=description, zone=zone or "", lon=lon, lat=lat,
        geometry=geometry, original_crs=original_crs, route=route, from_measure=from_measure, to_measure=to_measure,
        measure_unit=measure_unit,
    )  # fmt: skip
    stand_under(row, parent)
    row.path = (parent.path if parent else "") + tree.segment(new_serials(ctx, 1)[0])
    check_path(len(row.path))
    check_facts(row)
    row.save()
    emit(LocationCreated(location_id=row.id))
    return Done(row.id, row.version)


@command("assets.location.edit")
def edit(
    ctx: Context, location_id: UUID, name: Name = UNSET, code: Label = UNSET, description: Prose = UNSET,
    zone: Zone | None = UNSET, lon: Lon | None = UNSET, lat: Lat | None = UNSET,
    geometry: dict[str, Any] | None = UNSET, original_crs: Label = UNSET, route: Line = UNSET,
    from_measure: Amount | None = UNSET, to_measure: Amount | None = UNSET, measure_unit: Label = UNSET,
) -> Done:  # fmt: skip
    """Changes plain facts of a place."""
    row = take_standing(ctx, location_id)
    facts = given(
        name=name, code=code, description=description, zone=zone, lon=lon, lat=lat, geometry=geometry,
        original_crs=original_crs, route=route, from_measure=from_measure, to_measure=to_measure,
        measure_unit=measure_unit,
    )  # fmt: skip
    if "zone" in facts:
        facts["zone"] = facts["zone"] or ""
    before = row.name
    assign(row, facts)
    check_facts(row)
    row.save()
    if row.name != before:
        emit(LocationRenamed(location_ids=[row.id]))
    return Done(row.id, row.version)


@put_back_by("parent_id")
@command("assets.location.move")
def move(ctx: Context, location_id: UUID, parent_id: UUID | None = None) -> Done:
    """Puts a place, with all below it, under another one, or makes it a root."""
    row = take_standing(ctx, location_id)
    parent = named(ctx, Location, parent_id, "/parent_id")
    if parent is None and ctx.scope.location_ids is not None:
        raise Invalid.field("/parent_id", "assets.location_needed")
    if row.parent_id != (parent.id if parent else None):
        hold_trees(ctx, row, *([parent] if parent else []))
        replant(ctx, row, parent)
    return Done(row.id, row.version)


@command("assets.location.remove")
def remove(ctx: Context, location_id: UUID) -> None:
    """Removes a place that nothing stands in and nothing points at; one in use can be merged instead."""
    row = take(ctx, Location, location_id)
    if row.site_id == row.id:
        # Its own pointer would keep it.
        row.site_id = None
        row.save()
    row.delete()


def hold_trees(ctx: Context, *rows: Location) -> None:
    """Keeps others from moving the trees of these rows until the command ends; reads the rows as they stand then.

    A place that is added while the tree above it moves would otherwise keep the path that its parent had.
    """
    held: set[str] = set()
    while held != (roots := lock_roots(ctx, rows)):
        held = roots
        for row in rows:
            row.refresh_from_db(fields=["path", "parent_id", "site_id", "merged_into_id", "version"])


def lock_roots(ctx: Context, rows: Iterable[Location]) -> set[str]:
    """Locks the roots of these rows' trees, in one order for everybody; a single writer needs no locks."""
    if not connection.features.has_select_for_update:
        return set()
    roots = {tree.root(row.path) for row in rows}
    found = Location.objects.of(ctx).filter(path__in=roots).order_by("path").select_for_update()
    return set(found.values_list("path", flat=True))


def take_standing(ctx: Context, location_id: UUID) -> Location:
    """The location for a change; raises Refusal where it was merged into another."""
    row = take(ctx, Location, location_id)
    if row.merged_into_id is not None:
        raise Refusal("assets.location_merged", into=str(row.merged_into_id))
    return row


def new_serials(ctx: Context, count: int) -> list[int]:
    """Serial numbers for new nodes, never used before in the organisation."""
    return [int(text.rpartition("-")[2]) for text in next_numbers(ctx, SERIES, count, 1)]


def stand_under(row: Location, parent: Location | None, pointer: str = "") -> None:
    """Sets parent and site; raises Invalid where a place of this kind cannot stand there."""
    if parent is not None:
        if parent.merged_into_id is not None:
            raise unknown(f"{pointer}/parent_id", Location.kind)
        if not tree.may_hold(parent.location_kind, row.location_kind):
            raise Invalid.field(
                f"{pointer}/parent_id", "assets.location_kind", parent=parent.location_kind,
                kind=str(row.location_kind), possible=tree.holders(row.location_kind),
            )  # fmt: skip
    row.parent_id = parent.id if parent else None
    row.site_id = site_of(row, parent)


def site_of(row: Location, parent: Location | None) -> UUID | None:
    """The nearest site; where none stands above, the outermost place below the portfolios serves as one."""
    if row.location_kind == LocationKind.PORTFOLIO:
        return None
    if row.location_kind == LocationKind.SITE or parent is None or parent.site_id is None:
        return row.id
    return parent.site_id


def check_path(length: int, pointer: str = "/parent_id") -> None:
    """Refuses a tree that is too deep."""
    if length > MOST_PATH:
        raise Invalid.field(pointer, "assets.location_deep", most=tree.MOST_DEPTH)


def check_facts(row: Location, pointer: str = "") -> None:
    """Refuses coordinates, geometry, measures and a zone that cannot be."""
    if (row.lon is None) != (row.lat is None):
        raise Invalid.field(f"{pointer}/{'lon' if row.lon is None else 'lat'}", "field.missing")
    if row.zone and row.site_id != row.id:
        raise Invalid.field(f"{pointer}/zone", "assets.zone_at_site")
    if row.geometry is not None and (fault := geojson.fault_of(row.geometry)):
        raise Invalid.field(f"{pointer}/geometry{fault.pointer}", fault.code, **fault.facts)
    along = (LocationKind.LINEAR_SEGMENT, LocationKind.OUTDOOR_POINT)
    if (row.route or row.from_measure is not None) and row.location_kind not in along:
        raise Invalid.field(f"{pointer}/route", "assets.not_linear")
    if row.to_measure is not None:
        _check_measures(row.from_measure, row.to_measure, pointer)


def _check_measures(first: Decimal | None, last: Decimal, pointer: str) -> None:
    if first is None:
        raise Invalid.field(f"{pointer}/from_measure", "field.missing")
    if last < first:
        raise Invalid.field(f"{pointer}/to_measure", "assets.measure_order", first=first)


def replant(ctx: Context, row: Location, parent: Location | None) -> None:
    """Moves a node and, in one statement, the paths and sites of all below it."""
    if parent is not None and tree.is_within(parent.path, row.path):
        raise Invalid.field("/parent_id", "assets.location_cycle")
    old_path, old_site, old_parent = row.path, row.site_id, row.parent_id
    below = Location.objects.of(ctx).filter(path__startswith=old_path).exclude(id=row.id)
    stand_under(row, parent)
    row.path = (parent.path if parent else "") + tree.segment(_serial(old_path))
    if row.zone and row.site_id != row.id:
        row.zone = ""
    longest = below.aggregate(most=Max(Length("path")))["most"] or len(old_path)
    check_path(longest - len(old_path) + len(row.path))
    row.save()
    moved = Concat(
        Value(row.path), Substr("path", len(old_path) + 1), output_field=PathField(max_length=MOST_PATH)
    )
    if row.site_id == old_site:
        below.update(path=moved)
    else:
        foreign = Q(site_id=old_site) if old_site else Q(site_id=None)
        keep = below.exclude(foreign)
        keep.update(path=moved)
        below.filter(foreign).update(path=moved, site_id=row.site_id)
    emit(LocationMoved(location_id=row.id, from_id=old_parent, to_id=row.parent_id))


def _serial(path: str) -> int:
    return int(path.rstrip(tree.END).rpartition(tree.END)[2], 36)
