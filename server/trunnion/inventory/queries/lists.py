"""The lists of inventory."""

from trunnion.inventory.models import (
    Balance,
    Bin,
    Lot,
    Movement,
    Reservation,
    SerialUnit,
    Shortage,
    Stock,
    Store,
)
from trunnion.inventory.types import MovementKind, PlaceKind, StoreKind
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.permissions import declare

from .levels import FREE

READ_STORES = declare("inventory.store.read")
READ_BINS = declare("inventory.bin.read")
READ_STOCK = declare("inventory.stock.read")
READ_VALUE = declare("inventory.value.read")
READ_MOVEMENTS = declare("inventory.movement.read")
READ_RESERVATIONS = declare("inventory.reservation.read")
READ_SHORTAGES = declare("inventory.shortage.read")
READ_LOTS = declare("inventory.lot.read")
READ_SERIALS = declare("inventory.serial.read")
_KINDS = "choice.inventory.store.kind"

STORES = Listing(
    name="inventory.stores",
    model=Store,
    permission=READ_STORES,
    order="code",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("code", path="code", sort="code"),
        Column("name", path="name", sort="name_key"),
        Column("kind", Type.CHOICE, path="store_kind", choices=StoreKind, words=_KINDS),
        Column("party", path="party__name"),
        Column("address", path="address"),
        Column("is_active", Type.BOOLEAN, path="is_active"),
        Column("resource_id", Type.REFERENCE, path="resource_id", refers_to="workforce.labour_resource", hidden=True),
        Column("location_id", Type.REFERENCE, path="location_id", refers_to="assets.location", hidden=True),
        Column("version", Type.NUMBER, path="version", hidden=True),
    ),
)  # fmt: skip
BINS = Listing(
    name="inventory.bins",
    model=Bin,
    permission=READ_BINS,
    order="code",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("code", path="code", sort="code"),
        Column("name", path="name"),
        Column("store", path="store__name"),
        Column("is_active", Type.BOOLEAN, path="is_active"),
        Column("store_id", Type.REFERENCE, path="store_id", refers_to="inventory.store", hidden=True),
        Column("version", Type.NUMBER, path="version", hidden=True),
    ),
)
_ITEM = (
    Column("item_code", path="item__code"),
    Column("item_name", path="item__name"),
    Column("specification", path="item__specification"),
)
_IDS = (
    Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
    Column("store_id", Type.REFERENCE, path="store_id", refers_to="inventory.store", hidden=True),
)
STOCK = Listing(
    name="inventory.stock",
    model=Stock,
    permission=READ_STOCK,
    order="item_code",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("item_code", path="item_code", sort="item_code"),
        Column("item_name", path="item__name"),
        Column("specification", path="item__specification"),
        Column("store", path="store__name"),
        Column("store_kind", Type.CHOICE, path="store__store_kind", choices=StoreKind, words=_KINDS),
        Column("on_hand", Type.DECIMAL, path="on_hand"),
        Column("reserved", Type.DECIMAL, path="reserved"),
        Column("available", Type.DECIMAL, path=FREE),
        Column("unit", path="item__unit"),
        *_IDS,
    ),
)
VALUES = Listing(
    name="inventory.values",
    model=Stock,
    permission=READ_VALUE,
    order="item_code",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("item_code", path="item_code", sort="item_code"),
        Column("item_name", path="item__name"),
        Column("specification", path="item__specification"),
        Column("store", path="store__name"),
        Column("store_kind", Type.CHOICE, path="store__store_kind", choices=StoreKind, words=_KINDS),
        Column("on_hand", Type.DECIMAL, path="on_hand"),
        Column("reserved", Type.DECIMAL, path="reserved"),
        Column("available", Type.DECIMAL, path=FREE),
        Column("unit", path="item__unit"),
        Column("value", Type.DECIMAL, path="value", summed=True),
        *_IDS,
    ),
)
BALANCES = Listing(
    name="inventory.balances",
    model=Balance,
    permission=READ_STOCK,
    order="created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        *_ITEM,
        Column("store", path="store__name"),
        Column("bin", path="bin__code"),
        Column("lot", path="lot__code"),
        Column("expires_on", Type.DATE, path="lot__expires_on"),
        Column("on_hand", Type.DECIMAL, path="on_hand"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at", hidden=True),
        Column("bin_id", Type.REFERENCE, path="bin_id", refers_to="inventory.bin", hidden=True),
        *_IDS,
    ),
)
_MOVE = "choice.inventory.movement.kind"
_PLACE = "choice.inventory.movement.place"
MOVEMENTS = Listing(
    name="inventory.movements",
    model=Movement,
    permission=READ_MOVEMENTS,
    order="-moved_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("moved_at", Type.INSTANT, path="moved_at", sort="moved_at"),
        Column("kind", Type.CHOICE, path="movement_kind", choices=MovementKind, words=_MOVE),
        *_ITEM,
        Column("quantity", Type.DECIMAL, path="quantity"),
        Column("unit", path="item__unit"),
        Column("value", Type.DECIMAL, path="value", currency="currency"),
        Column("currency", path="currency"),
        Column("from_kind", Type.CHOICE, path="from_kind", choices=PlaceKind, words=_PLACE),
        Column("from_store", path="from_store__name"),
        Column("to_kind", Type.CHOICE, path="to_kind", choices=PlaceKind, words=_PLACE),
        Column("to_store", path="to_store__name"),
        Column("cause_label", path="cause_label"),
        Column("lot", path="lot__code"),
        Column("serial", path="serial__code"),
        Column("recorded_by_name", path="recorded_by_name"),
        Column("remark", path="remark"),
        Column("party", path="party__name", hidden=True),
        Column("from_bin", path="from_bin__code", hidden=True),
        Column("to_bin", path="to_bin__code", hidden=True),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
        Column("from_store_id", Type.REFERENCE, path="from_store_id", refers_to="inventory.store", hidden=True),
        Column("to_store_id", Type.REFERENCE, path="to_store_id", refers_to="inventory.store", hidden=True),
        Column("cause_id", Type.ID, path="cause_id", hidden=True),
        Column("reverses_id", Type.REFERENCE, path="reverses_id", refers_to="inventory.movement", hidden=True),
    ),
)  # fmt: skip
RESERVATIONS = Listing(
    name="inventory.reservations",
    model=Reservation,
    permission=READ_RESERVATIONS,
    order="needed_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("label", path="label"),
        *_ITEM,
        Column("store", path="store__name"),
        Column("quantity", Type.DECIMAL, path="quantity"),
        Column("unit", path="item__unit"),
        Column("needed_at", Type.INSTANT, path="needed_at", sort="needed_at"),
        Column("demand_kind", path="demand_kind", hidden=True),
        Column("demand_id", Type.ID, path="demand_id", hidden=True),
        *_IDS,
    ),
)
SHORTAGES = Listing(
    name="inventory.shortages",
    model=Shortage,
    permission=READ_SHORTAGES,
    order="needed_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("label", path="label"),
        *_ITEM,
        Column("store", path="store__name"),
        Column("quantity", Type.DECIMAL, path="quantity"),
        Column("unit", path="item__unit"),
        Column("needed_at", Type.INSTANT, path="needed_at", sort="needed_at"),
        Column("expected_on", Type.DATE, path="expected_on"),
        Column("demand_kind", path="demand_kind", hidden=True),
        Column("demand_id", Type.ID, path="demand_id", hidden=True),
        Column("version", Type.NUMBER, path="version", hidden=True),
        *_IDS,
    ),
)
LOTS = Listing(
    name="inventory.lots",
    model=Lot,
    permission=READ_LOTS,
    order="code",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("code", path="code", sort="code"),
        *_ITEM,
        Column("expires_on", Type.DATE, path="expires_on", sort="expires_on"),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
    ),
)
SERIALS = Listing(
    name="inventory.serials",
    model=SerialUnit,
    permission=READ_SERIALS,
    order="code",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("code", path="code", sort="code"),
        *_ITEM,
        Column("store", path="store__name"),
        Column("bin", path="bin__code"),
        *_IDS,
    ),
)
