"""JSON in the two shapes the kernel needs: quick for answers, canonical for whatever is hashed."""

from decimal import Decimal
from typing import Any

import msgspec


def _extra(value: Any) -> Any:
    if hasattr(value, "__str__") and type(value).__module__.startswith("django."):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


_quick = msgspec.json.Encoder(enc_hook=_extra, decimal_format="string")
_canonical = msgspec.json.Encoder(enc_hook=_extra, decimal_format="string", order="deterministic")


def encode(value: Any) -> bytes:
    """Any answer as JSON; decimals as strings, instants as ISO 8601."""
    return _quick.encode(value)


def canonical(value: Any) -> bytes:
    """The same value always gives the same bytes: keys sorted, no spaces."""
    return _canonical.encode(value)


def plain(value: Any) -> Any:
    """A value reduced to what JSON knows."""
    return msgspec.json.decode(_canonical.encode(value))


def as_decimal(value: str | int | Decimal) -> Decimal:
    """A decimal from what JSON brought."""
    return Decimal(value)
