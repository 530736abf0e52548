"""Orders of former times, for imports: closed as they come, with their time and failures, in one entry."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.assets.queries import get_location_card
from trunnion.identity.queries import get_organisation
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.numbers import next_numbers
from trunnion.kernel.policies import KINDS, visible
from trunnion.kernel.unit import emit
from trunnion.parties.queries import find_parties
from trunnion.work import rules
from trunnion.work.events import HistoryBrought
from trunnion.work.models import Failure, LabourEntry, Order, WaitInterval
from trunnion.work.types import HistoryLine, LabourKind, OrderState, Source
from trunnion.workforce.queries import find_resources

from .order.intake import SERIES

STEP = 500
Lines = Annotated[list[HistoryLine], Field(max_length=20_000)]
_REFERENCES = {
    "asset_id": "assets.asset", "location_id": "assets.location", "customer_id": "parties.party",
    "mode_id": "knowledge.failure_code", "mechanism_id": "knowledge.failure_code",
    "cause_id": "knowledge.failure_code",
}  # fmt: skip


@command("work.history.bring", secret=("lines",))
def bring(ctx: Context, lines: Lines) -> list[UUID]:
    """Brings in orders that are over: each gets a number and is closed at once; answers their ids in turn."""
    _check_references(ctx, lines)
    now, currency = clock.now(), get_organisation(ctx.organisation_id).currency
    assets, words = _assets(ctx, lines), _words(ctx, lines)
    numbers = next_numbers(ctx, SERIES, len(lines)) if lines else []
    orders, failures = [], []
    labour: list[LabourEntry] = []
    waits: list[WaitInterval] = []
    for index, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        _check_times(line, now, f"/lines/{index}")
        order = _order(line, number, assets.get(line.asset_id or _NOBODY, {}), line.currency or currency)
        order.subject_words = _said(order, assets, words)
        orders.append(order)
        if line.resource_id:
            labour += _labour(ctx, order, line, line.currency or currency)
        if line.waiting_minutes:
            waits.append(_wait(ctx, order, line, f"/lines/{index}"))
        if line.mode_id:
            failures.append(_failure(order, line))
    Order.objects.bulk_create(orders)
    LabourEntry.objects.bulk_create(labour)
    WaitInterval.objects.bulk_create(waits)
    Failure.objects.bulk_create(failures)
    emit(HistoryBrought(orders=len(orders)))
    return [order.id for order in orders]


_NOBODY = UUID(int=0)


def _check_references(ctx: Context, lines: Sequence[HistoryLine]) -> None:
    for field, kind in _REFERENCES.items():
        named: dict[UUID, int] = {}
        for index, line in enumerate(lines):
            if getattr(line, field) is not None:
                named.setdefault(getattr(line, field), index)
        known = set(_values(ctx, kind, list(named), "id"))
        for row_id, index in named.items():
            if row_id not in known:
                raise Invalid.field(f"/lines/{index}/{field}", "reference_unknown", kind=kind)
    resources = {line.resource_id for line in lines if line.resource_id}
    missing = resources - set(find_resources(ctx, list(resources)))
    for index, line in enumerate(lines):
        if line.resource_id in missing:
            kind = "workforce.labour_resource"
            raise Invalid.field(f"/lines/{index}/resource_id", "reference_unknown", kind=kind)


def _values(ctx: Context, kind: str, ids: list[UUID], *fields: str) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for start in range(0, len(ids), STEP):
        rows = visible(ctx, KINDS[kind]).filter(id__in=ids[start : start + STEP])
        found.update((row["id"], row) for row in rows.values("id", *fields))
    return found


def _assets(ctx: Context, lines: Sequence[HistoryLine]) -> dict[UUID, dict[str, Any]]:
    """Each asset with what an order about it takes over."""
    wanted = list({line.asset_id for line in lines if line.asset_id})
    fields = (
        "number",
        "name",
        "tag",
        "serial",
        "location_id",
        "position_id",
        "user_party_id",
        "owner_party_id",
    )
    return _values(ctx, "assets.asset", wanted, *fields)


def _words(ctx: Context, lines: Sequence[HistoryLine]) -> dict[UUID, str]:
    places = {line.location_id for line in lines if line.location_id}
    words = {row_id: get_location_card(ctx, row_id).place for row_id in places}
    parties = find_parties(ctx, {line.customer_id for line in lines if line.customer_id})
    return words | {row_id: card.name for row_id, card in parties.items()}


def _said(order: Order, assets: dict[UUID, dict[str, Any]], words: dict[UUID, str]) -> str:
    asset = assets.get(order.asset_id or _NOBODY, {})
    parts = [asset.get(name, "") for name in ("number", "name", "tag", "serial")]
    parts += [words.get(row_id, "") for row_id in (order.location_id, order.customer_id) if row_id]
    return " ".join(dict.fromkeys(part for part in parts if part))


def _check_times(line: HistoryLine, now: datetime, pointer: str) -> None:
    before = line.reported_at
    for name in ("reported_at", "started_at", "ended_at"):
        at = getattr(line, name)
        if at is not None:
            rules.moment(at, now, before, f"{pointer}/{name}")
            before = at


def _order(line: HistoryLine, number: str, asset: dict[str, Any], currency: str) -> Order:
    ended = line.ended_at or line.started_at or line.reported_at
    costs = (line.cost_labour, line.cost_material, line.cost_service)
    return Order(
        number=number, title=line.title, work_kind=line.kind, priority=line.priority,
        priority_rank=rules.RANKS[line.priority], description=line.description, symptom=line.symptom,
        is_stopped=line.is_stopped,
        maintenance_type=rules.maintenance_type(line.kind, line.priority, line.is_stopped), source=Source.IMPORT,
        asset_id=line.asset_id, position_id=asset.get("position_id"),
        location_id=line.location_id or asset.get("location_id"),
        customer_id=line.customer_id or asset.get("user_party_id") or asset.get("owner_party_id"),
        state=OrderState.CLOSED, state_at=ended, leading_id=line.resource_id, reporter_name=line.reporter_name,
        reported_at=line.reported_at, started_at=line.started_at, ended_at=ended,
        restored_at=ended if line.mode_id else None, closed_at=ended, remedy=line.remedy,
        cost_labour=line.cost_labour, cost_material=line.cost_material, cost_service=line.cost_service,
        cost_currency=currency if any(cost is not None for cost in costs) else "",
    )  # fmt: skip


def _labour(ctx: Context, order: Order, line: HistoryLine, currency: str) -> list[LabourEntry]:
    """The hours of an order: work, which bears what the labour cost, and the way there."""
    began, whose = line.started_at, line.resource_id or _NOBODY
    kinds = ((LabourKind.WORK, line.labour_minutes), (LabourKind.TRAVEL, line.travel_minutes))
    return [
        LabourEntry(
            order=order, resource_id=whose, labour_kind=kind, minutes=minutes,
            began_at=began if began and line.ended_at and kind == LabourKind.WORK else None,
            ended_at=line.ended_at if began and kind == LabourKind.WORK else None,
            amount=line.cost_labour if kind == LabourKind.WORK else None,
            worked_on=rules.day_of(order.ended_at or line.reported_at, ctx.zone), currency=currency,
            recorded_by_id=ctx.actor_id, recorded_by_name=ctx.actor_name,
        )
        for kind, minutes in kinds if minutes
    ]  # fmt: skip


def _wait(ctx: Context, order: Order, line: HistoryLine, pointer: str) -> WaitInterval:
    """When an order waited: from when it says, else from the report on; it must have been over when the order was."""
    began = line.waiting_from_at or line.reported_at
    until, ended = began + timedelta(minutes=line.waiting_minutes or 0), order.ended_at or line.reported_at
    if began < line.reported_at or until > ended:
        facts = {
            "minutes": line.waiting_minutes,
            "most": int((ended - line.reported_at).total_seconds() // 60),
        }
        raise Invalid.field(f"{pointer}/waiting_minutes", "order.waited_too_long", **facts)
    is_during = line.started_at is not None and began >= line.started_at
    state = OrderState.IN_PROGRESS if is_during else OrderState.APPROVED
    return WaitInterval(
        order=order, reason=line.waiting_reason, from_state=state,
        began_at=began, ended_at=until, began_by_id=ctx.actor_id, began_by_name=ctx.actor_name,
        ended_by_id=ctx.actor_id, ended_by_name=ctx.actor_name,
    )  # fmt: skip


def _failure(order: Order, line: HistoryLine) -> Failure:
    return Failure(
        order=order, asset_id=order.asset_id, mode_id=line.mode_id or _NOBODY, mechanism_id=line.mechanism_id,
        cause_id=line.cause_id, part=line.part[:200], detected_at=line.reported_at, restored_at=order.ended_at,
    )  # fmt: skip
