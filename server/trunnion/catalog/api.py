"""Routes of catalog."""

from trunnion.kernel.web.routes import Room

from . import duplicates, listings, queries
from .commands import (
    alias,
    alternate,
    equipment_class,
    item,
    item_unit,
    merging,
    model,
    spare,
    supersession,
    supplier,
)

room = Room("catalog")

room.detail("/units", queries.get_units, "catalog.item.read")
room.listing("/equipment_classes", listings.CLASSES)
room.verb("/equipment_classes/create", equipment_class.create)
room.verb("/equipment_classes/seed", equipment_class.seed)
room.detail(
    "/equipment_classes/{class_id}", queries.get_class, "catalog.equipment_class.read", has_history=True
)
room.edit("/equipment_classes/{class_id}", equipment_class.edit)
room.listing("/items", listings.ITEMS)
room.verb("/items/create", item.create)
room.verb("/items/ensure_many", item.ensure_many)
room.detail("/items/duplicates", duplicates.list_pairs, "catalog.item.read")
room.detail("/items/{item_id}/merge_preview", duplicates.preview, "catalog.item.read")
room.verb("/items/{item_id}/merge", merging.merge)
room.verb("/items/{item_id}/unmerge", merging.unmerge)
room.detail("/items/{item_id}", queries.get_item, "catalog.item.read", has_history=True)
room.edit("/items/{item_id}", item.edit)
room.verb("/items/{item_id}/archive", item.archive)
room.verb("/items/{item_id}/restore", item.restore)
room.verb("/aliases/add", alias.add)
room.verb("/aliases/{alias_id}/remove", alias.remove)
room.verb("/alternates/add", alternate.add)
room.verb("/alternates/{alternate_id}/remove", alternate.remove)
room.verb("/supersessions/set", supersession.set_)
room.verb("/supersessions/{supersession_id}/remove", supersession.remove)
room.listing("/item_units", listings.ITEM_UNITS)
room.verb("/item_units/add", item_unit.add)
room.verb("/item_units/ensure_many", item_unit.ensure_many)
room.edit("/item_units/{item_unit_id}", item_unit.edit)
room.verb("/item_units/{item_unit_id}/remove", item_unit.remove)
room.listing("/item_suppliers", listings.ITEM_SUPPLIERS)
room.verb("/suppliers/add", supplier.add)
room.verb("/suppliers/ensure_many", supplier.ensure_many)
room.edit("/suppliers/{supplier_id}", supplier.edit)
room.verb("/suppliers/{supplier_id}/remove", supplier.remove)
room.listing("/models", listings.MODELS)
room.verb("/models/create", model.create)
room.verb("/models/ensure_many", model.ensure_many)
room.detail("/models/duplicates", duplicates.list_model_pairs, "catalog.model.read")
room.detail("/models/{model_id}/merge_preview", duplicates.preview_models, "catalog.model.read")
room.verb("/models/{model_id}/merge", merging.merge_model)
room.verb("/models/{model_id}/unmerge", merging.unmerge_model)
room.detail("/models/{model_id}", queries.get_model, "catalog.model.read", has_history=True)
room.edit("/models/{model_id}", model.edit)
room.verb("/models/{model_id}/archive", model.archive)
room.verb("/models/{model_id}/restore", model.restore)
room.listing("/spares", listings.SPARES)
room.verb("/spares/add", spare.add)
room.verb("/spares/ensure_many", spare.ensure_many)
room.edit("/spares/{spare_id}", spare.edit)
room.verb("/spares/{spare_id}/remove", spare.remove)
