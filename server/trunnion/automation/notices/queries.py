"""Reads of notices: one's own inbox, how much of it is unread, and what one does not want to be told."""

from typing import Any

from trunnion.kernel.context import Context
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.policies import visible

from .models import Notice, NoticeChoice, NoticeMute
from .types import What

READ = "automation.notice.read"
# The bell shows no larger number.
MOST_COUNTED = 100
MOST_MUTES = 500

NOTICES = Listing(
    name="automation.notices",
    model=Notice,
    permission=READ,
    order="-last_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("what", Type.CHOICE, path="what", choices=What, words="choice.automation.notice.what"),
        Column("subject_kind", path="subject_kind"),
        Column("subject_id", Type.ID, path="subject_id"),
        Column("title", path="title"),
        Column("by_name", path="by_name"),
        Column("detail", path="detail"),
        Column("count", Type.NUMBER, path="count"),
        Column("first_at", Type.INSTANT, path="first_at"),
        Column("last_at", Type.INSTANT, path="last_at", sort="last_at"),
        Column("read_at", Type.INSTANT, path="read_at"),
    ),
)


def count_unread(ctx: Context) -> dict[str, Any]:
    """How many of one's own notices are unread, counted up to a hundred."""
    rows = visible(ctx, Notice).filter(recipient_id=ctx.person_id, read_at=None)
    return {"unread": rows.order_by()[:MOST_COUNTED].count()}


def get_wishes(ctx: Context) -> dict[str, Any]:
    """What one wants to be told of, and the records that one does not want to hear of."""
    said = dict(visible(ctx, NoticeChoice).filter(user_id=ctx.person_id).values_list("what", "is_wanted"))
    mutes = visible(ctx, NoticeMute).filter(user_id=ctx.person_id).order_by("-id")
    columns = ("id", "version", "subject_kind", "subject_id", "title", "created_at")
    return {
        "choices": [{"what": what.value, "is_wanted": said.get(what.value, True)} for what in What],
        "mutes": list(mutes.values(*columns)[:MOST_MUTES]),
    }
