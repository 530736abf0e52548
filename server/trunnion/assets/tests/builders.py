"""Makes what tests of assets and of the rooms above need."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from trunnion.assets.commands import asset, location, meter, position
from trunnion.assets.types.kinds import LocationKind, MeterKind
from trunnion.catalog.commands import model
from trunnion.kernel.context import Context
from trunnion.parties.commands import party

T0 = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def hours(count: float) -> datetime:
    """An instant some hours after a Monday morning in March."""
    return T0 + timedelta(hours=count)


def site(ctx: Context, name: str = "Pier 4", **facts) -> UUID:
    """A site with a zone."""
    facts.setdefault("zone", "Asia/Shanghai")
    return location.create(ctx, kind=LocationKind.SITE, name=name, **facts).id


def building(ctx: Context, parent_id: UUID | None = None, name: str = "Boiler house", **facts) -> UUID:
    """A building."""
    return location.create(ctx, kind=LocationKind.BUILDING, name=name, parent_id=parent_id, **facts).id


def floor(ctx: Context, parent_id: UUID, name: str = "Level 1") -> UUID:
    """A floor."""
    return location.create(ctx, kind=LocationKind.FLOOR, name=name, parent_id=parent_id).id


def room(ctx: Context, parent_id: UUID | None = None, name: str = "Pump room") -> UUID:
    """A room."""
    return location.create(ctx, kind=LocationKind.SPACE, name=name, parent_id=parent_id).id


def pump_position(ctx: Context, location_id: UUID, code: str = "P-101") -> UUID:
    """A role to be filled."""
    return position.create(ctx, name="Feed pump no. 1", code=code, location_id=location_id).id


def pump(ctx: Context, name: str = "Feed pump", **facts) -> UUID:
    """An asset in service."""
    return asset.create(ctx, name=name, **facts).id


def hour_counter(ctx: Context, asset_id: UUID, **facts) -> UUID:
    """A counter of running hours."""
    return meter.create(
        ctx, asset_id=asset_id, name="Running hours", kind=MeterKind.COUNTER, unit="h", **facts
    ).id


def customer(ctx: Context, name: str = "Harbour Foods") -> UUID:
    """A party that owns machines."""
    return party.create(ctx, name=name, roles=["customer"]).id


def pump_model(ctx: Context, **facts) -> UUID:
    """A model of pump."""
    return model.create(ctx, **{"name": "Multistage pump", "model_number": "MP 65", **facts}).id
