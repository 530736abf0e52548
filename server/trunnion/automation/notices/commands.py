"""Verbs on notices: what their reader does with them, and what the software tells."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotVisible, Refusal
from trunnion.kernel.policies import take, visible

from .models import Notice, NoticeChoice, NoticeMute, NoticeSource
from .reaching import find_record, name_of
from .types import Marked, What

MOST_AT_ONCE = 500
Ids = Annotated[list[UUID], Field(max_length=MOST_AT_ONCE)]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=60)]
Source = Annotated[str, StringConstraints(min_length=1, max_length=160)]
Short = Annotated[str, StringConstraints(max_length=200)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Detail = Annotated[str, StringConstraints(max_length=100)]


@command("automation.notice.mark_read", open_to_all=True)
def mark_read(ctx: Context, notice_ids: Ids | None = None) -> Marked:
    """Marks one's own notices as read: these, or all of them (the newest 500 at a time)."""
    rows = visible(ctx, Notice).filter(recipient_id=ctx.person_id, read_at=None)
    if notice_ids is not None:
        known = set(visible(ctx, Notice).filter(id__in=notice_ids).values_list("id", flat=True))
        if known != set(notice_ids):
            raise NotVisible
        rows = rows.filter(id__in=notice_ids)
    found = list(rows.order_by("-last_at", "-id")[:MOST_AT_ONCE])
    for row in found:
        row.read_at = clock.now()
        row.save()
    return Marked(len(found))


@command("automation.notice.mark_unread", open_to_all=True)
def mark_unread(ctx: Context, notice_id: UUID) -> Done:
    """Marks one's own notice as unread again."""
    row = take(ctx, Notice, notice_id, recipient_id=ctx.person_id)
    if row.read_at is not None:
        if _open_card(ctx, row.recipient_id, What(row.what), row.subject_kind, row.subject_id) is not None:
            raise Refusal("notice_newer")
        row.read_at = None
        row.save()
    return Done(row.id, row.version)


@command("automation.notice.mute", open_to_all=True)
def mute(ctx: Context, kind: Kind, row_id: UUID) -> Done:
    """Tells nothing more of a record, except where one is named or must decide oneself."""
    row = (
        NoticeMute.objects.of(ctx).filter(user_id=ctx.person_id, subject_kind=kind, subject_id=row_id).first()
    )
    if row is None:
        record = find_record(ctx, kind, row_id)
        if record is None:
            raise NotVisible
        row = NoticeMute(user_id=ctx.person_id, subject_kind=kind, subject_id=row_id, title=name_of(record))
        row.save()
    return Done(row.id, row.version)


@command("automation.notice.unmute", open_to_all=True)
def unmute(ctx: Context, mute_id: UUID) -> None:
    """Tells of a record again."""
    take(ctx, NoticeMute, mute_id, user_id=ctx.person_id).delete()


@command("automation.notice.choose", open_to_all=True)
def choose(ctx: Context, what: What, is_wanted: bool) -> Done:
    """Says whether one wants to be told of such things."""
    row = NoticeChoice.objects.of(ctx).filter(user_id=ctx.person_id, what=what).first()
    row = row or NoticeChoice(user_id=ctx.person_id, what=what)
    row.is_wanted = is_wanted
    row.save()
    return Done(row.id, row.version)


@command("automation.telling.tell")
def tell(
    ctx: Context, recipient_id: UUID, what: What, kind: Kind, row_id: UUID, title: Title, source: Source,
    by_name: Short = "", detail: Detail = "",
) -> Done:  # fmt: skip
    """Tells somebody of a fact, on the open card about the same record where there is one."""
    now = clock.now()
    row = _open_card(ctx, recipient_id, what, kind, row_id)
    if row is None:
        row = Notice(
            recipient_id=recipient_id, what=what, subject_kind=kind, subject_id=row_id, first_at=now, count=0
        )
    row.title, row.by_name, row.detail, row.last_at = title, by_name, detail, now
    row.count += 1
    row.save()
    NoticeSource(notice_id=row.id, recipient_id=recipient_id, source=source).save()
    return Done(row.id, row.version)


@command("automation.telling.settle")
def settle(
    ctx: Context, what: What, kind: Kind, row_id: UUID, except_ids: list[UUID] | None = None
) -> Marked:
    """Marks as read what nobody has to look at any more: somebody else decided."""
    rows = list(unsettled(ctx, what, kind, row_id, except_ids or []))
    for row in rows:
        row.read_at = clock.now()
        row.save()
    return Marked(len(rows))


@command("automation.telling.tidy")
def tidy(ctx: Context, notice_ids: Ids) -> Marked:
    """Removes notices that are too old to be of use."""
    rows = list(Notice.objects.of(ctx).filter(id__in=notice_ids))
    if not rows:
        raise Invalid.field("/notice_ids", "notices_unknown")
    for source in NoticeSource.objects.of(ctx).filter(notice_id__in=[row.id for row in rows]):
        source.delete()
    for row in rows:
        row.delete()
    return Marked(len(rows))


def unsettled(ctx: Context, what: What, kind: str, row_id: UUID, except_ids: list[UUID]) -> list[Notice]:
    """The unread cards about a record of everybody except these."""
    rows = Notice.objects.of(ctx).filter(what=what, subject_kind=kind, subject_id=row_id, read_at=None)
    return list(rows.exclude(recipient_id__in=except_ids))


def _open_card(ctx: Context, recipient_id: UUID, what: What, kind: str, row_id: UUID) -> Notice | None:
    found = Notice.objects.of(ctx).filter(
        recipient_id=recipient_id, what=what, subject_kind=kind, subject_id=row_id, read_at=None
    )
    card: Notice | None = found.first()
    return card
