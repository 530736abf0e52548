"""Verbs on replenishment: when a store buys an item, and buying what is suggested."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from trunnion.catalog.types import UnitCode
from trunnion.identity.types import Done
from trunnion.inventory.commands.posting import open_store
from trunnion.inventory.purchasing.models import ReplenishmentPolicy
from trunnion.inventory.purchasing.types import (
    Days,
    Level,
    LineAsk,
    PurchaseDone,
    ReplenishmentMethod,
    ServiceLevel,
)
from trunnion.inventory.types import Quantity
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Currency, Line
from trunnion.kernel.policies import refer, take

from . import order

USUAL_SERVICE = Decimal("0.95")


@dataclass(frozen=True)
class Wanted:
    """What is to be bought of one item for one store, of whom, and why."""

    item_id: UUID
    store_id: UUID
    quantity: Quantity
    unit: UnitCode | None = None
    party_id: UUID | None = None
    currency: Currency | None = None
    reason: Line = ""


class Drafted(msgspec.Struct, frozen=True):
    """The purchases that were drafted, one for each supplier and store."""

    orders: list[PurchaseDone]


@command("inventory.replenishment.set")
def set_(
    ctx: Context, item_id: UUID, store_id: UUID, method: ReplenishmentMethod, minimum: Level | None = None,
    maximum: Level | None = None, service_level: ServiceLevel | None = None, lead_days: Days | None = None,
    cover_days: Days = 30, party_id: UUID | None = None,
) -> Done:  # fmt: skip
    """Says when and how much of an item a store buys: between two levels, or by forecast and service level."""
    refer(ctx, "catalog.item", item_id, "/item_id")
    refer(ctx, "parties.party", party_id, "/party_id")
    store = open_store(ctx, store_id)
    is_levels = method == ReplenishmentMethod.MIN_MAX
    if is_levels and (minimum is None or maximum is None):
        raise Invalid.field("/maximum" if minimum is not None else "/minimum", "field.missing")
    if is_levels and minimum is not None and maximum is not None and maximum <= minimum:
        raise Invalid.field("/maximum", "replenishment.levels_crossed", minimum=minimum)
    standing = ReplenishmentPolicy.objects.of(ctx).filter(item_id=item_id, store_id=store_id).first()
    row = standing or ReplenishmentPolicy(item_id=item_id, store=store)
    row.method, row.lead_days, row.cover_days, row.party_id = method, lead_days, cover_days, party_id
    row.minimum, row.maximum = (minimum, maximum) if is_levels else (None, None)
    row.service_level = None if is_levels else service_level or USUAL_SERVICE
    row.save()
    return Done(row.id, row.version)


@command("inventory.replenishment.remove")
def remove(ctx: Context, policy_id: UUID) -> None:
    """Says that a store keeps no stock of an item any more; it is bought when somebody lacks it."""
    take(ctx, ReplenishmentPolicy, policy_id).delete()


@command("inventory.replenishment.draft")
def draft(ctx: Context, lines: Annotated[list[Wanted], Field(min_length=1, max_length=500)]) -> Drafted:
    """Drafts purchases of what was suggested, one for each supplier and store."""
    groups: dict[tuple[UUID, UUID | None, str | None], list[LineAsk]] = {}
    for line in lines:
        asked = LineAsk(line.item_id, line.quantity, line.unit, reason=line.reason)
        groups.setdefault((line.store_id, line.party_id, line.currency), []).append(asked)
    return Drafted([
        order.create(ctx, store_id, lines=asked, party_id=party_id, currency=currency)
        for (store_id, party_id, currency), asked in groups.items()
    ])  # fmt: skip
