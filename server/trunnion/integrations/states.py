"""The life of an import: looked at first, applied as a whole, or not at all."""

from trunnion.kernel.moves import Machine, Move

from .types import ImportState as S

IMPORT = Machine(
    kind="integrations.import",
    states=S,
    initial=S.STAGED,
    final=frozenset({S.APPLIED, S.CANCELLED}),
    moves=(
        # Looking again is legal as long as nothing was applied: the register may have changed since.
        Move.of("check", [S.STAGED, S.CHECKED, S.FAILED], S.STAGED),
        Move.of("record", [S.STAGED], S.CHECKED),
        Move.of("apply", [S.CHECKED, S.FAILED], S.APPLYING),
        Move.of("finish", [S.CHECKED, S.APPLYING], S.APPLIED),
        Move.of("fail", [S.STAGED, S.CHECKED, S.APPLYING], S.FAILED),
        Move.of("cancel", [S.STAGED, S.CHECKED, S.APPLYING, S.FAILED], S.CANCELLED),
    ),
)
