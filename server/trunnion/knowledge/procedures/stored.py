"""Steps as they are stored, and back."""

from collections.abc import Iterable
from typing import Any

import msgspec
from pydantic import TypeAdapter

from .types.steps import Step

_STEPS: TypeAdapter[tuple[Step, ...]] = TypeAdapter(tuple[Step, ...])


def packed(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """The steps as plain values; exact numbers stay texts."""
    found: list[dict[str, Any]] = msgspec.to_builtins(list(steps))
    return found


def unpacked(stored: list[dict[str, Any]]) -> tuple[Step, ...]:
    """The steps that were stored."""
    return _STEPS.validate_python(stored)
