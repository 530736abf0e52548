"""Triage: which open orders are likely the same as a fresh report."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q
from rapidfuzz import fuzz

from trunnion.kernel.context import Context
from trunnion.kernel.policies import get, visible
from trunnion.work.models import Order
from trunnion.work.states import DONE, OPEN
from trunnion.work.types import OrderState

MOST = 10
_OPEN = tuple(s for s in (*OPEN, *DONE) if s != OrderState.DRAFT)
_SHOWN = ("id", "number", "title", "state", "priority", "is_stopped", "reported_at")


class Likely(msgspec.Struct, frozen=True):
    """An order that may be the same; `likeness` compares the words, from 0 to 100."""

    id: UUID
    number: str
    title: str
    state: str
    priority: str
    is_stopped: bool
    reported_at: datetime | None
    same_asset: bool
    likeness: int


def likely_duplicates(
    ctx: Context, asset_id: UUID | None = None, location_id: UUID | None = None, text: str = "",
    besides: UUID | None = None,
) -> list[Likely]:  # fmt: skip
    """Orders that are not over yet on the same asset, else in the same place, the likest words first."""
    if asset_id is None and location_id is None:
        return []
    where = Q(asset_id=asset_id) if asset_id else Q(location_id=location_id)
    rows = visible(ctx, Order).filter(where, state__in=_OPEN).exclude(id=besides).order_by("-id")
    found = []
    for *values, description, symptom in rows.values_list(*_SHOWN, "description", "symptom")[: MOST * 5]:
        said = f"{values[2]} {symptom} {description}"
        likeness = int(fuzz.token_set_ratio(said.casefold(), text.casefold())) if text.strip() else 0
        facts = dict(zip(_SHOWN, values, strict=True))
        found.append(Likely(**facts, same_asset=asset_id is not None, likeness=likeness))
    found.sort(key=lambda f: f.likeness, reverse=True)
    return found[:MOST]


def list_duplicates(ctx: Context, order_id: UUID) -> dict[str, Any]:
    """The orders into which this one may have to be merged."""
    order = get(ctx, Order, order_id)
    said = f"{order.title} {order.symptom} {order.description}"
    return {"rows": likely_duplicates(ctx, order.asset_id, order.location_id, said, besides=order.id)}
