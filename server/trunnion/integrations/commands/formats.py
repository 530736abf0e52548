"""Verbs that write the register in the words of other programs, each as a job."""

from enum import StrEnum

from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.jobs import enqueue
from trunnion.kernel.listing.exports import Queued

TASK = "integrations.format.export"


class HaystackFormat(StrEnum):
    """How a grid is written."""

    JSON = "json"
    ZINC = "zinc"


@command("integrations.geojson.export")
def export_geojson(ctx: Context) -> Queued:
    """Queues all places and assets as GeoJSON."""
    return Queued(enqueue(ctx, TASK, format="geojson"))


@command("integrations.haystack.export")
def export_haystack(ctx: Context, format: HaystackFormat = HaystackFormat.JSON) -> Queued:
    """Queues sites, spaces, equipment and points as a Project Haystack grid."""
    return Queued(enqueue(ctx, TASK, format=f"haystack.{format}"))


@command("integrations.brick.export")
def export_brick(ctx: Context) -> Queued:
    """Queues sites, spaces, equipment and points as a Brick model."""
    return Queued(enqueue(ctx, TASK, format="brick"))
