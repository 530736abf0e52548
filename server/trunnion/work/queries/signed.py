"""What a person signs who signs an order: what was asked, what was done, how long it took, what had failed."""

from typing import Any
from uuid import UUID

from django.db.models import Sum

from trunnion.attach.queries import signs
from trunnion.kernel.context import Context
from trunnion.kernel.policies import get
from trunnion.work.models import Failure, LabourEntry, Order, Task

_SAID = ("title", "result", "note", "value")


def content(ctx: Context, order_id: UUID) -> dict[str, Any]:
    """The facts under a signature; a later change of any of them shows that the signature no longer holds."""
    order = get(ctx, Order, order_id)
    tasks = Task.objects.of(ctx).filter(order_id=order.id).order_by("position", "id")
    labour = LabourEntry.objects.of(ctx).filter(order_id=order.id).order_by().values("labour_kind")
    failures = Failure.objects.of(ctx).filter(order_id=order.id).order_by("id")
    return {
        "number": order.number, "title": order.title, "description": order.description, "asset_id": order.asset_id,
        "remedy": order.remedy, "started_at": order.started_at, "ended_at": order.ended_at,
        # What was signed before checks had values says nothing of them.
        "tasks": [[*said, value] if value else said for *said, value in tasks.values_list(*_SAID)],
        "minutes": dict(labour.annotate(sum=Sum("minutes")).order_by("labour_kind").values_list("labour_kind", "sum")),
        "failures": [list(f) for f in failures.values_list("mode__code", "mechanism__code", "cause__code", "part")],
    }  # fmt: skip


signs(Order.kind, content)
