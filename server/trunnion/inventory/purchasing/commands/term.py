"""Verbs on the terms of suppliers."""

from decimal import Decimal
from uuid import UUID

from trunnion.catalog.queries import get_item_card, in_own_unit
from trunnion.catalog.types import UnitCode
from trunnion.identity.queries import get_organisation
from trunnion.identity.types import Done
from trunnion.inventory.purchasing.models import SupplierTerm
from trunnion.inventory.purchasing.types import Days, Tried
from trunnion.inventory.types import UnitCost
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Currency, Day, Line
from trunnion.kernel.policies import refer, take

NOTHING, ONE = Decimal(0), Decimal(1)


@command("inventory.supplier_term.create")
def create(
    ctx: Context, item_id: UUID, party_id: UUID, price: UnitCost, unit: UnitCode | None = None,
    currency: Currency | None = None, minimum: Tried = NOTHING, lead_days: Days | None = None,
    from_on: Day | None = None, until_on: Day | None = None, contract: Line = "",
) -> Done:  # fmt: skip
    """Notes at what price a supplier delivers an item: in which unit, from which quantity on, how fast, until when."""
    refer(ctx, "catalog.item", item_id, "/item_id")
    refer(ctx, "parties.party", party_id, "/party_id")
    own = get_item_card(ctx, item_id).unit
    # The unit must be the item's own or one of its packs.
    in_own_unit(ctx, item_id, ONE, unit or own)
    row = SupplierTerm(
        item_id=item_id, party_id=party_id, unit=unit or own, price=price,
        currency=currency or get_organisation(ctx.organisation_id).currency, minimum=minimum, lead_days=lead_days,
        from_on=from_on or clock.now().date(), until_on=until_on, contract=contract,
    )  # fmt: skip
    _check_days(row)
    row.save()
    return Done(row.id, row.version)


@command("inventory.supplier_term.edit")
def edit(
    ctx: Context, term_id: UUID, price: UnitCost = UNSET, minimum: Tried = UNSET, lead_days: Days | None = UNSET,
    from_on: Day = UNSET, until_on: Day | None = UNSET, contract: Line = UNSET,
) -> Done:  # fmt: skip
    """Changes terms; what was ordered by them keeps the price that it was ordered at."""
    row = take(ctx, SupplierTerm, term_id)
    changes = given(
        price=price,
        minimum=minimum,
        lead_days=lead_days,
        from_on=from_on,
        until_on=until_on,
        contract=contract,
    )
    for field, value in changes.items():
        setattr(row, field, value)
    _check_days(row)
    row.save()
    return Done(row.id, row.version)


@command("inventory.supplier_term.remove")
def remove(ctx: Context, term_id: UUID) -> None:
    """Takes terms away that were noted by mistake; terms that are over keep their last day instead."""
    take(ctx, SupplierTerm, term_id).delete()


def _check_days(row: SupplierTerm) -> None:
    if row.until_on is not None and row.until_on < row.from_on:
        raise Invalid.field("/until_on", "purchase.ends_first", from_on=row.from_on)
