"""An order on one page: everything that is known of it, with a fixed number of reads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from trunnion.attach import queries as attached
from trunnion.identity.queries import get_organisation
from trunnion.kernel import clock, history
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.policies import Seen
from trunnion.kernel.shape import Rows, plain
from trunnion.work import rules
from trunnion.work.models import Order
from trunnion.work.policies import is_customer, sees_money
from trunnion.work.types import LabourKind, OrderState, Phases
from trunnion.workforce.queries import resource_of_user

from . import lines
from .actions import actions_of, line_actions_of
from .cards import PHASES
from .cost import NOTHING, cost_of_all
from .position import is_shared

_COSTS = plain("cost_labour", "cost_material", "cost_service", "cost_currency")
_POINT = ("lat", "lon", "site_lat", "site_lon")
_MONEY = frozenset({*_COSTS, "rate", "amount", "cost"})
_ORDER = plain(
    "id", "version", "number", "title", "description", "symptom", "maintenance_type", "priority", "source",
    "is_stopped", "asset_id", "position_id", "location_id", "customer_id", "state", "state_at", "waiting_from",
    "waiting_reason", "leading_id", "team_id", "planned_from_at", "planned_until_at", "due_at", "reported_by_id",
    "reporter_name", *PHASES, "reopened_count", "remedy", "end_reason", "merged_into_id", "survivor_id",
    "merged_from", "created_at", "changed_at", readiness="parts", kind="work_kind", asset_number="asset__number",
    asset_name="asset__name", asset_serial="asset__serial", asset_state="asset__state", model="asset__model__name",
    equipment_class="asset__model__equipment_class__code", position="position__name", place="location__name",
    location_path="location__path", site="location__site__name", lat="location__lat", lon="location__lon",
    site_lat="location__site__lat", site_lon="location__site__lon", customer="customer__name",
    customer_phone="customer__phone", leading="leading__name", leading_phone="leading__phone",
    leading_user_id="leading__user_id", team="team__name", survivor_number="survivor__number",
)  # fmt: skip


_WHOLE = Seen(Order, *(_ORDER | _COSTS).values())


def get_order(ctx: Context, order_id: UUID) -> dict[str, Any]:
    """Everything about one order; from outside the house only what concerns whoever asked for the work."""
    rows = _WHOLE.rows(ctx, [order_id])
    if not rows:
        raise NotVisible
    found = dict(zip(_ORDER | _COSTS, rows[0], strict=True))
    merged = lines.merged_into(ctx, order_id)
    ids = [order_id, *(m["id"] for m in merged)]
    order = {name: value for name, value in found.items() if name not in (*_COSTS, *_POINT)}
    order["point"] = _point(found)
    order |= _for_everybody(ctx, order_id, ids)
    order["merged"] = merged
    order["returns_to"] = _returns_to(found)
    if is_customer(ctx):
        order["actions"] = actions_of(ctx, found, None, [])
        return order
    return order | _for_the_house(ctx, found, ids, order["waits"])


def _point(found: dict[str, Any]) -> dict[str, Any] | None:
    """Where to drive to, in WGS 84: the place itself, or the site that it is a part of."""
    for lat, lon in (_POINT[:2], _POINT[2:]):
        if found[lat] is not None and found[lon] is not None:
            return {"lat": found[lat], "lon": found[lon]}
    return None


def _for_everybody(ctx: Context, order_id: UUID, ids: list[UUID]) -> dict[str, Any]:
    # Photos and comments stay with the report that they came with, and are shown with the survivor.
    return {
        "tasks": lines.tasks_of(ctx, ids),
        "procedures": lines.procedures_of(ctx, ids),
        "waits": lines.waits_of(ctx, ids),
        "downtimes": lines.downtimes_of(ctx, ids),
        "confirmations": lines.confirmations_of(ctx, ids),
        "files": [file for i in ids for file in attached.files_of(ctx, Order.kind, i)],
        "comments": [comment for i in ids for comment in attached.comments_of(ctx, Order.kind, i)],
        "signatures": attached.signatures_of(ctx, Order.kind, order_id),
    }


def _for_the_house(ctx: Context, found: dict[str, Any], ids: list[UUID], waits: Rows) -> dict[str, Any]:
    order_id = found["id"]
    own = resource_of_user(ctx, ctx.actor_id)
    crew = lines.crew_of(ctx, order_id)
    labour = lines.labour_of(ctx, ids)
    return {
        "crew": crew,
        "labour": labour,
        "timers": lines.timers_of(ctx, ids),
        "parts": lines.parts_of(ctx, ids),
        "failures": lines.failures_of(ctx, ids),
        "follow_ups": lines.follow_ups_of(ctx, ids),
        "origin": lines.origin_of(ctx, order_id),
        "own_resource_id": own.id if own else None,
        "is_position_shared": found["state"] == OrderState.TRAVELLING and is_shared(ctx, order_id),
        "proposed_minutes": _proposed(found, waits, labour, own.id if own else None, clock.now()),
        "cost": _cost(ctx, found, ids) if sees_money(ctx) else None,
        "history": _history(ctx, ids),
        "actions": actions_of(ctx, found, own.id if own else None, [c["resource_id"] for c in crew]),
        "line_actions": line_actions_of(ctx, found),
    }


def _history(ctx: Context, ids: list[UUID]) -> Rows:
    """What happened, newest first; without amounts for those who may not see money."""
    entries = history.of_records(ctx, ids)
    if not sees_money(ctx):
        for change in (change for entry in entries for change in entry["changes"]):
            change["fields"] = {name: pair for name, pair in change["fields"].items() if name not in _MONEY}
    return entries


def _returns_to(found: dict[str, Any]) -> str:
    """The state that a move back leads to from here, for clients that move ahead of the server."""
    state = found["state"]
    if state == OrderState.WAITING:
        return str(found["waiting_from"])
    if state == OrderState.MERGED:
        return str(found["merged_from"])
    if state in (OrderState.DISPATCHED, OrderState.ACCEPTED):
        return str(rules.declined_to(found["planned_from_at"] is not None))
    return ""


def _proposed(
    found: dict[str, Any], waits: Rows, labour: Rows, own_id: UUID | None, now: datetime
) -> dict[LabourKind, int]:
    """What the actor may still want to book on what they lead."""
    if own_id is None or found["leading_id"] != own_id:
        return {}
    booked: dict[LabourKind, int] = {}
    for entry in labour:
        if entry["resource_id"] == own_id:
            booked[LabourKind(entry["kind"])] = booked.get(LabourKind(entry["kind"]), 0) + entry["minutes"]
    phases = Phases(**{name: found[name] for name in PHASES})
    return rules.proposed_minutes(phases, [(w["began_at"], w["ended_at"]) for w in waits], booked, now)


def _cost(ctx: Context, found: dict[str, Any], ids: list[UUID]) -> dict[str, Any]:
    """What was frozen at closing; before that, what is known so far."""
    if found["closed_at"] is not None:
        # What was brought in as history may say nothing of its cost.
        sums = {name: found[f"cost_{name}"] or NOTHING for name in ("labour", "material", "service")}
        return {
            **sums, "total": sum(sums.values(), NOTHING), "is_frozen": True, "unpriced_minutes": None,
            "currency": found["cost_currency"] or get_organisation(ctx.organisation_id).currency,
        }  # fmt: skip
    cost = cost_of_all(ctx, ids)
    return {
        "labour": cost.labour, "material": cost.material, "service": cost.service, "total": cost.total,
        "currency": cost.currency, "is_frozen": False, "unpriced_minutes": cost.unpriced_minutes,
    }  # fmt: skip
