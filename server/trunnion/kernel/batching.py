"""The verbs that a room has for its rows as a whole: taking a batch back, and following a merge."""

from collections.abc import Callable
from uuid import UUID

from .command import command
from .context import Context
from .history import Did
from .merging import Followed, follows
from .takeback import TakenBack
from .takeback import take_back as taking_back


def batch_verbs(room: str) -> tuple[Callable[..., TakenBack], Callable[..., list[Followed]]]:
    """Declares both for a room that has nothing of its own to add: one line in its `commands/batch.py`."""

    @command(f"{room}.batch.take_back", secret=("did", "busy"))
    def take_back(ctx: Context, did: list[Did], busy: dict[UUID, str]) -> TakenBack:
        """Takes back what one entry did: made rows go, changed fields return, what was touched since stays."""
        return taking_back(ctx, did, busy)

    return take_back, follows(room, take_back)
