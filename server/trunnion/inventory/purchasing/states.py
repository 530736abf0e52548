"""The legal moves of purchase orders."""

from enum import StrEnum

from trunnion.kernel.moves import Machine, Move


class PurchaseState(StrEnum):
    """How far a purchase is."""

    DRAFT = "draft"
    REQUESTED = "requested"
    APPROVED = "approved"
    ORDERED = "ordered"
    PARTLY = "partly"
    RECEIVED = "received"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_DRAFT, _REQUESTED, _APPROVED = PurchaseState.DRAFT, PurchaseState.REQUESTED, PurchaseState.APPROVED
_ORDERED, _PARTLY, _RECEIVED = PurchaseState.ORDERED, PurchaseState.PARTLY, PurchaseState.RECEIVED
# What is still to come counts as on its way.
COMING = (_ORDERED, _PARTLY)
# What was asked for and will be ordered unless somebody objects.
ASKED = (_DRAFT, _REQUESTED, _APPROVED)

PURCHASE = Machine(
    "inventory.purchase_order",
    PurchaseState,
    _DRAFT,
    (
        Move.of("request", [_DRAFT], _APPROVED),
        # Where somebody must agree first; and when all of it has come.
        Move.of("request", [_DRAFT], _REQUESTED),
        Move.of("order", [_APPROVED], _ORDERED),
        Move.of("receive", [_ORDERED, _PARTLY], _PARTLY),
        Move.of("receive", [_ORDERED, _PARTLY], _RECEIVED),
        Move.of("send_back", [_PARTLY, _RECEIVED], None),
        Move.of("edit", [_DRAFT, _ORDERED, _PARTLY], None),
        Move.of("set_lines", [_DRAFT], None),
        Move.of("revise", [_APPROVED], _DRAFT),
        Move.of("close", [_PARTLY], PurchaseState.CLOSED),
        Move.of("cancel", [_DRAFT, _APPROVED, _ORDERED], PurchaseState.CANCELLED),
        # What approval does: nobody else calls these.
        Move.of("approve", [_REQUESTED], _APPROVED),
        Move.of("refuse", [_REQUESTED], _DRAFT),
    ),
    final=frozenset({PurchaseState.CLOSED, PurchaseState.CANCELLED}),
)
