"""The automation room as a Django application."""

from trunnion.kernel.apps import RoomConfig


class Config(RoomConfig):
    """Loads the room."""

    name = "trunnion.automation"
    label = "automation"
    inner = ("notices",)
