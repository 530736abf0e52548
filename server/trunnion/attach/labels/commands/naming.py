"""Names of templates and printers: what is chosen from a list by its name is there once."""

from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid


def check_free(ctx: Context, model: Any, name: str, own_id: UUID | None = None) -> None:
    """Refuses a name that another one has; capitals do not tell two apart."""
    if model.objects.of(ctx).filter(name__iexact=name).exclude(id=own_id).exists():
        raise Invalid.field("/name", "label.name_taken", name=name)
