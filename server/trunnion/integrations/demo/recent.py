"""The last weeks of a demo and today, by the verbs of the people: what is over, and what stands in every state."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from trunnion.attach.commands import comment
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.work.commands import failure
from trunnion.work.commands.order import closing, desk, field, intake, triage
from trunnion.work.types import OrderKind, Priority, WaitReason

from .ground import Stage
from .jobs import Job, engineers
from .plan import Thing

PRIORITIES = [Priority.LOW, Priority.NORMAL, Priority.NORMAL, Priority.HIGH, Priority.URGENT]
# How many orders stand where today; each word is how far it got.
TODAY = {
    "draft": 1, "requested": 8, "approved": 6, "planned": 6, "dispatched": 6, "accepted": 5, "travelling": 3, "on_site": 3,
    "in_progress": 6, "waiting": 4, "completed": 3, "confirmed": 1, "closed": 1, "cancelled": 2, "rejected": 1, "merged": 1,
}  # fmt: skip
REASONS = [WaitReason.PARTS, WaitReason.PARTS, WaitReason.ACCESS, WaitReason.VENDOR]


def tell(stage: Stage, jobs: Sequence[Job], told: Callable[[str], None]) -> None:
    """What is over, step by step, at the times when it was."""
    for count, job in enumerate(jobs, 1):
        _finished(stage, job)
        if count % 20 == 0:
            told(f"  last orders 近期工单: {count} / {len(jobs)}")


def _finished(stage: Stage, job: Job) -> None:
    engineer, fault = stage.people[job.engineer], job.fault
    # Whoever mends it writes the order: nobody can be sent in the past.
    made = intake.create(
        engineer, title=job.title, asset_id=stage.assets[job.thing], symptom=fault.text if fault else "",
        priority=job.priority, kind=job.kind, is_stopped=job.is_stopped, reporter_name=job.reporter,
        reported_at=job.reported_at,
    )  # fmt: skip
    field.start(engineer, made.id, at=job.started_at)
    if job.waits_for is not None:
        begun = job.started_at + timedelta(minutes=min(20, job.minutes // 2))
        field.wait(engineer, made.id, reason=job.waits_for, at=begun)
        field.resume(engineer, made.id, at=begun + timedelta(minutes=job.waited_minutes))
    if fault:
        failure.record(
            engineer,
            made.id,
            mode=fault.mode,
            detected_at=job.reported_at,
            restored_at=job.ended_at,
            part=fault.part or None,
        )
    remedy = fault.remedy if fault else f"{job.title}: in order 正常"
    field.complete(engineer, made.id, remedy=remedy, work_minutes=job.minutes, at=job.ended_at)
    now = clock.now()
    confirmed = min(job.ended_at + timedelta(minutes=90), now)
    closing.confirm(stage.desk, made.id, signer_name=job.reporter, at=confirmed)
    closing.close(stage.owner, made.id, at=min(confirmed + timedelta(hours=5), now))


def today(stage: Stage, states: dict[str, int], dice: random.Random, told: Callable[[str], None]) -> None:
    """Orders of these days, each taken as far as its word says."""
    things = [t for t in stage.plan.things if t.kind.faults and t.state == "in_service"]
    for reached, usual in states.items():
        for _ in range(usual * stage.plan.size.today):
            _under_way(stage, dice.choice(things), reached, dice)
    told(f"  orders of today 当前工单: {sum(states.values()) * stage.plan.size.today}")


def _under_way(stage: Stage, thing: Thing, reached: str, dice: random.Random) -> None:
    chief, fault = stage.desk, dice.choice(thing.kind.faults)
    at = clock.now() - timedelta(minutes=dice.randrange(30, 2800))
    made = intake.create(
        chief, title=fault.text, asset_id=stage.assets[thing.index], symptom=fault.text,
        priority=dice.choice(PRIORITIES), kind=OrderKind.CORRECTIVE, is_stopped=reached == "in_progress",
        reporter_name=dice.choice(stage.plan.trade.reporters), reported_at=at, as_draft=reached == "draft",
        team_id=stage.teams.get(thing.kind.team),
    )  # fmt: skip
    if dice.random() < 0.3:
        comment.add(
            chief, kind="work.order", row_id=made.id, text="Please call before you come. 到场前请先打电话。"
        )
    if reached in ("draft", "requested"):
        return
    if reached in ("cancelled", "rejected"):
        end = closing.cancel if reached == "cancelled" else intake.reject
        end(chief, made.id, reason="Mended itself 自行恢复")
    elif reached == "merged":
        twin = intake.create(chief, title=fault.text, asset_id=stage.assets[thing.index], symptom=fault.text)
        triage.merge(chief, twin.id, into_id=made.id)
    elif reached in ("approved", "planned"):
        _prepare(stage, made.id, reached, dice)
    else:
        send(stage, made.id, thing, reached, dice)


def _prepare(stage: Stage, order_id: UUID, reached: str, dice: random.Random) -> None:
    intake.approve(stage.desk, order_id)
    if reached == "planned":
        begin: datetime = clock.now() + timedelta(hours=dice.randrange(12, 90))
        desk.plan(
            stage.desk, order_id, planned_from_at=begin, planned_until_at=begin + timedelta(hours=2),
            resource_id=stage.resources[_engineer(stage, dice)],
        )  # fmt: skip


def send(stage: Stage, order_id: UUID, thing: Thing, reached: str, dice: random.Random) -> None:
    """Sends somebody, and lets them go as far as the word says."""
    login = _engineer(stage, dice)
    engineer = stage.people[login]
    desk.dispatch(stage.desk, order_id, resource_id=stage.resources[login])
    for verb, state in (
        (field.accept, "accepted"), (field.depart, "travelling"), (field.arrive, "on_site"), (field.start, "in_progress"),
    ):  # fmt: skip
        if reached == "dispatched":
            return
        verb(engineer, order_id)
        if reached == state:
            return
    if reached == "waiting":
        field.wait(engineer, order_id, reason=dice.choice(REASONS), remark="Promised for tomorrow 预计明天")
        return
    _complete(stage, engineer, order_id, thing, reached, dice)


def _complete(
    stage: Stage, engineer: Context, order_id: UUID, thing: Thing, reached: str, dice: random.Random
) -> None:
    fault, now = dice.choice(thing.kind.faults), clock.now()
    failure.record(engineer, order_id, mode=fault.mode, detected_at=now, restored_at=now)
    field.complete(engineer, order_id, remedy=fault.remedy, work_minutes=25)
    if reached in ("confirmed", "closed"):
        closing.confirm(stage.desk, order_id, signer_name=stage.plan.trade.reporters[0])
    if reached == "closed":
        closing.close(stage.owner, order_id)


def _engineer(stage: Stage, dice: random.Random) -> str:
    return dice.choice(engineers(stage.plan)).login
