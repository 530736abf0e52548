"""References between tables: none leads into another organisation, and nothing that is pointed at is removed."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connections, models

from . import unit
from .among import AT_ONCE, among
from .errors import ForeignReference, KernelError, StillUsed
from .prepared import Prepared, as_id

# The columns that follow from the mechanism and are no facts of the record.
MECHANICAL = frozenset({"id", "version", "created_at", "changed_at", "organisation_id"})


def most_values(alias: str = "default") -> int:
    """How many values one statement may hold beside its own few."""
    return max((connections[alias].features.max_query_params or 10_000) - 10, 1)


def is_owned(model: Any) -> bool:
    """Whether the rows of a table belong to organisations."""
    return isinstance(model, type) and issubclass(model, models.Model) and getattr(model, "is_owned", False)


def check(
    running: "unit.Unit", model: type[models.Model], rows: list[Any], only: set[str] | None = None
) -> None:
    """Refuses rows that point into another organisation: a query for each reference whose target is not at hand."""
    for field in model._meta.concrete_fields:
        target: Any = field.related_model
        if not is_owned(target) or (only is not None and field.attname not in only):
            continue
        wanted = set()
        for row in rows:
            held = row._state.fields_cache.get(field.name)
            if held is not None and held.organisation_id != running.ctx.organisation_id:
                raise _unknown(field)
            value = getattr(row, field.attname)
            if held is None and value is not None:
                wanted.add(value)
        if model is target:
            wanted -= {row.id for row in rows}
        _must_exist(running, field, wanted)


def check_value(running: "unit.Unit", model: type[models.Model], field: Any, value: Any) -> None:
    """The same for one value that many rows are about to get."""
    if not is_owned(field.related_model) or value is None:
        return
    if hasattr(value, "resolve_expression"):
        raise KernelError(f"{model.__name__}.{field.name}: a reference is given as an id, not computed")
    _must_exist(running, field, {value.pk if isinstance(value, models.Model) else value})


def _must_exist(running: "unit.Unit", field: Any, wanted: Iterable[UUID]) -> None:
    listed = [as_id(i) for i in wanted]
    step = most_values()
    known = _known(field.related_model)
    owner = running.ctx.organisation_id
    parts = (listed[i : i + step] for i in range(0, len(listed), step))
    if sum(len(known.rows(organisation_id=owner, ids=part)) for part in parts) != len(listed):
        raise _unknown(field)


@cache
def _known(model: Any) -> Prepared:
    return Prepared(
        lambda organisation_id, ids: model.objects.of(organisation_id).filter(id__in=ids).values_list("id"),
        organisation_id=UUID,
        ids=list[UUID],
    )


def _unknown(field: Any) -> ForeignReference:
    return ForeignReference(f"/{field.attname}", field.related_model.kind)


def refuse_while_used(running: "unit.Unit", model: type[models.Model], ids: list[UUID]) -> None:
    """Refuses to remove rows that other rows point at; names what points."""
    for relation in model._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        if not relation.auto_created or relation.concrete or field is None:
            continue
        table: Any = relation.related_model
        rows = table._base_manager.of(running.ctx) if is_owned(table) else table._base_manager.all()
        if rows.filter(**{f"{field.attname}__in": ids}).exists():
            raise StillUsed(getattr(table, "kind", "") or table._meta.label_lower)


def pointing_at(
    running: "unit.Unit", model: type[models.Model], ids: list[UUID]
) -> list[tuple[UUID, UUID, str]]:
    """(target, source, the source's kind) for each row that points at one of these."""
    found: list[tuple[UUID, UUID, str]] = []
    for relation in model._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        if not relation.auto_created or relation.concrete or field is None:
            continue
        table: Any = relation.related_model
        rows = table._base_manager.of(running.ctx) if is_owned(table) else table._base_manager.all()
        kind = getattr(table, "kind", "") or table._meta.label_lower
        for start in range(0, len(ids), AT_ONCE):
            part = rows.filter(**{f"{field.attname}__in": among(ids[start : start + AT_ONCE])})
            found += [(target, source, kind) for target, source in part.values_list(field.attname, "pk")]
    return found
