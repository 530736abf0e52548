"""Pure rules of knowledge: which code is offered for which equipment class, and in which order."""

from collections.abc import Iterable

from .types import ANY_CLASS, Standing

# The two ways out stand at the end of every list, however it is sorted.
_LAST = {Standing.PLAIN: 0, Standing.OTHER: 1, Standing.UNKNOWN: 2}
_STANDINGS = {
    "other": Standing.OTHER,
    "oth": Standing.OTHER,
    "unknown": Standing.UNKNOWN,
    "unk": Standing.UNKNOWN,
}


def is_offered(classes: Iterable[str], class_code: str | None) -> bool:
    """Whether a code with these allowed classes is offered for a class such as `PU` or `PU.pump_unit.impeller`.

    Without a class nothing is known that would rule a code out.
    """
    allowed = set(classes)
    if ANY_CLASS in allowed or not class_code:
        return True
    parts = class_code.split(".")
    return any(".".join(parts[:depth]) in allowed for depth in range(1, len(parts) + 1))


def standing_of(code: str) -> Standing:
    """What the code's name says of itself."""
    return _STANDINGS.get(code.casefold(), Standing.PLAIN)


def order_key(standing: Standing, position: int) -> tuple[int, int]:
    """The place of a code in its list."""
    return _LAST[standing], position
