"""Taking back what journalled entries did: rows they made go, what they changed or removed returns, unless touched."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from django.db import IntegrityError, connection, models, transaction

from . import additions, references, unit
from .among import AT_ONCE, among
from .context import Context
from .errors import KernelError, Refusal, WriteOutsideCommand
from .history import Did
from .policies import KINDS
from .search import index_row

CHANGED_SINCE = "take_back.changed_since"
IN_USE = "take_back.in_use"
# What rows are called by: a number where they have one, and the first of these.
_NAMES = ("name", "title", "identifier", "email", "code")


class Kept(msgspec.Struct, frozen=True):
    """A row that stays as it is, and why; `fields` names those that others changed since, `name` what it is called."""

    kind: str
    row_id: UUID
    code: str
    facts: dict[str, Any] = {}
    fields: list[str] = []
    name: str = ""


class TakenBack(msgspec.Struct, frozen=True):
    """How many rows were removed and put back, and which were kept."""

    removed: int
    restored: int
    kept: list[Kept] = []


@dataclass(slots=True)
class _Work:
    """The rows in question by id, and what becomes of them."""

    ctx: Context
    running: "unit.Unit"
    rows: dict[UUID, Any] = field(default_factory=dict)
    # What each row that was made said in the end.
    made: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    changes: list[Did] = field(default_factory=list)
    kept: dict[UUID, Kept] = field(default_factory=dict)

    def keep(
        self, row: Any, code: str, facts: dict[str, Any] | None = None, fields: Iterable[str] = ()
    ) -> None:
        """Notes that a row stays as it is."""
        self.kept[row.id] = Kept(type(row).kind, row.id, code, facts or {}, list(fields), _called(row))


def take_back(ctx: Context, did: list[Did], busy: dict[UUID, str]) -> TakenBack:
    """Takes the changes of one entry back, inside a command of their room.

    A row that was made goes if it still says what it was left saying; one that was removed stands again under its own
    id. `busy` names the rows that something else hangs on, with its kind.
    """
    work = _Work(ctx, _running(did))
    for one in did:
        if one.op == "create" or one.row_id in work.made:
            held = work.made.setdefault(one.row_id, {})
            held.update((name, after) for name, (_, after) in one.fields.items())
    work.changes = [one for one in did if one.op == "change" and one.row_id not in work.made]
    _load(work, did)
    restored = _revive(work, did) + _restore(work)
    _keep_touched(work, busy)
    _keep_used(work)
    removed = _remove(work, did)
    own = [one for one in work.kept.values() if one.code]
    return TakenBack(removed, restored, own)


def untouched(ctx: Context, did: Iterable[Did]) -> set[UUID]:
    """Of the rows that were made, in the order in which it was done, those that still say what they were left with."""
    left: dict[UUID, tuple[str, dict[str, Any]]] = {}
    for one in did:
        if one.op == "create" or one.row_id in left:
            left.setdefault(one.row_id, (one.kind, {}))[1].update(
                (n, after) for n, (_, after) in one.fields.items()
            )
    rows = _standing(ctx, ((kind, row_id) for row_id, (kind, _) in left.items()))
    return {row_id for row_id, row in rows.items() if not _is_touched(row, left[row_id][1])}


def is_of(one: Did, room: str) -> bool:
    """Whether a room takes a change back: one of its own rows, or what it only let stick to a row of another room."""
    is_own = one.kind.split(".", 1)[0] == room
    return is_own or (one.op == "change" and bool(one.fields) and all(map(additions.is_added, one.fields)))


def _running(did: list[Did]) -> "unit.Unit":
    running = unit.current()
    if running is None:
        raise WriteOutsideCommand("changes are taken back outside of any command")
    if not all(is_of(one, running.room) for one in did):
        rooms = sorted({one.kind.split(".", 1)[0] for one in did})
        raise KernelError(f"{running.verb} takes changes of {rooms} back")
    return running


def _load(work: _Work, did: Iterable[Did]) -> None:
    work.rows |= _standing(work.ctx, ((one.kind, one.row_id) for one in did))


def _standing(ctx: Context, wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, Any]:
    """The rows by id, locked, as far as they are there."""
    by_kind: dict[str, list[UUID]] = {}
    for kind, row_id in wanted:
        by_kind.setdefault(kind, []).append(row_id)
    found: dict[UUID, Any] = {}
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), AT_ONCE):
            rows = KINDS[kind].objects.of(ctx).filter(id__in=among(ids[start : start + AT_ONCE]))
            if connection.vendor == "postgresql":
                rows = rows.select_for_update(of=("self",))
            found.update((row.id, row) for row in rows)
    return found


def _called(row: Any) -> str:
    """What people know a row by."""
    name = next((found for column in _NAMES if (found := getattr(row, column, ""))), "")
    return f"{getattr(row, 'number', '')} {name}".strip()[:200]


def _revive(work: _Work, did: list[Did]) -> int:
    """Makes rows that were removed anew, the last first; where something else has taken the place, that stays."""
    revived = 0
    for one in reversed(did):
        model: Any = KINDS[one.kind]
        if one.op != "delete" or one.row_id in work.rows or model.is_ledger or model.hidden_fields:
            continue
        values = {
            name: model._meta.get_field(name).to_python(before)
            for name, (before, _) in one.fields.items()
            if not additions.is_added(name)
        }
        row = model(id=one.row_id, **values)
        try:
            with transaction.atomic():
                row.save()
        except (IntegrityError, KernelError, Refusal):
            work.keep(row, CHANGED_SINCE)
            continue
        work.rows[one.row_id] = row
        revived += 1
    return revived


def _restore(work: _Work) -> int:
    """Puts changed fields back, newest change first; one that was changed again since stays."""
    touched: set[UUID] = set()
    for one in reversed(work.changes):
        row = work.rows.get(one.row_id)
        if row is None:
            continue
        foreign = _put_back(work, row, one.fields, touched)
        for name, (before, after) in one.fields.items():
            if additions.is_added(name):
                continue
            column: Any = row._meta.get_field(name)
            if getattr(row, name) == column.to_python(after):
                setattr(row, name, column.to_python(before))
                touched.add(one.row_id)
            else:
                foreign.append(name)
        if foreign:
            work.keep(row, CHANGED_SINCE, fields=sorted(foreign))
    for row_id in touched:
        if type(work.rows[row_id])._meta.app_label == work.running.room:
            work.rows[row_id].save()
    return len(touched)


def _put_back(work: _Work, row: Any, fields: dict[str, list[Any]], touched: set[UUID]) -> list[str]:
    """Takes back what additions let stick to a row; the names of what was changed since."""
    foreign: list[str] = []
    for addition, told in _of_additions(fields):
        added, since = addition.put_back(work.running, row, told, False)
        foreign += since
        if added.fields:
            _store(work, row, addition, added)
            row.touch()
            touched.add(row.id)
    return foreign


def _of_additions(fields: dict[str, list[Any]]) -> Iterable[tuple[additions.Addition, dict[str, list[Any]]]]:
    for argument, addition in additions.ADDITIONS.items():
        told = {name: pair for name, pair in fields.items() if name.partition(".")[0] == argument}
        own = {name: pair for name, pair in told.items() if additions.is_added(name)}
        if own:
            yield addition, own


def _store(work: _Work, row: Any, addition: additions.Addition, added: additions.Added) -> None:
    with unit.lent(work.running, addition.room):
        added.write()
    before = {name: pair[0] for name, pair in added.fields.items()}
    after = {name: pair[1] for name, pair in added.fields.items()}
    row.record(work.running, row.id, "change", after, before)


def _keep_touched(work: _Work, busy: dict[UUID, str]) -> None:
    for row_id, left in work.made.items():
        row = work.rows.get(row_id)
        if row is None:
            continue
        if _is_touched(row, left) or _is_added_to(work, row, left):
            work.keep(row, CHANGED_SINCE)
        elif row_id in busy:
            work.keep(row, IN_USE, {"kind": busy[row_id]})


def _is_touched(row: Any, left: dict[str, Any]) -> bool:
    """Whether a row says something else than it was left saying; what follows from other rows does not count."""
    unseen = type(row).derived_fields | type(row).hidden_fields
    for name, value in row._values().items():
        told = left.get(name)
        # What JSON gives back as it was needs no reading.
        if (type(value) is type(told) and value == told) or name in unseen:
            continue
        if value != row._meta.get_field(name).to_python(told):
            return True
    return False


def _is_added_to(work: _Work, row: Any, left: dict[str, Any]) -> bool:
    """Whether what sticks to a row that was made is something else than it was made with."""
    told = {name: [None, value] for name, value in left.items() if additions.is_added(name)}
    for argument, addition in additions.ADDITIONS.items():
        own = {name: pair for name, pair in told.items() if name.partition(".")[0] == argument}
        if addition.borne_by(f"{row.kind}.edit") and addition.put_back(work.running, row, own, True)[1]:
            return True
    return False


def _keep_used(work: _Work) -> None:
    """Whatever other rows point at stays, and so do the lines that were made along with a row that stays."""
    pointing = _pointing(work)
    more = True
    while more:
        more = False
        going = {row_id for row_id in work.made if row_id in work.rows and row_id not in work.kept}
        for target, source, kind in pointing:
            if target in going and source not in going and target not in work.kept:
                work.keep(work.rows[target], IN_USE, {"kind": kind})
                more = True
        for row_id in [row_id for row_id in going if row_id not in work.kept]:
            row = work.rows[row_id]
            if any(_kept_with(work, row, target) for target in _targets(row)):
                work.keep(row, "")
                more = True


def _targets(row: Any) -> Iterable[UUID]:
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if column.is_relation and value is not None:
            yield value


def _kept_with(work: _Work, row: Any, target: UUID) -> bool:
    return target in work.kept and target in work.made and type(work.rows[target]) is not type(row)


def _pointing(work: _Work) -> list[tuple[UUID, UUID, str]]:
    """(target, source, the source's kind) for every row that points at one that was made."""
    found: list[tuple[UUID, UUID, str]] = []
    by_model: dict[Any, list[UUID]] = {}
    for row_id in work.made:
        if row_id in work.rows:
            by_model.setdefault(type(work.rows[row_id]), []).append(row_id)
    for model, ids in by_model.items():
        found += references.pointing_at(work.running, model, ids)
    return found


def _strip(work: _Work, row: Any) -> None:
    """Nothing of what was let stick to a row outlives it."""
    told = {name: [None, value] for name, value in work.made[row.id].items() if additions.is_added(name)}
    for addition, own in _of_additions(told):
        added, _ = addition.put_back(work.running, row, own, False)
        _store(work, row, addition, added)


def _remove(work: _Work, did: list[Did]) -> int:
    """Removes what goes, what was made last first; what lines of a ledger said stays in the journal."""
    order: dict[Any, list[Any]] = {}
    for one in did:
        row = work.rows.get(one.row_id)
        if one.op == "create" and row is not None and one.row_id not in work.kept:
            order.setdefault(type(row), []).append(row)
    removed = 0
    for model in reversed(list(order)):
        rows = order[model]
        for row in rows:
            _strip(work, row)
        for start in range(0, len(rows), AT_ONCE):
            ids = [row.id for row in rows[start : start + AT_ONCE]]
            models.QuerySet._raw_delete(model.objects.of(work.ctx).filter(id__in=among(ids)), "default")
        for row in rows:
            model.record(work.running, row.id, "delete", {}, row._values())
        index_row(model, rows, removed=True)
        removed += len(rows)
    return removed
