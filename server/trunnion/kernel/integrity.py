"""What the database refused, put as a refusal that names the field."""

import re
from functools import cache

from django.apps import apps
from django.db import IntegrityError
from django.db.models import UniqueConstraint

from .errors import ForeignReference, Invalid, Refusal

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")
_PG_UNIQUE = re.compile(r'duplicate key value violates unique constraint "([^"]+)"')


@cache
def _constraints() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {"replay_key": ("key",)}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                found[constraint.name] = tuple(constraint.fields) or ("",)
        for field in model._meta.local_fields:
            if field.unique:
                found[f"{model._meta.db_table}_{field.column}_key"] = (field.name,)
    return found


def refusal_of(error: IntegrityError) -> Refusal:
    """The refusal behind a broken constraint; raises the error itself where it is a mistake of ours."""
    text = str(error)
    if "kernel_replay" in text or "replay_key" in text:
        return Refusal("replay_race")
    if "another organisation" in text or "wall_" in text:
        raise ForeignReference(text) from error
    fields = _unique_fields(text)
    if fields is None:
        raise error
    named = [f for f in fields if f not in ("organisation_id", "")] or ["?"]
    return Invalid.field(f"/{named[-1].removesuffix('_id')}", "duplicate", fields=named)


def _unique_fields(text: str) -> tuple[str, ...] | None:
    if found := _PG_UNIQUE.search(text):
        return _constraints().get(found.group(1), (found.group(1),))
    if found := _SQLITE_UNIQUE.search(text):
        listed = found.group(1)
        if listed.startswith("index "):
            name = listed.removeprefix("index ").strip("'")
            return _constraints().get(name, (name,))
        return tuple(part.rsplit(".", 1)[-1] for part in listed.split(", "))
    return None
