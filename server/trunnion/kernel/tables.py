"""Tables: the two kinds of row that rooms declare, and the walls that stand around them in the ORM."""

from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import connections, models, router
from django.db.models import sql

from . import clock, unit, writer
from .context import Context
from .errors import ForeignReference, KernelError, Stale, UnscopedRead
from .fields import KeyField
from .ids import uuid7
from .search import index_row
from .sorting import sort_key

MASKED = "***"


class ScopedQuery(sql.Query):
    """A query that cannot be compiled before it was told for which organisation it reads."""

    organisation_scope: UUID | None = None

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        if self.organisation_scope is None:
            raise UnscopedRead(f"{self.model} was read without an organisation: use .of(ctx)")
        return super().get_compiler(*args, **kwargs)


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
    def scope(self) -> UUID | None:
        """The organisation whose rows these are."""
        query: Any = self.query
        return query.organisation_scope

    def _guard(self) -> "unit.Unit":
        if self.scope is None:
            raise UnscopedRead(f"{self.model.__name__} was written without an organisation: use .of(ctx)")
        return unit.require(self.model._meta.app_label)

    def update(self, **fields: Any) -> int:
        """Changes many rows at once; the entry records the statement, not each row: prefer `save`."""
        running = self._guard()
        if running.ctx.organisation_id != self.scope:
            raise ForeignReference(f"{self.model.__name__} of another organisation")
        return super().update(**fields)

    def delete(self) -> Any:
        self._guard()
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Stores many rows; each is checked and recorded like a single one."""
        running = unit.require(self.model._meta.app_label)
        objs = list(objs)
        for row in objs:
            row._make_ready(running)
        check_references(running, self.model, objs)
        made = super().bulk_create(objs, *args, **kwargs)
        for row in objs:
            row._record(running, "create", row._values(), {})
            row._loaded = row._values()
        index_row(self.model, objs)
        return made


class Scoped(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The manager of organisation-owned tables; a lazy look-up along a reference is scoped by its starting row."""

    def get_queryset(self) -> ScopedQuerySet:
        found = super().get_queryset()
        origin = self._hints.get("instance")
        if isinstance(origin, Row) and origin.organisation_id is not None:
            return found.of(origin.organisation_id)
        return found


class Guarded(models.Model):
    """What every table of a room has: an id, a version, times, and a refusal of writes outside its room's commands."""

    kind: ClassVar[str] = ""
    hidden_fields: ClassVar[frozenset[str]] = frozenset()
    sort_keys: ClassVar[dict[str, str]] = {}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True

    _loaded: dict[str, Any]

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **how: Any) -> Self:
        row = super().from_db(db, field_names, values, **how)
        row._loaded = dict(zip(field_names, values, strict=False))
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: DJ012
        """Writes what changed and records before and after; raises Stale when another command was quicker."""
        running = unit.require(self._meta.app_label)
        adding = self._state.adding
        self._make_ready(running)
        before = {} if adding else self._loaded
        after = self._values()
        changed = {
            name: value for name, value in after.items() if adding or before.get(name, _ABSENT) != value
        }
        if not changed:
            return
        check_references(running, type(self), [self], only=None if adding else set(changed))
        self._write(adding, changed)
        self._record(running, "create" if adding else "change", self._values(), before)
        self._loaded = self._values()
        index_row(type(self), [self], None if adding else set(changed))

    def _write(self, adding: bool, changed: dict[str, Any]) -> None:
        if adding:
            writer.insert(self)
            return
        # The version in the statement makes a lost update impossible even where rows are not locked.
        seen = self.version
        self.version += 1
        self.changed_at = clock.now()
        names = [*changed, *self.sort_keys, "version", "changed_at"]
        if not writer.update(self, list(dict.fromkeys(names)), seen):
            raise Stale(seen, seen + 1)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Removes the row; the entry keeps what it held."""
        running = unit.require(self._meta.app_label)
        self._record(running, "delete", {}, self._values())
        index_row(type(self), [self], removed=True)
        return super().delete(*args, **kwargs)

    def _make_ready(self, running: "unit.Unit") -> None:
        if self._state.adding:
            self.created_at = self.changed_at = clock.now()
        for key, source in self.sort_keys.items():
            setattr(self, key, sort_key(getattr(self, source)))

    def _values(self) -> dict[str, Any]:
        skipped = {"id", "version", "created_at", "changed_at", "organisation_id", *self.sort_keys}
        return {
            f.attname: self.__dict__[f.attname]
            for f in self._meta.concrete_fields
            if f.attname not in skipped and f.attname in self.__dict__
        }

    def _record(self, running: "unit.Unit", op: str, after: dict[str, Any], before: dict[str, Any]) -> None:
        fields = {}
        for name in after or before:
            old, new = before.get(name), after.get(name)
            if old != new:
                masked = name in self.hidden_fields
                fields[name] = [MASKED if masked and old is not None else old, MASKED if masked else new]
        running.changes.append(unit.Change(self.kind or self._meta.label_lower, self.id, op, fields))
        running.about(self.kind or self._meta.label_lower, self.id)


class GlobalQuerySet(models.QuerySet):
    """Rows of no organisation; bulk writes are refused, because nobody would know what they changed."""

    def update(self, **fields: Any) -> int:
        raise KernelError(f"{self.model.__name__}: save rows one by one")

    def delete(self) -> Any:
        raise KernelError(f"{self.model.__name__}: delete rows one by one")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        raise KernelError(f"{self.model.__name__}: save rows one by one")


class Global(Guarded):
    """A row that belongs to no organisation: people with a login, organisations themselves."""

    objects = models.Manager.from_queryset(GlobalQuerySet)()

    class Meta:
        abstract = True


class Row(Guarded):
    """A row that belongs to one organisation."""

    organisation_id = models.UUIDField(editable=False)

    objects = Scoped()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def _make_ready(self, running: "unit.Unit") -> None:
        if self.__dict__.get("organisation_id") is None:
            self.organisation_id = running.ctx.organisation_id
        if self.organisation_id != running.ctx.organisation_id:
            raise ForeignReference(f"{type(self).__name__} of another organisation")
        super()._make_ready(running)


class LedgerRow(Row):
    """A row that is only ever added; a correction is a reversing entry."""

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise KernelError(f"{type(self).__name__} is a ledger: reverse, never edit")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise KernelError(f"{type(self).__name__} is a ledger: reverse, never delete")


_ABSENT = object()


def check_references(
    running: "unit.Unit", model: type[models.Model], rows: list[Any], only: set[str] | None = None
) -> None:
    """Refuses rows that point into another organisation: a query for each reference whose target is not at hand."""
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not isinstance(target, type) or not issubclass(target, Row):
            continue
        if only is not None and field.attname not in only:
            continue
        wanted = set()
        for row in rows:
            held = row._state.fields_cache.get(field.name)
            if held is not None and held.organisation_id != running.ctx.organisation_id:
                raise ForeignReference(f"{model.__name__}.{field.name}")
            value = getattr(row, field.attname)
            if held is None and value is not None:
                wanted.add(value)
        if model is target:
            wanted -= {row.id for row in rows}
        if wanted and _count(running, target, wanted) != len(wanted):
            raise ForeignReference(f"{model.__name__}.{field.name}")


def _count(running: "unit.Unit", target: type[Row], ids: set[UUID]) -> int:
    limit = connections[router.db_for_read(target)].features.max_query_params or 10_000
    listed = list(ids)
    step = max(limit - 5, 1)
    scoped = target.objects.of(running.ctx)
    return sum(scoped.filter(id__in=listed[i : i + step]).count() for i in range(0, len(listed), step))


__all__ = ["Global", "KeyField", "LedgerRow", "Row", "Scoped"]
