"""Progress like a parcel's for whoever holds a link: whether anything is new, and all that a guest may know."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from trunnion.assets.queries import get_asset_card
from trunnion.attach.queries import comments_of, files_of, incoming_of, signatures_of
from trunnion.attach.types import CommentCard, FileRole, LinkedFile
from trunnion.identity.queries import of_customers
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.encoding import canonical
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.words import say
from trunnion.knowledge.queries import failure_codes_by_code
from trunnion.knowledge.types import CodeList
from trunnion.service import links
from trunnion.service.models import GuestLink, Request
from trunnion.service.rules import guests, privacy, steps
from trunnion.service.types import GuestVerb, LinkRole, RequestState
from trunnion.work.queries import find_nearby, get_order_card, shown_value, tasks_of
from trunnion.work.types import OrderCard, OrderState, WaitReason

from .standing import Case, case_of, request_by_id

RETOLD_AFTER = 300
SHOWN = (FileRole.PHOTO, FileRole.BEFORE, FileRole.AFTER)
PLAYED = ("video/", "audio/")


@dataclass(frozen=True, slots=True)
class Look:
    """What a link leads to now, and what its holder can do."""

    role: LinkRole
    own: Request
    target: Request
    order: dict[str, Any] | None
    messages: list[CommentCard]
    photos: list[LinkedFile]
    verbs: list[GuestVerb]
    is_merged: bool


def tag_of(ctx: Context, link: GuestLink) -> str:
    """A text that changes whenever the holder of a link would see something new; costs one small read as a rule."""
    own = Request.objects.of(ctx).filter(id=link.request_id)
    seen: Any = own.values_list("version", "merged_into_id", "order__version", "order__survivor_id").first()
    if seen is None:
        raise NotVisible
    if seen[1] is not None or seen[3] is not None:
        case = case_of(ctx, request_by_id(ctx, link.request_id))
        seen = [*seen, case.target.version, case.order and case.order["version"]]
    # What time itself changes, such as the end of a window, is told anew after a while.
    span = int(clock.now().timestamp() // RETOLD_AFTER)
    parts = [link.role, link.news, ctx.language, span, list(seen)]
    return f'"{hashlib.sha256(canonical(parts)).hexdigest()[:32]}"'


def look(ctx: Context, role: LinkRole, request_id: UUID) -> Look:
    """What a link leads to, or what a customer sees of their own."""
    case = case_of(ctx, request_by_id(ctx, request_id))
    verbs = guests.guest_verbs(case.standing(role), clock.now())
    said, photos = _said(ctx, case, role), photos_of(ctx, case, role)
    return Look(role, case.own, case.target, case.order, said, photos, verbs, case.is_merged)


def get_progress(
    ctx: Context, role: LinkRole, request_id: UUID, reader_id: UUID | None = None
) -> dict[str, Any]:
    """Everything that the holder of a link may know, or a signed-in customer of their own request."""
    seen = look(ctx, role, request_id)
    request, card = seen.target, None
    if seen.order is not None:
        card = get_order_card(ctx, seen.order["id"])
    is_own = seen.role == LinkRole.REPORTER
    return {
        "number": seen.own.number, "title": seen.own.title, "kind": seen.own.request_kind,
        "text": seen.own.text if is_own else None, "is_stopped": seen.own.is_stopped, "role": seen.role,
        "state": seen.order["state"] if seen.order else request.state, "asset": _asset(ctx, request),
        "steps": _steps(ctx, seen, card), "actions": seen.verbs,
        "can_confirm": GuestVerb.CONFIRM in seen.verbs, "has_report": _has_report(seen),
        "reported_at": seen.own.received_at,
        "merged_into": request.number if request.id != seen.own.id else None,
        "messages": [_message(ctx, c, reader_id) for c in seen.messages],
        "photos": [
            {
                "id": p.file_id, "role": p.role, "at": p.linked_at, "media_type": p.media_type,
                "has_thumbnail": p.has_thumbnail,
            }
            for p in seen.photos
        ],
        "incoming": incoming_of(ctx, Request.kind, seen.own.id) if is_own else [],
        "symptoms": _symptoms(ctx, seen) if is_own else [],
        "checks": _checks(ctx, seen), "follow_token": _follow_token(ctx, seen) if is_own else None,
        "urged_at": request.urged_at, "end_reason": _end_reason(request, seen),
        "rating": _rating(seen) if is_own else None, **_of_order(ctx, card, is_own=is_own),
    }  # fmt: skip


def _has_report(seen: Look) -> bool:
    is_done = seen.order is not None and seen.order["state"] in guests.FINISHED
    return is_done and seen.role == LinkRole.REPORTER and not seen.is_merged


def _checks(ctx: Context, seen: Look) -> list[dict[str, Any]]:
    """What was looked at, once it is to be confirmed: each may be found wanting."""
    if seen.order is None or not _has_report(seen):
        return []
    return [
        {
            "title": task["title"], "value": shown_value(task), "result": task["result"],
            "result_words": say(f"choice.work.task.result.{task['result']}", ctx.language),
        }
        for task in tasks_of(ctx, [seen.order["id"]])
        if task["result"]
    ]  # fmt: skip


def _follow_token(ctx: Context, seen: Look) -> str | None:
    """For somebody who is to look on, and not to act."""
    return links.tokens_of(ctx.organisation_id, [seen.own.id], LinkRole.FOLLOWER).get(seen.own.id)


def _of_order(ctx: Context, card: OrderCard | None, *, is_own: bool) -> dict[str, Any]:
    if card is None:
        return {"engineer": None, "window": None, "waiting_reason": None, "waiting_words": None, "remedy": None,
                "confirmed": None, "nearby": None}  # fmt: skip
    reason = card.waiting_reason
    finished = card.state in guests.FINISHED
    window = None
    if card.planned_from_at is not None and not finished:
        window = {"from_at": card.planned_from_at, "until_at": card.planned_until_at}
    return {
        "engineer": {"name": privacy.first_name(card.leading_name, ctx.language)}
        if card.leading_name
        else None,
        "window": window,
        "waiting_reason": reason,
        "waiting_words": say(f"progress.wait.{reason}", ctx.language) if reason else None,
        "remedy": card.remedy if finished else None,
        "confirmed": _confirmed(ctx, card, is_own=is_own),
        # Only for whoever asked for the work, and only on the way.
        "nearby": find_nearby(ctx, card.id) if is_own and card.state == OrderState.TRAVELLING else None,
    }


def _confirmed(ctx: Context, card: OrderCard, *, is_own: bool) -> dict[str, Any] | None:
    if card.phases.confirmed_at is None or card.state not in guests.OVER:
        return None
    signed = signatures_of(ctx, "work.order", card.id) if is_own else []
    return {"at": card.phases.confirmed_at, "name": signed[-1].signer_name if signed else None}


def _steps(ctx: Context, seen: Look, card: OrderCard | None) -> list[dict[str, Any]]:
    request, order = seen.target, seen.order
    course = steps.Course(
        request_state=RequestState(request.state),
        received_at=seen.own.received_at,
        request_state_at=request.state_at,
    )
    if card is not None and order is not None:
        course = steps.Course(
            request_state=RequestState(request.state), received_at=seen.own.received_at,
            request_state_at=request.state_at, order_state=card.state, order_state_at=order["state_at"],
            waiting_from=OrderState(order["waiting_from"]) if order["waiting_from"] else None,
            waiting_reason=WaitReason(order["waiting_reason"]) if order["waiting_reason"] else None,
            phases=card.phases,
        )  # fmt: skip
    return [
        {
            "key": step.key, "title": say(f"progress.step.{step.key}", ctx.language), "at": step.at,
            "done": step.done, "current": step.current,
        }
        for step in steps.steps_of(course)
    ]  # fmt: skip


def _said(ctx: Context, case: Case, role: LinkRole) -> list[CommentCard]:
    """What a guest may read: nothing internal; of another reporter's talk only what the house said."""
    if role == LinkRole.FOLLOWER:
        return []
    found = comments_of(ctx, Request.kind, case.target.id)
    if case.order is not None:
        found = [*found, *comments_of(ctx, "work.order", case.order["id"])]
    shown = [c for c in found if not c.is_internal and c.removed_at is None]
    shown = _of_the_house(ctx, shown) if case.is_merged else shown
    return sorted(shown, key=lambda c: c.created_at)


def _of_the_house(ctx: Context, said: list[CommentCard]) -> list[CommentCard]:
    outside = of_customers(ctx, {c.author_id for c in said if c.author_id is not None})
    return [c for c in said if c.author_id is not None and c.author_id not in outside]


def photos_of(ctx: Context, case: Case, role: LinkRole) -> list[LinkedFile]:
    """The photos that whoever reported may see: their own, and those of the work."""
    if role == LinkRole.FOLLOWER or case.is_merged:
        return []
    found = files_of(ctx, Request.kind, case.own.id)
    if case.order is not None:
        found = [*found, *files_of(ctx, "work.order", case.order["id"])]
    shown = {f.file_id: f for f in reversed(found) if f.role in SHOWN and _is_shown(f)}
    return sorted(shown.values(), key=lambda f: f.linked_at)


def _is_shown(file: LinkedFile) -> bool:
    return file.has_thumbnail or file.media_type.startswith(PLAYED)


def _symptoms(ctx: Context, seen: Look) -> list[str]:
    return [c.name(ctx.language) for c in failure_codes_by_code(ctx, CodeList.MODE, seen.own.symptoms)]


class Message(msgspec.Struct, frozen=True):
    """One line of the talk between reporter and house."""

    at: datetime
    text: str
    is_mine: bool
    name: str | None


def _message(ctx: Context, comment: CommentCard, reader_id: UUID | None) -> Message:
    is_mine = comment.author_id == reader_id
    by_guest = say("service.guest", ctx.language) if comment.author_id is None else ""
    name = None if is_mine else by_guest or privacy.first_name(comment.author_name, ctx.language)
    return Message(comment.created_at, comment.text, is_mine, name)


def _asset(ctx: Context, request: Request) -> dict[str, Any] | None:
    if request.asset_id is None:
        return None
    card = get_asset_card(ctx, request.asset_id)
    return {"name": card.name, "number": card.number, "place": card.place}


def _rating(seen: Look) -> dict[str, Any] | None:
    own = seen.own
    return None if own.rating is None else {"stars": own.rating, "text": own.rating_text, "at": own.rated_at}


def _end_reason(request: Request, seen: Look) -> str | None:
    ended = request.state in (RequestState.REJECTED, RequestState.CANCELLED)
    return request.end_reason or None if ended and seen.role == LinkRole.REPORTER else None
