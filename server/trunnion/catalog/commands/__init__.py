"""The verbs of catalog, by noun."""

from . import alias, alternate, equipment_class, item, model, spare, supplier

__all__ = ["alias", "alternate", "equipment_class", "item", "model", "spare", "supplier"]
