"""Makes items and models for the tests of this room and of those above."""

from typing import Any
from uuid import UUID

from trunnion.catalog.commands import item, model
from trunnion.catalog.queries import find_class
from trunnion.catalog.types import ClassCard
from trunnion.kernel.context import Context


def class_of(ctx: Context, code: str = "PU") -> ClassCard:
    """A shipped class, pumps unless said otherwise."""
    found = find_class(ctx, code)
    assert found is not None
    return found


def made_item(ctx: Context, name: str = "Deep groove ball bearing", **facts: Any) -> UUID:
    """The id of a new item, a spare unless said otherwise."""
    return item.create(ctx, name=name, **{"kind": "spare", **facts}).id


def made_model(ctx: Context, name: str = "NB 50-200", **facts: Any) -> UUID:
    """The id of a new equipment model."""
    return model.create(ctx, name=name, **facts).id
