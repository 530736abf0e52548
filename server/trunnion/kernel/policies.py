"""Policies: what each actor sees, as a filter of the query itself, and the one way to take a record for a change."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q

from . import unit
from .context import Context
from .errors import Invalid, NotVisible, Stale
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


def visible(ctx: Context, model: type[R]) -> ScopedQuerySet:
    """The rows of a table that the actor may know of."""
    rows: ScopedQuerySet = model.objects.of(ctx)
    policy = POLICIES.get(model)
    return rows.filter(policy(ctx)) if policy else rows


def get(ctx: Context, model: type[R], row_id: UUID, **also: Any) -> R:
    """One visible row; raises NotVisible, the same for a foreign row as for none."""
    found = visible(ctx, model).filter(id=row_id, **also).first()
    if found is None:
        raise NotVisible
    return found


def refer(ctx: Context, kind: str, row_id: UUID | None, pointer: str) -> None:
    """Refuses to point at a record that is not there or that the actor may not know of; names the field."""
    if row_id is not None and not visible(ctx, KINDS[kind]).filter(id=row_id).exists():
        raise Invalid.field(pointer, "reference_unknown", kind=kind)


def take(ctx: Context, model: type[R], row_id: UUID, **also: Any) -> R:
    """One visible row, locked for the running command; raises Stale when the caller saw an older version.

    The first row that a command takes is what its journal entry is about.
    """
    rows = visible(ctx, model).filter(id=row_id, **also)
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(of=("self",))
    found = rows.first()
    if found is None:
        raise NotVisible
    running = unit.current()
    if running is not None and running.subject is None:
        running.about(model.kind, found.id)
        if ctx.seen_version is not None and ctx.seen_version != found.version:
            raise Stale(ctx.seen_version, found.version)
    return found
