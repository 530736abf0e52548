"""How a request comes to be, and becomes an order without losing anything."""

from dataclasses import dataclass, field
from uuid import UUID

from trunnion.attach.commands import file
from trunnion.attach.queries import files_of
from trunnion.attach.types import FileRole
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.numbers import next_number, series_of
from trunnion.kernel.words import say
from trunnion.knowledge.queries import failure_codes_by_code
from trunnion.knowledge.types import CodeList, FailureCodeCard
from trunnion.service.models import Request
from trunnion.service.rules import privacy
from trunnion.service.states import REQUEST
from trunnion.service.types import Channel, RequestKind
from trunnion.work.commands import order
from trunnion.work.types import OrderKind, Priority, Source

from .course import acting, move

# What somebody must come for; the others are answered first.
NEEDS_ORDER = (RequestKind.FAULT, RequestKind.SERVICE)
MOST_SYMPTOM = 500
SOURCES = {
    Channel.SCAN: Source.CUSTOMER,
    Channel.PORTAL: Source.CUSTOMER,
    Channel.PHONE: Source.CUSTOMER,
    Channel.EMAIL: Source.CUSTOMER,
    Channel.KIOSK: Source.CUSTOMER,
    Channel.DESK: Source.DESK,
    Channel.API: Source.API,
}

SERIES = series_of("SR", Request.kind)


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody said, and who they are."""

    kind: RequestKind
    channel: Channel
    text: str
    is_stopped: bool
    language: str
    symptoms: list[FailureCodeCard] = field(default_factory=list)
    reporter_name: str = ""
    reporter_contact: str = ""
    asset_id: UUID | None = None
    location_id: UUID | None = None
    customer_id: UUID | None = None
    about_id: UUID | None = None


def receive(ctx: Context, said: Reported) -> Request:
    """Stores a request in its first state."""
    now = clock.now()
    row = Request(
        number=next_number(ctx, SERIES), request_kind=said.kind, channel=said.channel, text=said.text,
        title=title_of(said), symptoms=[c.code for c in said.symptoms], is_stopped=said.is_stopped,
        language=said.language, asset_id=said.asset_id, location_id=said.location_id,
        customer_id=said.customer_id, about_id=said.about_id, state=REQUEST.initial, state_at=now, received_at=now,
    )  # fmt: skip
    set_reporter(row, said.reporter_name, said.reporter_contact)
    row.save()
    return row


def set_reporter(row: Request, name: str, contact: str) -> None:
    """Notes who reported, and the hint that lists show."""
    row.reporter_name, row.reporter_contact = name, contact
    parts = (privacy.masked_name(name), privacy.masked_contact(contact))
    row.reporter_hint = " ".join(part for part in parts if part)[:100]


def title_of(said: Reported) -> str:
    """The short form that everybody may read."""
    named = say("progress.join", said.language).join(c.name(said.language) for c in said.symptoms)
    return privacy.public_title(said.text or named) or say("service.seen_on_photo", said.language)


def become_order(
    ctx: Context, row: Request, kind: OrderKind | None = None, priority: Priority | None = None
) -> None:
    """Makes the order that does what was asked for; text and files go along."""
    doing = acting(ctx)
    usual = OrderKind.CORRECTIVE if row.request_kind == RequestKind.FAULT else OrderKind.INSPECTION
    urgent = Priority.HIGH if row.is_stopped else Priority.NORMAL
    made = order.create(
        doing, title=row.title, kind=kind or usual, priority=priority or urgent, asset_id=row.asset_id,
        location_id=row.location_id, customer_id=row.customer_id, description=row.text,
        symptom=_symptom(ctx, row), is_stopped=row.is_stopped,
        source=SOURCES[Channel(row.channel)], reporter_name=privacy.masked_name(row.reporter_name) or None,
    )  # fmt: skip
    row.order_id = made.id
    move(ctx, row, "order")
    put_files(ctx, row, made.id)


def _symptom(ctx: Context, row: Request) -> str:
    """What was tapped and what was said, in one line."""
    tapped = failure_codes_by_code(ctx, CodeList.MODE, row.symptoms)
    named = [card.name(row.language) for card in tapped]
    return " ".join(" · ".join([*named, row.text] if row.text else named).split())[:MOST_SYMPTOM]


def put_files(ctx: Context, row: Request, order_id: UUID) -> None:
    """Puts what was sent with a request to an order as well; a second time changes nothing."""
    doing = acting(ctx)
    for sent in files_of(doing, Request.kind, row.id):
        file.link(doing, sent.file_id, "work.order", order_id, role=FileRole(sent.role), caption=sent.caption)
