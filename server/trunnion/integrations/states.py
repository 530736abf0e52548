"""The life of an import: looked at first, then applied; it can be taken back again."""

from trunnion.kernel.moves import Machine, Move

from .types import ImportState as S

IMPORT = Machine(
    kind="integrations.import",
    states=S,
    initial=S.STAGED,
    final=frozenset({S.UNDONE}),
    moves=(
        # Looking again is legal as long as nothing was applied: the register may have changed since.
        Move.of("check", [S.STAGED, S.CHECKED, S.FAILED], S.STAGED),
        Move.of("record", [S.STAGED], S.CHECKED),
        # Tables only: what the columns mean, and rows put right or left out.
        Move.of("map", [S.STAGED, S.CHECKED, S.FAILED], S.STAGED),
        Move.of("amend", [S.CHECKED], None),
        Move.of("apply", [S.CHECKED, S.FAILED], S.APPLYING),
        Move.of("step", [S.APPLYING], None),
        Move.of("finish", [S.CHECKED, S.APPLYING], S.APPLIED),
        Move.of("fail", [S.STAGED, S.CHECKED, S.APPLYING, S.UNDOING], S.FAILED),
        # One that was stopped half way may have written batches as well.
        Move.of("undo", [S.APPLIED, S.FAILED, S.CANCELLED], S.UNDOING),
        Move.of("take_back", [S.UNDOING], None),
        Move.of("settle", [S.UNDOING], S.UNDONE),
        Move.of("cancel", [S.STAGED, S.CHECKED, S.APPLYING, S.FAILED], S.CANCELLED),
    ),
)
