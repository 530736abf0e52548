"""What a signed-in customer reads: their sites, a machine with its warranty, papers and past, their requests."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from trunnion.assets.queries import get_asset_card, get_own_facts, list_sites
from trunnion.attach.queries import files_of
from trunnion.kernel.context import Context
from trunnion.kernel.policies import get, visible
from trunnion.kernel.words import say
from trunnion.parties.queries import find_parties
from trunnion.service.models import Request
from trunnion.service.rules import privacy
from trunnion.service.states import OPEN
from trunnion.service.types import LinkRole
from trunnion.work.queries import find_orders_of_asset
from trunnion.work.types import OrderCard, OrderState

from . import callers, progress, scan

MOST = 100
_ROW = (
    "id", "number", "title", "state", "request_kind", "received_at", "is_stopped", "asset_id", "asset__name",
    "asset__number", "order__state", "order__number", "rating",
)  # fmt: skip


def get_home(ctx: Context) -> dict[str, Any]:
    """Who one is here for, the sites, and what is open."""
    return {
        "customers": [
            {"id": card.id, "name": card.name}
            for card in find_parties(ctx, set(ctx.scope.party_ids or ())).values()
        ],
        "sites": list_sites(ctx),
        "open": _rows(ctx, Q(state__in=OPEN)),
    }


def list_own(ctx: Context, asset_id: UUID | None = None, is_open: bool | None = None) -> dict[str, Any]:
    """What was asked for, newest first."""
    wanted = Q() if asset_id is None else Q(asset_id=asset_id)
    if is_open is not None:
        wanted &= Q(state__in=OPEN) if is_open else ~Q(state__in=OPEN)
    return {"rows": _rows(ctx, wanted)}


def get_own(ctx: Context, request_id: UUID) -> dict[str, Any]:
    """How one's own request stands; raises NotVisible."""
    row = get(ctx, Request, request_id)
    reader = callers.reading(ctx.organisation_id, ctx.language)
    return progress.get_progress(reader, LinkRole.REPORTER, row.id, reader_id=ctx.actor_id)


def check_asset(ctx: Context, asset_id: UUID) -> None:
    """Raises NotVisible unless it is a machine of one's own."""
    get_asset_card(ctx, asset_id)


def get_own_asset(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """A machine of one's own: its facts and warranty, its papers, what was asked for and done; raises NotVisible."""
    card = get_asset_card(ctx, asset_id)
    facts = get_own_facts(ctx, asset_id)
    reader = callers.reading(ctx.organisation_id, ctx.language)
    orders = find_orders_of_asset(ctx, asset_id, only_open=False, most=MOST)
    return {
        "asset": {
            **facts, "id": card.id, "name": card.name, "number": card.number, "serial": card.serial, "tag": card.tag,
            "state": card.state, "place": card.place, "model": card.model_name,
            "is_under_warranty": card.is_under_warranty, "warranty_until_on": card.warranty_until_on,
        },
        "photo": scan.find_photo(reader, asset_id),
        "symptoms": scan.symptoms_of(reader, card.equipment_class_code),
        "documents": [
            {"id": f.file_id, "name": f.name, "role": f.role, "media_type": f.media_type, "size": f.size}
            for f in files_of(ctx, "assets.asset", asset_id)
        ],
        "requests": _rows(ctx, Q(asset_id=asset_id)),
        "history": [_visit(ctx, order) for order in orders if order.state != OrderState.DRAFT],
    }  # fmt: skip


def _visit(ctx: Context, order: OrderCard) -> dict[str, Any]:
    """A piece of work as its customer knows it: nothing of what it cost the house."""
    name = privacy.first_name(order.leading_name, ctx.language) if order.leading_name else ""
    return {
        "id": order.id, "number": order.number, "title": order.title, "kind": order.kind, "state": order.state,
        "at": order.phases.ended_at or order.planned_from_at or order.phases.reported_at,
        "remedy": order.remedy, "engineer": name,
    }  # fmt: skip


def _rows(ctx: Context, wanted: Q) -> list[dict[str, Any]]:
    rows = visible(ctx, Request).filter(wanted).order_by("-received_at", "-id").values(*_ROW)[:MOST]
    return [
        {
            "id": row["id"], "number": row["number"], "title": row["title"], "kind": row["request_kind"],
            "state": row["order__state"] or row["state"], "reported_at": row["received_at"],
            "is_stopped": row["is_stopped"], "asset_id": row["asset_id"], "asset": row["asset__name"],
            "asset_number": row["asset__number"], "order_number": row["order__number"], "rating": row["rating"],
            "state_words": _state(ctx, row),
        }
        for row in rows
    ]  # fmt: skip


def _state(ctx: Context, row: dict[str, Any]) -> str:
    kind = "work.order" if row["order__state"] else "service.request"
    return say(f"state.{kind}.{row['order__state'] or row['state']}", ctx.language)
