"""Additions: what a low room lets stick to records of every room, by an argument of their verbs.

A room registers an addition once; from then on the verbs that bear it take one more argument, its facts are stored and
journalled in step with the record's own, and the record's detail tells them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from pydantic import TypeAdapter, ValidationError

from . import unit
from .context import Context
from .errors import FieldError, Invalid


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition does to one row: the differences for the journal, and how they are written."""

    fields: Mapping[str, list[Any]] = field(default_factory=dict)
    write: Callable[[], None] = lambda: None


NOTHING = Added()


@dataclass(frozen=True, slots=True)
class Trail:
    """Rows of a kind by which something that sticks to them names a record, and how it comes to name another one."""

    kind: str
    name: str
    row_ids: list[UUID]
    write: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Addition:
    """One argument more for verbs of other rooms.

    `borne_by(command name)` says which verbs take it; `prepare(running, row, given)` checks what was given for the row
    that the verb saves (None where nothing was) and answers what is to be done; `detail(ctx, kind, row_id)` is what a
    record's detail tells of it. `put_back(running, row, fields, whole)` answers how journalled differences are taken
    back, and the names of those that somebody changed since; `whole` says that the record was made with them, so that
    whatever it was given later counts as such a change. `trails(ctx, kind, gone_id, into_id)` tells where a record that
    is merged into another one is named.
    """

    argument: str
    hint: Any
    room: str
    borne_by: Callable[[str], bool]
    prepare: Callable[["unit.Unit", Any, Any], Added]
    detail: Callable[[Context, str, UUID], Any]
    put_back: "Callable[[unit.Unit, Any, Mapping[str, list[Any]], bool], tuple[Added, list[str]]]"
    trails: Callable[[Context, str, UUID, UUID], list[Trail]]


ADDITIONS: dict[str, Addition] = {}


def is_added(name: str) -> bool:
    """Whether a journalled difference is an addition's and no column of the record."""
    if "." not in name:
        return False
    argument, _, key = name.partition(".")
    return bool(key) and argument in ADDITIONS


def register(addition: Addition) -> None:
    """Makes an addition known."""
    ADDITIONS[addition.argument] = addition


def trails(ctx: Context, kind: str, gone_id: UUID, into_id: UUID, room: str | None = None) -> list[Trail]:
    """Where what sticks to third records names one that is merged; of one room, or of all."""
    known = [a for a in ADDITIONS.values() if room is None or a.room == room]
    return [trail for addition in known for trail in addition.trails(ctx, kind, gone_id, into_id)]


def borne_by(command: str) -> list[Addition]:
    """The additions that a verb takes."""
    return [a for a in ADDITIONS.values() if a.borne_by(command)]


def split(command: str, arguments: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The verb's own arguments, and those of additions."""
    extra = {a.argument: arguments[a.argument] for a in borne_by(command) if a.argument in arguments}
    return {n: v for n, v in arguments.items() if n not in extra}, extra


def validated(extra: dict[str, Any]) -> dict[str, Any]:
    """The arguments of additions in their shape; raises Invalid that names what is wrong."""
    from .command import field_error

    for name, value in extra.items():
        try:
            TypeAdapter(ADDITIONS[name].hint).validate_python(value)
        except ValidationError as error:
            lines = error.errors(include_url=False, include_input=False)
            wrong = [field_error((name, *line["loc"]), line["type"], line.get("ctx")) for line in lines]
            raise Invalid("invalid_input", errors=wrong) from None
    return extra


def prepare(running: "unit.Unit", row: Any) -> list[tuple[Addition, Added]]:
    """What sticks to a row that is about to be saved: asked once in a verb, for the row that the verb is about."""
    if running.is_complete or not ADDITIONS:
        return []
    kind = running.verb.rpartition(".")[0]
    if row.kind != kind or running.subject not in (None, (kind, row.id)):
        return []
    running.is_complete = True
    found = [(a, a.prepare(running, row, running.given.get(a.argument))) for a in borne_by(running.verb)]
    return [(addition, added) for addition, added in found if added.fields]


def write(running: "unit.Unit", prepared: list[tuple[Addition, Added]]) -> None:
    """Stores what was prepared, in the tables of the room that it comes from."""
    for addition, added in prepared:
        with unit.lent(running, addition.room):
            added.write()


def finish(running: "unit.Unit") -> None:
    """Stores what was given to a verb that did not save the record itself."""
    if not running.given or running.is_complete:
        return
    from .policies import KINDS

    kind = running.verb.rpartition(".")[0]
    if running.subject is None or running.subject[0] != kind:
        raise Invalid(
            "invalid_input", errors=[FieldError(f"/{n}", "addition_unplaced") for n in running.given]
        )
    row = KINDS[kind].objects.of(running.ctx).get(id=running.subject[1])
    row.touch()
    row.save()


def complete(ctx: Context, kind: str, answer: Any) -> Any:
    """A record's detail with what sticks to the record."""
    row_id = answer.get("id") if isinstance(answer, dict) else getattr(answer, "id", None)
    if not isinstance(row_id, UUID):
        return answer
    told = {a.argument: a.detail(ctx, kind, row_id) for a in ADDITIONS.values() if a.borne_by(f"{kind}.edit")}
    if not told:
        return answer
    plain = answer if isinstance(answer, dict) else msgspec.structs.asdict(answer)
    return {**plain, **told}
