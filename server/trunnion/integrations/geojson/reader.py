"""Reads GeoJSON (RFC 7946) as drafts of places and assets; tolerant where the standard is, refusing where it must."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from trunnion.assets.queries import mapped
from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.integrations.drafts.types import Batch, Draft, Thing

from . import shape
from .writer import SCHEME

MOST_BYTES = 50 * 1024**2
MOST_FEATURES = 100_000
MOST_TEXT = 20_000
# What older files call the one reference system that the standard knows.
WGS84 = ("CRS84", "OGC:CRS84", "EPSG:4326", "EPSG::4326", "WGS84", "WGS 84")
_NAMES = ("name", "Name", "NAME", "title", "label", "名称")
_TEXTS = {
    Thing.LOCATION: {"code": 60, "description": MOST_TEXT, "zone": 60, "route": 120, "measure_unit": 20,
                     "original_crs": 40},
    Thing.ASSET: {"description": MOST_TEXT, "tag": 500, "serial": 500},
}  # fmt: skip
_MEASURES = ("from_measure", "to_measure")
# Told on the way out for whoever looks at it; verbs of their own change it.
_TOLD = frozenset(
    {
        "kind",
        "location_kind",
        "parent_id",
        "location_id",
        "number",
        "state",
        "model",
        "class",
        "created_at",
        "lon",
        "lat",
    }
)
_KIND_OF = {"Point": "outdoor_point", "MultiPoint": "outdoor_point", "LineString": "linear_segment",
            "MultiLineString": "linear_segment"}  # fmt: skip


def read(path: Path, name: str) -> Batch:
    """The drafts of a file; raises WorkbookRefused where it is no GeoJSON, or of another reference system."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise WorkbookRefused("geojson.file_too_large", bytes=size, limit_bytes=MOST_BYTES)
    try:
        body = msgspec.json.decode(path.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise WorkbookRefused("geojson.not_json", reason=str(fault)[:200]) from None
    return Reader(name).read(body)


class Reader:
    """One file on its way to drafts."""

    def __init__(self, name: str) -> None:
        self.batch = Batch(SCHEME, name)

    def read(self, body: Any) -> Batch:
        """The drafts of a decoded document."""
        kind = body.get("type") if isinstance(body, dict) else None
        if kind == "Feature":
            body = {"type": "FeatureCollection", "features": [body], "crs": body.get("crs")}
        elif kind != "FeatureCollection" or not isinstance(body.get("features"), list):
            raise WorkbookRefused("geojson.not_features")
        _check_system(body.get("crs"))
        if len(body["features"]) > MOST_FEATURES:
            raise WorkbookRefused("geojson.too_many", count=len(body["features"]), most=MOST_FEATURES)
        for row, feature in enumerate(body["features"], start=1):
            self._feature(row, feature)
        return self.batch

    def _feature(self, row: int, feature: Any) -> None:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        is_feature = isinstance(feature, dict) and feature.get("type") == "Feature"
        properties = {} if properties is None else properties
        if not is_feature or not isinstance(properties, dict):
            self._bad(Draft(Thing.LOCATION, row, f"#{row}", {}), "type", "geojson.not_a_feature")
            return
        thing = Thing.ASSET if properties.get("kind") in ("asset", "assets.asset") else Thing.LOCATION
        name = next((t for key in _NAMES if (t := _words(properties.get(key)))), "")
        draft = Draft(thing, row, _key(feature, thing, name, row), {"name": name[:200]})
        self.batch.drafts.append(draft)
        try:
            draft.id = UUID(draft.key)
        except ValueError:
            draft.id = None
        geometry = self._geometry(draft, feature.get("geometry"))
        if not name:
            self.batch.error(draft, "name", "geojson.no_name")
            return
        self._values(draft, properties)
        if thing is Thing.LOCATION:
            self._place(draft, properties, geometry)
        else:
            self._asset(draft, properties, geometry)

    def _bad(self, draft: Draft, column: str, code: str) -> None:
        self.batch.drafts.append(draft)
        self.batch.error(draft, column, code)

    def _geometry(self, draft: Draft, geometry: Any) -> dict[str, Any] | None:
        """The geometry, wound as the standard asks; one that is wrong sets its feature aside."""
        if geometry is None:
            return None
        try:
            crossing = isinstance(geometry, dict) and shape.crosses(geometry)
            tried = shape.wrapped(geometry) if isinstance(geometry, dict) and not crossing else geometry
        except (TypeError, ValueError, IndexError, KeyError, RecursionError):
            crossing, tried = False, geometry
        if crossing:
            self.batch.error(draft, "geometry", "geojson.antimeridian")
            return None
        fault = mapped.geometry_fault(tried)
        if fault is not None:
            self.batch.error(draft, f"geometry{fault.pointer}"[:200], fault.code, **fault.facts)
            return None
        return shape.wound({k: v for k, v in tried.items() if k in ("type", "coordinates", "geometries")})

    def _values(self, draft: Draft, properties: dict[str, Any]) -> None:
        texts = _TEXTS[draft.thing]
        for name, value in properties.items():
            if name in _NAMES or name in _TOLD or value is None:
                continue
            words = _words(value)
            if name in texts:
                if len(words) > texts[name]:
                    self.batch.error(draft, name, "table.too_long", length=len(words), most=texts[name])
                else:
                    draft.values[name] = words
            elif name in _MEASURES and draft.thing is Thing.LOCATION:
                self._measure(draft, name, value)
            elif words:
                draft.attributes[name[:200]] = (words[:MOST_TEXT], "")

    def _measure(self, draft: Draft, name: str, value: Any) -> None:
        found = _number(value)
        if found is None or found < 0:
            self.batch.error(draft, name, "table.not_a_number", text=str(value)[:100])
        else:
            draft.values[name] = found

    def _place(self, draft: Draft, properties: dict[str, Any], geometry: dict[str, Any] | None) -> None:
        stated = properties.get("location_kind")
        kind = stated or ("linear_segment" if "route" in draft.values else _kind_of(geometry))
        if not isinstance(kind, str) or not mapped.is_kind(kind):
            self.batch.error(draft, "location_kind", "geojson.no_such_kind", kind=str(kind)[:60])
            return
        draft.values["kind"] = kind
        self._within(draft, properties, "parent_id")
        if kind in ("outdoor_point", "linear_segment"):
            first, last = (draft.values.get(name) for name in _MEASURES)
            if last is not None and (first is None or last < first):
                self.batch.error(draft, "to_measure", "assets.measure_order", first=str(first))
        elif "route" in draft.values or "from_measure" in draft.values:
            self.batch.error(draft, "route", "assets.not_linear")
        lon, lat = _number(properties.get("lon")), _number(properties.get("lat"))
        if geometry is not None and geometry["type"] == "Point":
            lon, lat = (_number(part) for part in geometry["coordinates"][:2])
            if len(geometry["coordinates"]) < 3:
                # The point says everything.
                geometry = None
        if lon is not None and lat is not None:
            draft.values |= {"lon": lon, "lat": lat}
        if geometry is not None:
            draft.values["geometry"] = geometry

    def _asset(self, draft: Draft, properties: dict[str, Any], geometry: dict[str, Any] | None) -> None:
        self._within(draft, properties, "location_id")
        if draft.id is not None or draft.within_id is not None or geometry is None:
            # Where an asset is, its place says.
            return
        key = f"{draft.key}#place"
        place = Draft(Thing.LOCATION, draft.row, key, {"name": draft.values["name"]})
        self.batch.drafts.append(place)
        self._place(place, {"location_kind": _kind_of(geometry)}, geometry)
        draft.within = key

    def _within(self, draft: Draft, properties: dict[str, Any], name: str) -> None:
        stated = properties.get(name)
        if stated is None or stated == "":
            return
        try:
            draft.within_id = UUID(str(stated))
        except ValueError:
            draft.within = str(stated)[:300]


def _check_system(crs: Any) -> None:
    """Only WGS 84 with longitude first is GeoJSON; older files may name it, or another, in a member of their own."""
    if crs is None:
        return
    named = crs.get("properties", {}).get("name", "") if isinstance(crs, dict) else ""
    if not any(str(named).upper().replace(" ", "").endswith(one.replace(" ", "")) for one in WGS84):
        raise WorkbookRefused("geojson.other_system", system=str(named or crs)[:100])


def _key(feature: dict[str, Any], thing: Thing, name: str, row: int) -> str:
    stated = feature.get("id")
    if isinstance(stated, (str, int)) and not isinstance(stated, bool) and str(stated).strip():
        return str(stated).strip()[:300]
    return f"{thing}:{name}"[:300] if name else f"#{row}"


def _kind_of(geometry: dict[str, Any] | None) -> str:
    return _KIND_OF.get(geometry["type"], "site") if geometry else "site"


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list, bool)):
        return msgspec.json.encode(value).decode()
    return str(value).replace("\x00", "").strip()


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**12 else None
