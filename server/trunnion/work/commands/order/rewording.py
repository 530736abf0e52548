"""The words by which orders are found follow the names of their assets, places and customers."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from django.db.models import Q
from pydantic import Field

from trunnion.assets.queries import get_asset_cards, get_location_card, within
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.jobs import Progress, enqueue
from trunnion.kernel.mergeable import family_of
from trunnion.parties.queries import find_parties
from trunnion.work.models import Order

TASK = "work.reword"
# So many orders are put right where the event is delivered; more are a job of their own.
AT_ONCE = 200
# Nobody who wants to write waits for longer than one of these.
BATCH = 300
# So many are looked for at a time, because each look goes through all orders; what changes its place meanwhile is put
# right by itself.
LOOK = 20 * BATCH
Ids = Annotated[list[UUID], Field(max_length=BATCH)]


@command("work.order.reword", secret=("order_ids",))
def reword(ctx: Context, order_ids: Ids) -> int:
    """Lets orders be found by what their asset, place and customer are called now; answers how many were not."""
    rows = Order.objects.of(ctx).filter(id__in=order_ids).order_by("id")
    orders = list(rows.values_list("id", "asset_id", "location_id", "customer_id"))
    assets = get_asset_cards(ctx, [asset_id for _, asset_id, _, _ in orders if asset_id is not None])
    places = {place: _place(ctx, place) for place in {row[2] for row in orders} if place is not None}
    parties = find_parties(ctx, {row[3] for row in orders if row[3] is not None})
    found = {}
    for order_id, asset_id, location_id, customer_id in orders:
        asset = assets.get(asset_id) if asset_id else None
        words = [asset.number, asset.name, asset.tag, asset.serial, asset.place] if asset else []
        words.append(places.get(location_id, ""))
        words += [parties[customer_id].name] if customer_id in parties else []
        found[order_id] = {"subject_words": joined(words)}
    return Order.objects.of(ctx).derive(found)


def joined(words: Iterable[str]) -> str:
    """Words of several names as one text, each name once."""
    return " ".join(dict.fromkeys(word for word in words if word))


def _place(ctx: Context, location_id: UUID) -> str:
    try:
        return get_location_card(ctx, location_id).place
    except NotVisible:
        return ""


def follow(ctx: Context, kind: str, row_ids: list[UUID]) -> None:
    """Puts the orders of renamed records right: a few at once, many as a job in the background."""
    with reading(ctx.organisation_id):
        few = _next(ctx, kind, row_ids, None, AT_ONCE + 1)
    if len(few) > AT_ONCE:
        enqueue(ctx, TASK, kind=kind, row_ids=row_ids)
    elif few:
        reword(ctx, few)


def reword_all(ctx: Context, progress: Progress, kind: str, row_ids: list[UUID]) -> int:
    """The same for as many orders as there are: a short transaction for each batch, and again after a crash."""
    done, changed, last = 0, 0, None
    with reading(ctx.organisation_id):
        total = Order.objects.of(ctx).filter(_of(ctx, kind, row_ids)).count()
    while True:
        with reading(ctx.organisation_id):
            ids = _next(ctx, kind, row_ids, last, LOOK)
        if not ids:
            return changed
        last = ids[-1]
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            changed += reword(ctx, part)
            done += len(part)
            progress(done, max(total, done))


def _next(ctx: Context, kind: str, row_ids: list[UUID], last: UUID | None, most: int) -> list[UUID]:
    rows = Order.objects.of(ctx).filter(_of(ctx, kind, row_ids))
    if last is not None:
        rows = rows.filter(id__gt=last)
    return list(rows.order_by("id").values_list("id", flat=True)[:most])


def _of(ctx: Context, kind: str, row_ids: list[UUID]) -> Q:
    if kind == "assets.location":
        # A name stands in the words of whatever lies below it.
        return within(ctx, row_ids, "location__path") | within(ctx, row_ids, "asset__location__path")
    family = family_of(ctx, kind, row_ids)
    return Q(asset_id__in=family) if kind == "assets.asset" else Q(customer_id__in=family)
