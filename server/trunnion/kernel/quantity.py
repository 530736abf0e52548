"""Quantities: a decimal value with a UCUM unit, converted by pint."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import pint

# UCUM codes whose spelling differs from pint's; the others are tried as they stand.
UCUM_TO_PINT = {
    "1": "dimensionless", "%": "percent", "Cel": "degC", "[degF]": "degF", "K": "kelvin",
    "h": "hour", "min": "minute", "s": "second", "d": "day", "wk": "week", "mo": "month", "a": "year",
    "m2": "meter**2", "m3": "meter**3", "L": "liter", "l": "liter", "mm": "millimeter", "cm": "centimeter",
    "km": "kilometer", "[in_i]": "inch", "[ft_i]": "foot", "[sft_i]": "foot**2", "[cft_i]": "foot**3",
    "bar": "bar", "Pa": "pascal", "kPa": "kilopascal", "MPa": "megapascal", "[psi]": "psi",
    "kW.h": "kilowatt_hour", "kW": "kilowatt", "W": "watt", "V": "volt", "A": "ampere", "Hz": "hertz",
    "{rpm}": "revolutions_per_minute", "/min": "1/minute", "m3/h": "meter**3/hour", "L/s": "liter/second",
    "mm/s": "millimeter/second", "kg": "kilogram", "g": "gram", "t": "metric_ton", "[lb_av]": "pound",
    "N.m": "newton*meter",
}  # fmt: skip


class UnitUnknown(ValueError):
    """No such unit; `code` is what was asked."""


class UnitMismatch(ValueError):
    """The two units measure different things."""


@cache
def _registry() -> pint.UnitRegistry[Any]:
    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)


@cache
def _unit(code: str) -> Any:
    # Annotations such as {each} or {turn} count things: they are dimensionless in UCUM, yet never interchangeable.
    if code.startswith("{") and code not in UCUM_TO_PINT:
        return None
    try:
        return _registry().parse_units(UCUM_TO_PINT.get(code, code))
    except Exception as error:
        raise UnitUnknown(code) from error


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
        try:
            converted = _registry().Quantity(float(self.value), source).to(target)
        except pint.DimensionalityError as error:
            raise UnitMismatch(f"{self.unit} to {unit}") from error
        return Quantity(Decimal(repr(float(converted.magnitude))), unit)


def is_unit(code: str) -> bool:
    """Whether the code is a unit that can be stored."""
    try:
        _unit(code)
    except UnitUnknown:
        return False
    return True
