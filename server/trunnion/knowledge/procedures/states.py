"""The states of a procedure's version: written, looked at by somebody else, in force, replaced or retired."""

from trunnion.kernel.moves import Machine, Move

from .types.cards import VersionState as S

VERSION = Machine(
    kind="knowledge.procedure_version",
    states=S,
    initial=S.DRAFT,
    final=frozenset({S.SUPERSEDED}),
    moves=(
        Move.of("write", [S.DRAFT], None),
        Move.of("submit", [S.DRAFT], S.IN_REVIEW),
        Move.of("approve", [S.IN_REVIEW], S.APPROVED),
        Move.of("send_back", [S.IN_REVIEW], S.DRAFT),
        Move.of("revise", [S.APPROVED, S.RETIRED], None),
        Move.of("supersede", [S.APPROVED, S.RETIRED], S.SUPERSEDED),
        Move.of("retire", [S.APPROVED, S.DRAFT], S.RETIRED),
    ),
)
