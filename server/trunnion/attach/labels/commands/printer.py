"""Verbs on printers: where one prints too far left or too high is said once and kept by its name."""

from decimal import Decimal
from uuid import UUID

from trunnion.attach.labels.models import LabelPrinter
from trunnion.attach.labels.types import Offset
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.inputs import Name
from trunnion.kernel.policies import take

from .naming import check_free


@command("attach.label_printer.create")
def create(
    ctx: Context, name: Name, offset_x_mm: Offset = Decimal(0), offset_y_mm: Offset = Decimal(0)
) -> Done:
    """Adds a printer with its offset: how far everything must move right and down."""
    check_free(ctx, LabelPrinter, name)
    row = LabelPrinter(name=name, offset_x_mm=offset_x_mm, offset_y_mm=offset_y_mm)
    row.save()
    return Done(row.id, row.version)


@command("attach.label_printer.edit")
def edit(
    ctx: Context, printer_id: UUID, name: Name = UNSET, offset_x_mm: Offset = UNSET, offset_y_mm: Offset = UNSET
) -> Done:  # fmt: skip
    """Renames a printer or corrects its offset."""
    row = take(ctx, LabelPrinter, printer_id)
    if name is not UNSET:
        check_free(ctx, LabelPrinter, name, row.id)
    for field, value in given(name=name, offset_x_mm=offset_x_mm, offset_y_mm=offset_y_mm).items():
        setattr(row, field, value)
    row.save()
    return Done(row.id, row.version)


@command("attach.label_printer.remove")
def remove(ctx: Context, printer_id: UUID) -> None:
    """Removes a printer; prints keep the offset that they were made with."""
    take(ctx, LabelPrinter, printer_id).delete()
