"""Commands: one function is one verb; the wrapper guards, replays, journals and announces it in one transaction."""

import functools
import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from django.db import DataError, IntegrityError, OperationalError, transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from . import additions, delivery, journal, replay, unit
from .context import Context
from .database import writing
from .errors import FieldError, ForeignRow, Invalid, NotGranted
from .integrity import refusal_of
from .permissions import declare
from .replay import SECRET
from .words import catalogue

F = TypeVar("F", bound=Callable[..., Any])
COMMANDS: dict[str, "Command"] = {}
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
    before: Callable[..., None] | None = None


def command(
    name: str,
    *,
    secret: tuple[str, ...] = (),
    open_to_all: bool = False,
    before: Callable[..., None] | None = None,
) -> Callable[[F], F]:
    """Declares `function(ctx, ...)` as the verb `room.thing.verb`.

    The arguments are validated against the function's annotations at every door. `secret` names arguments that are
    never journalled, and parts of the answer that are never kept. `open_to_all` is for the few verbs that need no
    grant because their own argument is the proof (a password, an unguessable token). `before(ctx, arguments)` runs
    ahead of the transaction: what it counts stays counted when the verb refuses.
    """

    def declared(function: F) -> F:
        known = Command(
            name, function, _arguments_model(name, function), typing.get_type_hints(function).get("return"),
            frozenset(secret), open_to_all, inspect.getdoc(function) or "", before,
        )  # fmt: skip
        if name in COMMANDS and COMMANDS[name].run.__module__ != function.__module__:
            raise ValueError(f"two commands are called {name}")
        COMMANDS[name] = known
        declare(name, open_to_all=open_to_all)

        signature = inspect.signature(function)

        @functools.wraps(function)
        def wrapper(ctx: Context, /, *args: Any, **kwargs: Any) -> Any:
            own, extra = additions.split(known.name, kwargs)
            bound = signature.bind(ctx, *args, **own).arguments
            bound.pop("ctx")
            bound |= extra
            outer = unit.current()
            if outer is not None:
                return _nested(ctx, known, bound, outer)
            return outermost(ctx, known, bound)

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
    own, extra = additions.split(known.name, arguments)
    try:
        parsed = known.model.model_validate(own)
    except ValidationError as error:
        raise invalid(error) from None
    fields = {n: getattr(parsed, n) for n in known.model.model_fields if n in parsed.model_fields_set}
    return fields | additions.validated(extra)


def invalid(error: ValidationError) -> Invalid:
    """A validation error as a refusal with one line for each field."""
    return Invalid(
        "invalid_input",
        errors=[
            field_error(line["loc"], line["type"], line.get("ctx"))
            for line in error.errors(include_url=False, include_context=True, include_input=False)
        ],
    )


def field_error(place: Iterable[Any], fault: str, facts: Mapping[str, Any] | None) -> FieldError:
    """One bad input: where it stands, as a JSON pointer, and a fault that there are words for."""
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)
    plain = {k: v if isinstance(v, (int, float, str, bool)) else str(v) for k, v in (facts or {}).items()}
    known = f"refusal.field.{fault}" in catalogue()["en"]
    return FieldError(pointer, f"field.{fault}" if known else "field.unfit", plain)


def outermost(ctx: Context, known: Command, arguments: dict[str, Any]) -> Any:
    """Does a verb from a door: granted, validated, replayed, in a transaction of its own, announced."""
    if not known.open and not ctx.may(known.name):
        raise NotGranted(known.name)
    arguments = validated(known, arguments)
    if known.before is not None:
        known.before(ctx, arguments)
    for attempt in range(RETRIES):
        try:
            answer = _transact(ctx, known, arguments)
            break
        except IntegrityError as error:
            raise refusal_of(error) from error
        except (DataError, OverflowError) as error:
            raise Invalid("value_out_of_range") from error
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in {"40001", "40P01"} or attempt == RETRIES - 1:
                raise
    delivery.after_commit(ctx.organisation_id)
    return answer


def _transact(ctx: Context, known: Command, arguments: dict[str, Any]) -> Any:
    with writing(), transaction.atomic():
        journal.enter_organisation(ctx.organisation_id)
        if ctx.key:
            earlier = replay.claim(ctx, known.name, arguments)
            if earlier is not None:
                return _decoded(known, earlier)
        answer = _run(unit.Unit(ctx, known.name), known, arguments)
        if ctx.key:
            replay.keep(ctx, answer, known.secret)
        return answer


def _nested(ctx: Context, known: Command, arguments: dict[str, Any], outer: unit.Unit) -> Any:
    if ctx.organisation_id != outer.ctx.organisation_id:
        raise ForeignRow(f"{known.name} for another organisation inside of {outer.verb}")
    # Inside a granted verb the parts it consists of need no grant of their own.
    inner = unit.Unit(ctx.with_(key=None, seen_version=None), known.name, parent=outer)
    # The savepoint makes a refusal of the part leave nothing behind where the whole goes on without it.
    try:
        with transaction.atomic():
            return _run(inner, known, arguments)
    except IntegrityError as error:
        raise refusal_of(error) from error


def _run(work: unit.Unit, known: Command, arguments: dict[str, Any]) -> Any:
    own, work.given = additions.split(known.name, arguments)
    with unit.entered(work):
        answer = known.run(work.ctx, **own)
        additions.finish(work)
    written = {name: SECRET if name in known.secret else value for name, value in arguments.items()}
    entry = journal.write(work, written)
    if entry.sequence is not None:
        delivery.plan([entry], {entry.id: work.events})
    return answer


def _decoded(known: Command, answer: str) -> Any:
    if known.answer in (None, type(None)):
        return None
    return msgspec.json.decode(answer.encode(), type=known.answer)
