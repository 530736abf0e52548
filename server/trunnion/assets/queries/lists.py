"""The lists of assets: declared once, served, exported and drawn from here."""

from django.db.models import Q
from django.db.models.functions import Coalesce

from trunnion.assets.models import (
    Asset,
    AssetGroup,
    AssetMove,
    Installation,
    Location,
    LocationGroup,
    Meter,
    MeterReading,
    Position,
    StateInterval,
)
from trunnion.assets.types.kinds import (
    AssetState,
    Condition,
    Criticality,
    Disposal,
    IntervalState,
    LocationKind,
    MeterKind,
    ReadingKind,
)
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.permissions import narrowed

from .members import ASSETS_IN, PLACES_IN

# Customers come in by the same door; the policy shows them their own machines only.
READ = narrowed("assets.asset.read", "assets.asset.read_customer")
_STATE = "state.assets.asset"
_CHOICE = "choice.assets"
_CREATED = Column("created_at", Type.INSTANT, path="created_at", sort="created_at")


def _asset(through: str = "asset") -> tuple[Column, ...]:
    return (
        Column("asset_id", Type.REFERENCE, path=f"{through}_id", refers_to="assets.asset"),
        Column("asset_number", path=f"{through}__number"),
        Column("asset_name", path=f"{through}__name"),
    )


LOCATIONS = Listing(
    name="assets.locations",
    model=Location,
    permission="assets.location.read",
    order="name",
    narrow=lambda _: Q(merged_into=None),
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("code", path="code", sort="code"),
        Column(
            "kind", Type.CHOICE, path="location_kind", choices=LocationKind, words=f"{_CHOICE}.location.kind"
        ),
        Column("parent", path="parent__name"),
        Column("site", path="site__name"),
        Column("site_id", Type.REFERENCE, path="site_id", refers_to="assets.location", hidden=True),
        Column("parent_id", Type.REFERENCE, path="parent_id", refers_to="assets.location", hidden=True),
        Column("path", path="path", hidden=True),
        Column("route", path="route", hidden=True),
        Column("from_measure", Type.DECIMAL, path="from_measure", hidden=True),
        Column("to_measure", Type.DECIMAL, path="to_measure", hidden=True),
        Column("lon", Type.DECIMAL, path="lon", hidden=True),
        Column("lat", Type.DECIMAL, path="lat", hidden=True),
        _CREATED,
    ),
)
POSITIONS = Listing(
    name="assets.positions",
    model=Position,
    permission="assets.position.read",
    order="code",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("code", path="code", sort="code"),
        Column("name", path="name", sort="name_key"),
        Column("location", path="location__name"),
        Column("site", path="location__site__name"),
        Column("equipment_class", path="equipment_class__code"),
        Column("parent", path="parent__code"),
        Column(
            "criticality",
            Type.CHOICE,
            path="criticality",
            choices=Criticality,
            words=f"{_CHOICE}.asset.criticality",
        ),
        Column("is_active", Type.BOOLEAN, path="is_active"),
        Column("location_id", Type.REFERENCE, path="location_id", refers_to="assets.location", hidden=True),
        Column("location_path", path="location__path", hidden=True),
        Column("parent_id", Type.REFERENCE, path="parent_id", refers_to="assets.position", hidden=True),
        Column("description", path="description", hidden=True),
        _CREATED,
    ),
)
ASSETS = Listing(
    name="assets.assets",
    model=Asset,
    permission=READ,
    order="number",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("number", path="number", sort="number"),
        Column("name", path="name", sort="name_key"),
        Column("tag", path="tag", sort="tag_key"),
        Column("serial", path="serial", sort="serial_key"),
        Column("model", path="model__name"),
        Column("location", path="location__name"),
        Column("site", path="location__site__name"),
        Column("state", Type.CHOICE, path="state", choices=AssetState, words=_STATE),
        Column(
            "condition", Type.CHOICE, path="condition", choices=Condition, words=f"{_CHOICE}.asset.condition"
        ),
        Column("installed_on", Type.DATE, path="installed_on", sort="installed_on"),
        Column("warranty_until_on", Type.DATE, path="warranty_until_on", sort="warranty_until_on"),
        Column("model_id", Type.REFERENCE, path="model_id", refers_to="catalog.model", hidden=True),
        Column("location_id", Type.REFERENCE, path="location_id", refers_to="assets.location", hidden=True),
        Column("location_path", path="location__path", hidden=True),
        Column("site_id", Type.REFERENCE, path="location__site_id", refers_to="assets.location", hidden=True),
        _CREATED,
        Column("customer", path=Coalesce("user_party__name", "owner_party__name")),
        Column(
            "criticality",
            Type.CHOICE,
            path="criticality",
            choices=Criticality,
            words=f"{_CHOICE}.asset.criticality",
        ),
        Column("position", path="position__code", hidden=True),
        Column("position_id", Type.REFERENCE, path="position_id", refers_to="assets.position", hidden=True),
        Column("parent_id", Type.REFERENCE, path="parent_id", refers_to="assets.asset", hidden=True),
        Column(
            "owner_party_id", Type.REFERENCE, path="owner_party_id", refers_to="parties.party", hidden=True
        ),
        Column("user_party_id", Type.REFERENCE, path="user_party_id", refers_to="parties.party", hidden=True),
        Column("equipment_class", path="model__equipment_class__code", hidden=True),
        Column("equipment_class_path", path="model__equipment_class__path", hidden=True),
        Column("manufacturer", path="model__manufacturer__name", hidden=True),
        Column("barcode", path="barcode", hidden=True),
        Column("batch", path="batch", hidden=True),
        Column(
            "disposal",
            Type.CHOICE,
            path="disposal",
            choices=Disposal,
            words=f"{_CHOICE}.asset.disposal",
            hidden=True,
        ),
        Column("in_service_on", Type.DATE, path="in_service_on", hidden=True),
        Column("expected_end_on", Type.DATE, path="expected_end_on", hidden=True),
        Column("state_since_at", Type.INSTANT, path="state_since_at", hidden=True),
    ),
)
MOVES = Listing(
    name="assets.moves",
    model=AssetMove,
    permission="assets.asset.read",
    order="-moved_at",
    columns=(
        Column("id", Type.ID, path="id"),
        *_asset(),
        Column("verb", path="verb"),
        Column("from_state", Type.CHOICE, path="from_state", choices=AssetState, words=_STATE),
        Column("to_state", Type.CHOICE, path="to_state", choices=AssetState, words=_STATE),
        Column("location", path="location__name"),
        Column("moved_at", Type.INSTANT, path="moved_at", sort="moved_at"),
        Column("actor_name", path="actor_name"),
        Column("remark", path="remark"),
    ),
)
INSTALLATIONS = Listing(
    name="assets.installations",
    model=Installation,
    permission="assets.asset.read",
    order="-from_at",
    columns=(
        Column("id", Type.ID, path="id"),
        *_asset(),
        Column("position", path="position__code"),
        Column("location", path="location__name"),
        Column("site", path="location__site__name"),
        Column("from_at", Type.INSTANT, path="from_at", sort="from_at"),
        Column("until_at", Type.INSTANT, path="until_at"),
        Column("position_id", Type.REFERENCE, path="position_id", refers_to="assets.position", hidden=True),
        Column("location_path", path="location__path", hidden=True),
    ),
)
METERS = Listing(
    name="assets.meters",
    model=Meter,
    permission="assets.meter.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        *_asset(),
        Column("kind", Type.CHOICE, path="meter_kind", choices=MeterKind, words=f"{_CHOICE}.meter.kind"),
        Column("unit", path="unit"),
        Column("last_value", Type.DECIMAL, path="last_value"),
        Column("last_total", Type.DECIMAL, path="last_total"),
        Column("last_read_at", Type.INSTANT, path="last_read_at", sort="last_read_at"),
        Column("is_active", Type.BOOLEAN, path="is_active"),
        Column("location", path="asset__location__name"),
        Column("location_path", path="asset__location__path", hidden=True),
    ),
)
READINGS = Listing(
    name="assets.readings",
    model=MeterReading,
    permission="assets.meter.read",
    order="-read_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("read_at", Type.INSTANT, path="read_at", sort="read_at"),
        Column("meter_id", Type.REFERENCE, path="meter_id", refers_to="assets.meter"),
        Column("meter", path="meter__name"),
        Column("asset_number", path="meter__asset__number"),
        Column("asset_id", Type.REFERENCE, path="meter__asset_id", refers_to="assets.asset"),
        Column("entry", Type.CHOICE, path="entry", choices=ReadingKind, words=f"{_CHOICE}.reading.entry"),
        Column("value", Type.DECIMAL, path="value"),
        Column("total", Type.DECIMAL, path="total"),
        Column("unit", path="meter__unit"),
        Column("reverses_id", Type.REFERENCE, path="reverses_id", refers_to="assets.reading"),
        Column("actor_name", path="actor_name"),
        Column("remark", path="remark"),
    ),
)
INTERVALS = Listing(
    name="assets.intervals",
    model=StateInterval,
    permission="assets.interval.read",
    order="-from_at",
    narrow=lambda _: Q(superseded_at=None),
    columns=(
        Column("id", Type.ID, path="id"),
        *_asset(),
        Column("state", Type.CHOICE, path="state", choices=IntervalState, words="state.assets.interval"),
        Column("from_at", Type.INSTANT, path="from_at", sort="from_at"),
        Column("until_at", Type.INSTANT, path="until_at"),
        Column("cause_kind", path="cause_kind", hidden=True),
        Column("cause_id", Type.ID, path="cause_id", hidden=True),
        Column("cause_text", path="cause_text"),
        Column("location_path", path="asset__location__path", hidden=True),
    ),
)
_GROUP_COLUMNS = (
    Column("id", Type.ID, path="id"),
    Column("name", path="name", sort="name_key"),
    Column("code", path="code"),
    Column("category", path="category"),
)
GROUPS = Listing(
    name="assets.groups",
    model=AssetGroup,
    permission="assets.group.read",
    order="name",
    columns=(*_GROUP_COLUMNS, ASSETS_IN, _CREATED),
)
LOCATION_GROUPS = Listing(
    name="assets.location_groups",
    model=LocationGroup,
    permission="assets.location_group.read",
    order="name",
    columns=(*_GROUP_COLUMNS, PLACES_IN, _CREATED),
)
