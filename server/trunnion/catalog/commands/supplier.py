"""Verbs on who supplies an item."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.catalog.models import Item, ItemSupplier
from trunnion.catalog.rules import alias_key
from trunnion.catalog.types import SupplierLine, TheirCode
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import STEP, Ensured, Tally
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import about

from .alias import refind

Lines = Annotated[list[SupplierLine], Field(max_length=100_000)]


@command("catalog.supplier.add")
def add(ctx: Context, item_id: UUID, party_id: UUID, their_code: TheirCode = "") -> Done:
    """Says that a party supplies an item, and by which code of theirs; the code finds the item from now on."""
    about(Item.kind, item_id)
    item = take(ctx, Item, item_id)
    refer(ctx, "parties.party", party_id, "/party_id")
    row = ItemSupplier(item=item, party_id=party_id, their_code=their_code, code_key=alias_key(their_code))
    row.save()
    if their_code:
        refind(ctx, item)
    return Done(row.id, row.version)


@command("catalog.supplier.edit")
def edit(ctx: Context, supplier_id: UUID, their_code: TheirCode) -> Done:
    """Changes the code by which a supplier knows an item."""
    row = take(ctx, ItemSupplier, supplier_id)
    about(Item.kind, row.item_id)
    row.their_code, row.code_key = their_code, alias_key(their_code)
    row.save()
    refind(ctx, take(ctx, Item, row.item_id))
    return Done(row.id, row.version)


@command("catalog.supplier.remove")
def remove(ctx: Context, supplier_id: UUID) -> None:
    """Says that a party no longer supplies an item."""
    row = take(ctx, ItemSupplier, supplier_id)
    about(Item.kind, row.item_id)
    item = take(ctx, Item, row.item_id)
    row.delete()
    refind(ctx, item)


@command("catalog.supplier.ensure_many")
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that parties supply items: each line is found by item and party; what it leaves out stays."""
    known: dict[Any, ItemSupplier] = {}
    items = list({line.item_id for line in lines})
    for i in range(0, len(items), STEP):
        rows = ItemSupplier.objects.of(ctx).filter(item_id__in=items[i : i + STEP])
        known.update({(row.item_id, row.party_id): row for row in rows})
    tally = Tally()
    for line in lines:
        key = (line.item_id, line.party_id)
        row = known.setdefault(key, ItemSupplier(item_id=line.item_id, party_id=line.party_id))
        code = line.their_code
        tally.put(row, {} if code is None else {"their_code": code, "code_key": alias_key(code)})
    tally.write()
    for item_id in sorted(
        {row.item_id for row in known.values() if row.id in tally.made or row.id in tally.changed}
    ):
        refind(ctx, get(ctx, Item, item_id))
    return tally.ensured()
