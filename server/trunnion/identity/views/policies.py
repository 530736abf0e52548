"""Who finds which view: one's own, those shared with everybody or a role of one's own, and the defaults."""

from django.db.models import Q

from trunnion.identity.models import MembershipRole
from trunnion.kernel.context import Context
from trunnion.kernel.policies import sees

from .models import View
from .types import Audience

SHARE = "identity.view.share"
SET_DEFAULT = "identity.view.set_default"


@sees(View)
def views(ctx: Context) -> Q:
    """One's own, and what is shared with one."""
    if ctx.actor_id is None:
        return Q()
    roles = MembershipRole.objects.of(ctx).filter(membership__user_id=ctx.actor_id).values("role_id")
    shared = Q(audience=Audience.EVERYBODY) | Q(audience=Audience.ROLE, role_id__in=roles)
    return Q(owner_id=ctx.actor_id) | Q(is_default=True) | shared


def may_change(ctx: Context, view: View) -> bool:
    """Whether the actor may edit or remove it: a default by who sets defaults, others by owner or who shares."""
    if view.is_default:
        return ctx.may(SET_DEFAULT)
    is_own = view.owner_id == ctx.actor_id
    return is_own or (view.audience != Audience.PRIVATE and ctx.may(SHARE))
