"""Reads Project Haystack grids, JSON of version 3 or Hayson, as drafts of places, assets and meters."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import msgspec

from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.integrations.drafts.types import Batch, Draft, Thing
from trunnion.kernel.quantity import is_unit, ucum_of

from .model import SCHEME, TAGS, words

MOST_BYTES = 50 * 1024**2
MOST_ROWS = 100_000
MOST_TEXT = 20_000
# What changes from minute to minute is told by readings, not by the register.
_LIVE = frozenset(
    {"curVal", "curStatus", "curErr", "hisEnd", "hisSize", "hisStart", "hisStatus", "mod", "writeVal"}
)
# Said by fields of our own.
_OWN = frozenset({"id", "dis", "disMacro", "navName", "geoCoord", "tz"})
_SPACES = {"floor": "floor", "room": "space", "space": "space", "zone": "zone"}
_COUNTED = frozenset({"energy", "volume", "consumption", "run"})


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar of the other world: which sort, its text, and what goes with it (a unit, a name)."""

    sort: str
    text: str
    beside: str = ""


Record = dict[str, Value]


def read(path: Path, name: str) -> Batch:
    """The drafts of a file; raises WorkbookRefused where it is no grid."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise WorkbookRefused("haystack.file_too_large", bytes=size, limit_bytes=MOST_BYTES)
    try:
        body = msgspec.json.decode(path.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise WorkbookRefused("haystack.not_json", reason=str(fault)[:200]) from None
    rows = body.get("rows") if isinstance(body, dict) else body
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WorkbookRefused("haystack.not_a_grid")
    if len(rows) > MOST_ROWS:
        raise WorkbookRefused("haystack.too_many", count=len(rows), most=MOST_ROWS)
    decode = _hayson if _is_hayson(body, rows) else _version_3
    return _Reader(
        name, [{key: found for key, value in row.items() if (found := decode(value))} for row in rows]
    ).read()


def _is_hayson(body: Any, rows: list[dict[str, Any]]) -> bool:
    if isinstance(body, dict) and body.get("_kind") == "grid":
        return True
    return any(isinstance(value, dict) and "_kind" in value for row in rows[:50] for value in row.values())


def _hayson(value: Any) -> Value | None:
    if isinstance(value, dict):
        sort = str(value.get("_kind", "dict"))
        if sort == "coord":
            return Value("coord", f"{value.get('lat')},{value.get('lng')}")
        if sort in ("dict", "list", "grid"):
            return Value("str", msgspec.json.encode(value).decode())
        return Value(sort, str(value.get("val", "")), str(value.get("unit") or value.get("dis") or ""))
    return _plain(value)


def _plain(value: Any) -> Value | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return Value("bool", "true" if value else "false")
    if isinstance(value, (int, float)):
        return Value("number", str(value))
    if isinstance(value, list):
        return Value("str", msgspec.json.encode(value).decode())
    return Value("str", str(value))


_PREFIXES: dict[str, str] = {
    "m": "marker", "r": "ref", "n": "number", "s": "str", "c": "coord", "u": "uri", "d": "date", "h": "time",
    "t": "dateTime", "b": "bin", "x": "xstr", "-": "remove", "z": "na", "y": "symbol",
}  # fmt: skip


def _version_3(value: Any) -> Value | None:
    if not isinstance(value, str) or value[1:2] != ":" or value[0] not in _PREFIXES:
        return _plain(value) if not isinstance(value, dict) else _hayson(value)
    sort, rest = _PREFIXES[value[0]], value[2:]
    if sort in ("ref", "number"):
        text, _, beside = rest.partition(" ")
        return Value(sort, text, beside)
    return Value(sort, rest)


class _Reader:
    def __init__(self, name: str, records: list[Record]) -> None:
        self.batch = Batch(SCHEME, name)
        self.records = records
        self.drafts: dict[str, Draft] = {}
        self.left: dict[str, int] = {}

    def read(self) -> Batch:
        """The drafts: places first, then what stands in them, then their points."""
        steps: tuple[tuple[str, Callable[[int, Record], None]], ...] = (
            ("site", self._place), ("space", self._place), ("equip", self._equip), ("point", self._point),
        )  # fmt: skip
        for sort, take in steps:
            for row, record in enumerate(self.records, start=1):
                if _sort_of(record) == sort:
                    take(row, record)
        others = sum(1 for record in self.records if not _sort_of(record))
        if others:
            self.batch.note(None, "", "haystack.other_records", count=others)
        for unit, count in self.left.items():
            self.batch.note(None, "unit", "haystack.points_kept", unit=unit, count=count)
        if not self.batch.drafts:
            raise WorkbookRefused("haystack.nothing")
        return self.batch

    def _draft(self, thing: Thing, row: int, record: Record, values: dict[str, Any]) -> Draft:
        ref = record.get("id", Value("", ""))
        draft = Draft(thing, row, ref.text[:300] or f"#{row}", {"name": _name(record)[:200], **values})
        self.batch.drafts.append(draft)
        if not ref.text:
            self.batch.error(draft, "id", "haystack.no_id")
        else:
            self.drafts.setdefault(draft.key, draft)
        return draft

    def _tell(self, draft: Draft, record: Record, *said: str) -> None:
        """Keeps every tag that no field of ours says."""
        markers = " ".join(name for name, value in record.items() if value.sort == "marker")
        if markers:
            draft.attributes[TAGS] = (markers, "")
        for name, value in record.items():
            if value.sort != "marker" and name not in _OWN | _LIVE and name not in said:
                unit = value.beside if value.sort == "number" else ""
                draft.attributes[name[:200]] = (value.text[:MOST_TEXT], unit[:60])

    def _place(self, row: int, record: Record) -> None:
        kind = "site" if "site" in record else next(k for tag, k in _SPACES.items() if tag in record)
        if "building" in record and kind == "space":
            kind = "building"
        draft = self._draft(Thing.LOCATION, row, record, {"kind": kind})
        if kind == "site":
            zone = _zone(record.get("tz", Value("", "")).text)
            draft.values |= {"zone": zone} if zone else {}
        point = _point(record.get("geoCoord"))
        draft.values |= point or {}
        draft.within = self._above(record, "spaceRef", "floorRef", "siteRef")
        self._tell(draft, record, "spaceRef", "floorRef", "siteRef")

    def _equip(self, row: int, record: Record) -> None:
        draft = self._draft(Thing.ASSET, row, record, {})
        for name in ("serial", "tag"):
            if name in record and record[name].sort == "str":
                draft.values[name] = record[name].text[:500]
        draft.within = self._above(record, "spaceRef", "floorRef", "siteRef")
        self._tell(draft, record, "spaceRef", "floorRef", "siteRef", "serial", "tag", "number", "model")

    def _above(self, record: Record, *names: str) -> str:
        """The nearest of what a record lies in that is in this file."""
        stated = [record[name].text for name in names if name in record]
        return next((ref for ref in stated if ref in self.drafts), stated[0] if stated else "")

    def _point(self, row: int, record: Record) -> None:
        """A number in a unit is a meter; any other point is kept as words at its equipment."""
        equip = self.drafts.get(record.get("equipRef", Value("", "")).text)
        if equip is None or equip.thing is not Thing.ASSET:
            self._unowned(row, record)
            return
        unit = _unit(record.get("unit", Value("", "")).text)
        if record.get("kind", Value("", "")).text != "Number" or not unit:
            told = record.get("unit") or record.get("kind") or Value("", "?")
            self.left[told.text] = self.left.get(told.text, 0) + 1
            equip.attributes[f"point {_name(record)}"[:200]] = (_said(record)[:MOST_TEXT], "")
            return
        kind = "counter" if _COUNTED & record.keys() else "gauge"
        draft = self._draft(Thing.METER, row, record, {"kind": kind, "unit": unit})
        draft.within = equip.key
        self._tell(draft, record, "equipRef", "siteRef", "kind", "unit")

    def _unowned(self, row: int, record: Record) -> None:
        draft = self._draft(Thing.METER, row, record, {"kind": "gauge", "unit": "1"})
        ref = record.get("equipRef", Value("", "")).text
        self.batch.error(draft, "equipRef", "haystack.no_equipment", ref=ref or "-")


def _sort_of(record: Record) -> str:
    if "site" in record and record["site"].sort == "marker":
        return "site"
    if "point" in record and record["point"].sort == "marker":
        return "point"
    if "equip" in record and record["equip"].sort == "marker":
        return "equip"
    return "space" if any(tag in record and record[tag].sort == "marker" for tag in _SPACES) else ""


def _name(record: Record) -> str:
    """What a record is called: its own name rather than one with its site's before it."""
    ref = record.get("id", Value("", ""))
    for name in ("dis", "navName"):
        if name in record and record[name].text:
            return record[name].text
    return ref.beside or ref.text


def _said(record: Record) -> str:
    tags = " ".join(name for name, value in record.items() if value.sort == "marker")
    facts = (
        f"{name}={value.text}" for name, value in record.items()
        if value.sort != "marker" and name not in _LIVE | {"disMacro", "siteRef", "equipRef"}
    )  # fmt: skip
    return f"{tags}; {'; '.join(facts)}"


def _point(value: Value | None) -> dict[str, Decimal] | None:
    if value is None or value.sort != "coord":
        return None
    try:
        lat, lon = (Decimal(part.strip()) for part in value.text.split(","))
    except (InvalidOperation, ValueError):
        return None
    fits = lat.is_finite() and lon.is_finite() and abs(lat) <= 90 and abs(lon) <= 180
    return {"lon": lon, "lat": lat} if fits else None


@cache
def _units() -> dict[str, str]:
    return {word.unit: code for code, word in words()["point"].items() if word.unit}


def _unit(text: str) -> str:
    code = _units().get(text) or ucum_of(text) or ""
    return code if code and is_unit(code) else ""


@cache
def _zones() -> dict[str, str]:
    """Cities, as that world names time zones, and the zones that bear them alone."""
    found: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        area, _, city = zone.rpartition("/")
        if area in ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"):
            found.setdefault(city, zone)
    return found


def _zone(text: str) -> str:
    return text if text in available_timezones() else _zones().get(text, "UTC" if text == "UTC" else "")
