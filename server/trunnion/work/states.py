"""The course of an order: which verb leads from which state to which. This table is the whole truth about legality."""

from trunnion.kernel.moves import BACK, Machine, Move

from .types import OrderState as S

# Before somebody was told to go.
DESK = (S.REQUESTED, S.APPROVED, S.PLANNED)
# Somebody was told, up to the door of the job.
UNDER_WAY = (S.DISPATCHED, S.ACCEPTED, S.TRAVELLING, S.ON_SITE)
WORKABLE = (S.APPROVED, S.PLANNED, *UNDER_WAY, S.IN_PROGRESS)
OPEN = (S.DRAFT, S.REQUESTED, *WORKABLE, S.WAITING)
# The work is over, its paper is not.
DONE = (S.COMPLETED, S.CONFIRMED)
RESTING = (S.CLOSED, S.REJECTED, S.CANCELLED, S.MERGED)
# There is work to report on.
REPORTED = (*DONE, S.CLOSED)
# In these, lines such as labour and failures may still be written.
BOOKABLE = (*OPEN, *DONE)

# Parts may change hands: whoever comes back from a job brings back what was not needed.
STOCKED = tuple(s for s in BOOKABLE if s != S.DRAFT)

ORDER = Machine(
    kind="work.order",
    states=S,
    initial=S.DRAFT,
    final=frozenset(RESTING),
    moves=(
        Move.of("edit", [*OPEN, S.COMPLETED], None),
        Move.of("submit", [S.DRAFT], S.REQUESTED),
        Move.of("approve", [S.REQUESTED], S.APPROVED),
        Move.of("reject", [S.REQUESTED, S.APPROVED], S.REJECTED),
        Move.of("plan", DESK, S.PLANNED),
        # The desk may send somebody at once, and may send somebody else until the work has begun.
        Move.of("dispatch", [*DESK, *UNDER_WAY], S.DISPATCHED),
        Move.of("assign", [*WORKABLE, S.WAITING], None),
        # An order that was given to nobody is free for whoever takes it first.
        Move.of("grab", [S.APPROVED, S.PLANNED, S.DISPATCHED], S.ACCEPTED),
        Move.of("accept", [S.DISPATCHED], S.ACCEPTED),
        # Back to planned where a window was planned, else to approved.
        Move.of("decline", [S.DISPATCHED, S.ACCEPTED], BACK),
        Move.of("depart", [S.DISPATCHED, S.ACCEPTED], S.TRAVELLING),
        # Who is on the spot already need not travel.
        Move.of("arrive", [S.DISPATCHED, S.ACCEPTED, S.TRAVELLING], S.ON_SITE),
        # The walk-up job: somebody sees it, reports it and begins.
        Move.of("start", [*DESK, *UNDER_WAY], S.IN_PROGRESS),
        Move.of("wait", WORKABLE, S.WAITING),
        Move.of("resume", [S.WAITING], BACK),
        # Whoever stands before the machine sees which one it is.
        Move.of("switch", [*UNDER_WAY, S.IN_PROGRESS, S.WAITING], None),
        Move.of("complete", [S.IN_PROGRESS], S.COMPLETED),
        Move.of("confirm", [S.COMPLETED], S.CONFIRMED),
        Move.of("refuse", [S.COMPLETED], S.IN_PROGRESS),
        # Inside a house nobody has to confirm.
        Move.of("close", DONE, S.CLOSED),
        # A completion taken back goes on where it was; what was over begins a new round; a no becomes a maybe.
        Move.of("reopen", [S.COMPLETED], S.IN_PROGRESS),
        Move.of("reopen", [S.CONFIRMED, S.CLOSED], S.APPROVED),
        Move.of("reopen", [S.REJECTED, S.CANCELLED], S.REQUESTED),
        Move.of("cancel", OPEN, S.CANCELLED),
        Move.of("merge", [*DESK, S.DISPATCHED], S.MERGED),
        Move.of("unmerge", [S.MERGED], BACK),
    ),
)
