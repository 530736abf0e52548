"""Bulk edit: a room's own verb done to many records as one entry; rehearsed before, put back afterwards."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec
from django.db import DataError, IntegrityError, transaction
from pydantic import BaseModel, ConfigDict, Field

from . import additions, journal, unit
from .command import COMMANDS, Command, outermost, validated
from .context import Context
from .database import reading, writing
from .errors import FieldError, Invalid, NotGranted, Refusal
from .integrity import refusal_of
from .jobs import Progress, enqueue, task
from .listing import page
from .listing.columns import LISTINGS, Listing
from .policies import KINDS, visible
from .words import say

MOST = 10_000
# What is more than this is a job's work.
AT_ONCE = 200
# How many rows a rehearsal keeps other writers waiting for.
PORTION = 500
# By which a record is called where its refusal is told.
NAMES = ("number", "name", "title", "code")
Told = Callable[[int, int], None]
Verb = TypeVar("Verb", bound=Callable[..., Any])
# Verbs for many that are put back by themselves: the arguments that say where a record goes, its columns as well.
TURNS: dict[str, tuple[str, ...]] = {}


def put_back_by(*columns: str) -> Callable[[Verb], Verb]:
    """Declares that a verb, done to many, is put back by the same verb with what these columns said before."""

    def declared(verb: Verb) -> Verb:
        TURNS[verb.command.name] = columns  # type: ignore[attr-defined]
        return verb

    return declared


class RefusedRow(msgspec.Struct, frozen=True):
    """A record that stays as it is: what it is called, why it was refused, in words, and which inputs were wrong."""

    id: UUID
    name: str
    code: str
    title: str
    errors: list[dict[str, Any]]


class Batch(msgspec.Struct, frozen=True):
    """What a bulk edit did, or would do: how many records change and stay the same, and which are refused.

    `entry_id` is what undoing it names; `job_id` is where it is worked on when it takes longer.
    """

    changed: int = 0
    same: int = 0
    refused: list[RefusedRow] = []
    is_rehearsal: bool = False
    entry_id: UUID | None = None
    job_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Bulk:
    """A verb for many: one that edits, or one that is put back by itself."""

    known: Command

    @property
    def turns(self) -> tuple[str, ...]:
        """The arguments by which the verb puts itself back; none where columns are simply set back."""
        return TURNS.get(self.known.name, ())

    @property
    def id_name(self) -> str:
        """The argument that names the record: the verb's first."""
        return next(iter(self.known.model.model_fields))

    @property
    def kind(self) -> str:
        """The kind of its records."""
        return self.known.name.rpartition(".")[0]

    @property
    def listing(self) -> Listing | None:
        """The list that its records are chosen from."""
        return next((one for one in LISTINGS.values() if one.model.kind == self.kind), None)


class Rows(BaseModel):
    """The arguments of a batch as they are journalled."""

    model_config = ConfigDict(extra="forbid")
    ids: Annotated[list[UUID], Field(max_length=MOST)]
    changes: dict[str, Any]


class Undone(BaseModel):
    """The arguments of a batch that is put back."""

    model_config = ConfigDict(extra="forbid")
    undo_of: UUID


def bulk_of(verb: str) -> Bulk:
    """The edit verb of this name, for many."""
    return Bulk(COMMANDS[verb])


def quietly(_done: int, _total: int) -> None:
    """Tells nobody how far it is."""


def ask(
    ctx: Context, bulk: Bulk, changes: dict[str, Any], *, ids: list[UUID] | None = None, filter: str | None = None,
    search: str | None = None, dry_run: bool = False,
) -> Batch:  # fmt: skip
    """Edits the records that are named, or that a filter finds; with `dry_run` it only says what would become of it."""
    _check_changes(ctx, bulk, changes)
    chosen = _chosen(ctx, bulk, ids, filter, search)
    if len(chosen) > AT_ONCE:
        facts = {"ids": chosen, "changes": changes, "dry_run": dry_run}
        return queued(ctx, "kernel.bulk_edit", bulk, facts)
    if dry_run:
        return rehearse(ctx, bulk, chosen, changes, quietly)
    return apply(ctx, bulk, chosen, changes, quietly)


def apply(ctx: Context, bulk: Bulk, ids: list[UUID], changes: dict[str, Any], told: Told) -> Batch:
    """Edits the records in one transaction with one entry; who is refused stays as they are."""

    def run(ctx: Context, ids: list[UUID], changes: dict[str, Any]) -> Batch:
        own = _check_changes(ctx, bulk, changes)
        steps = [(row_id, lambda inner, row_id=row_id: _edit(bulk, inner, row_id, own)) for row_id in ids]
        return each(bulk, steps, told)

    answer: Batch = outermost(ctx, verb_of(bulk, run, Rows), {"ids": ids, "changes": changes})
    return answer


def rehearse(ctx: Context, bulk: Bulk, ids: list[UUID], changes: dict[str, Any], told: Told) -> Batch:
    """What the edit would do, found out by doing it and leaving nothing of it."""
    own = _check_changes(ctx, bulk, changes)
    found = Batch(is_rehearsal=True)
    for start in range(0, len(ids), PORTION):
        part = ids[start : start + PORTION]
        steps = [(row_id, lambda inner, row_id=row_id: _edit(bulk, inner, row_id, own)) for row_id in part]
        with writing(), transaction.atomic():
            journal.enter_organisation(ctx.organisation_id)
            with unit.entered(unit.Unit(ctx, bulk.known.name)):
                one = each(bulk, steps, quietly)
            transaction.set_rollback(True)
        found = msgspec.structs.replace(
            found, changed=found.changed + one.changed, same=found.same + one.same,
            refused=[*found.refused, *one.refused],
        )  # fmt: skip
        told(min(start + PORTION, len(ids)), len(ids))
    return found


def verb_of(bulk: Bulk, run: Callable[..., Any], model: type[BaseModel]) -> Command:
    """The edit verb for a batch."""
    # The same verb, and so the same grant and the same words: done to many.
    return replace(bulk.known, run=run, model=model, answer=Batch, before=None)


def _check_changes(ctx: Context, bulk: Bulk, changes: dict[str, Any]) -> dict[str, Any]:
    if not ctx.may(bulk.known.name):
        raise NotGranted(bulk.known.name)
    if not changes or bulk.id_name in changes:
        raise Invalid.field("/changes", "bulk.nothing_to_change")
    try:
        own = validated(bulk.known, {**changes, bulk.id_name: UUID(int=0)})
    except Invalid as wrong:
        errors = [FieldError(f"/changes{e.pointer}", e.code, e.facts) for e in wrong.errors]
        raise Invalid(wrong.code, errors=errors) from None
    del own[bulk.id_name]
    return own


def _chosen(
    ctx: Context, bulk: Bulk, ids: list[UUID] | None, filter: str | None, search: str | None
) -> list[UUID]:
    if (ids is None) == (filter is None and search is None):
        raise Invalid.field("/ids", "bulk.ids_or_filter")
    if ids is None:
        listing = bulk.listing
        if listing is None:
            raise Invalid.field("/filter", "bulk.ids_only")
        if not ctx.may(listing.permission):
            raise NotGranted(listing.permission)
        with reading(ctx.organisation_id):
            rows = page.matching(ctx, listing, page.Ask(filter=filter, search=search)).order_by("id")
            ids = list(rows.values_list("id", flat=True)[: MOST + 1])
    chosen = list(dict.fromkeys(ids))
    if len(chosen) > MOST:
        raise Invalid.field("/filter", "bulk.too_many", most=MOST)
    if not chosen:
        raise Invalid.field("/ids", "bulk.no_rows")
    return chosen


def queued(ctx: Context, name: str, bulk: Bulk, facts: dict[str, Any]) -> Batch:
    """The answer to what a job will do."""
    key = f"{name}:{ctx.actor_id}:{ctx.key}" if ctx.key else None
    with writing(), transaction.atomic():
        job_id = enqueue(ctx, name, unique_key=key, verb=bulk.known.name, **facts)
    return Batch(is_rehearsal=bool(facts.get("dry_run")), job_id=job_id)


def each(bulk: Bulk, steps: Sequence[tuple[UUID, Callable[[unit.Unit], None]]], told: Told) -> Batch:
    """Each step in a savepoint of its own, all of them in the running entry."""
    outer = unit.require(bulk.known.name.split(".", 1)[0])
    outer.is_batch = True
    changed, refusals = 0, {}
    for number, (row_id, step) in enumerate(steps, 1):
        inner = unit.Unit(outer.ctx.with_(key=None, seen_version=None), outer.verb, outer, outer.entry_id)
        try:
            with transaction.atomic(), unit.entered(inner):
                step(inner)
        except IntegrityError as error:
            refusals[row_id] = refusal_of(error)
        except (DataError, OverflowError):
            refusals[row_id] = Invalid("value_out_of_range")
        except Refusal as refusal:
            refusals[row_id] = refusal
        else:
            outer.changes += inner.changes
            outer.events += inner.events
            changed += bool(inner.changes)
        told(number, len(steps))
    refused = list(_in_words(outer.ctx, bulk.kind, refusals))
    return Batch(changed, len(steps) - changed - len(refused), refused, entry_id=outer.entry_id)


def _edit(bulk: Bulk, inner: unit.Unit, row_id: UUID, changes: dict[str, Any]) -> None:
    own, inner.given = additions.split(bulk.known.name, changes)
    bulk.known.run(inner.ctx, **{bulk.id_name: row_id}, **own)
    additions.finish(inner)


def _in_words(ctx: Context, kind: str, refusals: dict[UUID, Refusal]) -> Iterator[RefusedRow]:
    names = _names(ctx, kind, list(refusals))
    for row_id, refusal in refusals.items():
        errors = [
            {
                "pointer": e.pointer,
                "code": e.code,
                "detail": say(f"refusal.{e.code}", ctx.language, **e.facts),
            }
            for e in refusal.errors
        ]
        title = say(f"refusal.{refusal.code}", ctx.language, **refusal.facts)
        yield RefusedRow(row_id, names.get(row_id, ""), refusal.code, title, errors)


def _names(ctx: Context, kind: str, ids: list[UUID], step: int = 500) -> dict[UUID, str]:
    model = KINDS[kind]
    own = {f.name for f in model._meta.concrete_fields}
    shown = [n for n in NAMES if n in own][:2]
    found: dict[UUID, str] = {}
    for start in range(0, len(ids), step):
        rows = visible(ctx, model).filter(id__in=ids[start : start + step])
        found.update(
            (row_id, " ".join(str(t) for t in told if t)) for row_id, *told in rows.values_list("id", *shown)
        )
    return found


@task("kernel.bulk_edit")
def edit_many(
    ctx: Context, progress: Progress, verb: str, ids: list[str], changes: dict[str, Any], dry_run: bool
) -> Batch:
    """A bulk edit of many records, with the rights that its originator has now."""
    bulk, rows = bulk_of(verb), [UUID(i) for i in ids]
    progress(0, len(rows))
    if dry_run:
        return rehearse(ctx, bulk, rows, changes, progress)
    # A key of the job's own: when it is run again after a crash, it answers what it did and does nothing twice.
    done = apply(ctx.with_(key=f"bulk:{progress.job.id}"), bulk, rows, changes, progress.live)
    progress(len(rows), len(rows))
    return done
