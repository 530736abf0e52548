"""Tables of inventory."""

from .demand import Reservation, Shortage
from .ledger import Balance, Consumption, Lot, Movement, SerialUnit, Stock
from .places import Bin, Period, Store

__all__ = [
    "Balance", "Bin", "Consumption", "Lot", "Movement", "Period", "Reservation", "SerialUnit", "Shortage", "Stock",
    "Store",
]  # fmt: skip
