"""Verbs on movements: what was entered by mistake is taken back by a movement the other way."""

from uuid import UUID

from trunnion.inventory.models import Movement
from trunnion.inventory.types import Moved, MovementKind, PlaceKind
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.policies import take

from .picking import take_back
from .posting import Place, Portion, Posting, items_of, occasion
from .stock import Reason

# What went to a demand comes back by its return, and what came back goes out by its issue.
REVERSIBLE = (MovementKind.RECEIVE, MovementKind.TRANSFER, MovementKind.SCRAP, MovementKind.ADJUST)


@command("inventory.movement.reverse")
def reverse(ctx: Context, movement_id: UUID, reason: Reason) -> Moved:
    """Takes a movement back by one the other way, dated now; the first one stays as it was."""
    row = take(ctx, Movement, movement_id)
    if row.movement_kind not in REVERSIBLE:
        raise Refusal("movement.not_reversible", kind=row.movement_kind)
    if Movement.objects.of(ctx).filter(reverses_id=row.id).exists():
        raise Refusal("movement.reversed_already")
    item = items_of(ctx, [("/item_id", row.item_id)])[row.item_id]
    cause = (row.cause_kind, row.cause_id, row.cause_label)
    said = occasion(
        ctx, MovementKind.REVERSE, cause=cause, party_id=row.party_id, remark=reason, reverses=row
    )
    posting = Posting(ctx, said)
    posting.lock((item, store) for store in (row.from_store, row.to_store) if store is not None)
    source = Place(PlaceKind(row.to_kind), row.to_store, row.to_bin_id)
    target = Place(PlaceKind(row.from_kind), row.from_store, row.from_bin_id)
    portion = Portion(row.quantity, row.value, row.to_bin_id, row.lot, row.serial)
    if source.store is not None:
        is_within = row.from_store_id == row.to_store_id
        portion = take_back(posting, item, source.store, portion, is_within=is_within)
    elif row.serial is not None and row.serial.store_id is not None:
        raise Refusal("stock.serial_in_stock", serial=row.serial.code)
    if target.store is not None:
        portion.bin_id = target.bin_id
        posting.put_in(item, target.store, portion)
    posting.move(item, portion, source, target)
    return posting.close()
