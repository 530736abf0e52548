"""Who is told of what: facts of all rooms become cards of the people whom they concern."""

from collections.abc import Iterable
from uuid import UUID

from trunnion.assets.events import CertificateDue, CertificateOverdue, WarrantyEnding
from trunnion.attach.events import CommentAdded
from trunnion.identity.approvals.events import (
    ApprovalGranted,
    ApprovalRefused,
    ApprovalReminded,
    ApprovalWithdrawn,
    StepOpened,
)
from trunnion.identity.approvals.queries import get_card
from trunnion.identity.queries import users_with
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.events import on
from trunnion.service.events import RequestRated
from trunnion.service.queries.requests import get_request_card
from trunnion.work.events import (
    OfOrder,
    OrderAccepted,
    OrderApproved,
    OrderArrived,
    OrderAssigned,
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderDeparted,
    OrderDispatched,
    OrderPlanned,
    OrderRejected,
    OrderReopened,
    OrderResumed,
    OrderStarted,
    OrderWaiting,
)
from trunnion.work.queries.cards import get_order_card
from trunnion.work.types import OrderCard
from trunnion.workforce.queries import get_resource_card

from .commands import settle, tell, unsettled
from .reaching import last_told, reached
from .types import What, Word

ORDER, REQUEST, APPROVAL, ASSET = "work.order", "service.request", "identity.approval", "assets.asset"
# Who may hear of what concerns nobody in person.
ANSWERS_FOR_SERVICE = "work.order.approve"
CARES_FOR_ASSETS = "assets.asset.edit"
INSPECTS = "assets.certificate.create"

PROGRESS = (
    OrderApproved, OrderPlanned, OrderAccepted, OrderDeparted, OrderArrived, OrderStarted, OrderWaiting, OrderResumed,
    OrderCompleted, OrderClosed, OrderRejected, OrderCancelled, OrderReopened,
)  # fmt: skip


def _tell(ctx: Context, people: Iterable[UUID | None], word: Word) -> None:
    for person_id, title in reached(ctx, people, word):
        tell(
            ctx, recipient_id=person_id, what=word.what, kind=word.kind, row_id=word.row_id, title=title,
            source=word.source, by_name=ctx.on_behalf_of[:200], detail=word.detail,
        )  # fmt: skip


@on(CommentAdded)
def comment_added(ctx: Context, event: CommentAdded) -> None:
    """Who is named, and who leads the order or reported it."""
    source = f"comment:{event.comment_id.hex}"
    named = set(event.mentions)
    _tell(ctx, named, Word(What.MENTION, event.subject_kind, event.subject_id, source))
    if event.subject_kind not in (ORDER, REQUEST):
        return
    order = _order_of(ctx, event.subject_kind, event.subject_id)
    if order is not None:
        concerned = {_lead(ctx, order), None if event.is_internal else order.reported_by_id}
        _tell(ctx, concerned - named, Word(What.TALK, event.subject_kind, event.subject_id, source))


def given(ctx: Context, event: OrderDispatched | OrderAssigned) -> None:
    """Who is to do the work; once, though a helper or the team may change afterwards."""
    person = _person(ctx, event.resource_id) if event.resource_id else None
    if isinstance(event, OrderAssigned) and person == last_told(ctx, What.ASSIGNED, ORDER, event.order_id):
        return
    _tell(ctx, [person], _of_order(What.ASSIGNED, event))


def went_on(ctx: Context, event: OfOrder) -> None:
    """Who reported the fault, whatever happens to it."""
    order = _card(ctx, event.order_id)
    if order is not None:
        _tell(ctx, [order.reported_by_id], _of_order(What.PROGRESS, event))


for _given in (OrderDispatched, OrderAssigned):
    on(_given)(given)
for _went_on in PROGRESS:
    on(_went_on)(went_on)


@on(RequestRated)
def rated(ctx: Context, event: RequestRated) -> None:
    """Who answers for the service, when somebody was not content."""
    if event.is_low:
        source = f"rated:{event.request_id.hex}:{event.at.isoformat()}"
        word = Word(What.RATING, REQUEST, event.request_id, source, detail=str(event.stars))
        _tell(ctx, users_with(ctx, ANSWERS_FOR_SERVICE), word)


@on(StepOpened)
def step_opened(ctx: Context, event: StepOpened) -> None:
    """Who must decide now; whom the step before waited for need not look any more."""
    _settle(ctx, event.approval_id, event.user_ids)
    source = f"step:{event.step_id.hex}"
    _tell(ctx, event.user_ids, Word(What.APPROVAL, APPROVAL, event.approval_id, source))


@on(ApprovalReminded)
def reminded(ctx: Context, event: ApprovalReminded) -> None:
    """Who has let somebody wait for long."""
    source = f"reminded:{event.approval_id.hex}:{clock.now():%Y-%m-%dT%H}"
    word = Word(What.APPROVAL, APPROVAL, event.approval_id, source, detail=event.fact)
    _tell(ctx, event.user_ids, word)


def decided(ctx: Context, event: ApprovalGranted | ApprovalRefused | ApprovalWithdrawn) -> None:
    """Who asked; nobody has to decide any more."""
    _settle(ctx, event.approval_id, [])
    asker = get_card(ctx, event.approval_id).asked_by_id
    source = f"{event.fact}:{event.approval_id.hex}"
    _tell(ctx, [asker], Word(What.DECISION, APPROVAL, event.approval_id, source, detail=event.fact))


for _decided in (ApprovalGranted, ApprovalRefused, ApprovalWithdrawn):
    on(_decided)(decided)


@on(WarrantyEnding)
def warranty_ends(ctx: Context, event: WarrantyEnding) -> None:
    """Who cares for the asset, while a claim can still be made."""
    source = f"warranty:{event.asset_id.hex}:{event.until_on}:{event.days_before}"
    word = Word(What.WARRANTY, ASSET, event.asset_id, source, detail=event.until_on.isoformat())
    _tell(ctx, users_with(ctx, CARES_FOR_ASSETS), word)


def inspection_due(ctx: Context, event: CertificateDue | CertificateOverdue) -> None:
    """Who has machines inspected."""
    days = getattr(event, "days_before", "over")
    source = f"inspection:{event.certificate_id.hex}:{event.due_on}:{days}"
    word = Word(What.INSPECTION, ASSET, event.asset_id, source, detail=event.due_on.isoformat())
    _tell(ctx, users_with(ctx, INSPECTS), word)


for _due in (CertificateDue, CertificateOverdue):
    on(_due)(inspection_due)


def _settle(ctx: Context, approval_id: UUID, except_ids: list[UUID]) -> None:
    if unsettled(ctx, What.APPROVAL, APPROVAL, approval_id, except_ids):
        settle(ctx, what=What.APPROVAL, kind=APPROVAL, row_id=approval_id, except_ids=except_ids)


def _of_order(what: What, event: OfOrder) -> Word:
    fact = getattr(event, "fact", "")
    return Word(
        what, ORDER, event.order_id, f"{fact}:{event.order_id.hex}:{event.at.isoformat()}", detail=fact
    )


def _card(ctx: Context, order_id: UUID) -> OrderCard | None:
    try:
        return get_order_card(ctx, order_id)
    except NotVisible:
        return None


def _order_of(ctx: Context, kind: str, row_id: UUID) -> OrderCard | None:
    if kind == ORDER:
        return _card(ctx, row_id)
    try:
        order_id = get_request_card(ctx, row_id).order_id
    except NotVisible:
        return None
    return _card(ctx, order_id) if order_id else None


def _lead(ctx: Context, order: OrderCard) -> UUID | None:
    return _person(ctx, order.leading_id) if order.leading_id else None


def _person(ctx: Context, resource_id: UUID) -> UUID | None:
    try:
        return get_resource_card(ctx, resource_id).user_id
    except NotVisible:
        return None
