"""The knowledge room as a Django application."""

from trunnion.kernel.apps import RoomConfig


class Config(RoomConfig):
    """Loads the room."""

    name = "trunnion.knowledge"
    label = "knowledge"
    inner = ("procedures",)
