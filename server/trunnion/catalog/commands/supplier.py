"""Verbs on who supplies an item."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from trunnion.catalog.models import Item, ItemSupplier
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.inputs import Line
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import about

TheirCode = Annotated[Line, StringConstraints(max_length=200)]


@command("catalog.supplier.add")
def add(ctx: Context, item_id: UUID, party_id: UUID, their_code: TheirCode = "") -> Done:
    """Says that a party supplies an item, and by which code of theirs."""
    about(Item.kind, item_id)
    item = get(ctx, Item, item_id)
    refer(ctx, "parties.party", party_id, "/party_id")
    row = ItemSupplier(item=item, party_id=party_id, their_code=their_code)
    row.save()
    return Done(row.id, row.version)


@command("catalog.supplier.remove")
def remove(ctx: Context, supplier_id: UUID) -> None:
    """Says that a party no longer supplies an item."""
    row = take(ctx, ItemSupplier, supplier_id)
    about(Item.kind, row.item_id)
    row.delete()
