"""Verbs on the other names and codes of items."""

from uuid import UUID

from trunnion.catalog.models import Item, ItemAlias, ItemSupplier, Model
from trunnion.catalog.rules import alias_key
from trunnion.catalog.types import AliasKind
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Name
from trunnion.kernel.policies import refer, take
from trunnion.kernel.unit import about

from .model import found_by


@command("catalog.alias.add")
def add(
    ctx: Context, item_id: UUID, alias: Name, kind: AliasKind = AliasKind.NAME, party_id: UUID | None = None
) -> Done:
    """Gives an item another name or code, by which it is found from now on; no other item may have it."""
    item = take(ctx, Item, item_id)
    key = alias_key(alias)
    if not key:
        raise Invalid.field("/alias", "field.string_too_short", min_length=1)
    taken = ItemAlias.objects.of(ctx).filter(alias_key=key).values_list("item__code", flat=True).first()
    if taken is None:
        others = Item.objects.of(ctx).filter(code=alias).exclude(id=item_id)
        taken = others.values_list("code", flat=True).first()
    if taken is not None:
        raise Invalid.field("/alias", "alias_taken", alias=alias, code=taken)
    refer(ctx, "parties.party", party_id, "/party_id")
    row = ItemAlias(item=item, alias=alias, alias_key=key, alias_kind=kind, party_id=party_id)
    row.save()
    refind(ctx, item)
    return Done(row.id, row.version)


@command("catalog.alias.remove")
def remove(ctx: Context, alias_id: UUID) -> None:
    """Takes a name or code off an item."""
    row = take(ctx, ItemAlias, alias_id)
    about(Item.kind, row.item_id)
    item = take(ctx, Item, row.item_id)
    row.delete()
    refind(ctx, item)


def refind(ctx: Context, item: Item) -> None:
    """Keeps the text by which an item is found in step with its aliases and its suppliers' codes."""
    aliases = ItemAlias.objects.of(ctx).filter(item_id=item.id).order_by("alias_key")
    supplied = (
        ItemSupplier.objects.of(ctx).filter(item_id=item.id).exclude(their_code="").order_by("code_key")
    )
    names = [*aliases.values_list("alias", flat=True), *supplied.values_list("their_code", flat=True)]
    item.found_by = "\n".join(dict.fromkeys(names))
    item.save()
    for model in Model.objects.of(ctx).filter(item_id=item.id):
        model.found_by = found_by(ctx, model, item)
        model.save()
