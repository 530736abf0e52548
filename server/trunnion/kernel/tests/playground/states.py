"""The legal moves of a thing."""

from trunnion.kernel.moves import BACK, Machine, Move

from .types import ThingState

THING = Machine(
    "playground.thing",
    ThingState,
    ThingState.NEW,
    (
        Move.of("use", [ThingState.NEW], ThingState.USED),
        Move.of("drop", [ThingState.NEW, ThingState.USED], ThingState.GONE),
        Move.of("find", [ThingState.GONE], BACK),
        Move.of("polish", [ThingState.NEW, ThingState.USED], None),
    ),
    final=frozenset({ThingState.GONE}),
)
