"""Where somebody on the way is, for whoever waits for them; on the way only, and only while they let it be seen."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from trunnion.kernel.context import Context
from trunnion.work import rules
from trunnion.work.models import Whereabouts
from trunnion.work.types import OrderState

_PLACE = (
    "order__location__lat",
    "order__location__lon",
    "order__location__site__lat",
    "order__location__site__lon",
)


class Nearby(msgspec.Struct, frozen=True):
    """The newest position, how old it is, and how far from the place where the place's own is known."""

    lat: Any
    lon: Any
    told_at: datetime
    away_m: int | None


def find_nearby(ctx: Context, order_id: UUID) -> Nearby | None:
    """The position of whoever is on the way to an order that the caller has checked."""
    rows = Whereabouts.objects.of(ctx).filter(
        order_id=order_id, order__state=OrderState.TRAVELLING, told_at__isnull=False
    )
    for lat, lon, told_at, *place in rows.values_list("lat", "lon", "told_at", *_PLACE):
        there = next(((y, x) for y, x in (place[:2], place[2:]) if y is not None and x is not None), None)
        away = rules.metres_between(lat, lon, *there) if there else None
        return Nearby(lat, lon, told_at, away)
    return None


def is_shared(ctx: Context, order_id: UUID) -> bool:
    """Whether somebody lets themselves be seen on the way to an order."""
    return Whereabouts.objects.of(ctx).filter(order_id=order_id).exists()
