"""What happened in the demo: a year of work that is over, and what is under way today, by the verbs of the people."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from trunnion.attach.commands import comment
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.work.commands import failure
from trunnion.work.commands.order import closing, desk, field, intake
from trunnion.work.types import OrderKind, Priority, WaitReason
from trunnion.workforce.queries import resource_of_user

from .scenery import REPORTERS, Kind

FINISHED = 146
ENGINEERS = ("liwei", "sun", "mueller")
PRIORITIES = [Priority.LOW, Priority.NORMAL, Priority.NORMAL, Priority.HIGH, Priority.URGENT]
# How many orders stand where today; each word is how far it got.
TODAY = {
    "requested": 9, "approved": 6, "planned": 6, "dispatched": 6, "accepted": 5, "travelling": 3, "on_site": 3,
    "in_progress": 6, "waiting": 4, "completed": 3, "cancelled": 2, "rejected": 1,
}  # fmt: skip


class Machine(Protocol):
    """A machine that something happens to."""

    @property
    def asset_id(self) -> UUID: ...
    @property
    def kind(self) -> Kind: ...


def play(owner: Context, people: dict[str, Context], machines: Sequence[Machine], dice: random.Random) -> int:
    """Lets a year pass; returns how many orders it made."""
    now = clock.now()
    days = sorted(dice.uniform(2, 360) for _ in range(FINISHED))
    for before in reversed(days):
        _finished(
            owner, people[dice.choice(ENGINEERS)], dice.choice(machines), now - timedelta(days=before), dice
        )
    for reached, count in TODAY.items():
        for _ in range(count):
            _under_way(people, dice.choice(machines), reached, dice)
    return FINISHED + sum(TODAY.values())


def _reported(ctx: Context, machine: Machine, at: datetime, dice: random.Random) -> tuple[UUID, str]:
    text, mode = dice.choice(machine.kind.faults)
    made = intake.create(
        ctx, title=text, asset_id=machine.asset_id, symptom=text, priority=dice.choice(PRIORITIES),
        kind=OrderKind.CORRECTIVE, is_stopped=False, reporter_name=dice.choice(REPORTERS), reported_at=at,
    )  # fmt: skip
    return made.id, mode


def _finished(owner: Context, engineer: Context, machine: Machine, at: datetime, dice: random.Random) -> None:
    """Somebody saw it, mended it and closed it, at the times when that was."""
    order_id, mode = _reported(engineer, machine, at, dice)
    begun = at + timedelta(minutes=dice.randrange(10, 600))
    field.start(engineer, order_id, at=begun)
    minutes = dice.randrange(15, 240)
    ended = begun + timedelta(minutes=minutes + dice.randrange(5, 90))
    if dice.random() < 0.2:
        field.wait(engineer, order_id, reason=dice.choice(list(WaitReason)), at=begun + timedelta(minutes=5))
        field.resume(engineer, order_id, at=begun + timedelta(minutes=60))
        ended += timedelta(minutes=60)
    _failed(engineer, order_id, mode, at, ended)
    field.complete(engineer, order_id, remedy=machine.kind.remedy, work_minutes=minutes, at=ended)
    confirmed = ended + timedelta(minutes=dice.randrange(5, 300))
    closing.confirm(engineer, order_id, signer_name=dice.choice(REPORTERS), at=confirmed)
    closing.close(owner, order_id, at=confirmed + timedelta(hours=dice.randrange(1, 20)))


def _failed(engineer: Context, order_id: UUID, mode: str, at: datetime, ended: datetime) -> None:
    try:
        failure.record(engineer, order_id, mode=mode, detected_at=at, restored_at=ended)
    except Refusal:
        # A mode that does not fit the class is said honestly to be unknown.
        failure.record(engineer, order_id, mode="UNK", detected_at=at, restored_at=ended)


def _under_way(people: dict[str, Context], machine: Machine, reached: str, dice: random.Random) -> None:
    """An order of these days, taken as far as its word says."""
    chief, engineer = people["chen"], people[dice.choice(ENGINEERS)]
    at = clock.now() - timedelta(minutes=dice.randrange(30, 2800))
    order_id, mode = _reported(chief, machine, at, dice)
    if dice.random() < 0.4:
        comment.add(
            chief, kind="work.order", row_id=order_id, text="Please call before you come. 到场前请先打电话。"
        )
    if reached in ("cancelled", "rejected"):
        end = closing.cancel if reached == "cancelled" else intake.reject
        end(chief, order_id, reason="Mended itself 自行恢复")
        return
    if reached in ("approved", "planned"):
        intake.approve(chief, order_id)
    if reached == "planned":
        begin = clock.now() + timedelta(hours=dice.randrange(12, 90))
        desk.plan(chief, order_id, planned_from_at=begin, planned_until_at=begin + timedelta(hours=2))
    if reached not in ("requested", "approved", "planned"):
        _sent(chief, engineer, machine, order_id, mode, reached)


def _sent(
    chief: Context, engineer: Context, machine: Machine, order_id: UUID, mode: str, reached: str
) -> None:
    resource = resource_of_user(engineer, engineer.person_id)
    desk.dispatch(chief, order_id, resource_id=resource.id if resource else None)
    for verb, state in (
        (field.accept, "accepted"), (field.depart, "travelling"), (field.arrive, "on_site"), (field.start, "in_progress"),
    ):  # fmt: skip
        if reached == "dispatched":
            return
        verb(engineer, order_id)
        if reached == state:
            return
    if reached == "waiting":
        field.wait(engineer, order_id, reason=WaitReason.PARTS, remark="Ordered today 今日已订购")
        return
    now = clock.now()
    _failed(engineer, order_id, mode, now, now)
    field.complete(engineer, order_id, remedy=machine.kind.remedy, work_minutes=25)
