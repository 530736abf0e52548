"""Writes the register as a Project Haystack grid: JSON (Hayson) or Zinc."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from trunnion.kernel.context import Context
from trunnion.kernel.database import reading

from .model import TAGS, Entity, Register

Row = dict[str, Any]
MARKER = {"_kind": "marker"}
_TAG = re.compile(r"[a-z][A-Za-z0-9_]*")
_NOT_IN_REF = re.compile(r"[^A-Za-z0-9_:\-.~]")


def rows(register: Register) -> Iterator[Row]:
    """The grid's rows in Hayson values."""
    for one in register:
        yield _row(register, one)


def _row(register: Register, one: Entity) -> Row:
    found: Row = {"id": _ref(one), "dis": one.name}
    found |= dict.fromkeys(one.tags, MARKER)
    if one.site is not None:
        found["siteRef"] = _ref(register.entities[one.site])
    above = register.entities.get(one.above) if one.above else None
    if above is not None and above.kind == "location" and "site" not in above.tags:
        found["spaceRef"] = _ref(above)
    if above is not None and above.kind == "asset":
        found["equipRef"] = _ref(above)
    facts = one.facts
    if one.kind == "location" and facts["lat"] is not None and facts["lon"] is not None:
        found["geoCoord"] = {"_kind": "coord", "lat": float(facts["lat"]), "lng": float(facts["lon"])}
    if one.kind == "location" and facts["tz"]:
        found["tz"] = facts["tz"].rpartition("/")[2]
    if one.kind == "asset":
        part_of = register.entities.get(facts["part_of"]) if facts["part_of"] else None
        found |= {"equipRef": _ref(part_of)} if part_of else {}
        found |= {name: facts[name] for name in ("number", "serial", "tag", "model") if facts[name]}
    if one.kind == "meter":
        found |= {"kind": "Number", "unit": one.word.unit or facts["unit"]}
    for name, (text, unit) in one.more.items():
        if name != TAGS and _TAG.fullmatch(name):
            found.setdefault(name, _value(text, unit))
    return found


def _ref(one: Entity) -> Row:
    return {"_kind": "ref", "val": _NOT_IN_REF.sub("-", one.ref), "dis": one.name}


def _value(text: str, unit: str) -> Any:
    try:
        number = float(Decimal(text)) if unit else None
    except ArithmeticError:
        number = None
    return text if number is None else {"_kind": "number", "val": number, "unit": unit}


def hayson(ctx: Context, path: Path) -> int:
    """Writes the grid as JSON; returns how many records."""
    found = _found(ctx)
    grid = {
        "_kind": "grid", "meta": {"ver": "3.0"}, "cols": [{"name": name} for name in _columns(found)], "rows": found,
    }  # fmt: skip
    path.write_text(json.dumps(grid, ensure_ascii=False), "utf-8")
    return len(found)


def zinc(ctx: Context, path: Path) -> int:
    """Writes the grid as Zinc; returns how many records."""
    found = _found(ctx)
    columns = _columns(found)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'ver:"3.0"\n{",".join(columns) or "empty"}\n')
        for row in found:
            file.write(",".join(_scalar(row[name]) if name in row else "" for name in columns) + "\n")
    return len(found)


def _found(ctx: Context) -> list[Row]:
    with reading(ctx.organisation_id):
        return list(rows(Register(ctx)))


def _columns(found: list[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in found for name in row))


def _scalar(value: Any) -> str:
    """One value as Zinc writes it."""
    if isinstance(value, dict):
        kind = value["_kind"]
        if kind == "marker":
            return "M"
        if kind == "ref":
            return f"@{value['val']} {_quoted(value['dis'])}"
        if kind == "coord":
            return f"C({value['lat']},{value['lng']})"
        return f"{value['val']:g}{value['unit']}"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'
