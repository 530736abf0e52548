"""Query sets of organisation-owned tables: nothing is read, changed or removed before it is said whose rows."""

from collections.abc import Iterable, Iterator
from typing import Any, Self
from uuid import UUID

from django.db import connections, models
from django.db.models import F, sql

from . import clock, references, unit, writer
from .context import Context
from .errors import ForeignRow, KernelError, UnscopedRead
from .search import index_row


class ScopedQuery(sql.Query):
    """A query that cannot be compiled before it was told for which organisation it reads."""

    organisation_scope: UUID | None = None

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        if self.organisation_scope is None:
            raise UnscopedRead(f"{self.model} was read without an organisation: use .of(ctx)")
        return super().get_compiler(*args, **kwargs)

    def combine(self, rhs: Any, connector: str) -> None:
        # `mine | theirs` would otherwise widen the condition that names the organisation.
        if getattr(rhs, "organisation_scope", None) != self.organisation_scope:
            raise UnscopedRead(f"rows of {self.model} of several organisations were put together")
        super().combine(rhs, connector)


class ScopedQuerySet(models.QuerySet):
    """Rows of one organisation."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or ScopedQuery(model), using, hints)

    def of(self, scope: Context | UUID) -> Self:
        """Only rows of this organisation."""
        organisation_id = scope.organisation_id if isinstance(scope, Context) else scope
        found = self.filter(organisation_id=organisation_id)
        query: Any = found.query
        query.organisation_scope = organisation_id
        return found

    @property
    def table(self) -> Any:
        """The table whose rows these are, with what the house adds to a model."""
        return self.model

    @property
    def scope(self) -> UUID | None:
        """The organisation whose rows these are."""
        query: Any = self.query
        return query.organisation_scope

    def _guard(self) -> "unit.Unit":
        if self.scope is None:
            raise UnscopedRead(f"{self.model.__name__} was written without an organisation: use .of(ctx)")
        running = unit.require(self.model._meta.app_label)
        if running.ctx.organisation_id != self.scope:
            raise ForeignRow(f"{self.model.__name__} of another organisation")
        if self.table.is_ledger:
            raise KernelError(f"{self.model.__name__} is a ledger: reverse, never edit or remove")
        return running

    def update(self, **fields: Any) -> int:
        """Changes many rows at once; each row's difference is recorded, unless only derived fields change."""
        running = self._guard()
        names = self._changeable(running, fields)
        if set(names) <= self.table.derived_fields:
            return super().update(**fields)
        before = self._values_by_id(names, lock=True)
        seen = {"version": F("version") + 1, "changed_at": clock.now()}
        for ids in self._portions(before):
            portion = self.table.objects.of(running.ctx).filter(id__in=ids)
            models.QuerySet.update(self.filter(id__in=ids), **fields, **seen)
            for row_id, new in portion._values_by_id(names).items():
                self.table.record(running, row_id, "change", new, before[row_id])
        return len(before)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Removes many rows; the entry keeps what each held. Refused while anything points at one of them."""
        running = self._guard()
        if not self.table.is_recorded:
            gone = self._raw_delete(self.db)
            return gone, {self.model._meta.label: gone}
        names = [
            f.attname for f in self.model._meta.concrete_fields if f.attname not in references.MECHANICAL
        ]
        before = self._values_by_id(names, lock=True)
        for ids in self._portions(before):
            references.refuse_while_used(running, self.model, ids)
            self.table.objects.of(running.ctx).filter(id__in=ids)._raw_delete(self.db)
            index_row(self.model, [self.model(id=i) for i in ids], removed=True)
        for row_id, old in before.items():
            self.table.record(running, row_id, "delete", {}, old)
        return len(before), {self.model._meta.label: len(before)}

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Any, *_args: Any, **kwargs: Any) -> Any:
        """Stores many rows; each is checked and recorded like a single one."""
        running = unit.require(self.model._meta.app_label)
        if kwargs.get("ignore_conflicts") or kwargs.get("update_conflicts"):
            raise KernelError(f"{self.model.__name__}: the journal must know which rows were written")
        objs, now = list(objs), clock.now()
        for row in objs:
            row._make_ready(running, now)
        references.check(running, self.model, objs)
        writer.insert_many(self.model, objs)
        for row in objs:
            row._loaded = row._values()
            self.table.record(running, row.id, "create", row._loaded, {})
        index_row(self.model, objs)
        return objs

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        raise KernelError(f"{self.model.__name__}: save rows one by one, or say .update(...)")

    def derive(self, values: dict[UUID, dict[str, Any]]) -> int:
        """Writes columns that follow from other rows, each row its own: no new version, no difference in the journal.

        Answers how many rows said something else; the search finds them by what they say now.
        """
        running = self._guard()
        names = sorted({name for facts in values.values() for name in facts})
        if not set(names) <= self.table.derived_fields:
            raise KernelError(f"{self.model.__name__}: {names} do not all follow from other rows")
        searched = [n for n in getattr(self.model, "search_fields", ()) if n not in names]
        changed = 0
        for ids in self._portions(values):
            rows = self.table.objects.of(running.ctx).filter(id__in=ids).order_by("id")
            if connections[self.db].features.has_select_for_update:
                rows = rows.select_for_update(of=("self",))
            told = [
                row
                for row in rows.only("id", "organisation_id", *names, *searched)
                if _tells(row, values[row.id])
            ]
            writer.update_many(self.model, names, told)
            index_row(self.model, told, set(names))
            changed += len(told)
        return changed

    derive.alters_data = True  # type: ignore[attr-defined]

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise UnscopedRead(f"{self.model.__name__}: raw statements do not know an organisation")

    def _changeable(self, running: "unit.Unit", fields: dict[str, Any]) -> list[str]:
        found = []
        for name, value in fields.items():
            field: Any = self.model._meta.get_field(name)
            if {name, field.attname} & {
                *self.table.sort_keys.values(),
                *getattr(self.model, "search_fields", ()),
            }:
                raise KernelError(
                    f"{self.model.__name__}.{name} is sorted or searched by: save rows one by one"
                )
            references.check_value(running, self.model, field, value)
            found.append(field.attname)
        return found

    def _values_by_id(self, names: Iterable[str], *, lock: bool = False) -> dict[UUID, dict[str, Any]]:
        rows = self.order_by("id")
        if lock and connections[self.db].features.has_select_for_update:
            rows = rows.select_for_update(of=("self",))
        names = [n for n in names if n != "id"]
        return {
            row_id: dict(zip(names, held, strict=True)) for row_id, *held in rows.values_list("id", *names)
        }

    def _portions(self, ids: Iterable[UUID]) -> Iterator[list[UUID]]:
        listed = list(ids)
        step = references.most_values(self.db)
        yield from (listed[i : i + step] for i in range(0, len(listed), step))


def _tells(row: Any, facts: dict[str, Any]) -> bool:
    """Gives a row these facts; whether one of them is another than before."""
    differing = {name: value for name, value in facts.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


class Scoped(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The manager of organisation-owned tables; a lazy look-up along a reference is scoped by its starting row."""

    def get_queryset(self) -> ScopedQuerySet:
        found = super().get_queryset()
        origin = self._hints.get("instance")
        organisation_id = getattr(origin, "organisation_id", None)
        return found if organisation_id is None else found.of(organisation_id)
