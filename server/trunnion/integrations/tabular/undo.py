"""Takes an import back: batch by batch, the last first, each room undoing its own part."""

from collections.abc import Callable
from uuid import UUID

from trunnion.assets.commands import batch as assets
from trunnion.attach.commands import batch as attach
from trunnion.attach.queries import attached_to
from trunnion.catalog.commands import batch as catalog
from trunnion.kernel.context import Context
from trunnion.kernel.history import done_within
from trunnion.kernel.takeback import Kept, TakenBack, is_of
from trunnion.knowledge import commands as knowledge
from trunnion.parties.commands import batch as parties
from trunnion.work.commands import batch as work
from trunnion.workforce.commands import batch as workforce

ROOMS: dict[str, Callable[..., TakenBack]] = {
    "assets": assets.take_back, "attach": attach.take_back, "catalog": catalog.take_back,
    "knowledge": knowledge.take_back, "parties": parties.take_back, "work": work.take_back,
    "workforce": workforce.take_back,
}  # fmt: skip


def take_back(ctx: Context, entry_id: UUID, until_id: UUID) -> TakenBack:
    """Takes one batch back, inside the running command."""
    removed = restored = 0
    kept: list[Kept] = []
    for verb, did in done_within(ctx, entry_id, until_id):
        room = verb.split(".", 1)[0]
        own = [one for one in did if is_of(one, room)]
        if not own or room not in ROOMS:
            continue
        made = [one.row_id for one in own if one.op == "create"]
        done = ROOMS[room](ctx, did=own, busy=attached_to(ctx, made))
        removed, restored = removed + done.removed, restored + done.restored
        kept += done.kept
    return TakenBack(removed, restored, kept)
