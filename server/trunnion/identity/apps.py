"""The identity room as a Django application."""

from trunnion.kernel.apps import RoomConfig


class Config(RoomConfig):
    """Loads the room and tells the kernel how a person's context is made."""

    name = "trunnion.identity"
    label = "identity"
    inner = ("approvals", "factors", "invitations", "numbering", "personal", "views")

    def ready(self) -> None:
        super().ready()
        from trunnion.kernel.jobs import set_context_source

        from .factors import proving  # noqa: F401  (registers its verb)
        from .queries import context_of_member

        set_context_source(context_of_member)
