"""Facts of catalog."""

from datetime import date
from uuid import UUID

from trunnion.kernel.events import Event


class ItemCreated(Event, name="catalog.item.created"):
    """An item entered the catalogue."""

    item_id: UUID
    code: str
    name: str


class ItemMerged(Event, name="catalog.item.merged"):
    """Two items turned out to be one."""

    item_id: UUID
    into_id: UUID


class ItemUnmerged(Event, name="catalog.item.unmerged"):
    """Two items that were taken for one are two again."""

    item_id: UUID
    from_id: UUID | None


class ItemSuperseded(Event, name="catalog.item.superseded"):
    """Another item takes an item's place from a day on."""

    item_id: UUID
    successor_id: UUID
    from_on: date


class ItemArchived(Event, name="catalog.item.archived"):
    """An item is no longer chosen for new things."""

    item_id: UUID


class ModelCreated(Event, name="catalog.model.created"):
    """An equipment model entered the catalogue."""

    model_id: UUID
    item_id: UUID
    code: str
    name: str


class ModelMerged(Event, name="catalog.model.merged"):
    """Two models turned out to be one."""

    model_id: UUID
    into_id: UUID


class ModelUnmerged(Event, name="catalog.model.unmerged"):
    """Two models that were taken for one are two again."""

    model_id: UUID
    from_id: UUID | None


class ModelArchived(Event, name="catalog.model.archived"):
    """An equipment model is no longer chosen for new things."""

    model_id: UUID


class SparesChanged(Event, name="catalog.spare.changed"):
    """A model's spare list is another one now."""

    model_id: UUID
