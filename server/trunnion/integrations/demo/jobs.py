"""What happened to the machines of a plan: failures by their lives, services by their cycles, no database touched."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from trunnion.assets.types.kinds import AssetState
from trunnion.work.types import OrderKind, Priority, WaitReason

from . import chance
from .plan import Plan, Thing
from .types import Fault, Human

WAITING_SHARE = 0.14
REASONS = [WaitReason.PARTS] * 12 + [WaitReason.ACCESS] * 4 + [WaitReason.VENDOR] * 3 + [WaitReason.CUSTOMER]
# By priority: median minutes until somebody begins.
RESPONSE = {Priority.URGENT: 35, Priority.HIGH: 110, Priority.NORMAL: 420, Priority.LOW: 2200}
OUTSIDE_SHARE = 0.3
BY_NATURE = [OrderKind.INSPECTION, OrderKind.CALIBRATION, OrderKind.CLEANING]


@dataclass(frozen=True, slots=True)
class Job:
    """An order that is over: about which machine, when, by whom, why, at what cost."""

    thing: int
    kind: OrderKind
    title: str
    reported_at: datetime
    started_at: datetime
    ended_at: datetime
    minutes: int
    engineer: str
    reporter: str
    priority: Priority = Priority.NORMAL
    is_stopped: bool = False
    fault: Fault | None = None
    waits_for: WaitReason | None = None
    waited_minutes: int = 0
    cost_labour: Decimal = Decimal(0)
    cost_material: Decimal = Decimal(0)
    cost_service: Decimal = Decimal(0)


def engineers(plan: Plan) -> list[Human]:
    """Those who do the work in a demo of this size."""
    return [h for h in plan.trade.people if h.rate and (plan.size.column or not h.large)]


def jobs(plan: Plan, dice: random.Random) -> list[Job]:
    """Everything that is over, in the order of its reports."""
    found = [*_failures(plan, dice), *_services(plan, dice)]
    return sorted(found, key=lambda job: (job.reported_at, job.thing))


def _begin(plan: Plan) -> datetime:
    return plan.now - timedelta(days=plan.size.days)


def _running(plan: Plan) -> list[Thing]:
    return [t for t in plan.things if t.state == AssetState.IN_SERVICE]


def _since(plan: Plan, thing: Thing) -> datetime:
    """From when on something can have happened to it."""
    zone = ZoneInfo(plan.trade.zone)
    installed = datetime.combine(thing.installed_on + timedelta(days=2), time(8), zone)
    return max(_begin(plan).astimezone(zone), installed)


def _stretch(plan: Plan) -> float:
    """By how much all lives are stretched, so that about as many failures come about as the size asks for."""
    days = ((t, (plan.now - _since(plan, t)).total_seconds() / 86400) for t in _running(plan))
    expected = sum(max(0.0, d) * t.factor / chance.mean_life(*t.kind.life) for t, d in days if t.kind.faults)
    return max(0.05, expected / max(1, plan.size.corrective))


def _failures(plan: Plan, dice: random.Random) -> Iterator[Job]:
    stretch = _stretch(plan)
    last = plan.now - timedelta(days=1)
    for thing in _running(plan):
        if not thing.kind.faults:
            continue
        shape, scale = thing.kind.life
        scale *= stretch / thing.factor
        at = _since(plan, thing)
        # What has stood there for long is somewhere in the midst of its present life.
        days = chance.life(dice, shape, scale) * (dice.random() if at.date() > thing.installed_on else 1.0)
        while (at := chance.after(at, days, thing.kind.peak)) < last:
            job = _failure(plan, thing, at, dice)
            if job.ended_at >= last:
                break
            yield job
            at, days = job.ended_at + timedelta(days=1), chance.life(dice, shape, scale)


def _failure(plan: Plan, thing: Thing, at: datetime, dice: random.Random) -> Job:
    fault = thing.kind.faults[0] if thing.batch else dice.choice(thing.kind.faults)
    is_stopped = dice.random() < (0.55 if thing.kind.price > 50_000 else 0.25)
    ranks = (
        [Priority.HIGH, Priority.URGENT]
        if is_stopped
        else [Priority.LOW, *[Priority.NORMAL] * 4, Priority.HIGH]
    )
    priority = dice.choice(ranks)
    reported = max(at, chance.at_work(dice, at))
    started = reported + timedelta(minutes=chance.around(dice, RESPONSE[priority], 0.7, 5))
    minutes = int(chance.around(dice, *thing.kind.repair, 10))
    waits_for = dice.choice(REASONS) if dice.random() < WAITING_SHARE else None
    waited = int(chance.around(dice, 2400, 0.8, 60)) if waits_for else 0
    human = _who(plan, thing, dice)
    is_outside = thing.kind.outside and dice.random() < OUTSIDE_SHARE
    return Job(
        thing.index, OrderKind.CORRECTIVE, fault.text, reported, started,
        started + timedelta(minutes=minutes + waited), minutes, human.login, dice.choice(plan.trade.reporters),
        priority, is_stopped, fault, waits_for, waited, _labour(human, minutes),
        Decimal(fault.cost), Decimal(dice.randrange(300, 2400, 50)) if is_outside else Decimal(0),
    )  # fmt: skip


def _services(plan: Plan, dice: random.Random) -> Iterator[Job]:
    """Services on their cycle; what matters most is under a plan first, as far as the people go round."""
    left = plan.size.preventive
    for thing in sorted(_running(plan), key=lambda t: (t.criticality, dice.random())):
        cycle, usual = thing.kind.plan
        at = _since(plan, thing) + timedelta(days=dice.uniform(0, cycle))
        while left > 0 and at < plan.now - timedelta(days=2):
            yield _service(plan, thing, at, usual, dice)
            at += timedelta(days=cycle * dice.uniform(0.93, 1.08))
            left -= 1


def _service(plan: Plan, thing: Thing, at: datetime, usual: int, dice: random.Random) -> Job:
    reported = at.replace(hour=7, minute=dice.randrange(60), second=0, microsecond=0)
    started = reported + timedelta(minutes=dice.randrange(30, 480))
    minutes = int(chance.around(dice, usual, 0.25, 5))
    human = _who(plan, thing, dice)
    kind = dice.choice(BY_NATURE) if dice.random() < 0.1 else OrderKind.PREVENTIVE
    return Job(
        thing.index, kind, thing.kind.service, reported, started, started + timedelta(minutes=minutes), minutes,
        human.login, plan.trade.people[0].name, Priority.NORMAL, cost_labour=_labour(human, minutes),
    )  # fmt: skip


def _who(plan: Plan, thing: Thing, dice: random.Random) -> Human:
    """Somebody of the team that knows these machines; now and then another helps out."""
    people = engineers(plan)
    team = [h for h in people if h.team == thing.kind.team]
    return dice.choice(team if team and dice.random() < 0.92 else people)


def _labour(human: Human, minutes: int) -> Decimal:
    return (Decimal(human.rate) * minutes / 60).quantize(Decimal("0.01"))
