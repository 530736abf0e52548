"""How a request follows its order: which of its own moves are due."""

from trunnion.service.types import RequestState as R
from trunnion.work.types import OrderState as S

ENDS = {S.CLOSED: R.DONE, S.REJECTED: R.REJECTED, S.CANCELLED: R.CANCELLED}
VERBS = {R.DONE: "finish", R.REJECTED: "reject", R.CANCELLED: "cancel", R.MERGED: "merge"}


def due_state(order_state: S, *, is_absorbed: bool) -> R:
    """Where a request belongs whose order is there; absorbed is one whose order was merged into another request's."""
    if is_absorbed:
        return R.MERGED
    return ENDS.get(order_state, R.ORDERED)


def due_verbs(state: R, due: R) -> list[str]:
    """The moves from the state in which a request is to the one that is due; from one end to another by reopening."""
    if state == due:
        return []
    found = [] if state in (R.NEW, R.ORDERED) else ["reopen"]
    return found if due == R.ORDERED else [*found, VERBS[due]]
