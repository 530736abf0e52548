"""The bin: what was removed or laid aside in the last thirty days, and the way back for whoever may remove it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from . import clock, history, unit
from .command import COMMANDS, command
from .context import Context
from .errors import NotGranted, NotVisible, Refusal
from .models import Entry, Payload
from .policies import KINDS, sees_all
from .tables import MASKED

KEPT = timedelta(days=30)
MOST = 200
PAGE = 50
# What a verb that lays a record aside is taken back by; what a verb removes, the bin itself puts back.
INVERSES = {"archive": "restore", "deactivate": "reactivate", "retire": "reinstate"}
REMOVALS = ("remove", "drop", "unlink")
# By which of its facts a record is called.
NAMES = ("number", "name", "title", "label_en", "code", "name_en", "serial")


class Thrown(msgspec.Struct, frozen=True):
    """A record in the bin. `way` is the verb that takes it back: its own, or `kernel.bin.restore` of the entry."""

    entry_id: UUID
    at: datetime
    actor_name: str
    verb: str
    kind: str
    row_id: UUID
    name: str
    way: str
    # Somebody has taken it back already, or it is there again.
    is_back: bool
    removed_with: int = 0


class Page(msgspec.Struct, frozen=True):
    """Newest first; `next` is the entry to go on before."""

    rows: list[Thrown]
    next: UUID | None


class Restored(msgspec.Struct, frozen=True):
    """What stands again."""

    kind: str
    id: UUID
    version: int
    rows: int


def list_thrown(ctx: Context, before: UUID | None = None, limit: int = PAGE) -> Page:
    """What was removed or laid aside by verbs that the caller may do."""
    verbs = [name for name in COMMANDS if _is_throwing(name) and ctx.may(name)]
    since = clock.now() - KEPT
    # The id, which the index knows, comes close; what decides is the time.
    rows = Entry.objects.filter(
        organisation_id=ctx.organisation_id, id__gte=_first_id(since), occurred_at__gte=since, verb__in=verbs
    )
    if before is not None:
        rows = rows.filter(id__lt=before)
    limit = min(max(limit, 1), MOST)
    found = list(rows.order_by("-id")[: limit + 1])
    cut = found[:limit]
    bodies = dict(Payload.objects.filter(entry_id__in=[e.id for e in cut]).values_list("entry_id", "body"))
    told = [one for entry in cut if (one := _thrown(ctx, entry, bodies.get(entry.id, ""))) is not None]
    return Page(_with_state(ctx, told), cut[-1].id if len(found) > limit else None)


@command("kernel.bin.restore", open_to_all=True)
def restore(ctx: Context, entry_id: UUID) -> Restored:
    """Puts back what one verb removed, with the ids that it had; takes the right to remove it."""
    entry = Entry.objects.filter(organisation_id=ctx.organisation_id, id=entry_id).first()
    if entry is None or not _is_throwing(entry.verb):
        raise NotVisible
    if not ctx.may(entry.verb):
        raise NotGranted(entry.verb)
    if entry.occurred_at < clock.now() - KEPT:
        raise Refusal("bin.too_late", days=KEPT.days)
    did = history.did(entry.id)
    first = next((one for one in did if one.op == "delete"), None)
    running = unit.current()
    if first is None or running is None or not _may_see(ctx, entry, first.kind):
        raise NotVisible
    with unit.lent(running, entry.verb.split(".", 1)[0]):
        # What was removed last stood on what was removed after it.
        rows = [_put_back(ctx, one) for one in reversed(did) if one.op in ("delete", "change")]
    row = next(one for one in rows if one.id == first.row_id)
    unit.about(first.kind, row.id)
    return Restored(first.kind, row.id, row.version, len(rows))


def _put_back(ctx: Context, one: history.Did) -> Any:
    model = KINDS[one.kind]
    rows = model.objects.of(ctx)
    row: Any = rows.filter(id=one.row_id).first()
    if one.op == "delete":
        if row is not None:
            raise Refusal("bin.is_back")
        row = model(id=one.row_id)
    elif row is None:
        raise Refusal("bin.changed_since")
    for name, (before, after) in one.fields.items():
        if MASKED in (before, after):
            raise Refusal("bin.has_secrets")
        column: Any = row._meta.get_field(name)
        if one.op == "change" and getattr(row, name) != column.to_python(after):
            raise Refusal("bin.changed_since")
        setattr(row, name, column.to_python(before))
    row.save()
    return row


def _is_throwing(verb: str) -> bool:
    kind, _, last = verb.rpartition(".")
    return last in REMOVALS or (last in INVERSES and f"{kind}.{INVERSES[last]}" in COMMANDS)


def _first_id(at: datetime) -> UUID:
    """What an id made then would at least be."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def _thrown(ctx: Context, entry: Entry, body: str) -> Thrown | None:
    """None for a verb that only sounds like it: an asset that was taken out of its place is not gone."""
    kind, _, last = entry.verb.rpartition(".")
    changes = msgspec.json.decode(body).get("changes", []) if body else []
    gone = [c for c in changes if c["op"] == "delete" and c["kind"] in KINDS]
    if last in INVERSES:
        row_id, name, way = entry.subject_id, "", f"{kind}.{INVERSES[last]}"
    elif gone:
        row_id, name, way, kind = UUID(gone[0]["id"]), _called(gone[0]), "kernel.bin.restore", gone[0]["kind"]
    else:
        return None
    if row_id is None or kind not in KINDS or not _may_see(ctx, entry, kind):
        return None
    return Thrown(
        entry.id, entry.occurred_at, entry.actor_name, entry.verb, kind, row_id, name, way, False,
        max(len(gone) - 1, 0),
    )  # fmt: skip


def _may_see(ctx: Context, entry: Entry, kind: str) -> bool:
    """Whoever sees only part of a table sees what they removed themselves: where the rest stood nobody knows now."""
    return entry.actor_id == ctx.actor_id or (kind in KINDS and sees_all(ctx, KINDS[kind]))


def _called(change: dict[str, Any]) -> str:
    held = {name: pair[0] for name, pair in change["fields"].items()}
    return " ".join(str(held[name]) for name in NAMES if held.get(name))[:200]


def _with_state(ctx: Context, told: list[Thrown]) -> list[Thrown]:
    """Whether each is there again, and what those are called that never went: a query for each kind."""
    ids: dict[str, set[UUID]] = {}
    for one in told:
        ids.setdefault(one.kind, set()).add(one.row_id)
    standing = {kind: _standing(ctx, kind, some) for kind, some in ids.items()}
    return [_completed(one, standing[one.kind].get(one.row_id)) for one in told]


def _standing(ctx: Context, kind: str, ids: Iterable[UUID]) -> dict[UUID, Any]:
    return {row.id: row for row in KINDS[kind].objects.of(ctx).filter(id__in=list(ids))}


def _completed(one: Thrown, row: Any) -> Thrown:
    if one.way == "kernel.bin.restore":
        return msgspec.structs.replace(one, is_back=row is not None)
    if row is None:
        return msgspec.structs.replace(one, is_back=True)
    name = " ".join(str(getattr(row, n)) for n in NAMES if getattr(row, n, None))[:200]
    return msgspec.structs.replace(one, name=name, is_back=not _is_aside(row))


def _is_aside(row: Any) -> bool:
    if hasattr(row, "is_active"):
        return not row.is_active
    if hasattr(row, "archived_at"):
        return row.archived_at is not None
    return getattr(row, "state", "") == "archived"
