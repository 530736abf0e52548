"""The lines of an order and of those merged into it, each kind in one read; the caller has checked the order."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from trunnion.kernel.context import Context
from trunnion.work.models import (
    Confirmation,
    Downtime,
    Failure,
    FollowUp,
    LabourEntry,
    LabourTimer,
    Order,
    OrderCrew,
    Task,
    WaitInterval,
)
from trunnion.work.policies import sees_money

from .shape import Rows, plain, read

CODES = ("mode", "mechanism", "cause", "detection", "activity")
_TASK = plain(
    "id",
    "version",
    "order_id",
    "position",
    "title",
    "instruction",
    "result",
    "note",
    "answered_at",
    "answered_by_name",
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


def tasks_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The checks, in their order."""
    return read(Task.objects.of(ctx).filter(order_id__in=ids).order_by("order_id", "position", "id"), _TASK)


def labour_of(ctx: Context, ids: list[UUID]) -> Rows:
    """Booked time, oldest first; what it cost only for those who may see money."""
    reversal = LabourEntry.objects.of(ctx).filter(reverses_id=OuterRef("pk"))
    rows = LabourEntry.objects.of(ctx).filter(order_id__in=ids).annotate(is_reversed=Exists(reversal))
    return read(rows.order_by("id"), _LABOUR | (_MONEY if sees_money(ctx) else {}))


def timers_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The clocks that run now."""
    return read(LabourTimer.objects.of(ctx).filter(order_id__in=ids).order_by("began_at"), _TIMER)


def coded(ctx: Context) -> dict[str, str]:
    """Each code of a failure with its name in the caller's language."""
    word = "name_zh" if ctx.language.startswith("zh") else "name_en"
    return {f"{c}_code": f"{c}__code" for c in CODES} | {f"{c}_name": f"{c}__{word}" for c in CODES}


def failures_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The failures on record, oldest first."""
    rows = Failure.objects.of(ctx).filter(order_id__in=ids).order_by("detected_at", "id")
    return read(rows, _FAILURE | coded(ctx))


def waits_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The stretches of waiting, oldest first."""
    return read(WaitInterval.objects.of(ctx).filter(order_id__in=ids).order_by("began_at", "id"), _WAIT)


def downtimes_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The machine's standstills, oldest first."""
    return read(Downtime.objects.of(ctx).filter(order_id__in=ids).order_by("began_at", "id"), _DOWNTIME)


def crew_of(ctx: Context, order_id: UUID) -> Rows:
    """Who helps, by name."""
    return read(
        OrderCrew.objects.of(ctx).filter(order_id=order_id).order_by("resource__name_key", "id"), _CREW
    )


def follow_ups_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The orders that this one led to."""
    return read(FollowUp.objects.of(ctx).filter(order_id__in=ids).order_by("id"), _NEXT)


def origin_of(ctx: Context, order_id: UUID) -> dict[str, Any] | None:
    """The order that led to this one."""
    return next(iter(read(FollowUp.objects.of(ctx).filter(next_order_id=order_id), _ORIGIN)), None)


def confirmations_of(ctx: Context, ids: list[UUID]) -> Rows:
    """What whoever asked for the work said, oldest first."""
    return read(Confirmation.objects.of(ctx).filter(order_id__in=ids).order_by("given_at", "id"), _SAID)


def merged_into(ctx: Context, order_id: UUID) -> Rows:
    """The orders that were merged into this one, oldest first."""
    return read(Order.objects.of(ctx).filter(survivor_id=order_id).order_by("id"), _MERGED)
