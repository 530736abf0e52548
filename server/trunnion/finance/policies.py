"""What each actor sees of finance: every cost, or those of the orders in their part of the organisation."""

from django.db.models import Q

from trunnion.kernel.context import Context, Scope
from trunnion.kernel.policies import KINDS, seen, sees, visible

from .models import CostEntry, Disposal


@sees(CostEntry)
def costs(ctx: Context) -> Q:
    """Whoever works for a part of the organisation sees what its orders cost."""
    if ctx.scope == Scope():
        return Q()
    return Q(order_id__in=visible(ctx, KINDS["work.order"]).values("id"))


@sees(Disposal)
def disposals(ctx: Context) -> Q:
    """Disposals of visible assets."""
    if ctx.scope == Scope():
        return Q()
    return Q(asset_id__in=seen(ctx, KINDS["assets.asset"]).values("id"))
