"""What each actor sees of service: the requests of their part of the house and of their customers."""

from django.db.models import Exists, OuterRef, Q

from trunnion.kernel.context import Context
from trunnion.kernel.permissions import declare, narrowed
from trunnion.kernel.policies import KINDS, sees, visible

from .models import Request

# Customers come in by the same door; the policy shows them what was asked for their own machines only.
READ_CUSTOMER = "service.request.read_customer"
READ = narrowed("service.request.read", READ_CUSTOMER)
# Name and address of whoever reported; everybody else sees a hint.
READ_CONTACT = declare("service.request.read_contact")


def is_customer(ctx: Context) -> bool:
    """Whether the actor looks at requests from outside the house."""
    return ctx.may(READ_CUSTOMER) and not ctx.may(READ)


def _of_customer(ctx: Context) -> Q:
    """What was asked for a customer, where it stands in their part of the place; not what the house makes of it."""
    own = Q(customer_id__in=ctx.scope.party_ids or [], about=None)
    if ctx.scope.location_ids is None:
        return own
    placed = _through(ctx, "assets.location", "location_id") & Q(asset_id=None)
    return own & (_through(ctx, "assets.asset", "asset_id") | placed)


@sees(Request)
def requests(ctx: Context) -> Q:
    """All of the organisation; for somebody who works for a part of it, what an asset or order of that part has."""
    scope = ctx.scope
    if is_customer(ctx):
        return _of_customer(ctx)
    if scope.location_ids is None and scope.party_ids is None and scope.team_ids is None:
        return Q()
    seen = _through(ctx, "work.order", "order_id")
    if scope.team_ids is not None:
        return seen
    placed = _through(ctx, "assets.location", "location_id") & Q(asset_id=None)
    if scope.party_ids is not None:
        # A place may be shared by several customers; without an asset only the customer's name tells whose it is.
        placed &= Q(customer_id__in=scope.party_ids)
    return seen | _through(ctx, "assets.asset", "asset_id") | placed


def _through(ctx: Context, kind: str, field: str) -> Q:
    return Q(Exists(visible(ctx, KINDS[kind]).filter(id=OuterRef(field))))
