"""What the database refused, put as a refusal that names the field."""

import re
from functools import cache

from django.apps import apps
from django.db import IntegrityError
from django.db.models import UniqueConstraint

from . import walls
from .errors import FieldError, ForeignReference, Invalid, Refusal, StillUsed

_UNIQUE = re.compile(
    r"UNIQUE constraint failed: (.+)|duplicate key value violates unique constraint \"([^\"]+)\""
)
_CHECK = re.compile(r"CHECK constraint failed|violates check constraint")
_WALL = re.compile(r"wall_\w+")
# Deferred to the commit, SQLite no longer says which.
_FOREIGN = re.compile(
    r"FOREIGN KEY constraint failed|insert or update on table .+ violates foreign key constraint"
)
_FOREIGN_COLUMNS = re.compile(r"Key \(([^)]+)\)=")
_REFERENCED = re.compile(
    r"update or delete on table .+ violates foreign key constraint .+ on table \"([^\"]+)\""
)


@cache
def _unique() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                names = [model._meta.get_field(name).attname for name in constraint.fields]  # type: ignore[union-attr]
                found[constraint.name] = tuple(names)
        for field in model._meta.local_fields:
            if field.unique:
                found[f"{model._meta.db_table}_{field.column}_key"] = (field.attname,)
    return found


def refusal_of(error: IntegrityError) -> Refusal:
    """The refusal behind a broken constraint; raises the error itself where it is a mistake of ours."""
    text = str(error)
    if wall := _WALL.search(text):
        return _reference(walls.field_of(wall.group()))
    if found := _UNIQUE.search(text):
        return _duplicate(_fields_of(found.group(1) or "", found.group(2) or ""))
    if found := _REFERENCED.search(text):
        return StillUsed(_kind_of(found.group(1)))
    if _FOREIGN.search(text):
        columns = _FOREIGN_COLUMNS.search(text)
        return _reference(columns.group(1).split(", ")[-1] if columns else "")
    if _CHECK.search(text):
        return Invalid("value_out_of_range")
    raise error


def _duplicate(fields: tuple[str, ...]) -> Invalid:
    named = [f for f in fields if f != "organisation_id"]
    facts = {"fields": named}
    pointer = f"/{named[-1]}" if named else ""
    return Invalid("invalid_input", errors=[FieldError(pointer, "duplicate", facts)])


def _reference(column: str) -> ForeignReference:
    return ForeignReference(f"/{column}" if column else "", "")


def _fields_of(on_sqlite: str, on_postgresql: str) -> tuple[str, ...]:
    name = on_postgresql or (
        on_sqlite.removeprefix("index ").strip("'") if on_sqlite.startswith("index ") else ""
    )
    if name:
        return _unique().get(name, ())
    return tuple(part.rsplit(".", 1)[-1] for part in on_sqlite.split(", "))


def _kind_of(table: str) -> str:
    kinds = {m._meta.db_table: getattr(m, "kind", "") or m._meta.label_lower for m in apps.get_models()}
    return kinds.get(table, table)
