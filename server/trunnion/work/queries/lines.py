"""The lines of an order and of those merged into it, each kind in one read; the caller has checked the order."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from trunnion.kernel.context import Context
from trunnion.kernel.shape import Kept, Rows, plain
from trunnion.knowledge.procedures.types.questions import Asks
from trunnion.work.models import (
    Confirmation,
    Downtime,
    Failure,
    FollowUp,
    LabourEntry,
    LabourTimer,
    Order,
    OrderCrew,
    OrderProcedure,
    PartLine,
    Task,
    WaitInterval,
)
from trunnion.work.policies import sees_money

MOST_CHECKS = 1000
CODES = ("mode", "mechanism", "cause", "detection", "activity")
_TASK = plain(
    "id",
    "version",
    "order_id",
    "position",
    "title",
    "instruction",
    "asks",
    "unit",
    "low",
    "high",
    "choices",
    "value",
    "result",
    "note",
    "answered_at",
    "answered_by_name",
    "procedure_id",
    "step_key",
    "section",
    "requirement",
    "repeat",
    "when",
    "file_id",
    "meter_id",
)
_PROCEDURE = plain(
    "id", "order_id", "procedure_id", "number", "name", "no", "attached_at", "attached_by_name"
)
_LABOUR = plain(
    "id", "order_id", "resource_id", "minutes", "began_at", "ended_at", "worked_on", "remark", "recorded_by_name",
    "reverses_id", "is_reversed", resource="resource__name", kind="labour_kind",
)  # fmt: skip
_MONEY = plain("rate", "amount", "currency")
_TIMER = plain("id", "order_id", "resource_id", "began_at", resource="resource__name", kind="labour_kind")
_FAILURE = plain(
    "id", "version", "order_id", "asset_id", "part", "description", "began_at", "detected_at", "restored_at"
)
_WAIT = plain(
    "id",
    "order_id",
    "reason",
    "remark",
    "from_state",
    "began_at",
    "began_by_name",
    "ended_at",
    "ended_by_name",
)
_DOWNTIME = plain("id", "version", "order_id", "asset_id", "began_at", "ended_at", kind="downtime_kind")
_CREW = plain("resource_id", name="resource__name", user_id="resource__user_id")
_NEXT = plain(
    "reason",
    row_id="next_order_id",
    number="next_order__number",
    title="next_order__title",
    state="next_order__state",
)
_ORIGIN = plain(
    "reason", row_id="order_id", number="order__number", title="order__title", state="order__state"
)
_SAID = plain("id", "is_accepted", "signer_name", "signer_user_id", "remark", "signature_id", "given_at")
_MERGED = plain("id", "number", "title", "description", "reporter_name", "reported_by_id", "reported_at")


_PART = plain(
    "id", "version", "order_id", "item_id", "store_id", "planned", "reserved", "short", "expected_on", "issued",
    "returned", "remark", code="item__code", name="item__name", specification="item__specification", unit="item__unit",
    tracked_by="item__tracked_by", store="store__name",
)  # fmt: skip
_COST = plain("cost", "currency")


def _with_reversals(organisation_id: UUID, ids: list[UUID]) -> Any:
    reversal = LabourEntry.objects.of(organisation_id).filter(reverses_id=OuterRef("pk"))
    rows = LabourEntry.objects.of(organisation_id).filter(order_id__in=ids)
    return rows.annotate(is_reversed=Exists(reversal)).order_by("id")


def _coded(word: str) -> dict[str, str]:
    return {f"{c}_code": f"{c}__code" for c in CODES} | {f"{c}_name": f"{c}__{word}" for c in CODES}


def _in(model: Any, *order: str, by: str = "order_id") -> Any:
    return lambda owner, ids: model.objects.of(owner).filter(**{f"{by}__in": ids}).order_by(*order)


_TASKS = Kept(_TASK, _in(Task, "order_id", "position", "id"), MOST_CHECKS)
_PROCEDURES = Kept(_PROCEDURE, _in(OrderProcedure, "order_id", "id"))
_LABOUR_ENTRIES = {False: Kept(_LABOUR, _with_reversals), True: Kept(_LABOUR | _MONEY, _with_reversals)}
_TIMERS = Kept(_TIMER, _in(LabourTimer, "began_at"))
_PARTS = {
    sees: Kept(_PART | (_COST if sees else {}), _in(PartLine, "order_id", "id")) for sees in (False, True)
}
_NAMED = {
    word: Kept(_FAILURE | _coded(word), _in(Failure, "detected_at", "id")) for word in ("name_en", "name_zh")
}
_WAITS = Kept(_WAIT, _in(WaitInterval, "began_at", "id"))
_DOWNTIMES = Kept(_DOWNTIME, _in(Downtime, "began_at", "id"))
_HELPERS = Kept(_CREW, _in(OrderCrew, "resource__name_key", "id"))
_FOLLOW_UPS = Kept(_NEXT, _in(FollowUp, "id"))
_ORIGINS = Kept(_ORIGIN, _in(FollowUp, "id", by="next_order_id"))
_CONFIRMATIONS = Kept(_SAID, _in(Confirmation, "given_at", "id"))
_MERGED_ORDERS = Kept(_MERGED, _in(Order, "id", by="survivor_id"))


def tasks_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The checks, in their order."""
    return _TASKS.of(ctx, ids)


def procedures_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The procedures that these orders follow, each as it was when it was attached."""
    return _PROCEDURES.of(ctx, ids)


def shown_value(task: dict[str, Any]) -> str:
    """What was measured, chosen or read at a check; a photo stands among the photos."""
    if not task["value"] or task["asks"] == Asks.PHOTO:
        return ""
    return " ".join(part for part in (task["value"], task["unit"]) if part)


def labour_of(ctx: Context, ids: list[UUID]) -> Rows:
    """Booked time, oldest first; what it cost only for those who may see money."""
    return _LABOUR_ENTRIES[sees_money(ctx)].of(ctx, ids)


def parts_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The parts, in the order in which they were planned; what they cost only for those who may see money."""
    return _PARTS[sees_money(ctx)].of(ctx, ids)


def timers_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The clocks that run now."""
    return _TIMERS.of(ctx, ids)


def coded(ctx: Context) -> dict[str, str]:
    """Each code of a failure with its name in the caller's language."""
    return _coded(_word(ctx))


def _word(ctx: Context) -> str:
    return "name_zh" if ctx.language.startswith("zh") else "name_en"


def failures_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The failures on record, oldest first."""
    return _NAMED[_word(ctx)].of(ctx, ids)


def waits_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The stretches of waiting, oldest first."""
    return _WAITS.of(ctx, ids)


def downtimes_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The machine's standstills, oldest first."""
    return _DOWNTIMES.of(ctx, ids)


def crew_of(ctx: Context, order_id: UUID) -> Rows:
    """Who helps, by name."""
    return _HELPERS.of(ctx, [order_id])


def follow_ups_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The orders that this one led to."""
    return _FOLLOW_UPS.of(ctx, ids)


def origin_of(ctx: Context, order_id: UUID) -> dict[str, Any] | None:
    """The order that led to this one."""
    return next(iter(_ORIGINS.of(ctx, [order_id])), None)


def confirmations_of(ctx: Context, ids: list[UUID]) -> Rows:
    """What whoever asked for the work said, oldest first."""
    return _CONFIRMATIONS.of(ctx, ids)


def merged_into(ctx: Context, order_id: UUID) -> Rows:
    """The orders that were merged into this one, oldest first."""
    return _MERGED_ORDERS.of(ctx, [order_id])
