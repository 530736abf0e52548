"""Values of custom fields: from what was entered to what is stored, and back to what is told."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from trunnion.attach.models import CustomField, CustomValue
from trunnion.kernel.fields import ExactField
from trunnion.kernel.quantity import Quantity, UnitMismatch, ucum_of
from trunnion.kernel.sorting import sort_key

from .types import Definition, FieldType, Pattern, Refused, Value

# A field that is being defined, or one that is.
Field = Definition | CustomField
LONGEST = {FieldType.TEXT: 500, FieldType.LONG_TEXT: 20_000, FieldType.LINK: 2000}
MOST_CHOICES = 50
_AMOUNT = re.compile(r"\s*([+-]?[0-9]{1,20}(?:\.[0-9]{1,20})?)\s*(\S.{0,39})?", re.ASCII)
# Each reads its text once, from left to right, whatever stands in it.
_FORMS = {
    Pattern.DIGITS: re.compile(r"[0-9]+"), Pattern.LETTERS: re.compile(r"[A-Za-z]+"),
    Pattern.LETTERS_DIGITS: re.compile(r"[A-Za-z0-9]+"), Pattern.CODE: re.compile(r"[A-Za-z0-9._/-]+"),
    Pattern.EMAIL: re.compile(r"[^@\s]+@[^@\s]+"), Pattern.PHONE: re.compile(r"[+0-9 ()/-]{3,40}"),
    Pattern.IPV4: re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.(?!$)|$)){4}"),
}  # fmt: skip
_LINK = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


def parse(field: Field, raw: Any, held: Value = None) -> Value:
    """What was entered as the field's value, None where it was cleared; raises Refused.

    `held` is what the record has now: a choice that was archived since may stay.
    """
    if raw is None or raw in ("", []):
        return None
    return _PARSERS[FieldType(field.value_type)](field, raw, held)


def _text(field: Field, raw: Any, _held: Value) -> str | None:
    most = field.most_length or LONGEST[FieldType(field.value_type)]
    if not isinstance(raw, str):
        raise Refused("field.string_type")
    text = raw.strip()
    if any(c < " " and c not in "\t\n\r" for c in text):
        raise Refused("field.control_character")
    if len(text) > most:
        raise Refused("field.string_too_long", max_length=most)
    if text and field.pattern and not _FORMS[Pattern(field.pattern)].fullmatch(text):
        raise Refused("custom_pattern", pattern=field.pattern)
    return text or None


def _link(field: Field, raw: Any, held: Value) -> str | None:
    text = _text(field, raw, held)
    if text and not _LINK.fullmatch(text):
        raise Refused("custom_link")
    return text


def _number(field: Field, raw: Any, _held: Value) -> Decimal:
    amount, unit = _amount(raw)
    if unit:
        amount = _converted(field, amount, unit)
    if not amount.is_finite() or abs(amount) >= ExactField.LIMIT:
        raise Refused("number_out_of_range", most=str(ExactField.LIMIT))
    amount = amount.quantize(Decimal("0.000001")).normalize() + 0
    if field.lowest is not None and amount < field.lowest:
        raise Refused("custom_too_low", least=str(field.lowest), unit=field.unit)
    if field.highest is not None and amount > field.highest:
        raise Refused("custom_too_high", most=str(field.highest), unit=field.unit)
    return amount


def _integer(field: Field, raw: Any, held: Value) -> int:
    amount = _number(field, raw, held)
    if amount != amount.to_integral_value():
        raise Refused("field.int_from_float")
    return int(amount)


def _amount(raw: Any) -> tuple[Decimal, str]:
    unit = ""
    if isinstance(raw, Mapping):
        if set(raw) - {"value", "unit"} or not isinstance(raw.get("unit", ""), str):
            raise Refused("custom_number")
        raw, unit = raw.get("value"), raw.get("unit", "")
    if isinstance(raw, str):
        found = _AMOUNT.fullmatch(raw)
        if found is None or (unit and found[2]):
            raise Refused("custom_number")
        return Decimal(found[1]), (found[2] or unit).strip()
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        raise Refused("custom_number")
    try:
        return Decimal(str(raw)), unit
    except InvalidOperation:
        raise Refused("custom_number") from None


def _converted(field: Field, amount: Decimal, unit: str) -> Decimal:
    code = ucum_of(unit)
    if code is None:
        raise Refused("field.unit_unknown", unit=unit)
    if not field.unit:
        raise Refused("custom_no_unit", unit=unit)
    try:
        return Quantity(amount, code).to(field.unit).value
    except UnitMismatch:
        raise Refused("custom_unit_mismatch", unit=unit, expected=field.unit) from None


def _yes_no(_field: Field, raw: Any, _held: Value) -> bool:
    if not isinstance(raw, bool):
        raise Refused("field.bool_type")
    return raw


def _date(_field: Field, raw: Any, _held: Value) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        raise Refused("field.date_parsing") from None


def _datetime(_field: Field, raw: Any, _held: Value) -> datetime:
    try:
        at = raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)
        if at.tzinfo is None:
            raise Refused("field.timezone_aware")
        return at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise Refused("field.datetime_parsing") from None


def _choice(field: Field, raw: Any, held: Value) -> str:
    kept = held if isinstance(held, list) else [held]
    for choice in field.choices:
        if isinstance(raw, str) and raw.strip() in (choice["value"], choice["label_en"], choice["label_zh"]):
            if choice["is_archived"] and choice["value"] not in kept:
                break
            return str(choice["value"])
    raise Refused("field.enum", expected=[c["value"] for c in field.choices if not c["is_archived"]])


def _choices(field: Field, raw: Any, held: Value) -> list[str]:
    if not isinstance(raw, list | tuple):
        raise Refused("field.list_type")
    if len(raw) > MOST_CHOICES:
        raise Refused("field.too_long", max_length=MOST_CHOICES)
    picked = {_choice(field, one, held) for one in raw}
    return [c["value"] for c in field.choices if c["value"] in picked]


def _reference(_field: Field, raw: Any, _held: Value) -> UUID:
    try:
        return raw if isinstance(raw, UUID) else UUID(raw)
    except (TypeError, ValueError, AttributeError):
        raise Refused("field.uuid_parsing") from None


_PARSERS: dict[FieldType, Callable[[Field, Any, Value], Value]] = {
    FieldType.TEXT: _text, FieldType.LONG_TEXT: _text, FieldType.LINK: _link, FieldType.NUMBER: _number,
    FieldType.INTEGER: _integer, FieldType.YES_NO: _yes_no, FieldType.DATE: _date, FieldType.DATETIME: _datetime,
    FieldType.CHOICE: _choice, FieldType.CHOICES: _choices, FieldType.REFERENCE: _reference,
}  # fmt: skip
# In which column a type is stored, sorted and filtered.
COLUMN = {
    FieldType.TEXT: "value_key", FieldType.LONG_TEXT: "value_key", FieldType.LINK: "value_key",
    FieldType.NUMBER: "value_number", FieldType.INTEGER: "value_number", FieldType.YES_NO: "value_boolean",
    FieldType.DATE: "value_on", FieldType.DATETIME: "value_at", FieldType.CHOICE: "value_key",
    FieldType.CHOICES: "value_key", FieldType.REFERENCE: "value_id",
}  # fmt: skip


def stored(field: Field, subject_id: UUID, value: Value) -> list[CustomValue]:
    """The rows that hold a value."""
    if value is None:
        return []
    kind = FieldType(field.value_type)
    first = CustomValue(field_id=field.id, subject_id=subject_id)
    if kind == FieldType.CHOICES and isinstance(value, list):
        first.value_text = ",".join(value)
        rest = [
            CustomValue(field_id=field.id, subject_id=subject_id, slot=slot, value_key=one)
            for slot, one in enumerate(value, 1)
        ]
        return [first, *rest]
    if kind == FieldType.CHOICE:
        first.value_key = str(value)
    elif COLUMN[kind] == "value_key":
        first.value_text, first.value_key = str(value), sort_key(str(value))
    else:
        setattr(first, COLUMN[kind], value)
    return [first]


def held_in(field: Field) -> str:
    """The column of the first slot from which a value is told."""
    kind = FieldType(field.value_type)
    is_text = COLUMN[kind] == "value_key" and kind != FieldType.CHOICE
    return "value_text" if is_text else COLUMN[kind]


def read(field: Field, held: Any) -> Value:
    """The value behind what the column holds."""
    if field.value_type == FieldType.CHOICES:
        return held.split(",") if held else []
    if field.value_type == FieldType.INTEGER and held is not None:
        return int(held)
    value: Value = held
    return value
