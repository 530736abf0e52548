"""The inventory room as a Django application."""

from trunnion.kernel.apps import RoomConfig


class Config(RoomConfig):
    """Loads the room."""

    name = "trunnion.inventory"
    label = "inventory"
    inner = ("demand", "purchasing")
