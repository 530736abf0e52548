"""The playground as a Django application; its tables are made without migrations."""

from trunnion.kernel.apps import RoomConfig


class Config(RoomConfig):
    """Loads the room."""

    name = "trunnion.kernel.tests.playground"
    label = "playground"
