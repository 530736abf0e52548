"""Verbs that let an order follow a procedure: its version is frozen, and its steps become the order's checks."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from trunnion.assets.queries import meters_named
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about, emit
from trunnion.knowledge.procedures.queries import get_frozen
from trunnion.knowledge.procedures.types.cards import FrozenProcedure
from trunnion.knowledge.procedures.types.questions import Asks
from trunnion.knowledge.procedures.types.steps import Step
from trunnion.work.checks import packed_conditions
from trunnion.work.events import ProcedureAttached, ProcedureDetached
from trunnion.work.models import Order, OrderProcedure, Task
from trunnion.work.queries.lines import MOST_CHECKS
from trunnion.work.states import OPEN
from trunnion.work.types import OrderDone

from .step import done, require_state, take_bookable
from .task import last_position


@command("work.order_procedure.attach")
def attach(ctx: Context, order_id: UUID, procedure_id: UUID) -> OrderDone:
    """Freezes the version in force into an order: its steps become checks behind those that the order has."""
    order = take_bookable(ctx, order_id, "order_procedure.attach", OPEN)
    frozen = get_frozen(ctx, procedure_id)
    if OrderProcedure.objects.of(ctx).filter(order_id=order.id, procedure_id=frozen.id).exists():
        raise Invalid.field("/procedure_id", "order.procedure_twice", number=frozen.number)
    held = Task.objects.of(ctx).filter(order_id=order.id).count()
    if held + sum(step.repeats for step in frozen.steps) > MOST_CHECKS:
        raise Invalid.field("/procedure_id", "procedure.too_many", most=MOST_CHECKS)
    row = OrderProcedure(
        order=order, procedure_id=frozen.id, followed_id=frozen.version_id, number=frozen.number, name=frozen.name,
        no=frozen.no, attached_at=clock.now(), attached_by_name=ctx.actor_name,
    )  # fmt: skip
    row.save()
    Task.objects.bulk_create(_tasks(ctx, order, row, frozen))
    emit(ProcedureAttached(order_id=order.id, procedure_id=frozen.id, number=frozen.number, no=frozen.no))
    return done(order)


@command("work.order_procedure.detach")
def detach(ctx: Context, order_procedure_id: UUID) -> OrderDone:
    """Takes a procedure off an order with its checks, as long as none of them was answered."""
    row = take(ctx, OrderProcedure, order_procedure_id)
    about(Order.kind, row.order_id)
    order = take(ctx, Order, row.order_id)
    require_state(order, "order_procedure.detach", OPEN)
    tasks = list(Task.objects.of(ctx).filter(procedure_id=row.id))
    if any(task.result for task in tasks):
        raise Refusal("order.procedure_answered", number=row.number)
    for task in tasks:
        task.delete()
    row.delete()
    emit(ProcedureDetached(order_id=order.id, procedure_id=row.procedure_id))
    return done(order)


def _tasks(ctx: Context, order: Order, row: OrderProcedure, frozen: FrozenProcedure) -> Iterator[Task]:
    names = {step.meter for step in frozen.steps if step.meter}
    meters = meters_named(ctx, order.asset_id, names) if order.asset_id else {}
    position = last_position(ctx, order)
    for step in frozen.steps:
        meter = meters.get(step.meter.casefold())
        # The dial's own unit counts where the step names none.
        asked = replace(step, unit=step.unit or meter.unit) if meter else step
        for repeat in range(1, step.repeats + 1):
            position += 1
            yield _task(order, row, asked, position, repeat, meter.id if meter else None)


def _task(
    order: Order, row: OrderProcedure, step: Step, position: int, repeat: int, meter_id: UUID | None
) -> Task:
    # What is to be read from a meter that the asset does not have is a number to be typed.
    asks = Asks.NUMBER if step.asks == Asks.METER and meter_id is None else step.asks
    return Task(
        order=order, procedure=row, position=position, title=step.title, instruction=step.instruction, asks=asks,
        unit=step.unit, low=step.low, high=step.high, choices=list(step.choices), step_key=step.key,
        section=step.section, requirement=step.requirement, repeat=repeat if step.repeats > 1 else 0,
        when=packed_conditions(step.when), file_id=step.file_id, meter_id=meter_id,
    )  # fmt: skip
