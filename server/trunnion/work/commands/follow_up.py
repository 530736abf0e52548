"""The verb that lets one order lead to another."""

from decimal import Decimal
from uuid import UUID

from trunnion.attach.commands import file
from trunnion.attach.types import FileRole
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Instant, Line, Name, Prose
from trunnion.kernel.unit import emit
from trunnion.kernel.words import say
from trunnion.knowledge.procedures.types.questions import Asks
from trunnion.work.events import OrderFollowedUp
from trunnion.work.models import FollowUp, Order, Task
from trunnion.work.states import BOOKABLE
from trunnion.work.types import OrderDone, OrderKind, OrderState, Priority, Source

from .order import create as create_order
from .step import facts, take_bookable
from .task import hanging

STATES = (*(s for s in BOOKABLE if s != OrderState.DRAFT), OrderState.CLOSED)


@command("work.follow_up.create")
def create(
    ctx: Context, order_id: UUID, title: Name, kind: OrderKind = OrderKind.CORRECTIVE,
    priority: Priority = Priority.NORMAL, description: Prose = "", reason: Line = "", due_at: Instant | None = None,
    task_id: UUID | None = None,
) -> OrderDone:  # fmt: skip
    """Requests another order for the same asset, place and customer, because of what was found on this one.

    With the check that it was found at, it carries what was seen there: value, limits, note and picture.
    """
    order = take_bookable(ctx, order_id, "follow_up.create", STATES)
    task = _task_of(ctx, order, task_id)
    if task is not None:
        description = description or seen_at(ctx, task)
    made = create_order(
        ctx, title=title, kind=kind, priority=priority, description=description, due_at=due_at,
        asset_id=order.asset_id, position_id=order.position_id, location_id=order.location_id,
        customer_id=order.customer_id, source=Source.FOLLOW_UP,
    )  # fmt: skip
    FollowUp(order=order, next_order_id=made.id, reason=reason, task=task).save()
    if task is not None and task.asks == Asks.PHOTO and task.value:
        file.link(hanging(ctx), UUID(task.value), kind=Order.kind, row_id=made.id, role=FileRole.BEFORE)
    emit(OrderFollowedUp(**facts(order, clock.now()), follow_up_id=made.id))
    return made


def _task_of(ctx: Context, order: Order, task_id: UUID | None) -> Task | None:
    if task_id is None:
        return None
    found: Task | None = Task.objects.of(ctx).filter(id=task_id, order_id=order.id).first()
    if found is None:
        raise Invalid.field("/task_id", "reference_unknown", kind=Task.kind)
    return found


def seen_at(ctx: Context, task: Task) -> str:
    """What was seen at a check, in the words of whoever asks."""
    value = "" if task.asks == Asks.PHOTO else " ".join(part for part in (task.value, task.unit) if part)
    lines = [f"{task.title}: {value}" if value else task.title]
    if task.low is not None or task.high is not None:
        limits = {"low": _shown(task.low), "high": _shown(task.high), "unit": task.unit}
        lines.append(say("work.limits", ctx.language, **limits))
    if task.note:
        lines.append(task.note)
    return "\n".join(lines)


def _shown(limit: Decimal | None) -> str:
    return "–" if limit is None else f"{limit.normalize():f}"
