"""How an asset makes a move of its life: legal, dated, on its paper, and not before those who must agree have."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from trunnion.assets.models import Asset, LifecycleDocument
from trunnion.assets.states import LIFE
from trunnion.assets.types.cards import AssetDone
from trunnion.assets.types.kinds import PaperState
from trunnion.attach.queries import get_file
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about_many, current

from .idleness import settle
from .moves import announce, record_move
from .naming import at_or_now, held
from .papers import NO_FACTS, PAPERS, Facts, ask_approval, file_paper, refuse_while_waiting, rule_of

Change = Callable[[Asset, datetime], None]


def go(
    ctx: Context, asset_id: UUID, verb: str, at: datetime | None, remark: str, paper_file_id: UUID | None,
    change: Change | None = None, facts: Facts = NO_FACTS,
) -> AssetDone:  # fmt: skip
    """One move of one asset."""
    row = take(ctx, Asset, asset_id)
    LIFE.target(verb, row.state)
    moment = at_or_now(at)
    _check_order(row, moment, "/at")
    return _go_all(ctx, [row], verb, moment, facts.with_(remark, paper_file_id), change)[0]


def go_many(
    ctx: Context, asset_ids: list[UUID], verb: str, at: datetime | None, facts: Facts, change: Change | None
) -> list[AssetDone]:
    """One move of many assets, on one paper; all of them or none."""
    moment = at_or_now(at)
    order = list(dict.fromkeys(asset_ids))
    place = {asset_id: index for index, asset_id in enumerate(order)}
    # Locked in one order whoever asks, so that two of them never wait for each other.
    rows = {i: held(ctx, Asset, i, f"/asset_ids/{place[i]}") for i in sorted(order)}
    for index, asset_id in enumerate(order):
        row = rows[asset_id]
        if verb not in LIFE.legal(row.state):
            raise Invalid.field(
                f"/asset_ids/{index}", "assets.move_not_legal", number=row.number, state=row.state,
                legal=LIFE.legal(row.state),
            )  # fmt: skip
        _check_order(row, moment, f"/asset_ids/{index}")
    return _go_all(ctx, [rows[i] for i in order], verb, moment, facts, change)


def _check_order(row: Asset, moment: datetime, pointer: str) -> None:
    if moment < row.state_since_at:
        raise Invalid.field(pointer, "assets.before_last_move", since=row.state_since_at.isoformat())


def _go_all(
    ctx: Context, rows: list[Asset], verb: str, moment: datetime, facts: Facts, change: Change | None
) -> list[AssetDone]:
    refuse_while_waiting(ctx, verb, rows)
    if facts.file_id is not None:
        get_file(ctx, facts.file_id)
    facts, rule_id = rule_of(ctx, verb, rows, facts)
    if rule_id is not None:
        waiting = file_paper(ctx, verb, rows, moment, facts, PaperState.PENDING)
        approval_id = ask_approval(ctx, rule_id, waiting, rows)
        return [_done(row, waiting, approval_id) for row in rows]
    document = file_paper(ctx, verb, rows, moment, facts, PaperState.DONE) if verb in PAPERS else None
    move_all(ctx, rows, verb, moment, (facts.remark, facts.file_id), document, change)
    return [_done(row, document) for row in rows]


def move_all(
    ctx: Context, rows: list[Asset], verb: str, moment: datetime, paper: tuple[str, UUID | None],
    document: LifecycleDocument | None, change: Change | None,
) -> None:  # fmt: skip
    """Makes the move itself: state, place, dated row, announcement."""
    remark, file_id = paper
    running = current()
    # The file of each asset tells what happened to it, also where the entry is about a paper or about another asset.
    if len(rows) > 1 or running is None or running.subject != (Asset.kind, rows[0].id):
        about_many()
    for row in rows:
        before = row.state
        target = LIFE.target(verb, before)
        if target != before:
            row.state, row.state_since_at = target, moment
        if change is not None:
            change(row, moment)
        row.save()
        record_move(ctx, row, verb, before, moment, remark, file_id, document.id if document else None).save()
        announce(verb, row, before, moment, document.id if document else None)
        settle(ctx, row, verb)


def check_still_legal(rows: list[Asset], verb: str) -> None:
    """Refuses a move that waited too long: what it was asked for has moved on meanwhile."""
    for row in rows:
        if verb not in LIFE.legal(row.state):
            raise Refusal("assets.moved_on", number=row.number, state=row.state)


def _done(row: Asset, paper: LifecycleDocument | None, approval_id: UUID | None = None) -> AssetDone:
    return AssetDone(
        row.id, row.version, row.number, str(row.state), approval_id, paper.id if paper else None
    )
