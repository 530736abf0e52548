"""The order ends: confirmed or refused by whoever asked for it, closed with frozen cost, taken up again, called off."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.attach.commands import signature
from trunnion.attach.types import Meaning
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Instant, Name, Prose
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit
from trunnion.work import rules
from trunnion.work.commands import supply
from trunnion.work.commands.step import advance, done, facts
from trunnion.work.events import OrderCancelled, OrderClosed, OrderConfirmed, OrderRefused, OrderReopened
from trunnion.work.models import Confirmation, Order
from trunnion.work.queries.cost import cost_of
from trunnion.work.states import DONE
from trunnion.work.types import OrderDone, OrderState

from .ending import end_with
from .intake import Reason

Picture = Annotated[str, Field(max_length=1_400_000)]
Remark = Annotated[Prose, Field(max_length=2_000)]
# What a new round of work begins without.
ROUND = (
    "dispatched_at", "accepted_at", "departed_at", "arrived_at", "started_at", "ended_at", "restored_at",
    "confirmed_at", "closed_at", "cost_labour", "cost_material", "cost_service",
)  # fmt: skip


@command("work.order.confirm", secret=("signature_png_base64",))
def confirm(
    ctx: Context, order_id: UUID, signer_name: Name | None = None, accepted: bool = True, remark: Remark = "",
    signature_png_base64: Picture = "", at: Instant | None = None,
) -> OrderDone:  # fmt: skip
    """Whoever asked for the work says that it is done; `accepted` false is the same as to refuse."""
    if not accepted:
        if not remark:
            raise Invalid.field("/remark", "field.missing")
        return refuse(
            ctx,
            order_id,
            remark=remark,
            signer_name=signer_name,
            signature_png_base64=signature_png_base64,
            at=at,
        )
    order = take(ctx, Order, order_id)
    when = advance(order, "confirm", at)
    order.confirmed_at = when
    meaning = Meaning.ACCEPTED_WITH_REMARKS if remark else Meaning.ACCEPTED
    given_by = _confirmation(ctx, order, when, meaning, signer_name, remark, signature_png_base64)
    order.save()
    emit(OrderConfirmed(**facts(order, when), signer_name=given_by))
    return done(order)


@command("work.order.refuse", secret=("signature_png_base64",))
def refuse(
    ctx: Context, order_id: UUID, remark: Annotated[Remark, Field(min_length=1)], signer_name: Name | None = None,
    signature_png_base64: Picture = "", at: Instant | None = None,
) -> OrderDone:  # fmt: skip
    """Whoever asked for the work says that it is not done, and why; the work goes on."""
    order = take(ctx, Order, order_id)
    when = advance(order, "refuse", at)
    given_by = _confirmation(ctx, order, when, Meaning.REFUSED, signer_name, remark, signature_png_base64)
    _go_on(order)
    order.save()
    emit(OrderRefused(**facts(order, when), signer_name=given_by, remark=remark))
    return done(order)


@command("work.order.close")
def close(ctx: Context, order_id: UUID, at: Instant | None = None) -> OrderDone:
    """Closes the order and freezes what it cost."""
    order = take(ctx, Order, order_id)
    when = advance(order, "close", at)
    supply.release(ctx, order)
    cost = cost_of(ctx, order.id)
    order.closed_at = when
    order.cost_labour, order.cost_material, order.cost_service = cost.labour, cost.material, cost.service
    order.cost_currency = cost.currency
    order.save()
    emit(
        OrderClosed(
            **facts(order, when), cost_labour=cost.labour, cost_material=cost.material, cost_service=cost.service,
            currency=cost.currency,
        )
    )  # fmt: skip
    return done(order)


@command("work.order.reopen")
def reopen(ctx: Context, order_id: UUID, reason: Reason) -> OrderDone:
    """Takes up what seemed over: a completion goes on, what was closed begins a new round, a no becomes a request."""
    order = take(ctx, Order, order_id)
    left, since = OrderState(order.state), order.state_at
    when = advance(order, "reopen")
    rules.check_reopening(left, since, when)
    if left == OrderState.COMPLETED:
        _go_on(order)
    else:
        for field in ROUND:
            setattr(order, field, None)
        order.cost_currency = order.end_reason = ""
    if left in (*DONE, OrderState.CLOSED):
        order.reopened_count += 1
    order.save()
    emit(OrderReopened(**facts(order, when), reason=reason))
    return done(order)


@command("work.order.cancel")
def cancel(ctx: Context, order_id: UUID, reason: Reason) -> OrderDone:
    """Calls the order off, and says why."""
    order = take(ctx, Order, order_id)
    when = advance(order, "cancel")
    end_with(ctx, order, when, reason)
    order.save()
    emit(OrderCancelled(**facts(order, when), reason=reason))
    return done(order)


def _go_on(order: Order) -> None:
    """Takes the end of the work back, and the restoration that was only inferred from it."""
    if order.restored_at == order.ended_at:
        order.restored_at = None
    order.ended_at = None


def _confirmation(
    ctx: Context,
    order: Order,
    when: datetime,
    meaning: Meaning,
    signer: str | None,
    remark: str,
    picture: str,
) -> str:
    """Records who said so and their signature, if they gave one; answers their name."""
    name = signer or ctx.actor_name or ctx.on_behalf_of or "-"
    signed = None
    if picture:
        signed = signature.sign(
            ctx, kind=Order.kind, row_id=order.id, signer_name=name, meaning=meaning,
            image_png_base64=picture, remark=remark, signed_at=when, is_actor=signer is None,
        ).id  # fmt: skip
    Confirmation(
        order=order, is_accepted=meaning != Meaning.REFUSED, signer_name=name, remark=remark, given_at=when,
        signer_user_id=ctx.actor_id if signer is None else None, signature_id=signed,
    ).save()  # fmt: skip
    return name
