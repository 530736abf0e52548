"""The attach room as a Django application."""

from trunnion.kernel.apps import RoomConfig


class Config(RoomConfig):
    """Loads the room."""

    name = "trunnion.attach"
    label = "attach"
    inner = ("labels",)
