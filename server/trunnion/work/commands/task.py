"""Verbs on tasks: the simple checks of an order."""

from typing import Annotated
from uuid import UUID

from django.db.models import Max
from pydantic import Field

from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.inputs import Name, Prose
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about, emit
from trunnion.work.events import TaskAnswered
from trunnion.work.models import Order, Task
from trunnion.work.states import OPEN
from trunnion.work.types import LineDone, OrderDone, TaskResult

from .step import done, line_done, require_state, take_bookable

Titles = Annotated[list[Name], Field(min_length=1, max_length=200)]


@command("work.task.add")
def add(ctx: Context, order_id: UUID, titles: Titles, instruction: Prose = "") -> OrderDone:
    """Adds checks to the end of an order's list."""
    order = take_bookable(ctx, order_id, "task.add", OPEN)
    append(ctx, order, titles, instruction)
    return done(order)


@command("work.task.answer")
def answer(ctx: Context, task_id: UUID, result: TaskResult, note: Prose = "") -> LineDone:
    """Says what came of a check; a second answer replaces the first, and the journal keeps both."""
    task = take(ctx, Task, task_id)
    about(Order.kind, task.order_id)
    order = take(ctx, Order, task.order_id)
    require_state(order, "task.answer", OPEN)
    task.result, task.note, task.answered_at = result, note, clock.now()
    task.answered_by_id, task.answered_by_name = ctx.actor_id, ctx.actor_name
    task.save()
    emit(TaskAnswered(task_id=task.id, order_id=order.id, result=result))
    return line_done(task)


@command("work.task.drop")
def drop(ctx: Context, task_id: UUID) -> OrderDone:
    """Takes a check off an order."""
    task = take(ctx, Task, task_id)
    about(Order.kind, task.order_id)
    order = take(ctx, Order, task.order_id)
    require_state(order, "task.drop", OPEN)
    task.delete()
    return done(order)


def append(ctx: Context, order: Order, titles: list[str], instruction: str = "") -> None:
    """Writes checks behind those that the order has."""
    if not titles:
        return
    last = Task.objects.of(ctx).filter(order_id=order.id).aggregate(last=Max("position"))["last"] or 0
    Task.objects.bulk_create(
        Task(order=order, position=last + n, title=title, instruction=instruction)
        for n, title in enumerate(titles, start=1)
    )
