"""Tables of work, by noun; Django finds them here."""

from .course import Confirmation, Downtime, FollowUp, WaitInterval, Whereabouts
from .limit import BoardLimit
from .lines import Failure, LabourEntry, LabourTimer, Task
from .order import Order, OrderCrew
from .parts import PartLine
from .procedure import OrderProcedure

__all__ = [
    "BoardLimit",
    "Confirmation",
    "Downtime",
    "Failure",
    "FollowUp",
    "LabourEntry",
    "LabourTimer",
    "Order",
    "OrderCrew",
    "OrderProcedure",
    "PartLine",
    "Task",
    "WaitInterval",
    "Whereabouts",
]
