"""The parts of an order in step with the stock ledger: what is kept, what lacks, whether all of it is there."""

from collections.abc import Iterable

from trunnion.inventory.commands import reservation
from trunnion.inventory.queries import standing_of
from trunnion.kernel.context import Context
from trunnion.work.models import Order, PartLine
from trunnion.work.rules import readiness


def keep_in_step(ctx: Context, order: Order) -> list[PartLine]:
    """Tells the lines of an order what the ledger says, and the order whether its parts are there; saves the lines."""
    lines = list(PartLine.objects.of(ctx).filter(order_id=order.id).order_by("id"))
    standing = standing_of(ctx, PartLine.kind, [line.id for line in lines])
    for line in lines:
        now = standing[line.id]
        line.reserved, line.short, line.expected_on = now.reserved, now.short, now.expected_on
        line.save()
    order.parts = readiness((line.short, line.expected_on) for line in lines)
    return lines


def release(ctx: Context, order: Order) -> None:
    """An order needs nothing more: what is kept for it goes to others; the caller saves the order."""
    lines = PartLine.objects.of(ctx).filter(order_id=order.id)
    if not lines.exists():
        return
    _release(ctx, lines)
    keep_in_step(ctx, order)


def _release(ctx: Context, lines: Iterable[PartLine]) -> None:
    for line in lines:
        if line.reserved or line.short:
            reservation.release(ctx, PartLine.kind, line.id)
