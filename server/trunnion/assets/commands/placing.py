"""Verbs on where an asset stands: install, remove, move, store."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from trunnion.assets.models import Asset, Location, Position
from trunnion.assets.rules.dates import day_of
from trunnion.assets.states import LIFE
from trunnion.assets.types.cards import AssetDone
from trunnion.kernel.bulk import put_back_by
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Instant, Line

from .asset import parts_of
from .going import go
from .moves import (
    Place,
    close_installation,
    is_standing,
    open_installation,
    place_of,
    record_move,
    stand_in,
    zone_at,
)
from .papers import Facts


@command("assets.asset.install")
def install(
    ctx: Context, asset_id: UUID, location_id: UUID | None = None, position_id: UUID | None = None,
    at: Instant | None = None, remark: Line = "", paper_file_id: UUID | None = None,
) -> AssetDone:  # fmt: skip
    """Puts an asset, with its parts, in its place."""
    place = _needed(ctx, location_id, position_id)

    def stand(row: Asset, moment: datetime) -> None:
        open_installation(ctx, row, place, moment, remark)
        row.installed_on = day_of(moment, zone_at(ctx, place.location))
        _with_parts(ctx, row, place, moment, "install", _follower(ctx, place, moment))
        stand_in(row, place)

    return go(ctx, asset_id, "install", at, remark, paper_file_id, stand, _put(place))


@put_back_by("location_id", "position_id")
@command("assets.asset.move")
def move(
    ctx: Context, asset_id: UUID, location_id: UUID | None = None, position_id: UUID | None = None,
    at: Instant | None = None, remark: Line = "", paper_file_id: UUID | None = None,
) -> AssetDone:  # fmt: skip
    """Puts an asset, with its parts, elsewhere; its state stays."""
    place = _needed(ctx, location_id, position_id)

    def go_there(row: Asset, moment: datetime) -> None:
        if row.location_id == _id(place.location) and row.position_id == _id(place.position):
            raise Refusal("assets.stands_there")
        close_installation(ctx, row, moment)
        if is_standing(row.state):
            open_installation(ctx, row, place, moment, remark)
        _with_parts(ctx, row, place, moment, "move", _follower(ctx, place, moment))
        stand_in(row, place)

    return go(ctx, asset_id, "move", at, remark, paper_file_id, go_there)


@command("assets.asset.remove")
def remove(
    ctx: Context, asset_id: UUID, location_id: UUID | None = None, at: Instant | None = None, remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:  # fmt: skip
    """Takes an asset out of its place; `location_id` says where it is kept now."""
    place = place_of(ctx, location_id, None)

    def leave(row: Asset, moment: datetime) -> None:
        if close_installation(ctx, row, moment) is None:
            raise Refusal("assets.not_installed")
        _with_parts(ctx, row, place, moment, "remove", lambda part: close_installation(ctx, part, moment))
        stand_in(row, _or_here(row, place))

    return go(ctx, asset_id, "remove", at, remark, paper_file_id, leave)


@command("assets.asset.store")
def store(
    ctx: Context, asset_id: UUID, location_id: UUID | None = None, at: Instant | None = None, remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:  # fmt: skip
    """Takes an asset into a store."""
    place = place_of(ctx, location_id, None)

    def keep(row: Asset, moment: datetime) -> None:
        close_installation(ctx, row, moment)
        stand_in(row, _or_here(row, place))

    return go(ctx, asset_id, "store", at, remark, paper_file_id, keep, _put(place))


def _put(place: Place) -> Facts:
    return Facts(to_location_id=_id(place.location), to_position_id=_id(place.position))


def take_parts_along(ctx: Context, row: Asset, place: Place, moment: datetime) -> None:
    """Takes the parts of an assembly to where it goes."""
    _with_parts(ctx, row, place, moment, "move", _follower(ctx, place, moment))


def _needed(ctx: Context, location_id: UUID | None, position_id: UUID | None) -> Place:
    place = place_of(ctx, location_id, position_id)
    if not place:
        raise Invalid.field("/location_id", "assets.place_needed")
    return place


def _or_here(row: Asset, place: Place) -> Place:
    # Where nothing is said it lies about where it stood.
    return place or Place(row.location)


def _follower(ctx: Context, place: Place, moment: datetime) -> Callable[[Asset], None]:
    def follow(part: Asset) -> None:
        close_installation(ctx, part, moment)
        # The position is the assembly's; its parts stand at the same location.
        if place.location is not None and is_standing(part.state):
            open_installation(ctx, part, Place(place.location), moment)

    return follow


def _id(row: Location | Position | None) -> UUID | None:
    return row.id if row is not None else None


def _with_parts(
    ctx: Context, row: Asset, place: Place, moment: datetime, verb: str, place_part: Callable[[Asset], object]
) -> None:
    """Takes along the parts that stood where the assembly stood, each with a dated row of its own."""
    for part in parts_of(ctx, row):
        if part.location_id != row.location_id or part.position_id is not None:
            continue
        before = part.state
        if verb not in LIFE.legal(before):
            continue
        target = LIFE.target(verb, before)
        if target != before:
            part.state, part.state_since_at = target, moment
        place_part(part)
        stand_in(part, _or_here(part, Place(place.location)))
        part.save()
        record_move(ctx, part, verb, before, moment, row.number, None).save()
