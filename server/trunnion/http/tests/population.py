"""Fills every table of every room with rows that carry an organisation's canary, whatever tables there are.

Rows are made past the rooms' verbs on purpose: what a room forgets to make must be guarded all the same.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from trunnion.kernel import unit
from trunnion.kernel.context import Context, system
from trunnion.kernel.database import writing
from trunnion.kernel.fields import ExactField
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.tables import Row
from trunnion.kernel.walls import scoped_models

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
EACH = 2
SHORT = 30
Rows = dict[type[Row], list[Row]]


def populate(organisation_id: UUID, canary: str) -> Rows:
    """Makes two rows of each table; returns them by table."""
    ctx = system(organisation_id)
    made: Rows = {}
    with writing(), transaction.atomic():
        enter_organisation(organisation_id)
        waiting = scoped_models()
        while waiting:
            ready = [m for m in waiting if all(t in made for t in _needed(m))]
            assert ready, f"tables that need each other: {waiting}"
            for model in ready:
                made[model] = list(_rows(ctx, model, made, canary))
                waiting.remove(model)
    return made


def _needed(model: type[Row]) -> list[type[Row]]:
    targets = [f.related_model for f in model._meta.concrete_fields if f.is_relation]
    return [t for t in targets if t is not model and isinstance(t, type) and issubclass(t, Row)]


def _rows(ctx: Context, model: type[Row], made: Rows, canary: str) -> Iterator[Row]:
    found = list(model.objects.of(ctx)[:EACH])
    yield from found
    for number in range(len(found), EACH):
        row, error = _stored(ctx, model, _facts(model, made, canary, number))
        if row is None and number == 0:
            raise AssertionError(f"{model.kind}: {error}") from error
        if row is None:
            return
        yield row


def _stored(ctx: Context, model: type[Row], facts: dict[str, Any]) -> tuple[Row | None, Exception | None]:
    """The row, without one of its references where the table wants only one of several."""
    optional = [
        f.attname for f in model._meta.concrete_fields if f.is_relation and f.null and f.attname in facts
    ]
    refused: Exception | None = None
    for left_out in (None, *optional):
        row = model(**{name: value for name, value in facts.items() if name != left_out})
        try:
            with (
                transaction.atomic(),
                unit.entered(unit.Unit(ctx, f"{model._meta.app_label}.population.make")),
            ):
                row.save()
        except IntegrityError as error:
            refused = refused or error
        else:
            return row, None
    return None, refused


def _facts(model: type[Row], made: Rows, canary: str, number: int) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    targets: dict[type, int] = {}
    for field in model._meta.concrete_fields:
        if field.name in {"id", "version", "created_at", "changed_at", "organisation_id", *model.sort_keys}:
            continue
        if field.is_relation:
            target: Any = field.related_model
            if target is model or (field.null and target not in made):
                continue
            nth = targets.setdefault(target, number)
            targets[target] += 1
            rows = made.get(target) or list(target.objects.all()[:EACH])
            facts[field.attname] = rows[nth % len(rows)].pk
        elif field.name in ("subject_kind", "subject_id"):
            anchor = next(iter(made.values()))[0]
            facts[field.name] = anchor.kind if field.name == "subject_kind" else anchor.id
        elif not field.has_default() and not (field.null and not isinstance(field, models.CharField)):
            facts[field.name] = _value(model, field, canary, number)
    return facts


def _value(model: type[Row], field: Any, canary: str, number: int) -> Any:
    kinds: list[tuple[type | tuple[type, ...], Any]] = [
        (ExactField, Decimal(number + 1)),
        (models.BooleanField, False),
        (models.IntegerField, number + 1),
        (models.DateTimeField, NOW),
        (models.DateField, date(2026, 11, 21 + number)),
        (models.UUIDField, uuid7()),
        (models.JSONField, []),
        (models.FloatField, 1.0),
    ]
    for kind, value in kinds:
        if isinstance(field, kind):
            return value
    return _text(model, field, canary, number)


def _text(model: type[Row], field: Any, canary: str, number: int) -> Any:
    if field.name.endswith("currency"):
        return "EUR"
    if field.name == "language":
        return "en"
    if field.max_length is not None and field.max_length <= SHORT and (field.null or field.blank):
        return None if field.null else ""
    choice = _choice(model, field)
    if choice is not None:
        return choice
    if field.max_length is not None and field.max_length < SHORT:
        return f"{canary[-6:]}{number}"[: field.max_length]
    return f"{canary} {model._meta.model_name} {field.name} {number}"[: field.max_length]


def _choice(model: type[Row], field: Any) -> str | None:
    """The first value of the enumeration that a list names for the column, or that bears the column's name."""
    for listing in LISTINGS.values():
        for column in listing.columns:
            if listing.model is model and column.path == field.name and column.choices:
                return next(iter(column.choices)).value
    name = f"{model._meta.app_config.name}.types"
    if field.max_length is None or field.max_length > SHORT or find_spec(name) is None:
        return None
    wanted = {_plain(field.name), _plain(model.__name__ + field.name)}
    for one in vars(import_module(name)).values():
        if (
            isinstance(one, type)
            and issubclass(one, StrEnum)
            and _plain(one.__name__) in wanted
            and list(one)
        ):
            return next(iter(one)).value
    return None


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
