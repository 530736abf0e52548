"""Whom a word reaches: members who may read notices, see the record, want to hear of it and have not been told."""

from collections.abc import Iterable
from uuid import UUID

from trunnion.identity.queries import context_of_member
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotSignedIn
from trunnion.kernel.policies import KINDS, may_read, visible
from trunnion.kernel.tables import Row

from .models import Notice, NoticeChoice, NoticeMute, NoticeSource
from .queries import READ
from .types import What, Word

LONGEST_TITLE = 300
# Whoever is named, or must decide, is told even of what they do not follow.
PERSONAL = frozenset({What.MENTION, What.APPROVAL})


def reached(ctx: Context, people: Iterable[UUID | None], word: Word) -> list[tuple[UUID, str]]:
    """Those of these people who are to be told, each with what the record is called."""
    asked = {p for p in people if p is not None and p != ctx.caused_by}
    asked -= set(
        NoticeSource.objects.of(ctx)
        .filter(recipient_id__in=asked, source=word.source)
        .values_list("recipient_id", flat=True)
    )
    if not asked:
        return []
    found = []
    for person_id in sorted(asked - _unwilling(ctx, asked, word)):
        title = _seen_by(ctx, person_id, word)
        if title:
            found.append((person_id, title))
    return found


def _unwilling(ctx: Context, people: set[UUID], word: Word) -> set[UUID]:
    off = NoticeChoice.objects.of(ctx).filter(user_id__in=people, what=word.what, is_wanted=False)
    unwilling = set(off.values_list("user_id", flat=True))
    if word.what in PERSONAL:
        return unwilling
    mutes = NoticeMute.objects.of(ctx).filter(
        user_id__in=people, subject_kind=word.kind, subject_id=word.row_id
    )
    return unwilling | set(mutes.values_list("user_id", flat=True))


def _seen_by(ctx: Context, person_id: UUID, word: Word) -> str:
    """What the record is called, where this person may know of it; nothing where they may not."""
    try:
        reader = context_of_member(ctx.organisation_id, person_id)
    except NotSignedIn:
        return ""
    if not reader.may(READ):
        return ""
    if word.title:
        return word.title[:LONGEST_TITLE]
    row = find_record(reader, word.kind, word.row_id)
    return name_of(row) if row is not None else ""


def last_told(ctx: Context, what: What, kind: str, row_id: UUID) -> UUID | None:
    """Who was told last of such a thing about a record."""
    rows = Notice.objects.of(ctx).filter(what=what, subject_kind=kind, subject_id=row_id)
    found: UUID | None = rows.order_by("-last_at", "-id").values_list("recipient_id", flat=True).first()
    return found


def find_record(reader: Context, kind: str, row_id: UUID) -> Row | None:
    """The record, where its kind may be read and the record itself be seen."""
    if not may_read(reader, kind):
        return None
    found: Row | None = visible(reader, KINDS[kind]).filter(id=row_id).first()
    return found


def name_of(row: Row) -> str:
    """What people call a record: its number and its title or name."""
    parts = (getattr(row, "number", ""), getattr(row, "title", "") or getattr(row, "name", ""))
    return " ".join(str(part) for part in parts if part)[:LONGEST_TITLE] or row.kind
