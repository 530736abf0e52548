"""Verbs on failures: the record of what failed, how, why, and how it was noticed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from trunnion.assets.queries import get_asset_card
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Code, Instant, Name, Prose
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about, emit
from trunnion.knowledge.queries import resolve_codes
from trunnion.knowledge.types import CodeList, FailureCodeCard
from trunnion.work import rules
from trunnion.work.events import FailureRecorded, FailureWithdrawn
from trunnion.work.models import Failure, Order
from trunnion.work.states import BOOKABLE
from trunnion.work.types import LineDone, OrderState

from .step import line_done, require_state, take_bookable

# What is known of a failure is often put right after the order was closed.
STATES = (*(s for s in BOOKABLE if s != OrderState.DRAFT), OrderState.CLOSED)


@command("work.failure.record")
def record(
    ctx: Context, order_id: UUID, mode: Code, mechanism: Code | None = None, cause: Code | None = None,
    detection: Code | None = None, activity: Code | None = None, part: Name | None = None,
    description: Prose = "", began_at: Instant | None = None, detected_at: Instant | None = None,
    restored_at: Instant | None = None,
) -> LineDone:  # fmt: skip
    """Puts a failure on record with codes of the lists that fit the asset's class."""
    order = take_bookable(ctx, order_id, "failure.record", STATES)
    row = Failure(
        order=order, asset_id=order.asset_id, part=part or "", description=description, began_at=began_at,
        detected_at=detected_at or order.reported_at or clock.now(), restored_at=restored_at,
    )  # fmt: skip
    _check_times(row)
    codes = {
        "mode": mode,
        "mechanism": mechanism,
        "cause": cause,
        "detection": detection,
        "activity": activity,
    }
    _put_codes(row, _resolve(ctx, order, {k: v for k, v in codes.items() if v is not None}))
    row.save()
    return _told(row)


@command("work.failure.edit")
def edit(
    ctx: Context, failure_id: UUID, mode: Code = UNSET, mechanism: Code | None = UNSET, cause: Code | None = UNSET,
    detection: Code | None = UNSET, activity: Code | None = UNSET, part: Name | None = UNSET,
    description: Prose = UNSET, began_at: Instant | None = UNSET, detected_at: Instant = UNSET,
    restored_at: Instant | None = UNSET,
) -> LineDone:  # fmt: skip
    """Puts a failure's record right; what is not given stays."""
    row = take(ctx, Failure, failure_id)
    about(Order.kind, row.order_id)
    order = take(ctx, Order, row.order_id)
    require_state(order, "failure.edit", STATES)
    codes = given(mode=mode, mechanism=mechanism, cause=cause, detection=detection, activity=activity)
    _put_codes(row, _resolve(ctx, order, {k: v for k, v in codes.items() if v is not None}))
    for name in (name for name, code in codes.items() if code is None):
        setattr(row, f"{name}_id", None)
    changes = given(
        description=description, began_at=began_at, detected_at=detected_at, restored_at=restored_at
    )
    for field, value in changes.items():
        setattr(row, field, value)
    if part is not UNSET:
        row.part = part or ""
    _check_times(row)
    row.save()
    return _told(row)


@command("work.failure.withdraw")
def withdraw(ctx: Context, failure_id: UUID) -> None:
    """Takes a failure's record back; the journal keeps what it said."""
    row = take(ctx, Failure, failure_id)
    about(Order.kind, row.order_id)
    order = take(ctx, Order, row.order_id)
    require_state(order, "failure.withdraw", STATES)
    emit(FailureWithdrawn(failure_id=row.id, order_id=order.id, asset_id=row.asset_id))
    row.delete()


def _resolve(ctx: Context, order: Order, codes: dict[str, str]) -> dict[CodeList, FailureCodeCard]:
    if not codes:
        return {}
    card = get_asset_card(ctx, order.asset_id) if order.asset_id else None
    wanted = {CodeList(name): code for name, code in codes.items()}
    return resolve_codes(ctx, wanted, card.equipment_class_code if card else None)


def _put_codes(row: Failure, codes: dict[CodeList, FailureCodeCard]) -> None:
    for name, card in codes.items():
        setattr(row, f"{name}_id", card.id)


def _check_times(row: Failure) -> None:
    """A failure begins, is noticed, is mended: in this order, and not ahead of time."""
    now = clock.now()
    moments: list[tuple[str, datetime | None]] = [
        ("began_at", row.began_at), ("detected_at", row.detected_at), ("restored_at", row.restored_at),
    ]  # fmt: skip
    before: datetime | None = None
    for name, moment in moments:
        if moment is None:
            continue
        if before is not None and moment < before:
            raise Invalid.field(f"/{name}", "failure.out_of_order")
        rules.moment(moment, now, None, f"/{name}")
        before = moment


def _told(row: Failure) -> LineDone:
    named: dict[str, Any] = dict.fromkeys(("mode", "mechanism", "cause"), "")
    for name in named:
        code = getattr(row, name)
        named[name] = code.code if code else ""
    emit(FailureRecorded(failure_id=row.id, order_id=row.order_id, asset_id=row.asset_id, **named))
    return line_done(row)
