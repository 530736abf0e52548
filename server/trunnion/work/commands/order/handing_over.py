"""Somebody who led orders is no longer there: each goes to an heir, or back to where somebody else can take it."""

from typing import Any
from uuid import UUID

from trunnion.attach.commands import comment
from trunnion.identity.queries import get_organisation
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
from trunnion.kernel.words import say
from trunnion.work.models import Order, OrderCrew
from trunnion.work.states import OPEN, UNDER_WAY, WORKABLE
from trunnion.work.types import OrderState
from trunnion.workforce.queries import find_resources

from .desk import TAKEN, assign, dispatch


@command("work.order.hand_over")
def hand_over(ctx: Context, resource_id: UUID, heir_id: UUID | None = None) -> int:
    """Gives every open order that somebody led to another, or to nobody in particular; answers how many.

    Work that has begun cannot be nobody's: without an heir it stays as it is, and a note among colleagues says so.
    """
    names = find_resources(ctx, [resource_id])
    name = names[resource_id].name if resource_id in names else ""
    led = list(_led(ctx, resource_id).order_by("id"))
    for order in led:
        if order.state in UNDER_WAY:
            dispatch(ctx, order.id, resource_id=heir_id)
        elif heir_id is not None or (order.waiting_from or order.state) not in TAKEN:
            assign(ctx, order.id, resource_id=heir_id)
        else:
            said = say("work.left_alone", get_organisation(ctx.organisation_id).language, name=name)
            comment.add(ctx, Order.kind, order.id, said, is_internal=True)
    _helped(ctx, resource_id).delete()
    return len(led)


def has_work(ctx: Context, resource_id: UUID) -> bool:
    """Whether there is anything to hand over."""
    return _led(ctx, resource_id).exists() or _helped(ctx, resource_id).exists()


def _led(ctx: Context, resource_id: UUID) -> Any:
    return visible(ctx, Order).filter(leading_id=resource_id, state__in=[*WORKABLE, OrderState.WAITING])


def _helped(ctx: Context, resource_id: UUID) -> Any:
    return OrderCrew.objects.of(ctx).filter(resource_id=resource_id, order__state__in=OPEN)
