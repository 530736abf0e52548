"""The course of a request: it becomes an order and follows it, or it ends without one."""

from trunnion.kernel.moves import BACK, Machine, Move

from .types import RequestState as S

OPEN = (S.NEW, S.ORDERED)
ENDED = (S.DONE, S.REJECTED, S.CANCELLED, S.MERGED)

REQUEST = Machine(
    kind="service.request",
    states=S,
    initial=S.NEW,
    final=frozenset({S.DONE, S.REJECTED, S.CANCELLED, S.MERGED}),
    moves=(
        Move.of("edit", OPEN, None),
        Move.of("order", [S.NEW], S.ORDERED),
        # Without an order it is done when it was answered, with one when the order is closed.
        Move.of("finish", OPEN, S.DONE),
        Move.of("reject", OPEN, S.REJECTED),
        Move.of("merge", OPEN, S.MERGED),
        Move.of("cancel", OPEN, S.CANCELLED),
        Move.of("reopen", ENDED, BACK),
        Move.of("share", S, None),
        Move.of("erase", S, None),
    ),
)
