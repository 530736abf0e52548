"""The verbs of catalog, by noun."""

from . import alias, alternate, batch, equipment_class, item, merging, model, spare, supplier

__all__ = ["alias", "alternate", "batch", "equipment_class", "item", "merging", "model", "spare", "supplier"]
