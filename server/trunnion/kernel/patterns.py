"""How an organisation writes its numbers: a running number, perhaps the date, and what may be no pattern."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

# `{n}` or `{n:5}` is the running number, padded to so many digits.
_TOKEN = re.compile(r"\{(n(?::[1-9])?|yyyy|yy|mm)\}")
_PLAIN = re.compile(r"[A-Za-z0-9._/-]*", re.ASCII)
# A running number may grow to so many digits before a text would be too long for its column.
DIGITS = 7
LONGEST = 60


class Restart(StrEnum):
    """When counting begins again at one."""

    NEVER = "never"
    YEAR = "year"
    MONTH = "month"


def faults(pattern: str, restarts: Restart, most: int) -> Iterator[tuple[str, dict[str, object]]]:
    """What is wrong with a pattern: codes with their facts."""
    names = [name.partition(":")[0] for name in _TOKEN.findall(pattern)]
    if not _PLAIN.fullmatch(_TOKEN.sub("", pattern)):
        yield "numbering.characters", {}
    if names.count("n") != 1:
        yield "numbering.no_number", {}
    if restarts != Restart.NEVER and not {"yyyy", "yy"} & set(names):
        yield "numbering.no_year", {}
    if restarts == Restart.MONTH and "mm" not in names:
        yield "numbering.no_month", {}
    longest = len(write(pattern, 10**DIGITS - 1, date(2000, 12, 31)))
    if longest > most:
        yield "numbering.too_long", {"longest": longest, "most": most}


def write(pattern: str, number: int, day: date) -> str:
    """The text of a number on a day."""

    def put(found: re.Match[str]) -> str:
        name, _, width = found[1].partition(":")
        if name == "n":
            return f"{number:0{width or 1}d}"
        return {"yyyy": f"{day:%Y}", "yy": f"{day:%y}", "mm": f"{day:%m}"}[name]

    return _TOKEN.sub(put, pattern)


def around(pattern: str, day: date) -> tuple[str, str]:
    """What stands before and behind the running number on a day."""
    before, _, behind = write(
        _TOKEN.sub(lambda f: "\n" if f[1][0] == "n" else f[0], pattern), 0, day
    ).partition("\n")
    return before, behind


def counter_of(series: str, restarts: Restart, day: date) -> str:
    """Which counter a number of this day is taken from."""
    if restarts == Restart.YEAR:
        return f"{series}Y{day:%Y}"
    return f"{series}M{day:%Y%m}" if restarts == Restart.MONTH else series


def meet(one: str, other: str) -> bool:
    """Whether two patterns could ever write the same text; digits beside the running number count as part of it."""
    day = date(2000, 1, 1)
    ends = [around(pattern, day) for pattern in (one, other)]
    cores = {
        (re.sub(r"\d", "0", a.rstrip("0123456789")), re.sub(r"\d", "0", b.lstrip("0123456789")))
        for a, b in ends
    }
    return len(cores) == 1
