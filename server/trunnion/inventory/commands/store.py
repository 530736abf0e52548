"""Verbs on stores: where stock is kept, whose it is, whether anything may still go in."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.identity.types import Done
from trunnion.inventory.models import Reservation, Shortage, Stock, Store
from trunnion.inventory.types import StoreKind
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Code, Line, Name
from trunnion.kernel.policies import refer, take

Latitude = Annotated[Decimal, Field(ge=-90, le=90, max_digits=9, decimal_places=6)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, max_digits=9, decimal_places=6)]


@command("inventory.store.create")
def create(
    ctx: Context, code: Code, name: Name, kind: StoreKind = StoreKind.CENTRAL, location_id: UUID | None = None,
    resource_id: UUID | None = None, party_id: UUID | None = None, address: Line = "",
    lat: Latitude | None = None, lon: Longitude | None = None,
) -> Done:  # fmt: skip
    """Opens a store; `resource_id` is whose van it is or who keeps it, `party_id` whose goods lie in it."""
    row = Store(
        code=code, name=name, store_kind=kind, location_id=location_id, resource_id=resource_id, party_id=party_id,
        address=address, lat=lat, lon=lon,
    )  # fmt: skip
    _check(ctx, row)
    row.save()
    return Done(row.id, row.version)


@command("inventory.store.edit")
def edit(
    ctx: Context, store_id: UUID, name: Name = UNSET, kind: StoreKind = UNSET, location_id: UUID | None = UNSET,
    resource_id: UUID | None = UNSET, party_id: UUID | None = UNSET, address: Line = UNSET,
    lat: Latitude | None = UNSET, lon: Longitude | None = UNSET,
) -> Done:  # fmt: skip
    """Changes a store's plain facts; its code stays, because labels bear it."""
    row = take(ctx, Store, store_id)
    changes = given(
        name=name, store_kind=kind, location_id=location_id, resource_id=resource_id, party_id=party_id,
        address=address, lat=lat, lon=lon,
    )  # fmt: skip
    for field, value in changes.items():
        setattr(row, field, value)
    _check(ctx, row)
    row.save()
    return Done(row.id, row.version)


@command("inventory.store.close")
def close(ctx: Context, store_id: UUID) -> Done:
    """Takes a store out of use; it must be empty, and nobody may wait for anything there."""
    row = take(ctx, Store, store_id)
    left = Stock.objects.of(ctx).filter(store_id=row.id, on_hand__gt=0).count()
    if left:
        raise Refusal("store.not_empty", items=left)
    for table in (Reservation, Shortage):
        if table.objects.of(ctx).filter(store_id=row.id).exists():
            raise Refusal("store.waited_for")
    row.is_active = False
    row.save()
    return Done(row.id, row.version)


@command("inventory.store.reopen")
def reopen(ctx: Context, store_id: UUID) -> Done:
    """Puts a store into use again."""
    row = take(ctx, Store, store_id)
    row.is_active = True
    row.save()
    return Done(row.id, row.version)


def _check(ctx: Context, row: Store) -> None:
    refer(ctx, "assets.location", row.location_id, "/location_id")
    refer(ctx, "workforce.labour_resource", row.resource_id, "/resource_id")
    refer(ctx, "parties.party", row.party_id, "/party_id")
    if (row.lat is None) != (row.lon is None):
        raise Invalid.field("/lon" if row.lon is None else "/lat", "store.both_coordinates")
    if row.store_kind == StoreKind.CONSIGNMENT and row.party_id is None:
        raise Invalid.field("/party_id", "store.whose_goods")
