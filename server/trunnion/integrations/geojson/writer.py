"""Places and assets as GeoJSON features (RFC 7946): WGS 84, longitude first, our ids in them."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from trunnion.assets.queries import mapped
from trunnion.attach.queries import attributes_of_many
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.encoding import encode

from .shape import wound

SCHEME = "geojson"
MEDIA_TYPE = "application/geo+json"
Feature = dict[str, Any]


def place(one: mapped.MappedPlace, more: Mapping[str, str] | None = None) -> Feature:
    """A place; its own shape, else the point where it is."""
    said = {
        "kind": "location", "location_kind": one.kind, "name": one.name, "code": one.code,
        "description": one.description, "parent_id": one.parent_id, "zone": one.zone, "route": one.route,
        "from_measure": plain(one.from_measure), "to_measure": plain(one.to_measure),
        "measure_unit": one.measure_unit, "original_crs": one.original_crs, "lon": plain(one.lon),
        "lat": plain(one.lat), "created_at": one.created_at,
    }  # fmt: skip
    return _feature(one, said, more)


def asset(one: mapped.MappedAsset, more: Mapping[str, str] | None = None) -> Feature:
    """An asset, where its place is."""
    said = {
        "kind": "asset", "number": one.number, "name": one.name, "description": one.description, "tag": one.tag,
        "serial": one.serial, "state": one.state, "model": one.model_name, "class": one.class_code,
        "location_id": one.location_id, "created_at": one.created_at,
    }  # fmt: skip
    return _feature(one, said, more)


def _feature(one: Any, said: dict[str, Any], more: Mapping[str, str] | None) -> Feature:
    properties = {name: value for name, value in said.items() if value not in (None, "")}
    extra = {name: text for name, text in (more or {}).items() if name not in properties}
    return {
        "type": "Feature", "id": str(one.id), "geometry": _geometry(one), "properties": {**extra, **properties},
    }  # fmt: skip


def _geometry(one: Any) -> dict[str, Any] | None:
    if one.geometry is not None:
        return wound(one.geometry)
    if one.lon is None or one.lat is None:
        return None
    return {"type": "Point", "coordinates": [plain(one.lon), plain(one.lat)]}


def plain(value: Decimal | None) -> float | int | None:
    """An exact number as JSON knows numbers."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def features(ctx: Context) -> Iterator[Feature]:
    """Every place and every asset that the actor sees, with the properties that came in with them."""
    yield from _with_more(ctx, "assets.location", mapped.all_places(ctx), place)
    if ctx.may("assets.asset.read"):
        yield from _with_more(ctx, "assets.asset", mapped.all_assets(ctx), asset)


def _with_more(ctx: Context, kind: str, rows: Iterable[Any], make: Any) -> Iterator[Feature]:
    page: list[Any] = []
    for row in rows:
        page.append(row)
        if len(page) == mapped.STEP:
            yield from _page(ctx, kind, page, make)
            page = []
    yield from _page(ctx, kind, page, make)


def _page(ctx: Context, kind: str, page: list[Any], make: Any) -> Iterator[Feature]:
    held = properties_of(ctx, kind, [row.id for row in page])
    return (make(row, held.get(row.id)) for row in page)


def properties_of(ctx: Context, kind: str, ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    """The properties that came in and have no field of their own."""
    cards = attributes_of_many(ctx, kind, ids) if ids else {}
    return {
        row_id: {card.name: card.text for card in held if card.category == SCHEME}
        for row_id, held in cards.items()
    }


def write(ctx: Context, path: Path) -> int:
    """Writes the whole register as one collection; returns how many features."""
    count = 0
    with reading(ctx.organisation_id), path.open("wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for feature in features(ctx):
            file.write((b"," if count else b"") + b"\n" + encode(feature))
            count += 1
        file.write(b"\n]}\n")
    return count
