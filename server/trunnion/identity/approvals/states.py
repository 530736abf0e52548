"""The states of an approval: it waits until it is granted, refused or withdrawn."""

from trunnion.kernel.moves import Machine, Move

from .types import ApprovalState as S

APPROVAL = Machine(
    kind="identity.approval",
    states=S,
    initial=S.PENDING,
    final=frozenset({S.GRANTED, S.REFUSED, S.WITHDRAWN}),
    moves=(
        # A step that is not the last leaves it pending.
        Move.of("grant", [S.PENDING], S.GRANTED),
        Move.of("refuse", [S.PENDING], S.REFUSED),
        Move.of("withdraw", [S.PENDING], S.WITHDRAWN),
    ),
)
