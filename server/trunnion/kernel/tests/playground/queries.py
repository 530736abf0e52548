"""Reads of the playground."""

from typing import Any
from uuid import UUID

from django.db.models.functions import Length

from trunnion.kernel.context import Context
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.policies import get

from .models import Maker, Thing
from .states import THING
from .types import Grade, ThingState

THINGS = Listing(
    name="playground.things",
    model=Thing,
    permission="playground.thing.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("note", path="note", hidden=True),
        Column("state", Type.CHOICE, path="state", choices=ThingState, words="state.playground.thing"),
        Column("grade", Type.CHOICE, path="grade", choices=Grade, words="choice.playground.thing.grade"),
        Column("count", Type.NUMBER, path="count", sort="count", summed=True),
        Column("amount", Type.DECIMAL, path="amount", sort="amount", summed=True, currency="note"),
        Column("is_good", Type.BOOLEAN, path="is_good", sort="is_good"),
        Column("made_on", Type.DATE, path="made_on", sort="made_on"),
        Column("seen_at", Type.INSTANT, path="seen_at", sort="seen_at"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
        Column("maker_id", Type.REFERENCE, path="maker_id", refers_to="playground.maker"),
        Column("maker", path="maker__name"),
        Column("length", Type.NUMBER, path=Length("name"), filter=True),
    ),
)
MAKERS = Listing(
    name="playground.makers",
    model=Maker,
    permission="playground.maker.read",
    order="id",
    columns=(Column("id", Type.ID, path="id", sort="id"), Column("name", path="name")),
)


def get_thing(ctx: Context, thing_id: UUID) -> dict[str, Any]:
    """A thing with what may be done with it now."""
    row = get(ctx, Thing, thing_id)
    return {
        "id": row.id,
        "version": row.version,
        "name": row.name,
        "note": row.note,
        "count": row.count,
        "amount": row.amount,
        "state": row.state,
        "actions": THING.actions(ctx, row.state),
    }
