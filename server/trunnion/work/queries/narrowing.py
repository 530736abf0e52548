"""Custom fields of orders can be kept for kinds of order, or for orders on classes of equipment, only."""

from trunnion.attach.queries import Narrowing, narrows
from trunnion.work.models import Order
from trunnion.work.types import OrderKind

narrows(Order.kind, Narrowing("order_kind", ("work_kind",), choices=OrderKind))
narrows(
    Order.kind,
    Narrowing("equipment_class", ("asset", "model", "equipment_class"), refers_to="catalog.equipment_class"),
)
