"""Instants that mean the time of day where a row's asset stands."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from trunnion.assets.queries.dials import zones_of
from trunnion.kernel.context import Context

from .index import Plan

if TYPE_CHECKING:
    from .judge import Judged


def tell(ctx: Context, plan: Plan, judged: Sequence["Judged"]) -> None:
    """Reads instants once more, in the zone of the asset's site."""
    for name, reading in plan.readings.items():
        by = reading.field.zone_of
        rows = [row for row in judged if row.values.get(name) and isinstance(row.values.get(by), UUID)]
        if not by or not rows:
            continue
        zones = zones_of(ctx, {row.values[by] for row in rows})
        for row in rows:
            local = replace(reading, zone=zones.get(row.values[by], reading.zone))
            row.values[name] = local.value(plan.cell(name, row.row.cells))
