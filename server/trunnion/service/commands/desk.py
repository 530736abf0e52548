"""What the desk does with requests: write one down, put it right, order, answer, share, forget who asked."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.queries import get_asset_card
from trunnion.attach.commands import comment, file
from trunnion.attach.types import FileRole
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context, Door
from trunnion.kernel.errors import Invalid, NotVisible, Refusal
from trunnion.kernel.inputs import Language
from trunnion.kernel.policies import refer, take, visible
from trunnion.kernel.unit import about, about_many, emit
from trunnion.service import links
from trunnion.service.events import RequestEdited, RequestErased, RequestReceived, RequestShared
from trunnion.service.models import Request
from trunnion.service.states import REQUEST
from trunnion.service.types import Channel, LinkDone, LinkRole, RequestDone, RequestKind
from trunnion.work.queries import get_order_card
from trunnion.work.types import OrderKind, OrderState, Priority

from .becoming import NEEDS_ORDER, Reported, become_order, receive, set_reporter
from .course import done, expiry_of, facts, move
from .guest import Contact, Files, Text

Said = Annotated[Text, Field(min_length=1)]
_CHANNELS = {Door.PORTAL: Channel.PORTAL, Door.API: Channel.API}
_PLACES = {"asset_id": "assets.asset", "location_id": "assets.location", "customer_id": "parties.party"}


@command("service.request.create", secret=("reporter_name", "reporter_contact"))
def create(
    ctx: Context, text: Said, kind: RequestKind = RequestKind.FAULT, channel: Channel | None = None,
    is_stopped: bool = False, reporter_name: Contact = "", reporter_contact: Contact = "",
    asset_id: UUID | None = None, location_id: UUID | None = None, customer_id: UUID | None = None,
    file_ids: Files = [], language: Language | None = None, as_order: bool | None = None,  # noqa: B006
    priority: Priority | None = None,
) -> RequestDone:  # fmt: skip
    """Writes down what somebody said by telephone, by mail or at the desk; a fault becomes an order at once."""
    location_id, customer_id = _placed(ctx, asset_id, location_id, customer_id)
    said = Reported(
        kind=kind, channel=channel or _CHANNELS.get(ctx.door, Channel.DESK), text=text, is_stopped=is_stopped,
        language=language or ("zh-CN" if ctx.language == "zh-CN" else "en"), reporter_name=reporter_name,
        reporter_contact=reporter_contact, asset_id=asset_id, location_id=location_id, customer_id=customer_id,
    )  # fmt: skip
    row = receive(ctx, said)
    links.make(ctx.organisation_id, row.id, LinkRole.FOLLOWER)
    for file_id in dict.fromkeys(file_ids):
        file.link(ctx, file_id, Request.kind, row.id, role=FileRole.PHOTO)
    emit(RequestReceived(**facts(row), request_kind=kind, channel=said.channel, is_stopped=is_stopped))
    if kind in NEEDS_ORDER if as_order is None else as_order:
        become_order(ctx, row, priority=priority)
    return done(row)


@command("service.request.edit", secret=("reporter_name", "reporter_contact"))
def edit(
    ctx: Context, request_id: UUID, kind: RequestKind = UNSET, asset_id: UUID | None = UNSET,
    location_id: UUID | None = UNSET, customer_id: UUID | None = UNSET, reporter_name: Contact = UNSET,
    reporter_contact: Contact = UNSET, language: Language = UNSET,
) -> RequestDone:  # fmt: skip
    """Puts right what is known of a request; what was said stays as it was said."""
    row = take(ctx, Request, request_id)
    REQUEST.target("edit", row.state)
    places = given(asset_id=asset_id, location_id=location_id, customer_id=customer_id)
    for field, value in places.items():
        refer(ctx, _PLACES[field], value, f"/{field}")
    for field, value in (places | given(request_kind=kind, language=language)).items():
        setattr(row, field, value)
    known = {"name": row.reporter_name, "contact": row.reporter_contact}
    told = given(name=reporter_name, contact=reporter_contact)
    if told:
        set_reporter(row, **(known | told))
    row.save()
    emit(RequestEdited(**facts(row)))
    return done(row)


@command("service.request.order")
def order(
    ctx: Context, request_id: UUID, kind: OrderKind | None = None, priority: Priority | None = None
) -> RequestDone:
    """Makes an order of a request; text and files go along."""
    row = take(ctx, Request, request_id)
    become_order(ctx, row, kind, priority)
    return done(row)


@command("service.request.finish")
def finish(ctx: Context, request_id: UUID, answer: Text = "") -> RequestDone:
    """Says that a request without an order is answered, and how."""
    row = take(ctx, Request, request_id)
    if row.order_id is not None:
        raise Refusal("service.ends_with_order", number=row.order.number)
    if answer:
        comment.add(ctx, Request.kind, row.id, answer)
    move(ctx, row, "finish")
    return done(row)


@command("service.request.share")
def share(ctx: Context, request_id: UUID) -> LinkDone:
    """Makes a progress link for whoever reported, to be sent to them."""
    row = take(ctx, Request, request_id)
    made = links.make(ctx.organisation_id, row.id, LinkRole.REPORTER)
    links.set_expiry(ctx.organisation_id, row.id, expiry_of(ctx, row))
    emit(RequestShared(**facts(row)))
    return LinkDone(row.id, row.version, made.id)


@command("service.request.ask_to_sign")
def ask_to_sign(ctx: Context, order_id: UUID) -> LinkDone:
    """Makes a link by which whoever reported confirms finished work from afar; for those who did the work."""
    card = get_order_card(ctx, order_id)
    if card.state != OrderState.COMPLETED:
        raise Refusal("service.nothing_to_sign", number=card.number)
    found = Request.objects.of(ctx).filter(order_id=card.id).order_by("received_at", "id").first()
    if found is None:
        raise Refusal("service.nobody_asked", number=card.number)
    row = take(ctx, Request, found.id)
    made = links.make(ctx.organisation_id, row.id, LinkRole.REPORTER)
    emit(RequestShared(**facts(row)))
    return LinkDone(row.id, row.version, made.id)


@command("service.request.erase")
def erase(ctx: Context, request_id: UUID) -> RequestDone:
    """Forgets who reported; what was reported stays."""
    row = take(ctx, Request, request_id)
    set_reporter(row, "", "")
    row.erased_at = clock.now()
    row.save()
    emit(RequestErased(**facts(row)))
    return done(row)


def _placed(
    ctx: Context, asset_id: UUID | None, location_id: UUID | None, customer_id: UUID | None
) -> tuple[UUID | None, UUID | None]:
    """Place and customer; what nobody said follows from the asset."""
    refer(ctx, "assets.location", location_id, "/location_id")
    refer(ctx, "parties.party", customer_id, "/customer_id")
    if asset_id is None:
        return location_id, customer_id
    try:
        card = get_asset_card(ctx, asset_id)
    except NotVisible:
        raise Invalid.field("/asset_id", "reference_unknown", kind="assets.asset") from None
    return location_id or card.location_id, customer_id or card.customer_id


@command("service.request.relocate")
def relocate(ctx: Context, from_id: UUID, to_id: UUID) -> int:
    """Moves every request about one place to another that turned out to be the same; answers how many."""
    refer(ctx, "assets.location", to_id, "/to_id")
    about_many()
    about("assets.location", from_id)
    return visible(ctx, Request).filter(location_id=from_id).update(location_id=to_id)
