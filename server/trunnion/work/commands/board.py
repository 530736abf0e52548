"""How an organisation wants its board: how many orders a column should hold at most."""

from typing import Annotated

from pydantic import Field

from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.unit import about
from trunnion.work.models import BoardLimit
from trunnion.work.states import DONE, OPEN
from trunnion.work.types import ColumnLimit

Limits = Annotated[list[ColumnLimit], Field(max_length=len(OPEN) + len(DONE))]


@command("work.board_limit.set")
def set_(ctx: Context, limits: Limits) -> None:
    """Says how many orders each column of the board should hold at most; a column that is not named has no limit."""
    wanted = {}
    for index, line in enumerate(limits):
        if line.state not in (*OPEN, *DONE):
            raise Invalid.field(f"/limits/{index}/state", "field.enum", expected=", ".join((*OPEN, *DONE)))
        if line.state in wanted:
            raise Invalid.field(f"/limits/{index}/state", "board.state_twice", state=str(line.state))
        wanted[line.state] = line.most
    about("identity.organisation", ctx.organisation_id)
    standing = {row.state: row for row in BoardLimit.objects.of(ctx)}
    for state, row in standing.items():
        if state not in wanted:
            row.delete()
    for state, most in wanted.items():
        row = standing.get(state) or BoardLimit(state=state)
        row.most = most
        row.save()
