"""What guests do: report by a scanned code, write, urge, confirm, judge. Their link is the proof, not a grant."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.queries import get_asset_card
from trunnion.attach.commands import comment, file, upload
from trunnion.attach.types import FileRole
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError, Invalid, NotVisible, TooMany
from trunnion.kernel.inputs import Language, Line, Name, Prose
from trunnion.kernel.unit import emit
from trunnion.kernel.words import say
from trunnion.knowledge.queries import failure_codes
from trunnion.knowledge.types import CodeList
from trunnion.service import links
from trunnion.service.events import RequestRated, RequestReceived, RequestUrged
from trunnion.service.models import Request
from trunnion.service.rules.files import MOST_FILES
from trunnion.service.rules.guests import urge_again_in
from trunnion.service.types import Channel, GuestVerb, LinkRole, RequestDone, RequestKind, RequestState, Stars
from trunnion.work.commands import order

from .admission import admit
from .becoming import NEEDS_ORDER, Reported, become_order, put_files, receive
from .course import acting, done, facts

Text = Annotated[Prose, Field(max_length=5_000)]
Contact = Annotated[Line, Field(max_length=200)]
Files = Annotated[list[UUID], Field(max_length=MOST_FILES)]
Symptoms = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=8)]
Picture = Annotated[str, Field(max_length=1_400_000)]
Remark = Annotated[Prose, Field(max_length=2_000)]
LOW = 3


@command("service.request.report", secret=("contact_name", "contact_phone", "proof"))
def report(
    ctx: Context, asset_id: UUID, text: Text = "", is_stopped: bool = False, contact_name: Contact = "",
    contact_phone: Contact = "", file_ids: Files = [], upload_ids: Files = [],  # noqa: B006  (never changed)
    symptoms: Symptoms = [], language: Language = "en", kind: RequestKind = RequestKind.FAULT,  # noqa: B006
    channel: Channel = Channel.SCAN, proof: str = "",
) -> RequestDone:  # fmt: skip
    """Reports what is wrong with a machine; words, a photo or a symptom are enough, a film may still be on its way."""
    if not (text or file_ids or symptoms or upload_ids):
        raise Invalid.field("/text", "service.text_or_photo")
    card = get_asset_card(acting(ctx), asset_id)
    offered = {c.code: c for c in failure_codes(ctx, CodeList.MODE, card.equipment_class_code)}
    for index, code in enumerate(symptoms):
        if code not in offered:
            raise Invalid.field(f"/symptoms/{index}", "failure_code.unknown", given=code)
    row = receive(
        ctx,
        Reported(
            kind=kind, channel=channel, text=text, is_stopped=is_stopped, language=language,
            symptoms=[offered[code] for code in dict.fromkeys(symptoms)],
            reporter_name=contact_name or _name_of(ctx), reporter_contact=contact_phone, asset_id=asset_id,
            location_id=card.location_id, customer_id=card.customer_id,
        ),
    )  # fmt: skip
    for role in LinkRole:
        links.make(ctx.organisation_id, row.id, role)
    if file_ids:
        file.claim(acting(ctx), file_ids, proof, Request.kind, row.id, role=FileRole.PHOTO)
    if upload_ids:
        upload.destine(acting(ctx), upload_ids, proof, Request.kind, row.id, role=FileRole.PHOTO)
    emit(RequestReceived(**facts(row), request_kind=kind, channel=channel, is_stopped=is_stopped))
    if kind in NEEDS_ORDER:
        become_order(ctx, row)
    return done(row)


@command("service.request.message", secret=("proof",))
def message(
    ctx: Context, request_id: UUID, text: Text = "", file_ids: Files = [],  # noqa: B006
    upload_ids: Files = [], proof: str = "",  # noqa: B006
) -> RequestDone:  # fmt: skip
    """Says something to the house, or sends a photo or a film more."""
    row = admit(ctx, request_id, GuestVerb.MESSAGE)
    if not (text or file_ids or upload_ids):
        raise Invalid.field("/text", "service.text_or_photo")
    if upload_ids:
        upload.destine(acting(ctx), upload_ids, proof, Request.kind, row.id, role=FileRole.PHOTO)
        links.bring_news(ctx.organisation_id, [row.id, request_id])
    if file_ids:
        file.claim(acting(ctx), file_ids, proof, Request.kind, row.id, role=FileRole.PHOTO)
        if row.order_id is not None:
            put_files(ctx, row, row.order_id)
        links.bring_news(ctx.organisation_id, [row.id, request_id])
    if text:
        _say(ctx, row, text)
    return done(row)


@command("service.request.urge")
def urge(ctx: Context, request_id: UUID, text: Text = "") -> RequestDone:
    """Asks for it to be done sooner; once in a while, so that it keeps its weight."""
    row = admit(ctx, request_id, GuestVerb.URGE)
    now = clock.now()
    wait = urge_again_in(row.urged_at, now)
    if wait is not None:
        raise TooMany("service.urged_already", int(wait.total_seconds()) + 1)
    row.urged_at = now
    row.urged_count += 1
    row.save()
    _say(ctx, row, text or say("service.urging", row.language))
    emit(RequestUrged(**facts(row), count=row.urged_count))
    return done(row)


@command("service.request.confirm", secret=("signature_png_base64",))
def confirm(
    ctx: Context, request_id: UUID, name: Name, accepted: bool = True, remark: Remark = "",
    signature_png_base64: Picture | None = None,
) -> RequestDone:  # fmt: skip
    """Says that the work is done, by signing it; or that it is not, and why."""
    row = admit(ctx, request_id, GuestVerb.CONFIRM)
    if row.order_id is None:
        raise NotVisible
    if accepted and not signature_png_base64:
        raise Invalid.field("/signature_png_base64", "field.missing")
    if not accepted and not remark:
        raise Invalid.field("/remark", "field.missing")
    try:
        order.confirm(
            acting(ctx), row.order_id, signer_name=name, accepted=accepted, remark=remark,
            signature_png_base64=signature_png_base64 or "",
        )  # fmt: skip
    except Invalid as refusal:
        raise _renamed(refusal) from refusal
    return done(row)


@command("service.request.rate")
def rate(ctx: Context, request_id: UUID, stars: Stars, text: Remark = "") -> RequestDone:
    """Judges the service with one to five stars; who changes their mind judges again."""
    row = admit(ctx, request_id, GuestVerb.RATE)
    row.rating, row.rating_text, row.rated_at = stars, text, clock.now()
    row.save()
    emit(RequestRated(**facts(row), stars=stars, is_low=stars < LOW))
    if stars < LOW:
        _complain(ctx, row)
    return done(row)


def _name_of(ctx: Context) -> str:
    """Who is signed in need not say who they are."""
    return "" if ctx.actor_id is None else ctx.actor_name


def _complain(ctx: Context, row: Request) -> None:
    """Puts a low rating before the desk as a complaint that stays in its inbox until somebody has answered it."""
    text = say("progress.rated_low", row.language, stars=row.rating, number=row.number, title=row.title)
    text = "\n".join(part for part in (text, row.rating_text) if part)
    found = Request.objects.of(ctx).filter(about_id=row.id, state=RequestState.NEW).first()
    if found is not None:
        found.text = text
        found.save()
        return
    # Who reported stands with the request that it is about, and there only, so that it can be forgotten.
    made = receive(
        ctx,
        Reported(
            kind=RequestKind.COMPLAINT, channel=Channel(row.channel), text=text, is_stopped=False,
            language=row.language, asset_id=row.asset_id, location_id=row.location_id,
            customer_id=row.customer_id, about_id=row.id,
        ),
    )  # fmt: skip
    emit(
        RequestReceived(**facts(made), request_kind=made.request_kind, channel=made.channel, is_stopped=False)
    )


def _say(ctx: Context, row: Request, text: str) -> None:
    """Writes where whoever works on it will read it: on the order that speaks for the request."""
    kind, row_id = (Request.kind, row.id)
    if row.order_id is not None:
        kind, row_id = "work.order", row.order.survivor_id or row.order_id
    comment.add(acting(ctx), kind, row_id, text)
    # At once, for the page asks again as soon as it is answered.
    links.bring_news(ctx.organisation_id, [row.id])


def _renamed(refusal: Invalid) -> Invalid:
    """The same refusal, naming the field as guests know it."""
    errors = [
        FieldError(e.pointer.replace("/image_png_base64", "/signature_png_base64"), e.code, e.facts)
        for e in refusal.errors
    ]
    return Invalid(refusal.code, errors=errors, **refusal.facts)


__all__ = ["confirm", "message", "rate", "report", "urge"]
