"""Whatever points at a record, in any room, by a reference or by kind and id; and what of it can follow a merge."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from .context import Context
from .policies import KINDS


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column by which rows of a table name records of a kind; `also` narrows to those rows that do."""

    model: Any
    column: str
    also: dict[str, Any] = field(default_factory=dict)

    @property
    def room(self) -> str:
        """The room whose command may write the column."""
        return str(self.model._meta.app_label)

    def rows(self, ctx: Context, row_id: UUID) -> Any:
        """The rows that name a record."""
        return self.model.objects.of(ctx).filter(**{self.column: row_id}, **self.also)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which rows of a pointer follow from one record to another, and which stay: history, and doubles."""

    pointer: Pointer
    following: list[UUID]
    staying: list[UUID]


def pointers_to(kind: str) -> Iterator[Pointer]:
    """Every column that can name a record of a kind."""
    target = KINDS[kind]
    for model in sorted(set(KINDS.values()), key=lambda m: m._meta.label):
        for column in model._meta.concrete_fields:
            if column.is_relation and column.related_model is target:
                yield Pointer(model, column.attname)
        named = model.names_subject
        if named is not None:
            kinds = named[2]
            if kinds is None or kind in kinds:
                yield Pointer(model, named[1], {named[0]: kinds[kind] if kinds else kind})


def plan(ctx: Context, pointer: Pointer, gone_id: UUID, into_id: UUID) -> Plan:
    """What becomes of the rows that name `gone_id` when it is merged into `into_id`."""
    ids = list(pointer.rows(ctx, gone_id).order_by("id").values_list("id", flat=True))
    if not ids:
        return Plan(pointer, [], [])
    if pointer.model.is_ledger or pointer.model.stays_with_merged:
        return Plan(pointer, [], ids)
    kept = _between_the_two(ctx, pointer, gone_id, into_id)
    for constraint in pointer.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            kept |= _doubles(ctx, pointer, constraint, gone_id, into_id)
    return Plan(pointer, [i for i in ids if i not in kept], [i for i in ids if i in kept])


def _between_the_two(ctx: Context, pointer: Pointer, gone_id: UUID, into_id: UUID) -> set[UUID]:
    """Rows that would come to say of a record how it stands to itself."""
    rows = pointer.rows(ctx, gone_id)
    target = pointer.model._meta.get_field(pointer.column).related_model
    found = set(rows.filter(id=into_id).values_list("id", flat=True))
    for column in pointer.model._meta.concrete_fields:
        is_other = column.is_relation and column.attname != pointer.column
        if is_other and target is not None and column.related_model is target:
            found |= set(rows.filter(**{column.attname: into_id}).values_list("id", flat=True))
    return found


def _doubles(
    ctx: Context, pointer: Pointer, constraint: models.UniqueConstraint, gone_id: UUID, into_id: UUID
) -> set[UUID]:
    """Rows of which the other record has one just like it, and of which only one may be."""
    columns = [pointer.model._meta.get_field(name).attname for name in constraint.fields]
    if pointer.column not in columns:
        return set()
    others = [c for c in columns if c not in (pointer.column, "organisation_id")]
    mine, theirs = pointer.rows(ctx, gone_id), pointer.rows(ctx, into_id)
    if constraint.condition is not None:
        mine, theirs = mine.filter(constraint.condition), theirs.filter(constraint.condition)
    taken = set(theirs.values_list("id", *others)) if not others else set(theirs.values_list(*others))
    if not taken:
        return set()
    # Nothing is equal to what is not there, as the database has it.
    found = mine.values_list("id", *others)
    return {row_id for row_id, *rest in found if not others or (None not in rest and tuple(rest) in taken)}
