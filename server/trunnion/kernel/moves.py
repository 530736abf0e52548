"""Moves: state tables as data, from which legality, the actions of a record and the offline client all follow."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from .context import Context
from .errors import WrongState

# The target of a move that returns to the state which was left.
BACK = "<back>"
MACHINES: dict[str, "Machine"] = {}


@dataclass(frozen=True, slots=True)
class Move:
    """One verb: from which states it is legal and where it leads; `to` None stays in the state."""

    verb: str
    from_: frozenset[str]
    to: str | None

    @classmethod
    def of(cls, verb: str, from_: Iterable[str], to: str | None) -> "Move":
        """A move from any of these states."""
        return cls(verb, frozenset(str(s) for s in from_), None if to is None else str(to))


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of one kind of record and its moves; `kind` such as `work.order` prefixes each verb's permission."""

    kind: str
    states: type[StrEnum]
    initial: str
    moves: tuple[Move, ...]
    final: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        MACHINES[self.kind] = self

    def target(self, verb: str, state: str, left: str | None = None) -> str:
        """Where the verb leads from a state; raises WrongState. `left` is the state that BACK returns to."""
        for move in self.moves:
            if move.verb == verb and state in move.from_:
                if move.to == BACK:
                    return left or self.initial
                return state if move.to is None else move.to
        raise WrongState(state, verb, self.legal(state))

    def legal(self, state: str) -> list[str]:
        """The verbs that are legal in a state, in the table's order."""
        return list(dict.fromkeys(m.verb for m in self.moves if state in m.from_))

    def actions(self, ctx: Context, state: str) -> list[str]:
        """The verbs that are legal in a state and granted to the actor."""
        return [verb for verb in self.legal(state) if ctx.may(f"{self.kind}.{verb}")]

    def reachable(self) -> set[str]:
        """The states that some sequence of moves leads to."""
        found, frontier = {self.initial}, [self.initial]
        while frontier:
            state = frontier.pop()
            for move in self.moves:
                if state in move.from_ and move.to and move.to != BACK and move.to not in found:
                    found.add(move.to)
                    frontier.append(move.to)
        return found
