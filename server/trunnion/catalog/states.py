"""The legal moves of items and models."""

from enum import StrEnum

from trunnion.kernel.moves import Machine, Move


class CatalogState(StrEnum):
    """Whether an entry of the catalogue is still chosen for new things."""

    ACTIVE = "active"
    ARCHIVED = "archived"


_ACTIVE, _ARCHIVED = CatalogState.ACTIVE, CatalogState.ARCHIVED

ITEM = Machine(
    "catalog.item",
    CatalogState,
    _ACTIVE,
    (
        Move.of("edit", [_ACTIVE], None),
        Move.of("archive", [_ACTIVE], _ARCHIVED),
        Move.of("restore", [_ARCHIVED], _ACTIVE),
    ),
)
MODEL = Machine(
    "catalog.model",
    CatalogState,
    _ACTIVE,
    (
        Move.of("edit", [_ACTIVE], None),
        Move.of("archive", [_ACTIVE], _ARCHIVED),
        Move.of("restore", [_ARCHIVED], _ACTIVE),
    ),
)
