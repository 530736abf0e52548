"""The list of requests, one request whole, and its card for other rooms."""

from typing import Any
from uuid import UUID

from trunnion.assets.queries import file_section
from trunnion.attach.queries import comments_of, files_of, incoming_of
from trunnion.kernel.context import Context
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.policies import get, visible
from trunnion.knowledge.queries import failure_codes_by_code
from trunnion.knowledge.types import CodeList
from trunnion.service.models import Request
from trunnion.service.policies import READ, READ_CONTACT
from trunnion.service.states import REQUEST
from trunnion.service.types import Channel, RequestCard, RequestKind, RequestState
from trunnion.work.types import OrderState

_WORDS = "choice.service.request"

REQUESTS = Listing(
    name="service.requests",
    model=Request,
    permission=READ,
    order="-received_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("number", path="number", sort="number"),
        Column("received_at", Type.INSTANT, path="received_at", sort="received_at"),
        Column("state", Type.CHOICE, path="state", choices=RequestState, words="state.service.request"),
        Column("kind", Type.CHOICE, path="request_kind", choices=RequestKind, words=f"{_WORDS}.kind"),
        Column("channel", Type.CHOICE, path="channel", choices=Channel, words=f"{_WORDS}.channel"),
        Column("title", path="title"),
        Column("is_stopped", Type.BOOLEAN, path="is_stopped"),
        Column("reporter", path="reporter_hint", filter=False),
        Column("asset_id", Type.REFERENCE, path="asset_id", refers_to="assets.asset", hidden=True),
        Column("asset", path="asset__name"),
        Column("asset_number", path="asset__number"),
        Column("location_id", Type.REFERENCE, path="location_id", refers_to="assets.location", hidden=True),
        Column("customer_id", Type.REFERENCE, path="customer_id", refers_to="parties.party", hidden=True),
        Column("customer", path="customer__name"),
        Column("order_id", Type.REFERENCE, path="order_id", refers_to="work.order"),
        Column("order_number", path="order__number"),
        Column("order_state", Type.CHOICE, path="order__state", choices=OrderState, words="state.work.order"),
        Column("urged_count", Type.NUMBER, path="urged_count"),
        Column("urged_at", Type.INSTANT, path="urged_at", sort="urged_at"),
        Column("rating", Type.NUMBER, path="rating", sort="rating"),
    ),
)


def get_request(ctx: Context, request_id: UUID) -> dict[str, Any]:
    """One request whole; who reported it only for those who may know."""
    row = get(ctx, Request, request_id)
    may_know = ctx.may(READ_CONTACT)
    return {
        "id": row.id, "version": row.version, "number": row.number, "kind": row.request_kind, "channel": row.channel,
        "state": row.state, "state_at": row.state_at, "title": row.title, "text": row.text,
        "is_stopped": row.is_stopped, "language": row.language, "received_at": row.received_at,
        "reporter": row.reporter_hint, "reporter_name": row.reporter_name if may_know else None,
        "reporter_contact": row.reporter_contact if may_know else None, "erased_at": row.erased_at,
        "asset": _named(row.asset), "location": _named(row.location), "customer": _named(row.customer),
        "order": _order(row.order), "merged_into": _reference(row.merged_into), "merged": _merged(ctx, row),
        "about": _reference(row.about), "symptoms": _symptoms(ctx, row),
        "incoming": incoming_of(ctx, Request.kind, row.id),
        "end_reason": row.end_reason, "urged_count": row.urged_count, "urged_at": row.urged_at,
        "rating": row.rating, "rating_text": row.rating_text, "rated_at": row.rated_at,
        "files": files_of(ctx, Request.kind, row.id), "comments": comments_of(ctx, Request.kind, row.id),
        "actions": actions_of(ctx, row),
    }  # fmt: skip


def actions_of(ctx: Context, row: Request) -> list[str]:
    """What the actor can do with a request now; one with an order ends when the order does."""
    legal = REQUEST.actions(ctx, row.state)
    barred = {"finish"} if row.order_id else set()
    barred |= {"erase"} if row.erased_at else set()
    return [verb for verb in legal if verb not in barred]


def get_request_card(ctx: Context, request_id: UUID) -> RequestCard:
    """A request as other rooms know it; raises NotVisible."""
    row = get(ctx, Request, request_id)
    return RequestCard(
        id=row.id, version=row.version, number=row.number, kind=RequestKind(row.request_kind),
        channel=Channel(row.channel), state=RequestState(row.state), text=row.text, is_stopped=row.is_stopped,
        asset_id=row.asset_id, location_id=row.location_id, customer_id=row.customer_id, order_id=row.order_id,
        rating=row.rating, received_at=row.received_at,
    )  # fmt: skip


@file_section("requests", READ)
def list_of_asset(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """The requests about an asset, newest first, for its file."""
    rows = visible(ctx, Request).filter(asset_id=asset_id).order_by("-received_at")[:200]
    return [
        {
            "id": row.id, "number": row.number, "kind": row.request_kind, "channel": row.channel, "state": row.state,
            "title": row.title, "is_stopped": row.is_stopped, "order_id": row.order_id, "rating": row.rating,
            "at": row.received_at,
        }
        for row in rows
    ]  # fmt: skip


def _named(row: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    found = {"id": row.id, "name": row.name}
    return found | {"number": row.number} if hasattr(row, "number") else found


def _order(row: Any) -> dict[str, Any] | None:
    return (
        None if row is None else {"id": row.id, "number": row.number, "state": row.state, "title": row.title}
    )


def _reference(row: Request | None) -> dict[str, Any] | None:
    return None if row is None else {"id": row.id, "number": row.number}


def _symptoms(ctx: Context, row: Request) -> list[str]:
    return [c.name(ctx.language) for c in failure_codes_by_code(ctx, CodeList.MODE, row.symptoms)]


def _merged(ctx: Context, row: Request) -> list[dict[str, Any]]:
    rows = visible(ctx, Request).filter(merged_into_id=row.id).order_by("received_at")
    return list(rows.values("id", "number", "received_at", "reporter_hint"))
