"""The integrations room as a Django application."""

from trunnion.kernel.apps import RoomConfig


class Config(RoomConfig):
    """Files and outside systems: what comes in, what goes out."""

    name = "trunnion.integrations"
    label = "integrations"
    inner = ("moving", "safekeeping")
