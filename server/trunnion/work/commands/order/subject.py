"""What an order is about: the asset, its place and its customer, checked and put into words for the search."""

from dataclasses import dataclass
from uuid import UUID

from trunnion.assets.queries import get_asset_card, get_location_card
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotVisible
from trunnion.kernel.policies import refer
from trunnion.parties.queries import find_parties
from trunnion.work.models import Order
from trunnion.work.policies import is_customer


@dataclass(frozen=True, slots=True)
class Subject:
    """The references of an order that belong together."""

    asset_id: UUID | None
    position_id: UUID | None
    location_id: UUID | None
    customer_id: UUID | None
    words: str


def subject_of(
    ctx: Context,
    asset_id: UUID | None,
    position_id: UUID | None,
    location_id: UUID | None,
    customer_id: UUID | None,
) -> Subject:
    """The subject that these name; what is not said follows from the asset. Refuses what the actor cannot see."""
    words: list[str] = []
    known_at = None
    if asset_id is not None:
        try:
            asset = get_asset_card(ctx, asset_id)
        except NotVisible:
            raise Invalid.field("/asset_id", "reference_unknown", kind="assets.asset") from None
        words += [asset.number, asset.name, asset.tag, asset.serial, asset.place]
        known_at = asset.location_id
        position_id, location_id = position_id or asset.position_id, location_id or asset.location_id
        customer_id = customer_id or asset.customer_id
    refer(ctx, "assets.position", position_id, "/position_id")
    if location_id is not None and location_id != known_at:
        words.append(_place(ctx, location_id))
    customer_id = _customer(ctx, customer_id)
    if customer_id is not None:
        words += [card.name for card in find_parties(ctx, {customer_id}).values()]
    return Subject(
        asset_id, position_id, location_id, customer_id, " ".join(dict.fromkeys(w for w in words if w))
    )


def put(order: Order, subject: Subject) -> None:
    """Writes the subject into an order."""
    order.asset_id, order.position_id = subject.asset_id, subject.position_id
    order.location_id, order.customer_id = subject.location_id, subject.customer_id
    order.subject_words = subject.words


def _place(ctx: Context, location_id: UUID) -> str:
    try:
        return get_location_card(ctx, location_id).place
    except NotVisible:
        raise Invalid.field("/location_id", "reference_unknown", kind="assets.location") from None


def _customer(ctx: Context, customer_id: UUID | None) -> UUID | None:
    """The customer; from outside the house one reports for oneself only."""
    own = ctx.scope.party_ids or frozenset()
    if is_customer(ctx) and own:
        if customer_id is None and len(own) == 1:
            return next(iter(own))
        if customer_id not in own:
            raise Invalid.field("/customer_id", "reference_unknown", kind="parties.party")
        return customer_id
    refer(ctx, "parties.party", customer_id, "/customer_id")
    return customer_id
