"""Quantities: a decimal value with a UCUM unit, converted by pint."""

import tomllib
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the shipped list: its UCUM code, what pint calls it (None for counted things), how people write it."""

    ucum: str
    pint: str | None
    dimension: str
    symbol: str
    name: dict[str, str]


@cache
def units() -> dict[str, Unit]:
    """The shipped units by UCUM code."""
    return {one["ucum"]: _unit_of(one) for one in _listed()}


@cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in _listed():
        for word in (*one.get("spellings", ()), *one["name"].values(), one["symbol"]):
            found.setdefault(_folded(word), one["ucum"])
    return found


def _listed() -> list[dict[str, Any]]:
    text = resources.files("trunnion.kernel").joinpath("seed/units.toml").read_text("utf-8")
    return list(tomllib.loads(text)["unit"])


def _unit_of(one: dict[str, Any]) -> Unit:
    return Unit(one["ucum"], one.get("pint"), one["dimension"], one["symbol"], one["name"])


def _folded(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())


def ucum_of(text: str) -> str | None:
    """The UCUM code of a code or a spelling such as `m³/h` or `千瓦`; None where it is no known unit."""
    exact = text.strip()
    return exact if exact in units() else _spellings().get(_folded(exact))


class UnitUnknown(ValueError):
    """No such unit; `code` is what was asked."""


class UnitMismatch(ValueError):
    """The two units measure different things."""


@cache
def _registry() -> "pint.UnitRegistry[Any]":
    # Loading it takes as long as a third of a start; most processes never convert anything.
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)


@cache
def _unit(code: str) -> Any:
    known = units().get(code)
    if known is None:
        # Nothing but the shipped list is read: a code such as `m**9**9**9` would be worked out for ever.
        raise UnitUnknown(code)
    # Counted things such as {each} or {box} are never converted into one another.
    return None if known.pint is None else _registry().parse_units(known.pint)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value and its UCUM unit code, such as 12.5 `m3/h` or 3 `{each}`."""

    value: Decimal
    unit: str

    def to(self, unit: str) -> "Quantity":
        """The same quantity in another unit; raises UnitUnknown or UnitMismatch."""
        if unit == self.unit:
            return self
        source, target = _unit(self.unit), _unit(unit)
        if source is None or target is None:
            raise UnitMismatch(f"{self.unit} to {unit}")
        from pint import DimensionalityError

        try:
            converted = _registry().Quantity(float(self.value), source).to(target)
        except DimensionalityError as error:
            raise UnitMismatch(f"{self.unit} to {unit}") from error
        # Twelve digits are more than any instrument has and fewer than binary rounding disturbs.
        return Quantity(Decimal(f"{float(converted.magnitude):.12g}"), unit)


def is_unit(code: str) -> bool:
    """Whether the code is a unit that can be stored."""
    return code in units()
