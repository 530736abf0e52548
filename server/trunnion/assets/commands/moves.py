"""What every move of an asset's life does: the state, the dated row, the place, the announcement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from trunnion.assets import events
from trunnion.assets.models import Asset, AssetMove, Installation, Location, Position
from trunnion.assets.rules.dates import begin_of
from trunnion.assets.states import STANDING
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.unit import emit

from .naming import named, unknown

FACTS: dict[str, type[events.AssetWent]] = {
    "request": events.AssetRequested,
    "order": events.AssetOrdered,
    "receive": events.AssetReceived,
    "accept": events.AssetAccepted,
    "fail_acceptance": events.AssetFailedAcceptance,
    "store": events.AssetStored,
    "install": events.AssetInstalled,
    "commission": events.AssetCommissioned,
    "stand_by": events.AssetStoodBy,
    "lay_idle": events.AssetLaidIdle,
    "take_out": events.AssetTakenOut,
    "repair": events.AssetSentToRepair,
    "restore": events.AssetRestored,
    "remove": events.AssetRemoved,
    "move": events.AssetMoved,
    "transfer": events.AssetTransferred,
    "decommission": events.AssetDecommissioned,
    "dispose": events.AssetDisposed,
    "withdraw": events.AssetWithdrawn,
    "reinstate": events.AssetReinstated,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an asset is to stand: a position (and so its location), a location, or nowhere in particular."""

    location: Location | None = None
    position: Position | None = None

    def __bool__(self) -> bool:
        return self.location is not None or self.position is not None


def place_of(ctx: Context, location_id: UUID | None, position_id: UUID | None) -> Place:
    """The place that the arguments name; raises Invalid where they contradict each other."""
    location = named(ctx, Location, location_id, "/location_id")
    if location is not None and location.merged_into_id is not None:
        raise unknown("/location_id", Location.kind)
    position = named(ctx, Position, position_id, "/position_id")
    if position is None:
        return Place(location)
    if not position.is_active:
        raise Invalid.field("/position_id", "assets.position_retired")
    if location is not None and position.location_id not in (None, location.id):
        raise Invalid.field("/location_id", "assets.position_elsewhere")
    if location is None and position.location_id is not None:
        location = Location.objects.of(ctx).filter(id=position.location_id).first()
    return Place(location, position)


def is_standing(state: str) -> bool:
    """Whether an asset in this state stands in its place, so that an installation says so."""
    return state in STANDING


def record_move(
    ctx: Context, asset: Asset, verb: str, before: str, at: datetime, remark: str, paper_id: UUID | None,
    document_id: UUID | None = None,
) -> AssetMove:  # fmt: skip
    """The dated row of a move."""
    return AssetMove.fresh(
        asset=asset, verb=verb, from_state=before, to_state=asset.state, location_id=asset.location_id,
        position_id=asset.position_id, moved_at=at, remark=remark, paper_id=paper_id,
        document_id=document_id, actor_id=ctx.actor_id, actor_name=ctx.actor_name,
    )  # fmt: skip


def announce(verb: str, asset: Asset, before: str, at: datetime, document_id: UUID | None = None) -> None:
    """Emits the verb's fact."""
    emit(
        FACTS[verb](
            asset_id=asset.id, number=asset.number, from_state=before, to_state=asset.state,
            location_id=asset.location_id, at=at, document_id=document_id,
        )
    )  # fmt: skip


def close_installation(ctx: Context, asset: Asset, at: datetime) -> Installation | None:
    """Ends the open installation; returns it, or None where there was none."""
    standing: Installation | None = (
        Installation.objects.of(ctx).filter(asset_id=asset.id, until_at=None).first()
    )
    if standing is None:
        return None
    if at <= standing.from_at:
        raise Invalid.field("/at", "assets.before_installation", since=standing.from_at.isoformat())
    standing.until_at = at
    standing.save()
    return standing


def open_installation(ctx: Context, asset: Asset, place: Place, at: datetime, remark: str = "") -> None:
    """Puts the asset in a place from an instant on; raises where it would be in two, or two in one position."""
    standing = Installation.objects.of(ctx)
    later = standing.filter(asset_id=asset.id).order_by("-from_at").first()
    if later is not None and (later.until_at is None or at < later.until_at):
        known = later.until_at or later.from_at
        raise Invalid.field("/at", "assets.before_installation", since=known.isoformat())
    if place.position is not None:
        check_empty(ctx, place.position, asset)
    Installation(
        asset=asset, location=place.location, position=place.position, from_at=at, remark=remark
    ).save()


def check_empty(ctx: Context, position: Position, asset: Asset) -> None:
    """Refuses a position that another asset fills."""
    other = Installation.objects.of(ctx).filter(position_id=position.id, until_at=None)
    filled = other.exclude(asset_id=asset.id).select_related("asset").first()
    if filled is not None:
        raise Refusal("assets.position_filled", number=filled.asset.number)


def stand_in(asset: Asset, place: Place) -> None:
    """Sets where the asset stands."""
    asset.location, asset.position = place.location, place.position


def installed_at(ctx: Context, asset: Asset, place: Place, now: datetime) -> datetime:
    """The instant from which a newly registered asset stands in its place."""
    if asset.installed_on is None:
        return now
    return min(begin_of(asset.installed_on, zone_at(ctx, place.location)), now)


def zone_at(ctx: Context, location: Location | None) -> str:
    """The zone of a place; the actor's own where its site has none."""
    site: Any = location.site if location is not None else None
    return (site.zone if site is not None else "") or ctx.zone
