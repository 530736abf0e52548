"""The lists of work."""

from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.permissions import declare
from trunnion.work.models import Downtime, Failure, LabourEntry, Order, PartLine
from trunnion.work.policies import READ
from trunnion.work.types import (
    DowntimeKind,
    LabourKind,
    MaintenanceType,
    OrderKind,
    OrderState,
    Priority,
    Readiness,
    Source,
    WaitReason,
)

READ_LABOUR = declare("work.labour.read")
READ_FAILURES = declare("work.failure.read")
READ_DOWNTIME = declare("work.downtime.read")
READ_PARTS = declare("work.part.read")
_CHOICE = "choice.work.order"

ORDERS = Listing(
    name="work.orders",
    model=Order,
    permission=READ,
    order="-reported_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("number", path="number", sort="number"),
        Column("title", path="title"),
        Column("state", Type.CHOICE, path="state", choices=OrderState, words="state.work.order"),
        Column("priority", Type.CHOICE, "priority", "priority_rank", choices=Priority, words=f"{_CHOICE}.priority"),
        Column("kind", Type.CHOICE, path="work_kind", choices=OrderKind, words=f"{_CHOICE}.kind"),
        Column("asset_number", path="asset__number"),
        Column("asset_name", path="asset__name"),
        Column("place", path="location__name"),
        Column("site", path="location__site__name"),
        Column("customer", path="customer__name"),
        Column("leading", path="leading__name"),
        Column("is_stopped", Type.BOOLEAN, path="is_stopped"),
        Column(
            "waiting_reason", Type.CHOICE, path="waiting_reason", choices=WaitReason, words=f"{_CHOICE}.waiting_reason"
        ),
        Column("parts", Type.CHOICE, path="parts", choices=Readiness, words=f"{_CHOICE}.parts"),
        Column("reported_at", Type.INSTANT, path="reported_at", sort="reported_at"),
        Column("planned_from_at", Type.INSTANT, path="planned_from_at", sort="planned_from_at"),
        Column("due_at", Type.INSTANT, path="due_at", sort="due_at"),
        Column("state_at", Type.INSTANT, path="state_at"),
        Column("source", Type.CHOICE, path="source", choices=Source, words=f"{_CHOICE}.source", hidden=True),
        Column(
            "maintenance_type", Type.CHOICE, path="maintenance_type", choices=MaintenanceType,
            words=f"{_CHOICE}.maintenance_type", hidden=True,
        ),
        Column("symptom", path="symptom", hidden=True),
        Column("team", path="team__name", hidden=True),
        Column("reporter_name", path="reporter_name", hidden=True),
        Column("planned_until_at", Type.INSTANT, path="planned_until_at", hidden=True),
        Column("started_at", Type.INSTANT, path="started_at", hidden=True),
        Column("ended_at", Type.INSTANT, path="ended_at", hidden=True),
        Column("closed_at", Type.INSTANT, path="closed_at", hidden=True),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at", hidden=True),
        Column("version", Type.NUMBER, path="version", hidden=True),
        Column("asset_id", Type.REFERENCE, path="asset_id", refers_to="assets.asset", hidden=True),
        Column("location_id", Type.REFERENCE, path="location_id", refers_to="assets.location", hidden=True),
        Column("location_path", path="location__path", hidden=True),
        Column("site_id", Type.REFERENCE, path="location__site_id", refers_to="assets.location", hidden=True),
        Column("customer_id", Type.REFERENCE, path="customer_id", refers_to="parties.party", hidden=True),
        Column("leading_id", Type.REFERENCE, path="leading_id", refers_to="workforce.labour_resource", hidden=True),
        Column("leading_user_id", Type.ID, path="leading__user_id", hidden=True),
        Column("reported_by_id", Type.ID, path="reported_by_id", hidden=True),
        Column("team_id", Type.REFERENCE, path="team_id", refers_to="workforce.team", hidden=True),
        Column("survivor_id", Type.REFERENCE, path="survivor_id", refers_to="work.order", hidden=True),
    ),
)  # fmt: skip
LABOUR = Listing(
    name="work.labour",
    model=LabourEntry,
    permission=READ_LABOUR,
    order="-worked_on",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("worked_on", Type.DATE, path="worked_on", sort="worked_on"),
        Column("order_number", path="order__number"),
        Column("order_title", path="order__title"),
        Column("resource", path="resource__name"),
        Column("kind", Type.CHOICE, path="labour_kind", choices=LabourKind, words="choice.work.labour.kind"),
        Column("minutes", Type.NUMBER, path="minutes", unit="min", summed=True),
        Column("began_at", Type.INSTANT, path="began_at"),
        Column("ended_at", Type.INSTANT, path="ended_at"),
        Column("remark", path="remark"),
        Column("order_id", Type.REFERENCE, path="order_id", refers_to="work.order", hidden=True),
        Column(
            "resource_id",
            Type.REFERENCE,
            path="resource_id",
            refers_to="workforce.labour_resource",
            hidden=True,
        ),
        Column("reverses_id", Type.REFERENCE, path="reverses_id", refers_to="work.labour", hidden=True),
    ),
)
FAILURES = Listing(
    name="work.failures",
    model=Failure,
    permission=READ_FAILURES,
    order="-detected_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("detected_at", Type.INSTANT, path="detected_at", sort="detected_at"),
        Column("order_number", path="order__number"),
        Column("asset_number", path="asset__number"),
        Column("asset_name", path="asset__name"),
        Column("mode", path="mode__code"),
        Column("mode_en", path="mode__name_en"),
        Column("mode_zh", path="mode__name_zh"),
        Column("mechanism", path="mechanism__code"),
        Column("cause", path="cause__code"),
        Column("detection", path="detection__code"),
        Column("activity", path="activity__code"),
        Column("part", path="part"),
        Column("began_at", Type.INSTANT, path="began_at"),
        Column("restored_at", Type.INSTANT, path="restored_at"),
        Column("order_id", Type.REFERENCE, path="order_id", refers_to="work.order", hidden=True),
        Column("asset_id", Type.REFERENCE, path="asset_id", refers_to="assets.asset", hidden=True),
    ),
)
DOWNTIMES = Listing(
    name="work.downtimes",
    model=Downtime,
    permission=READ_DOWNTIME,
    order="-began_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("began_at", Type.INSTANT, path="began_at", sort="began_at"),
        Column("ended_at", Type.INSTANT, path="ended_at"),
        Column(
            "kind", Type.CHOICE, path="downtime_kind", choices=DowntimeKind, words="choice.work.downtime.kind"
        ),
        Column("order_number", path="order__number"),
        Column("asset_number", path="asset__number"),
        Column("asset_name", path="asset__name"),
        Column("order_id", Type.REFERENCE, path="order_id", refers_to="work.order", hidden=True),
        Column("asset_id", Type.REFERENCE, path="asset_id", refers_to="assets.asset", hidden=True),
    ),
)
PARTS = Listing(
    name="work.parts",
    model=PartLine,
    permission=READ_PARTS,
    order="-created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
        Column("order_number", path="order__number"),
        Column("order_title", path="order__title"),
        Column("order_state", Type.CHOICE, path="order__state", choices=OrderState, words="state.work.order"),
        Column("item_code", path="item__code"),
        Column("item_name", path="item__name"),
        Column("store", path="store__name"),
        Column("planned", Type.DECIMAL, path="planned"),
        Column("reserved", Type.DECIMAL, path="reserved"),
        Column("short", Type.DECIMAL, path="short"),
        Column("expected_on", Type.DATE, path="expected_on"),
        Column("issued", Type.DECIMAL, path="issued"),
        Column("returned", Type.DECIMAL, path="returned"),
        Column("unit", path="item__unit"),
        Column("needed_at", Type.INSTANT, path="order__planned_from_at"),
        Column("order_id", Type.REFERENCE, path="order_id", refers_to="work.order", hidden=True),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
        Column("store_id", Type.REFERENCE, path="store_id", refers_to="inventory.store", hidden=True),
    ),
)
