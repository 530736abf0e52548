"""Policies: what each actor sees, as a filter of the query itself, and the one way to take a record for a change."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Q

from . import unit
from .context import Context
from .errors import Invalid, Merged, NotVisible, Stale
from .prepared import Prepared, as_id
from .tables import Row, ScopedQuerySet

R = TypeVar("R", bound=Row)
Policy = Callable[[Context], Q]
POLICIES: dict[type[Row], Policy] = {}
KINDS: dict[str, type[Row]] = {}


def sees(model: type[Row]) -> Callable[[Policy], Policy]:
    """Declares what of a table an actor sees, as `function(ctx) -> Q`; without one it is the organisation's rows."""

    def register(policy: Policy) -> Policy:
        POLICIES[model] = policy
        return policy

    return register


def may_read(ctx: Context, kind: str) -> bool:
    """Whether the actor may read records of a kind at all; which of them is said by the policy."""
    model = KINDS.get(kind)
    return model is not None and any(g.startswith(model.read_by or f"{kind}.read") for g in ctx.grants)


def visible(ctx: Context, model: type[R]) -> ScopedQuerySet:
    """The rows of a table that the actor may know of, without those that were merged into others."""
    rows = seen(ctx, model)
    return rows.filter(merged_into=None) if model.is_mergeable else rows


def seen(ctx: Context, model: type[R]) -> ScopedQuerySet:
    """The same with those that were merged: history leads to them, and so does what is still printed on labels."""
    rows: ScopedQuerySet = model.objects.of(ctx)
    policy = POLICIES.get(model)
    return rows.filter(policy(ctx)) if policy else rows


def sees_all(ctx: Context, model: type[Row]) -> bool:
    """Whether nothing of the organisation's rows is kept from the actor."""
    policy = POLICIES.get(model)
    return policy is None or not policy(ctx)


class Seen:
    """Columns of visible rows by their ids; put together once for whoever sees all, which most people do."""

    def __init__(self, model: type[Row], *paths: str) -> None:
        self._model = model
        self._paths = paths
        self._all = Prepared(
            lambda organisation_id, ids: (
                model.objects.of(organisation_id).filter(id__in=ids).values_list(*paths)
            ),
            organisation_id=UUID,
            ids=list[UUID],
        )

    def rows(self, ctx: Context, ids: list[UUID]) -> list[tuple[Any, ...]]:
        """The rows of those of these ids that the actor sees, in no order."""
        if not ids:
            return []
        if sees_all(ctx, self._model):
            return self._all.rows(organisation_id=ctx.organisation_id, ids=[as_id(i) for i in ids])
        return list(seen(ctx, self._model).filter(id__in=ids).values_list(*self._paths))


@cache
def _whole(model: type[Row], is_locked: bool) -> tuple[Prepared, list[str]]:
    names = [field.attname for field in model._meta.concrete_fields]

    def rows(organisation_id: UUID, row_id: UUID) -> Any:
        found = model.objects.of(organisation_id).filter(id=row_id)
        return (found.select_for_update() if is_locked else found).values_list(*names)

    return Prepared(rows, organisation_id=UUID, row_id=UUID), names


def _load(
    ctx: Context, model: type[R], row_id: UUID, also: dict[str, Any], is_locked: bool = False
) -> R | None:
    if not also and sees_all(ctx, model):
        prepared, names = _whole(model, is_locked)
        for values in prepared.rows(organisation_id=ctx.organisation_id, row_id=as_id(row_id)):
            return model.from_db(DEFAULT_DB_ALIAS, names, values)
        return None
    rows = seen(ctx, model).filter(id=row_id, **also)
    return (rows.select_for_update(of=("self",)) if is_locked else rows).first()


def get(ctx: Context, model: type[R], row_id: UUID, **also: Any) -> R:
    """One visible row; raises NotVisible, the same for a foreign row as for none."""
    found = _load(ctx, model, row_id, also)
    if found is None:
        raise NotVisible
    return found


@cache
def _ids(model: type[Row]) -> Seen:
    return Seen(model, "id")


def refer(ctx: Context, kind: str, row_id: UUID | None, pointer: str) -> None:
    """Refuses to point at a record that is not there or that the actor may not know of; names the field."""
    if row_id is not None and not _ids(KINDS[kind]).rows(ctx, [row_id]):
        raise Invalid.field(pointer, "reference_unknown", kind=kind)


def take(ctx: Context, model: type[R], row_id: UUID, *, is_merged: bool = False, **also: Any) -> R:
    """One visible row, locked for the running command; raises Stale when the caller saw an older version.

    What was merged into another row is not changed any more: raises Merged that names the other. The first row that a
    command takes is what its journal entry is about.
    """
    found = _load(ctx, model, row_id, also, is_locked=connection.vendor == "postgresql")
    if found is None:
        raise NotVisible
    running = unit.current()
    if running is not None and running.subject is None:
        running.about(model.kind, found.id)
        if ctx.seen_version is not None and ctx.seen_version != found.version:
            raise Stale(ctx.seen_version, found.version)
    if model.is_mergeable and not is_merged:
        into: UUID | None = found.merged_into_id  # type: ignore[attr-defined]
        if into is not None:
            raise Merged(model.kind, into)
    return found
