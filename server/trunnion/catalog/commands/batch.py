"""Takes back what a batch did: made rows go, changed fields return, what was touched since stays."""

from uuid import UUID

from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.history import Did
from trunnion.kernel.merging import follows
from trunnion.kernel.takeback import TakenBack
from trunnion.kernel.takeback import take_back as taking_back


@command("catalog.batch.take_back", secret=("did", "busy"))
def take_back(ctx: Context, did: list[Did], busy: dict[UUID, str]) -> TakenBack:
    """Takes back what one entry of an import did."""
    return taking_back(ctx, did, busy)


follow = follows("catalog", take_back)
