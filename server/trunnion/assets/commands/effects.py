"""What a move does beside the state, told by its paper: so that it can be done when an approval is granted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from trunnion.assets.models import Asset, LifecycleDocument, Location, Position
from trunnion.assets.rules.dates import day_of, months_later
from trunnion.catalog.queries import find_model
from trunnion.kernel.context import Context

from .going import Change
from .moves import Place, close_installation, is_standing, open_installation, stand_in, zone_at
from .papers import Facts
from .placing import take_parts_along

Paper = Facts | LifecycleDocument


def effect_of(ctx: Context, verb: str, paper: Paper, count: int = 1) -> Change | None:
    """The change that goes with a verb; `count` says how many assets the paper is about."""
    if verb == "order":
        return _ordered(paper, count)
    if verb == "transfer":
        return _transferred(ctx, paper)
    if verb in ("dispose", "withdraw"):
        return _left(ctx, paper)
    return None


def _ordered(paper: Paper, count: int) -> Change:
    def ordered(row: Asset, _: datetime) -> None:
        if paper.party_id is not None:
            row.supplier_party_id = paper.party_id
        # What several cost together says nothing of one.
        if paper.amount is not None and count == 1:
            row.price, row.currency = paper.amount, paper.currency

    return ordered


def _left(ctx: Context, paper: Paper) -> Change:
    def left(row: Asset, moment: datetime) -> None:
        row.disposal = paper.disposal
        close_installation(ctx, row, moment)
        # The location stays, so that the site's own people still find what they had; the position is free.
        stand_in(row, Place(row.location))

    return left


def _transferred(ctx: Context, paper: Paper) -> Change:
    # Whoever asked could name the place; by now it may lie outside of what the actor sees.
    location = (
        Location.objects.of(ctx).filter(id=paper.to_location_id).first() if paper.to_location_id else None
    )
    position = (
        Position.objects.of(ctx).filter(id=paper.to_position_id).first() if paper.to_position_id else None
    )
    place = Place(location, position)

    def transferred(row: Asset, moment: datetime) -> None:
        for name, value in (("owner_party_id", paper.to_owner_id), ("user_party_id", paper.to_user_id)):
            if value is not None:
                setattr(row, name, value)
        if not place:
            return
        close_installation(ctx, row, moment)
        if is_standing(row.state):
            open_installation(ctx, row, place, moment)
        take_parts_along(ctx, row, place, moment)
        stand_in(row, place)

    return transferred


def warranty_begins(ctx: Context) -> Change:
    """Begins service, and the model's warranty where nothing else was agreed."""
    known: dict[Any, int | None] = {}

    def begin(row: Asset, moment: datetime) -> None:
        row.in_service_on = row.in_service_on or day_of(moment, zone_at(ctx, row.location))
        if row.warranty_from_on is None and row.warranty_until_on is None and row.model_id is not None:
            if row.model_id not in known:
                model = find_model(ctx, row.model_id)
                known[row.model_id] = model.warranty_parts_months if model else None
            months = known[row.model_id]
            if months:
                row.warranty_from_on = row.in_service_on
                row.warranty_until_on = months_later(row.in_service_on, months)

    return begin


def failed_points(paper: Facts) -> Sequence[str]:
    """The checked points that did not pass."""
    return [point.text for point in paper.points if not point.is_passed]
