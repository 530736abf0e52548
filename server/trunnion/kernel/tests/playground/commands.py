"""Verbs of the playground."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.ids import token
from trunnion.kernel.inputs import Amount, Code, Instant, Line, Name, SignedAmount
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .events import ThingMade, ThingTurned
from .models import Maker, Thing, Turn
from .states import THING
from .types import Done, Grade, Pass


@dataclass(frozen=True)
class Part:
    """One line of a nested list."""

    name: Name
    amount: Amount


@command("playground.maker.create")
def create_maker(ctx: Context, name: Name) -> Done:
    """Makes a maker."""
    row = Maker(name=name)
    row.save()
    return Done(row.id, row.version)


@command("playground.thing.create")
def create(
    ctx: Context, name: Name, note: Line = "", code: Code | None = None, count: int | None = None,
    amount: SignedAmount | None = None, is_good: bool | None = None, made_on: date | None = None,
    seen_at: Instant | None = None, grade: Grade | None = None, maker_id: UUID | None = None,
    parent_id: UUID | None = None, facts: dict[str, Any] | None = None,
) -> Done:  # fmt: skip
    """Makes a thing."""
    row = Thing(
        name=name, note=note, code=code, count=count, amount=amount, is_good=is_good, made_on=made_on, seen_at=seen_at,
        grade=grade, maker_id=maker_id, parent_id=parent_id, facts=facts,
    )  # fmt: skip
    row.save()
    emit(ThingMade(thing_id=row.id, name=name))
    return Done(row.id, row.version)


@command("playground.thing.create_many")
def create_many(ctx: Context, names: list[Name]) -> list[UUID]:
    """Makes many things at once."""
    rows = [Thing(name=name) for name in names]
    Thing.objects.bulk_create(rows)
    return [row.id for row in rows]


@command("playground.thing.build")
def build(ctx: Context, name: Name, parts: list[Part]) -> Done:
    """Makes a thing of parts: nested verbs, each with its own entry."""
    made = create(ctx, name)
    for index, part in enumerate(parts):
        try:
            create(ctx, part.name, code=f"part-{part.name}", parent_id=made.id)
        except Refusal:
            raise Invalid.field(f"/parts/{index}", "part_refused") from None
        turn(ctx, made.id, part.amount)
    return made


@command("playground.thing.try_both")
def try_both(ctx: Context, first: Name, second: Name) -> list[str]:
    """Makes two things; goes on where one is refused."""
    made = []
    for name in (first, second):
        try:
            create(ctx, name)
            if "bad" in name:
                refuse(ctx, name)
            made.append(name)
        except Refusal:
            continue
    return made


@command("playground.thing.refuse")
def refuse(ctx: Context, name: Name) -> None:
    """Makes a thing and then refuses."""
    create(ctx, f"{name} refused")
    raise Refusal("thing_refused", name=name)


@command("playground.thing.edit")
def edit(
    ctx: Context, thing_id: UUID, name: Name = UNSET, note: Line = UNSET, count: int | None = UNSET,
    amount: SignedAmount | None = UNSET, seen_at: datetime | None = UNSET,
) -> Done:  # fmt: skip
    """Changes plain facts; what is not given stays."""
    row = take(ctx, Thing, thing_id)
    for field, value in given(name=name, note=note, count=count, amount=amount, seen_at=seen_at).items():
        setattr(row, field, value)
    row.save()
    return Done(row.id, row.version)


@command("playground.thing.add")
def add(ctx: Context, thing_id: UUID, by: int) -> int:
    """Adds to the count by reading and writing it."""
    row = take(ctx, Thing, thing_id)
    row.count = (row.count or 0) + by
    row.save()
    return row.count


@command("playground.thing.use")
def use(ctx: Context, thing_id: UUID) -> Done:
    """Takes a thing into use."""
    row = take(ctx, Thing, thing_id)
    row.state = THING.target("use", row.state)
    row.save()
    return Done(row.id, row.version)


@command("playground.thing.drop")
def drop(ctx: Context, thing_id: UUID) -> Done:
    """Loses a thing."""
    row = take(ctx, Thing, thing_id)
    row.state = THING.target("drop", row.state)
    row.save()
    return Done(row.id, row.version)


@command("playground.thing.find")
def find(ctx: Context, thing_id: UUID) -> Done:
    """Finds a lost thing."""
    row = take(ctx, Thing, thing_id)
    row.state = THING.target("find", row.state, "used")
    row.save()
    return Done(row.id, row.version)


@command("playground.thing.polish")
def polish(ctx: Context, thing_id: UUID) -> Done:
    """Cleans a thing, which stays where it is."""
    row = take(ctx, Thing, thing_id)
    row.state = THING.target("polish", row.state)
    row.save()
    return Done(row.id, row.version)


@command("playground.thing.remove")
def remove(ctx: Context, thing_id: UUID) -> None:
    """Takes a thing away."""
    take(ctx, Thing, thing_id).delete()


@command("playground.thing.turn")
def turn(ctx: Context, thing_id: UUID, amount: Decimal) -> Done:
    """Turns a thing; the ledger keeps it."""
    row = take(ctx, Thing, thing_id)
    made = Turn(thing=row, amount=amount)
    made.save()
    emit(ThingTurned(thing_id=row.id))
    return Done(made.id, made.version)


@command("playground.thing.lock", secret=("token", "password"))
def lock(ctx: Context, thing_id: UUID, password: str) -> Pass:
    """Locks a thing with a password; answers a token that is shown once."""
    row = take(ctx, Thing, thing_id)
    row.secret = password
    row.save()
    return Pass(row.id, row.version, token())
