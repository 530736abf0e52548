"""The lines of an order and of those merged into it, each kind in one read."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
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

MOST = 500
CODES = ("mode", "mechanism", "cause", "detection", "activity")
Rows = list[dict[str, Any]]


def tasks_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The checks, in their order."""
    rows = Task.objects.of(ctx).filter(order_id__in=ids).order_by("order_id", "position", "id")
    return list(
        rows.values(
            "id", "version", "order_id", "position", "title", "instruction", "result", "note", "answered_at",
            "answered_by_name",
        )[:MOST]
    )  # fmt: skip


def labour_of(ctx: Context, ids: list[UUID]) -> Rows:
    """Booked time, oldest first; what it cost only for those who may see money."""
    reversed_ = LabourEntry.objects.of(ctx).filter(reverses_id=OuterRef("pk"))
    rows = (
        visible(ctx, LabourEntry)
        .filter(order_id__in=ids)
        .annotate(is_reversed=Exists(reversed_))
        .order_by("id")
    )
    money = ("rate", "amount", "currency") if sees_money(ctx) else ()
    return list(
        rows.values(
            "id", "order_id", "resource_id", "minutes", "began_at", "ended_at", "worked_on", "remark",
            "recorded_by_name", "reverses_id", "is_reversed", *money, resource=F("resource__name"),
            kind=F("labour_kind"),
        )[:MOST]
    )  # fmt: skip


def timers_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The clocks that run now."""
    rows = visible(ctx, LabourTimer).filter(order_id__in=ids).order_by("began_at")
    return list(
        rows.values(
            "id", "order_id", "resource_id", "began_at", resource=F("resource__name"), kind=F("labour_kind")
        )
    )


def failures_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The failures on record, each code with its name in the caller's language."""
    rows = visible(ctx, Failure).filter(order_id__in=ids).order_by("detected_at", "id")
    word = "name_zh" if ctx.language.startswith("zh") else "name_en"
    coded = {f"{c}_code": F(f"{c}__code") for c in CODES} | {f"{c}_name": F(f"{c}__{word}") for c in CODES}
    plain = (
        "id",
        "version",
        "order_id",
        "asset_id",
        "part",
        "description",
        "began_at",
        "detected_at",
        "restored_at",
    )
    return list(rows.values(*plain, **coded)[:MOST])


def waits_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The stretches of waiting, oldest first."""
    rows = WaitInterval.objects.of(ctx).filter(order_id__in=ids).order_by("began_at", "id")
    return list(
        rows.values(
            "id", "order_id", "reason", "remark", "from_state", "began_at", "began_by_name", "ended_at",
            "ended_by_name",
        )[:MOST]
    )  # fmt: skip


def downtimes_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The machine's standstills."""
    rows = Downtime.objects.of(ctx).filter(order_id__in=ids).order_by("began_at", "id")
    return list(
        rows.values("id", "version", "order_id", "asset_id", "began_at", "ended_at", kind=F("downtime_kind"))[
            :MOST
        ]
    )


def crew_of(ctx: Context, order_id: UUID) -> Rows:
    """Who helps."""
    rows = OrderCrew.objects.of(ctx).filter(order_id=order_id).order_by("resource__name_key", "id")
    return list(rows.values("resource_id", name=F("resource__name"), user_id=F("resource__user_id")))


def follow_ups_of(ctx: Context, ids: list[UUID]) -> Rows:
    """The orders that this one led to."""
    rows = FollowUp.objects.of(ctx).filter(order_id__in=ids).order_by("id")
    return list(
        rows.values(
            "reason", row_id=F("next_order_id"), number=F("next_order__number"), title=F("next_order__title"),
            state=F("next_order__state"),
        )[:MOST]
    )  # fmt: skip


def origin_of(ctx: Context, order_id: UUID) -> dict[str, Any] | None:
    """The order that led to this one."""
    rows = FollowUp.objects.of(ctx).filter(next_order_id=order_id)
    return rows.values(
        "reason", row_id=F("order_id"), number=F("order__number"), title=F("order__title")
    ).first()


def confirmations_of(ctx: Context, ids: list[UUID]) -> Rows:
    """What whoever asked for the work said, oldest first."""
    rows = Confirmation.objects.of(ctx).filter(order_id__in=ids).order_by("given_at", "id")
    return list(
        rows.values(
            "id", "is_accepted", "signer_name", "signer_user_id", "remark", "signature_id", "given_at"
        )[:MOST]
    )


def merged_into(ctx: Context, order_id: UUID) -> Rows:
    """The orders that were merged into this one, oldest first."""
    rows = Order.objects.of(ctx).filter(survivor_id=order_id).order_by("id")
    return list(
        rows.values("id", "number", "title", "description", "reporter_name", "reported_by_id", "reported_at")[
            :MOST
        ]
    )
