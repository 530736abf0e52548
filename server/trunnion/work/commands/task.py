"""Verbs on tasks: the simple checks of an order."""

from typing import Annotated, Any
from uuid import UUID

from django.db.models import Max
from pydantic import Field

from trunnion.attach.commands import file, signature
from trunnion.attach.types import FileRole, Meaning
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context, Everything
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Line, Name, Prose, SignedAmount
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about, emit
from trunnion.work import rules
from trunnion.work.events import TaskAnswered
from trunnion.work.models import Order, Task
from trunnion.work.states import OPEN
from trunnion.work.types import Asks, LineDone, OrderDone, TaskResult

from .step import done, line_done, require_state, take_bookable

Titles = Annotated[list[Name], Field(min_length=1, max_length=200)]
Unit = Annotated[Line, Field(max_length=20)]
Value = Annotated[Line, Field(max_length=500)]
Choices = Annotated[list[Annotated[Line, Field(min_length=1, max_length=100)]], Field(max_length=30)]
Picture = Annotated[str, Field(max_length=1_400_000)]
PUTTING = frozenset({"attach.file.link", "attach.signature.sign"})


@command("work.task.add")
def add(
    ctx: Context, order_id: UUID, titles: Titles, instruction: Prose = "", asks: Asks = Asks.CHECK, unit: Unit = "",
    low: SignedAmount | None = None, high: SignedAmount | None = None, choices: Choices = [],  # noqa: B006
) -> OrderDone:  # fmt: skip
    """Adds checks to the end of an order's list; what they ask for and what is right holds for all of them."""
    order = take_bookable(ctx, order_id, "task.add", OPEN)
    rules.check_asked(asks, unit, low, high, choices)
    append(
        ctx, order, titles, instruction=instruction, asks=asks, unit=unit, low=low, high=high,
        choices=list(dict.fromkeys(choices)),
    )  # fmt: skip
    return done(order)


@command("work.task.answer", secret=("signature_png_base64",))
def answer(
    ctx: Context, task_id: UUID, result: TaskResult | None = None, note: Prose = "", value: Value = "",
    file_id: UUID | None = None, signature_png_base64: Picture = "",
) -> LineDone:  # fmt: skip
    """Says what came of a check; a second answer replaces the first, and the journal keeps both.

    A check of a kind that has a value is judged by it; `result` may say that it did not apply, or is worth a look.
    """
    task = take(ctx, Task, task_id)
    about(Order.kind, task.order_id)
    order = take(ctx, Order, task.order_id)
    require_state(order, "task.answer", OPEN)
    if result == TaskResult.SKIPPED:
        task.value, task.result = "", result
    else:
        task.value = _value(ctx, task, value, file_id, signature_png_base64)
        task.result = _result(task, result)
    task.note, task.answered_at = note, clock.now()
    task.answered_by_id, task.answered_by_name = ctx.actor_id, ctx.actor_name
    task.save()
    emit(TaskAnswered(task_id=task.id, order_id=order.id, result=TaskResult(task.result)))
    return line_done(task)


def _value(ctx: Context, task: Task, value: str, file_id: UUID | None, strokes: str) -> str:
    """What is kept of an answer; a picture goes to the order."""
    if task.asks in (Asks.CHECK, Asks.TICK):
        if value:
            raise Invalid.field("/value", "task.no_value")
        return ""
    if task.asks == Asks.PHOTO:
        if file_id is None:
            raise Invalid.field("/file_id", "field.missing")
        file.link(_hanging(ctx), file_id, kind=Order.kind, row_id=task.order_id, role=FileRole.AFTER)
        return str(file_id)
    if task.asks == Asks.SIGNATURE:
        if not value:
            raise Invalid.field("/value", "field.missing")
        if not strokes:
            raise Invalid.field("/signature_png_base64", "field.missing")
        signature.sign(
            _hanging(ctx), kind=Order.kind, row_id=task.order_id, signer_name=value, meaning=Meaning.WITNESSED,
            image_png_base64=strokes, remark=task.title,
        )  # fmt: skip
    return value


def _hanging(ctx: Context) -> Context:
    """Whoever may answer a check may put its picture to the order, and for nothing else."""
    return ctx if isinstance(ctx.grants, Everything) else ctx.with_(grants=ctx.grants | PUTTING)


def _result(task: Task, said: TaskResult | None) -> TaskResult:
    if task.asks == Asks.CHECK:
        if said is None:
            raise Invalid.field("/result", "field.missing")
        return said
    found = rules.judged(Asks(task.asks), task.value, task.low, task.high, task.choices)
    return TaskResult.FLAG if said == TaskResult.FLAG and found == TaskResult.PASS else found


@command("work.task.drop")
def drop(ctx: Context, task_id: UUID) -> OrderDone:
    """Takes a check off an order."""
    task = take(ctx, Task, task_id)
    about(Order.kind, task.order_id)
    order = take(ctx, Order, task.order_id)
    require_state(order, "task.drop", OPEN)
    task.delete()
    return done(order)


def append(ctx: Context, order: Order, titles: list[str], **asked: Any) -> None:
    """Writes checks behind those that the order has."""
    if not titles:
        return
    last = Task.objects.of(ctx).filter(order_id=order.id).aggregate(last=Max("position"))["last"] or 0
    Task.objects.bulk_create(
        Task(order=order, position=last + n, title=title, **asked) for n, title in enumerate(titles, start=1)
    )
