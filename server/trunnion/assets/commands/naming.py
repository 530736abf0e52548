"""Rows that an argument names: visible ones, or a refusal that says which field."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from trunnion.assets.events import AssetRenamed, LocationRenamed
from trunnion.kernel import clock
from trunnion.kernel.among import AT_ONCE, among
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotVisible
from trunnion.kernel.policies import KINDS, take, visible
from trunnion.kernel.tables import Row
from trunnion.kernel.unit import emit

R = TypeVar("R", bound=Row)
# SQLite takes a bounded number of parameters.
STEP = 900
# Clocks of phones run ahead a little.
AHEAD = timedelta(minutes=5)


def unknown(pointer: str, kind: str) -> Invalid:
    """The refusal of an id that is no visible record."""
    return Invalid.field(pointer, "reference_unknown", kind=kind)


def named(ctx: Context, model: type[R], row_id: UUID | None, pointer: str) -> R | None:
    """The visible row that an argument names; None for none; raises Invalid."""
    return None if row_id is None else needed(ctx, model, row_id, pointer)


def needed(ctx: Context, model: type[R], row_id: UUID, pointer: str) -> R:
    """The visible row that an argument names; raises Invalid."""
    found: R | None = visible(ctx, model).filter(id=row_id).first()
    if found is None:
        raise unknown(pointer, model.kind)
    return found


def held(ctx: Context, model: type[R], row_id: UUID, pointer: str) -> R:
    """The same, locked until the command ends."""
    try:
        return take(ctx, model, row_id)
    except NotVisible:
        raise unknown(pointer, model.kind) from None


def rows_by_id(ctx: Context, model: type[R], ids: Iterable[UUID | None]) -> dict[UUID, R]:
    """The visible rows of these ids."""
    wanted = list({i for i in ids if i is not None})
    found: dict[UUID, R] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = visible(ctx, model).filter(id__in=among(wanted[start : start + AT_ONCE]))
        found.update((row.id, row) for row in rows)
    return found


def check_all(ctx: Context, kind: str, named_in: dict[UUID, str]) -> None:
    """Refuses the first of these ids (each with its pointer) that is not a visible record of the kind."""
    ids = list(named_in)
    known: set[UUID] = set()
    for start in range(0, len(ids), AT_ONCE):
        rows = visible(ctx, KINDS[kind]).filter(id__in=among(ids[start : start + AT_ONCE]))
        known.update(rows.values_list("id", flat=True))
    for row_id, pointer in named_in.items():
        if row_id not in known:
            raise unknown(pointer, kind)


def check_lines(ctx: Context, lines: Sequence[object], kinds: Mapping[str, str]) -> None:
    """The same for every field of a batch's lines that names a record: `kinds` says of which kind each is."""
    for field, kind in kinds.items():
        named_in: dict[UUID, str] = {}
        for index, line in enumerate(lines):
            if getattr(line, field) is not None:
                named_in.setdefault(getattr(line, field), f"/lines/{index}/{field}")
        check_all(ctx, kind, named_in)


def at_or_now(at: datetime | None, pointer: str = "/at") -> datetime:
    """The instant given, or this one; raises Invalid for one that is still to come."""
    now = clock.now()
    if at is None:
        return now
    if at > now + AHEAD:
        raise Invalid.field(pointer, "assets.in_future", now=now.isoformat())
    return at


def assign(row: Any, facts: dict[str, Any]) -> None:
    """Sets plain facts on a row."""
    for name, value in facts.items():
        setattr(row, name, value)


def tell_renamed(assets: list[UUID], places: list[UUID]) -> None:
    """Says which assets and places are called differently now."""
    if assets:
        emit(AssetRenamed(asset_ids=assets))
    if places:
        emit(LocationRenamed(location_ids=places))
