"""From a cell's text to a field's value: dates, numbers, units, choices; a fault says what would be right."""

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from trunnion.kernel.fields import ExactField
from trunnion.kernel.quantity import Quantity, UnitMismatch, UnitUnknown, ucum_of

from .declare import Field, Kind
from .synonyms import folded, values_of, yes_and_no
from .types import ColumnUse, DateOrder, Decimals

_ISO = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2})\s*[日号]?)?")
_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SHORT = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?=\s|$|T)")
_TIME = re.compile(r"[T\s]\s*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?")
_SERIAL = re.compile(r"^\d{4,5}(\.\d+)?$")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$")
_CLOCK = re.compile(r"^(\d{1,4}):(\d{2})(?::\d{2})?$")
_ERROR = re.compile(r"^#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DAY_ZERO = date(1899, 12, 30)
# Days of spreadsheets between 1930 and 2080; other numbers are no days.
_SERIALS = range(10_959, 65_747)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_YEAR_TURN = 70
_CURRENCIES = {
    "¥": "CNY",
    "￥": "CNY",
    "元": "CNY",
    "人民币": "CNY",
    "rmb": "CNY",
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
}
_MONEY_SIGNS = "¥￥€$£元"


class CellFault(Exception):
    """A cell that a field cannot hold: code and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one column are read."""

    target: str
    field: Field
    use: ColumnUse
    zone: str
    empty: frozenset[str]

    def piece(self, cell: str) -> str:
        """The part of a cell that counts; empty where it says nothing."""
        text = cell.strip()
        if text.startswith("\ufeff") or text.endswith("\ufeff"):
            # No white space to Python, and none of the text either.
            text = text.strip("\ufeff \t\r\n\u3000")
        if self.use.separator:
            parts = text.split(self.use.separator)
            text = parts[self.use.part].strip() if self.use.part < len(parts) else ""
        if not text or text in self.empty:
            return ""
        if text[0] == "#" and _ERROR.match(text):
            raise CellFault("cobie.error_cell", text=text)
        mapped = self._mapped(text)
        return self.use.template.replace("{}", mapped) if self.use.template and mapped else mapped

    def _mapped(self, text: str) -> str:
        values: Map[str, str] = self.use.values
        if text in values:
            return values[text]
        return (
            next((value for key, value in values.items() if folded(key) == folded(text)), text)
            if values
            else text
        )

    def value(self, cell: str) -> Any:
        """The field's value; None where the cell says nothing; raises CellFault. References stay texts."""
        text = self.piece(cell)
        if not text:
            return None
        found = _READERS[self.field.kind](self, text)
        return found if self.field.parse is None else self.field.parse(found)


def _text(reading: Reading, text: str) -> str:
    if len(text) > reading.field.most:
        raise CellFault("table.too_long", length=len(text), most=reading.field.most)
    if _CONTROL.search(text):
        raise CellFault("table.control_sign")
    return text


def _number(reading: Reading, text: str) -> Decimal:
    value, unit = _split(reading, text)
    wanted = reading.field.unit
    unit = unit or reading.use.unit
    if wanted and unit:
        code = ucum_of(unit)
        if code is None:
            raise CellFault("table.unit_unknown", text=unit, unit=wanted)
        try:
            value = Quantity(value, code).to(wanted).value
        except (UnitMismatch, UnitUnknown):
            raise CellFault("table.unit_other", text=unit, unit=wanted) from None
    if not value.is_finite() or abs(value) >= ExactField.LIMIT:
        raise CellFault("table.number_too_large", text=text)
    if reading.field.minimum is not None and value < reading.field.minimum:
        raise CellFault("table.number_too_small", text=text, least=reading.field.minimum)
    return value.quantize(Decimal("0.000001")).normalize() + 0


def _split(reading: Reading, text: str) -> tuple[Decimal, str]:
    """The number of a text, and the word behind it."""
    found = re.match(r"^([-+]?[\d.,\s' ]*\d)\s*([^\d\s].*)?$", text.strip(_MONEY_SIGNS + " "))
    if found is None:
        raise CellFault("table.not_a_number", text=text)
    digits = re.sub(r"[\s' ]", "", found[1])
    unit = (found[2] or "").strip()
    if reading.use.decimals is Decimals.COMMA:
        digits = digits.replace(".", "").replace(",", ".")
    elif reading.use.decimals is Decimals.POINT or re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif "," in digits:
        raise CellFault("table.decimals_unclear", text=text)
    if unit[:1] in "eE" and _NUMBER.match(digits + unit):
        digits, unit = digits + unit, ""
    if unit and not (reading.field.unit or unit.casefold() in _CURRENCIES):
        raise CellFault("table.not_a_number", text=text)
    try:
        return Decimal(digits), unit
    except InvalidOperation:
        raise CellFault("table.not_a_number", text=text) from None


def _whole(reading: Reading, text: str) -> int:
    value = _number(reading, text)
    if value != value.to_integral_value():
        raise CellFault("table.not_whole", text=text)
    return int(value)


def _minutes(reading: Reading, text: str) -> int:
    """A length of work: `1:30`, `1.5 h`, `90 min`, or a number of the column's unit, hours unless said otherwise."""
    clock = _CLOCK.match(text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    value, unit = _split(reading, text)
    code = ucum_of(unit or reading.use.unit or "h")
    if code is None:
        raise CellFault("table.unit_unknown", text=unit, unit="h, min")
    try:
        minutes = Quantity(value, code).to("min").value
    except (UnitMismatch, UnitUnknown):
        raise CellFault("table.unit_other", text=unit, unit="h, min") from None
    if not 0 <= minutes <= 60 * 24 * 366:
        raise CellFault("table.number_too_large", text=text)
    return round(minutes)


def _day(reading: Reading, text: str) -> date:
    return day_of(text, reading.use.date_order)


def day_of(text: str, order: DateOrder | None) -> date:
    """A day in any usual writing; raises CellFault where it is none, or could be two."""
    found = _ISO.match(text) or _DIGITS.match(text)
    if found:
        return _made(int(found[1]), int(found[2]), int(found[3] or 1), text)
    short = _SHORT.match(text)
    if short:
        first, second, year = int(short[1]), int(short[2]), int(short[3])
        if len(short[3]) == 2:
            year += 2000 if year < _YEAR_TURN else 1900
        if order is None and first <= 12 and second <= 12 and first != second:
            raise CellFault("table.date_unclear", text=text)
        is_day_first = order is DateOrder.DMY if order else first > 12
        month, day = (second, first) if is_day_first else (first, second)
        return _made(year, month, day, text)
    if _SERIAL.match(text) and int(float(text)) in _SERIALS:
        return _DAY_ZERO + timedelta(days=int(float(text)))
    raise CellFault("table.not_a_date", text=text)


def _made(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellFault("table.not_a_date", text=text) from None
    if not _FIRST_YEAR <= found.year < _LAST_YEAR:
        raise CellFault("table.not_a_date", text=text)
    return found


def _instant(reading: Reading, text: str) -> datetime:
    if re.search(r"\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$", text):
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except ValueError:
            raise CellFault("table.not_a_date", text=text) from None
    day = day_of(text, reading.use.date_order)
    found = _TIME.search(text)
    clock = time()
    if found:
        try:
            clock = time(int(found[1]), int(found[2]), int(found[3] or 0))
        except ValueError:
            raise CellFault("table.not_a_date", text=text) from None
    elif _SERIAL.match(text):
        clock = (datetime.min + timedelta(seconds=round(float(text) % 1 * 86_400))).time()
    return datetime.combine(day, clock, ZoneInfo(reading.use.zone or reading.zone)).astimezone(UTC)


def _choice(reading: Reading, text: str) -> Any:
    value = values_of(reading.target, reading.field.name).get(folded(text))
    if value is None:
        raise CellFault("table.not_a_choice", text=text, known=_offered(reading))
    return value


def _offered(reading: Reading) -> list[str]:
    return [str(choice.value) for choice in reading.field.choices or ()]


def _boolean(_: Reading, text: str) -> bool:
    value = yes_and_no().get(folded(text))
    if value is None:
        raise CellFault("table.not_yes_or_no", text=text)
    return value == "true"


def _unit(_: Reading, text: str) -> str:
    code = ucum_of(text)
    if code is None:
        raise CellFault("table.unit_unknown", text=text, unit="m, kg, h, {each} …")
    return code


def _currency(_: Reading, text: str) -> str:
    code = _CURRENCIES.get(text.casefold(), text.upper())
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise CellFault("table.not_a_currency", text=text)
    return code


_READERS: dict[Kind, Any] = {
    Kind.TEXT: _text, Kind.CODE: _text, Kind.NUMBER: _number, Kind.WHOLE: _whole, Kind.DAY: _day,
    Kind.INSTANT: _instant, Kind.DURATION: _minutes, Kind.CHOICE: _choice, Kind.BOOLEAN: _boolean, Kind.UNIT: _unit,
    Kind.CURRENCY: _currency, Kind.REFERENCE: _text,
}  # fmt: skip
