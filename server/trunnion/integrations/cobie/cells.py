"""Pure rules for single cells: from what the spreadsheet holds to exact text, number, instant or list."""

import math
import re
import unicodedata
from collections.abc import Container
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from functools import lru_cache

ABSENT = frozenset({"n/a", "n.a.", "n\\a"})
ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"})
NOT_STATED = "n/a"
_INVISIBLE = "\ufeff\u200b"

_LAST_SERIAL = 2_958_466  # the day after 9999-12-31
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;，；、\n]")
_LONGEST_NAME = 12  # pieces that one name may span when names themselves contain a separator


def meaning(raw: str | None) -> str | None:
    """The trimmed text of a cell, or nothing when it says nothing (empty, `n/a`, #REF!)."""
    # Asked of every cell several times: the rare cases are only looked at where they can be.
    if not raw:
        return None
    text = raw.strip()
    if text and (text[0] in _INVISIBLE or text[-1] in _INVISIBLE):
        text = text.strip(_INVISIBLE)
    if not text or (len(text) <= 4 and text.casefold() in ABSENT) or (text[0] == "#" and text in ERRORS):
        return None
    return text


@lru_cache(maxsize=4096)
def matched(text: str) -> str:
    """The form in which names are compared: one blank between words, without case."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def is_placeholder(column: str, text: str) -> bool:
    """Whether a template's cell only repeats the name of its own column."""
    return text.casefold() == column.casefold()


def exact_number(value: float) -> str:
    """The shortest decimal that gives back this number, never in scientific notation."""
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(repr(value))
    text = format(exact, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def day_of_serial(serial: float, *, from_1904: bool = False) -> str | None:
    """ISO text for a day number of a spreadsheet that was not formatted as a date."""
    if not 0 < serial < _LAST_SERIAL:
        return None
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    seconds = round(serial * 86_400)
    try:
        day = first + timedelta(days=seconds // 86_400)
    except OverflowError:
        return None
    rest = seconds % 86_400
    if rest == 0:
        return day.isoformat()
    return f"{day.isoformat()}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"


def text_of(value: object) -> str:
    """Exact text for whatever type the cell had."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return exact_number(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return "" if value is None else str(value)


def decimal_of(text: str) -> Decimal | None:
    """The number that a text is, without guessing at thousands separators."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


@lru_cache(maxsize=4096)
def moment_of(text: str, zone: tzinfo) -> datetime | None:
    """The instant of a year-first date; day-first dates are ambiguous and give nothing."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        moment = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            micro,
            tzinfo=zone,
        )
        return moment if offset is None else moment.replace(tzinfo=_offset(offset))
    except ValueError:
        return None


def _offset(text: str) -> tzinfo | None:
    if text in ("Z", "z"):
        text = "+0000"
    return datetime.strptime(text.replace(":", ""), "%z").tzinfo


def split_list(text: str, known: Container[str] = frozenset()) -> tuple[str, ...]:
    """The names in a list cell; a name that itself holds a comma stays whole when it is known.

    `known` holds names in the form that `matched` gives.
    """
    cuts = [found.start() for found in _SEPARATOR.finditer(text)]
    starts = [0, *(cut + 1 for cut in cuts)]
    ends = [*cuts, len(text)]
    names: list[str] = []
    at = 0
    while at < len(starts):
        upto = _longest_known(text, starts[at], ends[at : at + _LONGEST_NAME], known)
        name = text[starts[at] : ends[at + upto]].strip()
        if meaning(name) is not None:
            names.append(name)
        at += upto + 1
    return tuple(names)


def _longest_known(text: str, start: int, ends: list[int], known: Container[str]) -> int:
    for step in range(len(ends) - 1, 0, -1):
        if matched(text[start : ends[step]]) in known:
            return step
    return 0
