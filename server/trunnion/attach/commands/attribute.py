"""Verbs on attributes: typed facts with units, many at once."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.attach.models import Attribute
from trunnion.attach.subjects import STEP, check_subjects
from trunnion.attach.types import AttributeLine, Batch, ValueType
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.fields import ExactField
from trunnion.kernel.policies import take
from trunnion.kernel.quantity import is_unit
from trunnion.kernel.unit import about

Lines = Annotated[list[AttributeLine], Field(max_length=200_000)]
MOST_FAULTS = 100
MILLIONTH = Decimal("0.000001")
Key = tuple[str, UUID, str, str]


@command("attach.attribute.set_many")
def set_many(ctx: Context, lines: Lines) -> Batch:
    """Sets attributes of records: each is known by record, category and name; one wrong line refuses all."""
    if lines and len({(line.kind, line.row_id) for line in lines}) == 1:
        about(lines[0].kind, lines[0].row_id)
    faults = [fault for index, line in enumerate(lines) for fault in _faults(line, f"/lines/{index}")]
    faults += _repeated(lines)
    if faults:
        raise Invalid("invalid_input", errors=faults[:MOST_FAULTS])
    for kind in {line.kind for line in lines}:
        check_subjects(ctx, kind, {line.row_id for line in lines if line.kind == kind})
    standing = _standing(ctx, lines)
    fresh, changed = [], 0
    for line in lines:
        row = standing.get(_key(line))
        values = _values(line)
        if row is None:
            fresh.append(Attribute(subject_kind=line.kind, subject_id=line.row_id, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            changed += 1
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
    Attribute.objects.bulk_create(fresh, batch_size=1000)
    return Batch(created=len(fresh), changed=changed, same=len(lines) - len(fresh) - changed)


@command("attach.attribute.remove")
def remove(ctx: Context, attribute_id: UUID) -> None:
    """Takes an attribute off its record."""
    row = take(ctx, Attribute, attribute_id)
    about(row.subject_kind, row.subject_id)
    row.delete()


def _key(line: AttributeLine) -> Key:
    return (line.kind, line.row_id, line.category, line.name)


def _values(line: AttributeLine) -> dict[str, Any]:
    # Of the typed values only the one of the type is kept; a number beside a text would be a second truth.
    number = line.number if line.value_type == ValueType.NUMBER else None
    return {
        "category": line.category, "name": line.name, "value_type": str(line.value_type),
        "value_text": line.text or _written(line),
        # The column holds millionths; what is finer stays in the text.
        "value_number": None if number is None else number.quantize(MILLIONTH).normalize() + 0,
        "value_boolean": line.boolean if line.value_type == ValueType.BOOLEAN else None,
        "value_on": line.on if line.value_type == ValueType.DATE else None,
        "unit": line.unit, "unit_text": line.unit_text, "source": line.source, "source_object": line.source_object,
        "external_uri": line.external_uri, "description": line.description, "allowed_values": line.allowed_values,
        "stated_by": line.stated_by, "stated_at": line.stated_at,
    }  # fmt: skip


def _written(line: AttributeLine) -> str:
    value = getattr(line, _HELD_BY[line.value_type])
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


_HELD_BY = {
    ValueType.TEXT: "text", ValueType.NUMBER: "number", ValueType.BOOLEAN: "boolean", ValueType.DATE: "on",
}  # fmt: skip


def _faults(line: AttributeLine, pointer: str) -> Iterator[FieldError]:
    held = _HELD_BY[line.value_type]
    if line.value_type != ValueType.TEXT and getattr(line, held) is None:
        yield FieldError(f"{pointer}/{held}", "attribute_value_missing", {"value_type": str(line.value_type)})
    if line.number is not None and not (line.number.is_finite() and abs(line.number) < ExactField.LIMIT):
        yield FieldError(f"{pointer}/number", "number_out_of_range", {"most": str(ExactField.LIMIT)})
    if line.unit and not is_unit(line.unit):
        yield FieldError(f"{pointer}/unit", "field.unit_unknown", {"unit": line.unit})
    if line.unit and line.value_type != ValueType.NUMBER:
        yield FieldError(f"{pointer}/unit", "unit_without_number", {"unit": line.unit})


def _repeated(lines: list[AttributeLine]) -> list[FieldError]:
    seen: dict[Key, int] = {}
    faults = []
    for index, line in enumerate(lines):
        first = seen.setdefault(_key(line), index)
        if first != index:
            faults.append(FieldError(f"/lines/{index}/name", "line_repeated", {"first": first + 1}))
    return faults


def _standing(ctx: Context, lines: list[AttributeLine]) -> dict[Key, Attribute]:
    found: dict[Key, Attribute] = {}
    for kind in {line.kind for line in lines}:
        ids = list({line.row_id for line in lines if line.kind == kind})
        for i in range(0, len(ids), STEP):
            rows = Attribute.objects.of(ctx).filter(subject_kind=kind, subject_id__in=ids[i : i + STEP])
            found.update({(kind, r.subject_id, r.category, r.name): r for r in rows})
    return found
