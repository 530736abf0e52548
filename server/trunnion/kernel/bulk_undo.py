"""A bulk edit put back: each record that was not changed since gets the values that it had, as one entry again."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import msgspec

from . import unit
from .additions import ADDITIONS
from .bulk import AT_ONCE, Batch, Bulk, Told, Undone, bulk_of, each, queued, quietly, verb_of
from .command import outermost
from .context import Context
from .database import reading
from .encoding import plain
from .errors import NotGranted, NotVisible, Refusal
from .events import EVENTS, Event
from .jobs import Progress, task
from .models import Entry, Payload, RowChange
from .policies import KINDS, take
from .tables import MASKED

CHANGED_SINCE = "bulk.changed_since"


def undo(ctx: Context, bulk: Bulk, entry_id: UUID) -> Batch:
    """Puts a bulk edit back; raises NotVisible where the entry is none of this verb for many."""
    if not ctx.may(bulk.known.name):
        raise NotGranted(bulk.known.name)
    if len(_changes(ctx, bulk, entry_id)) > AT_ONCE:
        return queued(ctx, "kernel.bulk_undo", bulk, {"entry_id": entry_id})
    return put_back(ctx, bulk, entry_id, quietly)


def put_back(ctx: Context, bulk: Bulk, entry_id: UUID, told: Told) -> Batch:
    """The same at once, in one transaction."""

    def run(ctx: Context, undo_of: UUID) -> Batch:
        steps = [(UUID(one["id"]), _step(bulk, one)) for one in reversed(_changes(ctx, bulk, undo_of))]
        done = each(bulk, steps, told)
        if not bulk.turns:
            for event in _told_of_many(undo_of):
                unit.emit(event)
        return done

    answer: Batch = outermost(ctx, verb_of(bulk, run, Undone), {"undo_of": entry_id})
    return answer


def _told_of_many(entry_id: UUID) -> Iterator[Event]:
    """What was said of the records then is true of them once more: those that are called differently again, say."""
    body = Payload.objects.get(entry_id=entry_id).body
    for name, facts in msgspec.json.decode(body)["events"]:
        if EVENTS[name].gathers:
            yield msgspec.convert(facts, EVENTS[name], strict=False)


def _step(bulk: Bulk, one: dict[str, Any]) -> Callable[[unit.Unit], None]:
    return lambda inner: _turn_back(bulk, inner, one) if bulk.turns else _restore(inner, one)


def _changes(ctx: Context, bulk: Bulk, entry_id: UUID) -> list[dict[str, Any]]:
    with reading(ctx.organisation_id):
        named = _named(ctx, bulk, entry_id)
        rows = RowChange.objects.filter(organisation_id=ctx.organisation_id, entry_id=entry_id).order_by("id")
        found = [msgspec.json.decode(body) for body in rows.values_list("body", flat=True)]
    if not bulk.turns:
        return found
    # What only went along comes back along; a record that the verb was not asked for is none of its.
    own = (one for one in found if one["kind"] == bulk.kind and one["id"] in named)
    return [one for one in own if one["op"] == "change" and not one["fields"].keys().isdisjoint(bulk.turns)]


def _named(ctx: Context, bulk: Bulk, entry_id: UUID) -> set[str]:
    """The records that a batch was asked for; raises NotVisible where the entry is none of this verb for many."""
    entries = Entry.objects.filter(id=entry_id, organisation_id=ctx.organisation_id, verb=bulk.known.name)
    payload = Payload.objects.filter(entry_id__in=entries.values("id")).first()
    if payload is None or not payload.body:
        raise NotVisible
    arguments = msgspec.json.decode(payload.body)["arguments"]
    if {"ids", "changes"} <= set(arguments):
        return set(arguments["ids"])
    if "undo_of" not in arguments:
        raise NotVisible
    return _named(ctx, bulk, UUID(arguments["undo_of"]))


def _turn_back(bulk: Bulk, inner: unit.Unit, one: dict[str, Any]) -> None:
    """The verb once more, with what the record said before; refused where it says something else by now."""
    row: Any = take(inner.ctx, KINDS[one["kind"]], UUID(one["id"]))
    before = {name: getattr(row, name) for name in bulk.turns}
    for name in bulk.turns:
        column: Any = row._meta.get_field(name)
        if name in one["fields"]:
            before[name], after = map(column.to_python, one["fields"][name])
            if getattr(row, name) != after:
                raise Refusal(CHANGED_SINCE)
    bulk.known.run(inner.ctx, **{bulk.id_name: row.id}, **before)


def _restore(inner: unit.Unit, one: dict[str, Any]) -> None:
    if one["op"] != "change":
        raise Refusal("bulk.not_reversible")
    row = take(inner.ctx, KINDS[one["kind"]], UUID(one["id"]))
    for name, (before, after) in one["fields"].items():
        argument, _, key = name.partition(".")
        if key and argument in ADDITIONS:
            inner.given.setdefault(argument, {})[key] = before
            continue
        column: Any = row._meta.get_field(name)
        if MASKED in (before, after) or getattr(row, name) != column.to_python(after):
            raise Refusal(CHANGED_SINCE)
        setattr(row, name, column.to_python(before))
    row.save()
    _check_given(inner, one)


def _check_given(inner: unit.Unit, one: dict[str, Any]) -> None:
    """What stuck to the record must have been what the batch had left, too."""
    found = {n: f for c in inner.changes if str(c.row_id) == one["id"] for n, f in c.fields.items()}
    for argument, values in inner.given.items():
        for key in values:
            name = f"{argument}.{key}"
            if name not in found or plain(found[name][0]) != one["fields"][name][1]:
                raise Refusal(CHANGED_SINCE)


@task("kernel.bulk_undo")
def undo_many(ctx: Context, progress: Progress, verb: str, entry_id: str) -> Batch:
    """A large bulk edit put back, with the rights that its originator has now."""
    bulk = bulk_of(verb)
    total = len(_changes(ctx, bulk, UUID(entry_id)))
    progress(0, total)
    done = put_back(ctx.with_(key=f"undo:{progress.job.id}"), bulk, UUID(entry_id), progress.live)
    progress(total, total)
    return done
