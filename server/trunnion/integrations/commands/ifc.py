"""Verbs on IFC files: in, everything or nothing in one transaction, by the way of a building's workbook."""

from uuid import UUID

from trunnion.integrations.types import ImportDone
from trunnion.kernel.command import command
from trunnion.kernel.context import Context

from .cobie import carry_out


@command("integrations.ifc.apply")
def apply(ctx: Context, import_id: UUID) -> ImportDone:
    """Writes what stands in a building model, a batch for each kind of record; geometry is left out."""
    return carry_out(ctx, import_id)
