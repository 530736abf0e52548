"""Who sees which notice: everybody their own, and nobody anybody else's."""

from django.db.models import Q

from trunnion.kernel.context import Context, Everything
from trunnion.kernel.policies import sees

from .models import Notice, NoticeChoice, NoticeMute, NoticeSource


@sees(Notice)
def notices(ctx: Context) -> Q:
    """One's own; the software itself sees all."""
    return _own(ctx, "recipient_id")


@sees(NoticeSource)
def sources(ctx: Context) -> Q:
    """Of one's own notices."""
    return _own(ctx, "recipient_id")


@sees(NoticeChoice)
def choices(ctx: Context) -> Q:
    """One's own."""
    return _own(ctx, "user_id")


@sees(NoticeMute)
def mutes(ctx: Context) -> Q:
    """One's own."""
    return _own(ctx, "user_id")


def _own(ctx: Context, column: str) -> Q:
    if ctx.actor_id is None and isinstance(ctx.grants, Everything):
        return Q()
    return Q(**{column: ctx.actor_id})
