"""The kernel as a Django application, and how a room is found: its files are loaded by name."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

# In this order, because handlers listen to events and lists lean on policies.
ROOM_FILES = ("events", "policies", "queries", "commands", "handlers", "tasks")


class KernelConfig(AppConfig):
    """Takes the walls down where a migration needs it, and installs them after every migrate."""

    name = "trunnion.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import bulk_undo, database, upkeep, walls  # noqa: F401  (they connect signals, register verbs and tasks)
        from .listing import exports  # noqa: F401  (registers its tasks)

        pre_migrate.connect(walls.take_down, sender=self, dispatch_uid="trunnion.walls")
        post_migrate.connect(walls.install, sender=self, dispatch_uid="trunnion.walls")


class RoomConfig(AppConfig):
    """The parent of every room's configuration: loads the files that register something.

    `inner` names the smaller rooms inside; their tables belong to this room, their files have the same names.
    """

    default_auto_field = "django.db.models.BigAutoField"
    inner: tuple[str, ...] = ()

    @property
    def places(self) -> list[str]:
        """The packages of the room and of the smaller rooms inside."""
        return [self.name, *(f"{self.name}.{name}" for name in self.inner)]

    def ready(self) -> None:
        from .policies import KINDS
        from .tables import Row

        for model in self.get_models():
            if issubclass(model, Row):
                KINDS[model.kind or model._meta.label_lower] = model
        for file in ROOM_FILES:
            for place in self.places:
                load(f"{place}.{file}")


def load(module: str) -> None:
    """Imports a module where it exists; a mistake inside it is not hidden."""
    if find_spec(module) is not None:
        import_module(module)
