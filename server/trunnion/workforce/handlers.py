"""Reactions of workforce: whoever may no longer come in is given no more work."""

from trunnion.identity.events import MemberDeactivated, MemberErased
from trunnion.kernel.context import Context
from trunnion.kernel.events import on

from .commands import labour_resource
from .queries import list_once_of_user, resource_of_user


@on(MemberDeactivated)
def member_left(ctx: Context, event: MemberDeactivated) -> None:
    """The member's labour resource goes too; their heir's takes over."""
    own = resource_of_user(ctx, event.user_id)
    if own is not None:
        heir = resource_of_user(ctx, event.heir_id)
        labour_resource.deactivate(ctx, own.id, hand_over_to=heir.id if heir else None)


@on(MemberErased)
def member_forgotten(ctx: Context, event: MemberErased) -> None:
    """Their labour resource is called as they are now, and has no telephone; what it did and cost stays."""
    for resource_id in list_once_of_user(ctx, event.user_id):
        labour_resource.edit(ctx, resource_id, name=event.name, code="", phone="")
