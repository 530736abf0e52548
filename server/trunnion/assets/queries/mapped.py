"""Reads of places, assets and meters for formats that other programs read: maps, features, building automation."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q

from trunnion.assets.models import Asset, Location, Meter
from trunnion.assets.rules import geojson
from trunnion.assets.types.kinds import LocationKind
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible

STEP = 900
Box = tuple[Decimal, Decimal, Decimal, Decimal]
geometry_fault = geojson.fault_of


class MappedPlace(msgspec.Struct, frozen=True):
    """A place with everything that a map tells of it."""

    id: UUID
    version: int
    kind: str
    name: str
    code: str
    description: str
    parent_id: UUID | None
    path: str
    zone: str
    lon: Decimal | None
    lat: Decimal | None
    geometry: dict[str, Any] | None
    original_crs: str
    route: str
    from_measure: Decimal | None
    to_measure: Decimal | None
    measure_unit: str
    created_at: datetime
    changed_at: datetime


class MappedAsset(msgspec.Struct, frozen=True):
    """An asset with where it stands."""

    id: UUID
    version: int
    number: str
    name: str
    description: str
    tag: str
    serial: str
    state: str
    model_name: str | None
    class_code: str | None
    parent_id: UUID | None
    location_id: UUID | None
    location_path: str | None
    lon: Decimal | None
    lat: Decimal | None
    geometry: dict[str, Any] | None
    created_at: datetime
    changed_at: datetime


class MappedMeter(msgspec.Struct, frozen=True):
    """A meter as a point of its asset."""

    id: UUID
    asset_id: UUID
    name: str
    code: str
    kind: str
    unit: str
    last_value: Decimal | None
    last_read_at: datetime | None


class Window(msgspec.Struct, frozen=True):
    """Which of many: in a box (west, south, east, north), made between two instants, after an id, so many."""

    ids: list[UUID] | None = None
    kinds: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    after: UUID | None = None
    limit: int | None = None


_PLACE = (
    "id", "version", "location_kind", "name", "code", "description", "parent_id", "path", "zone", "lon", "lat",
    "geometry", "original_crs", "route", "from_measure", "to_measure", "measure_unit", "created_at", "changed_at",
)  # fmt: skip
_ASSET = (
    "id", "version", "number", "name", "description", "tag", "serial", "state", "model__name",
    "model__equipment_class__code", "parent_id", "location_id", "location__path", "location__lon", "location__lat",
    "location__geometry", "created_at", "changed_at",
)  # fmt: skip
_METER = ("id", "asset_id", "name", "code", "meter_kind", "unit", "last_value", "last_read_at")


def places(ctx: Context, window: Window) -> list[MappedPlace]:
    """Places in the order of their ids, in one query; of those with a geometry its box is for the caller to look at."""
    rows = visible(ctx, Location).filter(merged_into=None)
    if window.kinds:
        rows = rows.filter(location_kind__in=window.kinds)
    return [MappedPlace(*values) for values in _cut(rows, window, "").values_list(*_PLACE)]


def assets(ctx: Context, window: Window) -> list[MappedAsset]:
    """Assets in the order of their ids, with the point and the shape of the place that they stand in."""
    rows = visible(ctx, Asset)
    return [MappedAsset(*values) for values in _cut(rows, window, "location__").values_list(*_ASSET)]


def _cut(rows: Any, window: Window, prefix: str) -> Any:
    if window.boxes:
        inside = Q()
        for west, south, east, north in window.boxes:
            inside |= Q(**{
                f"{prefix}lon__gte": west, f"{prefix}lon__lte": east, f"{prefix}lat__gte": south,
                f"{prefix}lat__lte": north,
            })  # fmt: skip
        rows = rows.filter(inside | Q(**{f"{prefix}geometry__isnull": False}))
    if window.since is not None:
        rows = rows.filter(created_at__gte=window.since)
    if window.until is not None:
        rows = rows.filter(created_at__lte=window.until)
    if window.ids is not None:
        rows = rows.filter(id__in=window.ids)
    if window.after is not None:
        rows = rows.filter(id__gt=window.after)
    rows = rows.order_by("id")
    return rows[: window.limit] if window.limit is not None else rows


def all_places(ctx: Context) -> Iterator[MappedPlace]:
    """Every place that the actor sees, in pages."""
    yield from _paged(ctx, places)


def all_assets(ctx: Context) -> Iterator[MappedAsset]:
    """Every asset that the actor sees, in pages."""
    yield from _paged(ctx, assets)


def _paged(ctx: Context, read: Any) -> Iterator[Any]:
    after: UUID | None = None
    while True:
        page = read(ctx, Window(after=after, limit=STEP))
        yield from page
        if len(page) < STEP:
            return
        after = page[-1].id


def by_ids(ctx: Context, kind: str, ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Places, assets or meters by their ids."""
    found: dict[UUID, Any] = {}
    listed = list(dict.fromkeys(ids))
    for start in range(0, len(listed), STEP):
        step = listed[start : start + STEP]
        if kind == Meter.kind:
            rows = visible(ctx, Meter).filter(id__in=step).values_list(*_METER)
            found |= {values[0]: MappedMeter(*values) for values in rows}
        else:
            read: Any = places if kind == Location.kind else assets
            found |= {one.id: one for one in read(ctx, Window(ids=step))}
    return found


def meters(ctx: Context, asset_ids: Iterable[UUID] | None = None) -> list[MappedMeter]:
    """The meters that are read, of all assets or of these."""
    rows = visible(ctx, Meter).filter(is_active=True)
    if asset_ids is None:
        return [MappedMeter(*values) for values in rows.order_by("id").values_list(*_METER)]
    listed, found = list(asset_ids), []
    for start in range(0, len(listed), STEP):
        step = rows.filter(asset_id__in=listed[start : start + STEP]).order_by("id")
        found += [MappedMeter(*values) for values in step.values_list(*_METER)]
    return found


def is_kind(text: str) -> bool:
    """Whether a word is a kind of place."""
    return text in set(LocationKind)
