"""Verbs on tasks: the simple checks of an order."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Max
from pydantic import Field

from trunnion.assets.commands import reading
from trunnion.attach.commands import file, signature
from trunnion.attach.types import FileRole, Meaning
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context, Everything
from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.inputs import Line, Name, Prose, SignedAmount
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about, emit
from trunnion.knowledge.procedures.types.questions import MEASURED, Asks, Question, TaskResult, number_of
from trunnion.knowledge.procedures.types.steps import Requirement
from trunnion.work.events import TaskAnswered
from trunnion.work.models import Order, Task
from trunnion.work.states import OPEN
from trunnion.work.types import LineDone, OrderDone

from .step import done, line_done, require_state, take_bookable

Titles = Annotated[list[Name], Field(min_length=1, max_length=200)]
Unit = Annotated[Line, Field(max_length=20)]
Value = Annotated[Line, Field(max_length=500)]
Choices = Annotated[list[Annotated[Line, Field(min_length=1, max_length=100)]], Field(max_length=30)]
Picture = Annotated[str, Field(max_length=1_400_000)]
PUTTING = frozenset({"attach.file.link", "attach.signature.sign", "assets.reading.record"})


@command("work.task.add")
def add(
    ctx: Context, order_id: UUID, titles: Titles, instruction: Prose = "", asks: Asks = Asks.CHECK, unit: Unit = "",
    low: SignedAmount | None = None, high: SignedAmount | None = None, choices: Choices = [],  # noqa: B006
) -> OrderDone:  # fmt: skip
    """Adds checks to the end of an order's list; what they ask for and what is right holds for all of them."""
    order = take_bookable(ctx, order_id, "task.add", OPEN)
    amiss = list(Question(asks, unit, low, high, choices).amiss())
    if asks == Asks.METER:
        amiss.append(FieldError("/asks", "task.meter_of_procedures"))
    if amiss:
        raise Invalid("invalid_input", errors=amiss)
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
    if task.asks == Asks.READ:
        raise Invalid.field("/result", "task.nothing_asked")
    if result == TaskResult.SKIPPED:
        _check_skipping(task, note)
        task.value, task.result, task.number = "", result, None
    else:
        task.value = _value(ctx, task, value, file_id, signature_png_base64)
        task.result, task.number = _result(task, result), _number(task)
        if task.meter_id is not None and task.number is not None:
            reading.record(hanging(ctx), task.meter_id, value=task.number)
    task.note, task.answered_at = note, clock.now()
    task.answered_by_id, task.answered_by_name = ctx.actor_id, ctx.actor_name
    task.save()
    emit(TaskAnswered(task_id=task.id, order_id=order.id, result=TaskResult(task.result)))
    return line_done(task)


def _check_skipping(task: Task, note: str) -> None:
    """Some steps of a procedure may not be left out, or not without a reason."""
    if task.requirement == Requirement.MUST:
        raise Invalid.field("/result", "task.must_be_answered")
    if task.requirement == Requirement.REASON and not note:
        raise Invalid.field("/note", "task.reason_needed")


def _number(task: Task) -> Decimal | None:
    return number_of(task.value) if task.asks in MEASURED else None


def _value(ctx: Context, task: Task, value: str, file_id: UUID | None, strokes: str) -> str:
    """What is kept of an answer; a picture goes to the order."""
    if task.asks in (Asks.CHECK, Asks.TICK):
        if value:
            raise Invalid.field("/value", "task.no_value")
        return ""
    if task.asks == Asks.PHOTO:
        if file_id is None:
            raise Invalid.field("/file_id", "field.missing")
        file.link(hanging(ctx), file_id, kind=Order.kind, row_id=task.order_id, role=FileRole.AFTER)
        return str(file_id)
    if task.asks == Asks.SIGNATURE:
        if not value:
            raise Invalid.field("/value", "field.missing")
        if not strokes:
            raise Invalid.field("/signature_png_base64", "field.missing")
        signature.sign(
            hanging(ctx), kind=Order.kind, row_id=task.order_id, signer_name=value, meaning=Meaning.WITNESSED,
            image_png_base64=strokes, remark=task.title,
        )  # fmt: skip
    return value


def hanging(ctx: Context) -> Context:
    """Whoever may answer a check may put its picture to the order, and for nothing else."""
    return ctx if isinstance(ctx.grants, Everything) else ctx.with_(grants=ctx.grants | PUTTING)


def _result(task: Task, said: TaskResult | None) -> TaskResult:
    if task.asks == Asks.CHECK:
        if said is None:
            raise Invalid.field("/result", "field.missing")
        return said
    question = Question(Asks(task.asks), task.unit, task.low, task.high, task.choices)
    found = question.judged(task.value)
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
    last = last_position(ctx, order)
    Task.objects.bulk_create(
        Task(order=order, position=last + n, title=title, **asked) for n, title in enumerate(titles, start=1)
    )


def last_position(ctx: Context, order: Order) -> int:
    """The place of the last check in an order's list."""
    last: int | None = Task.objects.of(ctx).filter(order_id=order.id).aggregate(last=Max("position"))["last"]
    return last or 0
