"""What each actor sees of service: the requests of their part of the house and of their customers."""

from django.db.models import Exists, OuterRef, Q

from trunnion.kernel.context import Context
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import KINDS, sees, visible

from .models import Request

READ = declare("service.request.read")
# Name and address of whoever reported; everybody else sees a hint.
READ_CONTACT = declare("service.request.read_contact")


@sees(Request)
def requests(ctx: Context) -> Q:
    """All of the organisation; for somebody who works for a part of it, what an asset or order of that part has."""
    scope = ctx.scope
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
