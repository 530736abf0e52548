"""Commands: one function is one verb; the wrapper guards, replays, journals and announces it in one transaction."""

import functools
import hashlib
import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db import IntegrityError, OperationalError, transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from . import clock, delivery, journal, unit, writer
from .context import Context
from .database import writing
from .encoding import canonical, encode
from .errors import FieldError, Invalid, NotGranted, Refusal
from .integrity import refusal_of
from .models import Replay
from .permissions import declare

F = TypeVar("F", bound=Callable[..., Any])
COMMANDS: dict[str, "Command"] = {}
SECRET = "***"  # noqa: S105  (what stands in the journal in place of one)
NOBODY = UUID(int=0)
# A deadlock or a serialisation failure is nobody's fault: the verb is done again from its beginning.
RETRIES = 4


class Unset:
    """The type of `UNSET`: an argument of an edit that was not given and so stays as it is."""

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET: Any = Unset()


def given(**arguments: Any) -> dict[str, Any]:
    """Only the arguments that the caller gave."""
    return {name: value for name, value in arguments.items() if value is not UNSET}


@dataclass(frozen=True, slots=True)
class Command:
    """What is known of a verb: its name (also its permission), its function and the shape of its arguments."""

    name: str
    run: Callable[..., Any]
    model: type[BaseModel]
    answer: Any
    secret: frozenset[str]
    open: bool
    summary: str


def command(name: str, *, secret: tuple[str, ...] = (), open_to_all: bool = False) -> Callable[[F], F]:
    """Declares `function(ctx, ...)` as the verb `room.thing.verb`.

    The arguments are validated against the function's annotations at every door. `secret` names arguments that are
    never journalled. `open_to_all` is for the few verbs that need no grant because their own argument is the proof
    (a password, an unguessable token).
    """

    def declared(function: F) -> F:
        known = Command(
            name, function, _arguments_model(name, function), typing.get_type_hints(function).get("return"),
            frozenset(secret), open_to_all, inspect.getdoc(function) or "",
        )  # fmt: skip
        if name in COMMANDS and COMMANDS[name].run.__module__ != function.__module__:
            raise ValueError(f"two commands are called {name}")
        COMMANDS[name] = known
        declare(name, open_to_all=open_to_all)

        signature = inspect.signature(function)

        @functools.wraps(function)
        def wrapper(ctx: Context, /, *args: Any, **kwargs: Any) -> Any:
            bound = signature.bind(ctx, *args, **kwargs).arguments
            bound.pop("ctx")
            outer = unit.current()
            if outer is not None:
                return _nested(ctx, known, bound, outer)
            return _outermost(ctx, known, bound)

        wrapper.command = known  # type: ignore[attr-defined]
        return wrapper  # type: ignore[return-value]

    return declared


def _arguments_model(name: str, function: Callable[..., Any]) -> type[BaseModel]:
    hints = typing.get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        if default is UNSET:
            default = Field(default_factory=Unset)
        fields[parameter.name] = (hints[parameter.name], default)
    title = "".join(part.title() for part in name.replace("_", ".").split("."))
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    return create_model(title, __config__=config, **fields)


def validated(known: Command, arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments as the command wants them; raises Invalid naming each bad field."""
    try:
        parsed = known.model.model_validate(arguments)
    except ValidationError as error:
        raise invalid(error) from None
    return {
        name: getattr(parsed, name) for name in known.model.model_fields if name in parsed.model_fields_set
    }


def invalid(error: ValidationError) -> Invalid:
    """A validation error as a refusal with one line for each field."""
    lines = []
    for line in error.errors(include_url=False, include_context=True):
        path = [str(part) for part in line["loc"]]
        facts = {
            k: v if isinstance(v, (int, float, str, bool)) else str(v) for k, v in line.get("ctx", {}).items()
        }
        lines.append(FieldError("/" + "/".join(path), f"field.{line['type']}", facts))
    return Invalid("invalid_input", errors=lines)


def _outermost(ctx: Context, known: Command, arguments: dict[str, Any]) -> Any:
    if not known.open and not ctx.may(known.name):
        raise NotGranted(known.name)
    arguments = validated(known, arguments)
    for attempt in range(RETRIES):
        try:
            answer = _transact(ctx, known, arguments)
            break
        except IntegrityError as error:
            refusal = refusal_of(error)
            if refusal.code != "replay_race" or attempt == RETRIES - 1:
                raise refusal from error
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in {"40001", "40P01"} or attempt == RETRIES - 1:
                raise
    delivery.after_commit(ctx.organisation_id)
    return answer


def _transact(ctx: Context, known: Command, arguments: dict[str, Any]) -> Any:
    with writing(), transaction.atomic():
        journal.enter_organisation(ctx.organisation_id)
        fingerprint = ""
        if ctx.key:
            fingerprint = hashlib.sha256(canonical([known.name, arguments])).hexdigest()
            earlier = _earlier(ctx, known, fingerprint)
            if earlier is not None:
                return _decoded(known, earlier.answer)
        answer = _run(unit.Unit(ctx, known.name), known, arguments)
        if ctx.key:
            _remember(ctx, known, fingerprint, answer)
        return answer


def _nested(ctx: Context, known: Command, arguments: dict[str, Any], outer: unit.Unit) -> Any:
    # Inside a granted verb the parts it consists of need no grant of their own.
    inner = unit.Unit(ctx.with_(key=None, seen_version=None), known.name, parent=outer)
    # The savepoint makes a refusal of the part leave nothing behind where the whole goes on without it.
    with transaction.atomic():
        return _run(inner, known, arguments)


def _run(work: unit.Unit, known: Command, arguments: dict[str, Any]) -> Any:
    with unit.entered(work):
        answer = known.run(work.ctx, **arguments)
    written = {name: SECRET if name in known.secret else value for name, value in arguments.items()}
    entry = journal.write(work, written)
    if entry.sequence is not None:
        delivery.plan([entry], {entry.id: work.events})
    return answer


def _earlier(ctx: Context, known: Command, fingerprint: str) -> Replay | None:
    found = Replay.objects.filter(
        organisation_id=ctx.organisation_id, actor_id=ctx.actor_id or NOBODY, key=ctx.key
    ).first()
    if found is not None and (found.verb, found.fingerprint) != (known.name, fingerprint):
        raise KeyReused(found.verb)
    return found


def _remember(ctx: Context, known: Command, fingerprint: str, answer: Any) -> None:
    row = Replay(
        organisation_id=ctx.organisation_id, actor_id=ctx.actor_id or NOBODY, key=ctx.key or "", verb=known.name,
        fingerprint=fingerprint, answer=encode(answer).decode(), created_at=clock.now(),
    )  # fmt: skip
    writer.insert(row)


def _decoded(known: Command, answer: str) -> Any:
    if known.answer in (None, type(None)):
        return None
    return msgspec.json.decode(answer.encode(), type=known.answer)


class KeyReused(Refusal):
    """The replay key was used before for another verb or other arguments (422)."""

    status = 422

    def __init__(self, verb: str) -> None:
        super().__init__("key_reused", verb=verb)
