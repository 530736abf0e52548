"""Tables of inventory."""

# Django looks for a room's tables here; those of the smaller room stand in its own file.
from trunnion.inventory.purchasing.models import (
    PurchaseLine,
    PurchaseOrder,
    Receipt,
    ReceiptLine,
    ReplenishmentPolicy,
    SupplierTerm,
)

from .demand import Reservation, Shortage
from .ledger import Balance, Consumption, Lot, Movement, SerialUnit, Stock
from .places import Bin, Period, Store

__all__ = [
    "Balance", "Bin", "Consumption", "Lot", "Movement", "Period", "PurchaseLine", "PurchaseOrder", "Receipt",
    "ReceiptLine", "ReplenishmentPolicy", "Reservation", "SerialUnit", "Shortage", "Stock", "Store", "SupplierTerm",
]  # fmt: skip
