"""The types of arguments: what a name, a text, an instant or an amount must be, said once."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints
from pydantic_core import PydanticCustomError


def _printable(text: str) -> str:
    # NUL cannot be stored by PostgreSQL; the other controls have no meaning in a text for people.
    if any(c < " " and c not in "\t\n\r" for c in text):
        raise PydanticCustomError("control_character", "control character")
    return text


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise PydanticCustomError("zone_unknown", "unknown zone")
    return text


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_printable)
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_printable)]
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=20_000), AfterValidator(_printable)
]
Code = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(_printable)
]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
    ),
    AfterValidator(_printable),
]
# What a password must be is identity's to say; this only keeps the work of hashing it small.
Password = Annotated[str, StringConstraints(max_length=1000)]
Instant = AwareDatetime
Day = date
Minutes = Annotated[int, Field(ge=0, le=60 * 24 * 366)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6)]
SignedAmount = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Zone = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, StringConstraints(pattern=r"^(en|zh-CN)$")]

__all__ = [
    "Amount", "Code", "Currency", "Day", "Email", "Instant", "Language", "Line", "Minutes", "Name", "Password", "Prose",
    "SignedAmount", "Zone", "datetime",
]  # fmt: skip
