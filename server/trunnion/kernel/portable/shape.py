"""The shape in which tables leave and enter: a table is a list of named fields, each with a way out and a way in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.apps import apps
from django.db import models

from trunnion.kernel.encoding import canonical
from trunnion.kernel.fields import ExactField
from trunnion.kernel.models import Chain, Counter, Entry, Payload, RowChange, SearchText

Way = Callable[[Any], Any]
JOURNAL = (Entry, Payload, RowChange, Chain)
# The index is built anew, the counters travel as numbers of a series.
REMADE = (SearchText, Counter)
_PLACES = ExactField.PLACES


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a table under the name it has outside."""

    name: str
    column: str
    field: Any


@dataclass(frozen=True, slots=True)
class Table:
    """One table that leaves with its organisation."""

    name: str
    model: Any
    columns: tuple[Column, ...]

    @property
    def is_owned(self) -> bool:
        """Whether its rows bear the id of their organisation."""
        return any(c.name == "organisation_id" for c in self.columns)

    @property
    def is_journal(self) -> bool:
        """Whether it is a part of the journal, which nothing may change on the way."""
        return self.model in JOURNAL

    @property
    def secrets(self) -> frozenset[str]:
        """Fields that are left blank unless sign-ins are asked for."""
        return getattr(self.model, "secret_fields", frozenset())

    @property
    def member(self) -> str:
        """Where its rows stand in a container."""
        return f"{'journal' if self.is_journal else 'tables'}/{self.name}.jsonl"


@cache
def tables(whole: bool = False) -> tuple[Table, ...]:
    """The tables of an organisation, each after those that it points at; `whole` with what stays behind otherwise."""
    wanted = [m for m in apps.get_models() if m not in REMADE and _leaves(m, whole)]
    return tuple(_table(model) for model in _in_order(wanted))


@cache
def table(name: str) -> Table:
    """The table of this name."""
    return next(t for t in tables(whole=True) if t.name == name)


def _leaves(model: Any, whole: bool) -> bool:
    if whole:
        return True
    if getattr(model, "stays_behind", False):
        return False
    # A table of no organisation leaves when the house knows it: people, the organisation itself.
    columns = {f.column for f in model._meta.local_concrete_fields}
    return "organisation_id" in columns or hasattr(model, "secret_fields")


def _in_order(wanted: list[Any]) -> Iterator[Any]:
    done: set[Any] = set()

    def visit(model: Any, above: tuple[Any, ...]) -> Iterator[Any]:
        if model in done or model in above or model not in wanted:
            return
        for field in model._meta.concrete_fields:
            if field.related_model is not None:
                yield from visit(field.related_model, (*above, model))
        done.add(model)
        yield model

    # People first: when somebody is known already, every row that follows names them by the id of here.
    for model in sorted(
        wanted, key=lambda m: "organisation_id" in {f.column for f in m._meta.concrete_fields}
    ):
        yield from visit(model, ())


def _table(model: Any) -> Table:
    # A running number is given anew where the rows come in; their order keeps it.
    kept = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
    columns = tuple(Column(f.attname, f.column, f) for f in kept)
    return Table(getattr(model, "kind", "") or model._meta.label_lower, model, columns)


def plain(field: Any) -> Any:
    """The field whose kind of value a column holds: of a reference, that of its target."""
    return plain(field.target_field) if field.remote_field else field


def way_out(field: Any, vendor: str) -> Way | None:
    """How a value of the database becomes one of JSON; None where it is one already."""
    held = plain(field)
    if isinstance(held, models.UUIDField) and vendor == "sqlite":
        return lambda v: v and f"{v[:8]}-{v[8:12]}-{v[12:16]}-{v[16:20]}-{v[20:]}"
    if isinstance(held, ExactField):
        return lambda v: None if v is None else f"{Decimal(v).scaleb(-_PLACES).normalize():f}"
    if isinstance(held, models.DateTimeField):
        return lambda v: v and v.astimezone(UTC)
    if isinstance(held, models.JSONField):
        return lambda v: None if v is None else msgspec.Raw(canonical(msgspec.json.decode(v)))
    return None


def way_in(field: Any, vendor: str) -> Way | None:
    """How a checked value of JSON becomes one of the database; None where it is one already."""
    held = plain(field)
    if isinstance(held, models.JSONField):
        return lambda v: None if v is None and field.null else canonical(v).decode()
    if isinstance(held, ExactField):
        return lambda v: None if v is None else int(v.scaleb(_PLACES))
    if vendor != "sqlite":
        return None
    if isinstance(held, models.UUIDField):
        return lambda v: v and v.hex
    if isinstance(held, models.DateTimeField):
        return lambda v: v and str(v.astimezone(UTC).replace(tzinfo=None))
    return str_or_none if isinstance(held, models.DateField) else None


def str_or_none(value: Any) -> str | None:
    """A value as text."""
    return None if value is None else str(value)


@cache
def row_type(table: Table, lenient: bool = False) -> Any:
    """The checked shape of a row; a lenient one lets fields be absent that have a value of their own."""
    fields: list[Any] = []
    for one in table.columns:
        kind = _type_of(plain(one.field))
        kind = kind | None if one.field.null else kind
        default = _default(one.field) if lenient else msgspec.NODEFAULT
        fields.append((one.name, kind, default))
    # Names of columns are free, so they are kept apart from what a struct has of its own.
    return msgspec.defstruct("Row", fields, forbid_unknown_fields=True, kw_only=True)


def _default(field: Any) -> Any:
    if field.null:
        return None
    if not field.has_default():
        return "" if isinstance(field, models.CharField | models.TextField) else msgspec.NODEFAULT
    return msgspec.field(default_factory=field.get_default)


def _type_of(held: Any) -> Any:
    if isinstance(held, ExactField):
        return Decimal
    if isinstance(held, models.UUIDField):
        return UUID
    if isinstance(held, models.JSONField):
        return Any
    if isinstance(held, models.BooleanField):
        return bool
    if isinstance(held, models.DateTimeField):
        return Annotated[datetime, msgspec.Meta(tz=True)]
    if isinstance(held, models.DateField):
        return date
    if isinstance(held, models.IntegerField):
        least, most = _range(held)
        return Annotated[int, msgspec.Meta(ge=least, le=most)]
    if isinstance(held, models.CharField):
        return Annotated[str, msgspec.Meta(max_length=held.max_length)]
    if isinstance(held, models.TextField):
        return str
    raise TypeError(f"{held}: there is no way out for a {type(held).__name__}")


def _range(held: Any) -> tuple[int, int]:
    bits = 63 if isinstance(held, models.BigIntegerField) else 31
    bits = 15 if isinstance(held, models.SmallIntegerField | models.PositiveSmallIntegerField) else bits
    return (0 if type(held).__name__.startswith("Positive") else -(2**bits)), 2**bits - 1
