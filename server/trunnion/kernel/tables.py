"""Tables: the two kinds of row that rooms declare, and the walls that stand around them in the ORM."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models.base import ModelState

from . import additions, clock, references, unit, writer
from .errors import ForeignRow, KernelError, Stale
from .fields import KeyField
from .ids import uuid7
from .scoped import Scoped, ScopedQuerySet
from .search import index_row
from .sorting import sort_key

MASKED = "***"


class Guarded(models.Model):
    """What every table of a room has: an id, a version, times, and a refusal of writes outside its room's commands."""

    kind: ClassVar[str] = ""
    is_owned: ClassVar[bool] = False
    is_ledger: ClassVar[bool] = False
    # Not where another record's difference tells of it already; nothing may point at such rows.
    is_recorded: ClassVar[bool] = True
    # Shown in the journal as changed, never with their values.
    hidden_fields: ClassVar[frozenset[str]] = frozenset()
    # Proofs of who somebody is: blank in what leaves with an organisation, unless sign-ins are asked for.
    secret_fields: ClassVar[frozenset[str]] = frozenset()
    # Of no use and no business elsewhere: such a table does not leave with its organisation.
    stays_behind: ClassVar[bool] = False
    # The right that reading its rows takes, where it is not `<kind>.read`.
    read_by: ClassVar[str] = ""
    # Follow from other rows (a path from its parents): changing them in bulk is neither journalled nor a new version.
    derived_fields: ClassVar[frozenset[str]] = frozenset()
    # Whether two rows can turn out to be one thing; see `mergeable`.
    is_mergeable: ClassVar[bool] = False
    # History: it stays with a row that was merged into another, and the reads of that other include it.
    stays_with_merged: ClassVar[bool] = False
    # Where a row names another of any kind: the column of the kind, that of the id, and what the kinds are called.
    names_subject: ClassVar[tuple[str, str, dict[str, str] | None] | None] = None
    sort_keys: ClassVar[dict[str, str]] = {}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True

    _loaded: dict[str, Any]
    _touched = False

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **how: Any) -> Self:
        row = super().from_db(db, field_names, values, **how)
        row._loaded = _kept(dict(zip(field_names, values, strict=False)))
        return row

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        only = kwargs.get("fields") or (args[1] if len(args) > 1 else None)
        values = self._values()
        fresh = values if only is None else {n: v for n, v in values.items() if n in set(only)}
        self._loaded = {**self.__dict__.get("_loaded", {}), **_kept(fresh)}

    def touch(self) -> None:
        """Makes the next `save` a new version though no column changes: something that belongs to the row did."""
        self._touched = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: DJ012
        """Writes what changed and records before and after; raises Stale when another command was quicker."""
        running = unit.require(self._meta.app_label)
        adding = self._state.adding
        self._make_ready(running)
        before = {} if adding else self._loaded
        after = self._values()
        changed = {n for n, value in after.items() if adding or before.get(n, _ABSENT) != value}
        added = additions.prepare(running, self)
        if not changed and not self._touched and not added:
            return
        references.check(running, type(self), [self], only=None if adding else changed)
        self._write(adding, changed)
        old = {n: f[0] for _, a in added for n, f in a.fields.items()}
        new = {n: f[1] for _, a in added for n, f in a.fields.items()}
        self.record(running, self.id, "create" if adding else "change", {**after, **new}, {**before, **old})
        additions.write(running, added)
        self._loaded, self._touched = _kept(after), False
        index_row(type(self), [self], None if adding else changed)

    @classmethod
    def fresh(cls, **facts: Any) -> Self:
        """A new row as the constructor makes it, at a fraction of the cost: for verbs that make thousands.

        `facts` are columns, or rows that references lead to; what a column may hold is checked when it is stored.
        """
        plain, made, references_to = _defaults_of(cls)
        unknown = facts.keys() - references_to.keys() - plain.keys() - dict(made).keys()
        if unknown:
            raise TypeError(f"{cls.__name__} has no {sorted(unknown)}")
        row = cls.__new__(cls)
        row._state = ModelState()
        held = row.__dict__
        held.update(plain)
        for name, make in made:
            if name not in facts:
                held[name] = make()
        for name, value in facts.items():
            column = references_to.get(name)
            if column is None:
                held[name] = value
            else:
                held[column] = None if value is None else value.pk
                row._state.fields_cache[name] = value
        return row

    def _write(self, adding: bool, changed: Iterable[str]) -> None:
        if adding:
            writer.insert(self)
            return
        # The version in the statement makes a lost update impossible even where rows are not locked.
        seen = self.version
        self.version += 1
        self.changed_at = clock.now()
        names = [*sorted(changed), *self.sort_keys, "version", "changed_at"]
        if not writer.update(self, list(dict.fromkeys(names)), seen):
            self.version = seen
            raise Stale(seen, seen + 1)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Removes the row; the entry keeps what it held. Refused while anything points at it."""
        running = unit.require(self._meta.app_label)
        self._make_ready(running)
        references.refuse_while_used(running, type(self), [self.id])
        if not writer.delete(self):
            raise Stale(self.version, self.version + 1)
        self.record(running, self.id, "delete", {}, self._values())
        index_row(type(self), [self], removed=True)
        return 1, {self._meta.label: 1}

    def _make_ready(self, running: "unit.Unit", now: datetime | None = None) -> None:
        if self._state.adding:
            self.created_at = self.changed_at = now or clock.now()
        for key, source in self.sort_keys.items():
            setattr(self, key, sort_key(getattr(self, source)))

    def _values(self) -> dict[str, Any]:
        held = self.__dict__
        return {name: held[name] for name in _facts_of(type(self)) if name in held}

    @classmethod
    def record(
        cls, running: "unit.Unit", row_id: UUID, op: str, after: dict[str, Any], before: dict[str, Any]
    ) -> None:
        """Notes one row's difference for the entry of the running command."""
        if not cls.is_recorded:
            return
        if before:
            fields = {
                name: [old, new]
                for name in after or before
                if (old := before.get(name)) != (new := after.get(name))
            }
        else:
            fields = {name: [None, new] for name, new in after.items() if new is not None}
        for name in cls.hidden_fields & fields.keys():
            fields[name] = [_masked(value) for value in fields[name]]
        kind = cls.kind or cls._meta.label_lower
        if fields or op != "change":
            running.changes.append(unit.Change(kind, row_id, op, fields))
        running.about(kind, row_id)


@cache
def _facts_of(model: type[Guarded]) -> tuple[str, ...]:
    skipped = references.MECHANICAL | model.sort_keys.keys()
    return tuple(f.attname for f in model._meta.concrete_fields if f.attname not in skipped)


@cache
def _defaults_of(
    model: type[Guarded],
) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]], dict[str, str]]:
    """What a new row holds: the same for all, made for each, and the column of each reference."""
    plain: dict[str, Any] = {}
    made: list[tuple[str, Callable[[], Any]]] = []
    for field in model._meta.concrete_fields:
        if field.has_default() and callable(field.default):
            made.append((field.attname, field.default))
        else:
            plain[field.attname] = field.get_default()
    related = {f.name: f.attname for f in model._meta.concrete_fields if f.name != f.attname}
    return plain, made, related


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    # What can be changed in place is copied, or its change would never be noticed.
    return {n: deepcopy(v) if isinstance(v, dict | list) else v for n, v in values.items()}


def _masked(value: Any) -> Any:
    return MASKED if value else value


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

    # Whether a row of the table is an organisation itself.
    is_organisation: ClassVar[bool] = False

    objects = models.Manager.from_queryset(GlobalQuerySet)()

    class Meta:
        abstract = True


class Row(Guarded):
    """A row that belongs to one organisation."""

    is_owned = True

    organisation_id = models.UUIDField(editable=False)

    objects = Scoped()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def _make_ready(self, running: "unit.Unit", now: datetime | None = None) -> None:
        if self.__dict__.get("organisation_id") is None:
            self.organisation_id = running.ctx.organisation_id
        if self.organisation_id != running.ctx.organisation_id:
            raise ForeignRow(f"{type(self).__name__} of another organisation")
        super()._make_ready(running, now)


class LedgerRow(Row):
    """A row that is only ever added; a correction is a reversing entry."""

    is_ledger = True

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
__all__ = ["Global", "KeyField", "LedgerRow", "Row", "Scoped", "ScopedQuerySet"]
