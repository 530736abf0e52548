"""The procedures that an order follows."""

from django.db import models

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import Row


class OrderProcedure(Row):
    """A version of a procedure as an order has it: its steps became the order's checks, and stay as they were."""

    kind = "work.order_procedure"
    read_by = "work.order.read"

    order = reference("work.Order", db_index=False)
    procedure = reference("knowledge.Procedure", db_index=False)
    followed = reference("knowledge.ProcedureVersion", db_index=False)
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    no = models.PositiveIntegerField()
    attached_at = models.DateTimeField()
    attached_by_name = models.CharField(max_length=200, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "order", "procedure"], name="order_procedure_once"
            )
        ]
