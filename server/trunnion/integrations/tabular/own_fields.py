"""Fields that an organisation keeps of its own, as fields of a target: offered, read, compared, filled like others."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from trunnion.attach.commands import custom
from trunnion.attach.queries import CustomRefused, custom_fields, custom_readers, custom_values_of
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.policies import KINDS

from .declare import TARGETS, Field, Kind, Lookup, Target

PREFIX = "custom."
_KINDS = {
    "number": Kind.NUMBER, "integer": Kind.WHOLE, "yes_no": Kind.BOOLEAN, "date": Kind.DAY, "datetime": Kind.INSTANT,
    "reference": Kind.REFERENCE,
}  # fmt: skip
# Blanks before it are left to the parts: a pattern that begins with any number of them runs away.
_SEVERAL = re.compile(r"[,，、;；\n]\s*")
_CALLED = ("number", "code", "name", "name_zh", "name_en", "title")


def target_of(ctx: Context, name: str) -> Target:
    """A target with the fields that the organisation keeps of its records."""
    declared = TARGETS[name]
    with reading(ctx.organisation_id):
        readers = custom_readers(ctx, declared.kind)
        own = tuple(_field(one, readers[one.key]) for one in custom_fields(ctx, declared.kind))
    return replace(declared, fields=(*declared.fields, *own)) if own else declared


def _field(one: Any, read: Callable[[Any], Any]) -> Field:
    kind = _KINDS.get(one.value_type, Kind.TEXT)
    known = {"name": PREFIX + one.key, "kind": kind, "path": "", "label": one.label, "most": 20_000}
    if kind is Kind.REFERENCE:
        columns = {f.name for f in KINDS[one.refers_to]._meta.concrete_fields}
        by = tuple(name for name in _CALLED if name in columns)
        return Field(**known, lookup=Lookup(one.refers_to, by))
    return Field(**known, unit=one.unit, parse=partial(_parsed, read, one.value_type == "choices"))


def _parsed(read: Callable[[Any], Any], is_several: bool, value: Any) -> Any:
    """What was read of a cell as the field holds it; raises CellFault with the field's own reason."""
    from .cells import CellFault

    try:
        return read([one.strip() for one in _SEVERAL.split(value.strip())] if is_several else _plain(value))
    except CustomRefused as refused:
        raise CellFault(refused.code, **refused.facts) from None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def standing_values(
    ctx: Context, target: Target, names: Iterable[str], ids: Iterable[UUID]
) -> dict[UUID, dict[str, Any]]:
    """What records say besides their columns, fields of one's own among it: record -> field -> value or None."""
    own = [name for name in names if name.startswith(PREFIX)]
    listed = list(ids)
    besides = target.stand(ctx, listed) if target.stand and listed else {}
    if not own or not listed:
        return {i: {**besides[i]} for i in besides}
    held = custom_values_of(ctx, target.kind, [name.removeprefix(PREFIX) for name in own], listed)
    return {
        i: {**besides.get(i, {}), **{name: held[name.removeprefix(PREFIX)].get(i) for name in own}}
        for i in listed
    }


def parted(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of the record itself, and those of fields of one's own by their keys."""
    plain = {name: value for name, value in values.items() if not name.startswith(PREFIX)}
    own = {n.removeprefix(PREFIX): _plain(v) for n, v in values.items() if n.startswith(PREFIX)}
    return plain, own


def fill(ctx: Context, kind: str, lines: list[tuple[UUID, dict[str, Any]]]) -> list[tuple[int, FieldError]]:
    """Fills records; what does not belong to a record stays out, and is answered with the line that it was of."""
    left_out: list[tuple[int, FieldError]] = []
    while any(values for _, values in lines):
        try:
            custom.set_many(ctx, kind, [custom.CustomLine(row_id, values) for row_id, values in lines])
            break
        except Invalid as problem:
            faults = [(*_place(fault), fault) for fault in problem.errors]
            for at, key, fault in faults:
                lines[at][1].pop(key)
                left_out.append((at, fault))
    return left_out


def _place(fault: FieldError) -> tuple[int, str]:
    _, _, line, _, key = fault.pointer.split("/", 4)
    return int(line), key
