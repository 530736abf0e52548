"""The gate that guests pass: what their link does not allow now is refused, and what it does is told."""

from uuid import UUID

from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import WrongState
from trunnion.kernel.policies import take
from trunnion.service.models import Request
from trunnion.service.policies import is_customer
from trunnion.service.queries.standing import case_of
from trunnion.service.rules.guests import guest_verbs
from trunnion.service.types import GuestVerb, LinkRole


def is_guest(ctx: Context) -> bool:
    """Whether somebody acts who is not of the house: by a link, or signed in as a customer."""
    return ctx.actor_id is None or is_customer(ctx)


def admit(ctx: Context, request_id: UUID, verb: GuestVerb) -> Request:
    """The request that speaks for the guest's own one, locked; raises WrongState with what is possible instead."""
    case = case_of(ctx, take(ctx, Request, request_id))
    standing = case.standing(LinkRole.REPORTER)
    possible = guest_verbs(standing, clock.now())
    if verb not in possible:
        raise WrongState(standing.order_state or standing.request_state, verb, possible)
    return case.target
