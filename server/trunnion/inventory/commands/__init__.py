"""The verbs of inventory, by noun."""

from . import batch, bins, movement, period, reservation, shortage, stock, store, use

__all__ = ["batch", "bins", "movement", "period", "reservation", "shortage", "stock", "store", "use"]
