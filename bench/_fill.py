"""Rows for benches: many assets and orders, put in without the journal because only their number matters."""

import random
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from trunnion.assets.models import Asset, Location
from trunnion.identity.commands import organisation
from trunnion.identity.models import User
from trunnion.identity.queries import context_of_user
from trunnion.kernel import clock, statistics, unit
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.database import writing
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.work.models import Order
from trunnion.work.types import OrderState, Priority

from ._place import PASSWORD

BATCH = 5000
EMAIL = "owner@bench.example"
NOUNS = ["Pump", "Fan", "Chiller", "Valve", "Boiler", "水泵", "风机", "冷水机组", "阀门", "锅炉"]
FAULTS = [
    "leaks",
    "is loud",
    "does not start",
    "runs hot",
    "vibrates",
    "漏水",
    "异响",
    "无法启动",
    "过热",
    "振动",
]
STATES = [
    OrderState.REQUESTED,
    OrderState.APPROVED,
    OrderState.DISPATCHED,
    OrderState.IN_PROGRESS,
    OrderState.CLOSED,
]


def found() -> Context:
    """An organisation with its owner."""
    ctx = system(uuid7(), Door.CLI)
    organisation.found(ctx, name="Bench", owner_name="Owner", email=EMAIL, password=PASSWORD)
    return context_of_user(User.objects.get(email=EMAIL), ctx.organisation_id, Door.WEB)


def _store(ctx: Context, room: str, model: type, rows: list) -> None:
    with writing(), transaction.atomic(), unit.entered(unit.Unit(ctx, f"{room}.bench.fill")):
        enter_organisation(ctx.organisation_id)
        model.objects.bulk_create(rows, batch_size=500)


def assets(ctx: Context, count: int) -> list[UUID]:
    """That many assets over a hundred rooms."""
    rooms = [
        Location(
            organisation_id=ctx.organisation_id, location_kind="space", name=f"Room {i:03}", code=f"R{i:03}",
            path=f"/{i:04x}/",
        )
        for i in range(100)
    ]  # fmt: skip
    _store(ctx, "assets", Location, rows=rooms)
    ids: list[UUID] = []
    dice = random.Random(1)
    for start in range(0, count, BATCH):
        rows = [
            Asset(
                organisation_id=ctx.organisation_id, number=f"OLD-A-{i:06}", name=f"{dice.choice(NOUNS)} {i}",
                serial=f"SN{i:08}", location=dice.choice(rooms), state="in_service", state_since_at=clock.now(),
            )
            for i in range(start, min(start + BATCH, count))
        ]  # fmt: skip
        _store(ctx, "assets", Asset, rows)
        ids += [row.id for row in rows]
    return ids


def orders(ctx: Context, count: int, states: list[OrderState] | None = None) -> list[UUID]:
    """That many orders on the first assets over the last two years."""
    dice, now = random.Random(2), clock.now()
    ids: list[UUID] = []
    ranks = {p: i for i, p in enumerate(Priority)}
    with transaction.atomic():
        enter_organisation(ctx.organisation_id)
        at_hand = list(Asset.objects.of(ctx).only("id", "organisation_id")[:5000])
    for start in range(0, count, BATCH):
        rows = []
        for i in range(start, min(start + BATCH, count)):
            priority = dice.choice(list(Priority))
            at = now - timedelta(minutes=dice.randrange(2 * 365 * 24 * 60))
            rows.append(
                Order(
                    organisation_id=ctx.organisation_id, number=f"OLD-{i:06}", asset=dice.choice(at_hand),
                    title=f"{dice.choice(NOUNS)} {dice.choice(FAULTS)}", work_kind="corrective",
                    maintenance_type="corrective_deferred", priority=priority, priority_rank=ranks[priority],
                    source="desk", state=dice.choice(states or STATES), state_at=at, reported_at=at, due_at=at + timedelta(days=3),
                )
            )  # fmt: skip
        _store(ctx, "work", Order, rows)
        ids += [row.id for row in rows]
    statistics.gather()
    return ids
