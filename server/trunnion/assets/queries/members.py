"""What systems and zones hold: for lists that are brought in, and as one column of those that go out."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from trunnion.assets.models import AssetGroupMember, LocationGroupMember
from trunnion.kernel.among import AT_ONCE, among
from trunnion.kernel.context import Context
from trunnion.kernel.listing.columns import Column, Type
from trunnion.kernel.policies import visible

from .places import places_of

# What parts the members of one cell: a text that has such a sign itself is no name for a list.
_PARTS = re.compile(r"[;；、|\n]")


def assets_in(ctx: Context, group_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """The assets of each of these systems; one that was merged counts as that which stands for it, too."""
    found: dict[UUID, set[UUID]] = {}
    for group_id, *ids in _rows(
        AssetGroupMember.objects.of(ctx), group_ids, "asset_id", "asset__merged_into_id"
    ):
        found.setdefault(group_id, set()).update(one for one in ids if one)
    return found


def places_in(ctx: Context, group_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """The places of each of these zones."""
    found: dict[UUID, set[UUID]] = {}
    for group_id, location_id in _rows(LocationGroupMember.objects.of(ctx), group_ids, "location_id"):
        found.setdefault(group_id, set()).add(location_id)
    return found


def _assets_told(ctx: Context, ids: list[UUID], keys: list[str]) -> Mapping[str, Mapping[UUID, Any]]:
    """By their numbers."""
    found: dict[UUID, list[str]] = {}
    for group_id, number in _rows(visible(ctx, AssetGroupMember), ids, "asset__number"):
        found.setdefault(group_id, []).append(number)
    return {key: {group_id: sorted(numbers) for group_id, numbers in found.items()} for key in keys}


def _places_told(ctx: Context, ids: list[UUID], keys: list[str]) -> Mapping[str, Mapping[UUID, Any]]:
    """By their codes; a place that has none by the names on the way to it."""
    columns = ("location_id", "location__code", "location__path")
    rows = list(_rows(visible(ctx, LocationGroupMember), ids, *columns))
    ways = places_of(ctx, {path for _, _, code, path in rows if not code})
    found: dict[UUID, list[str]] = {}
    for group_id, location_id, code, path in rows:
        text = code or ways.get(path, "")
        told = str(location_id) if not text or _PARTS.search(text) else text
        found.setdefault(group_id, []).append(told)
    return {key: {group_id: sorted(texts) for group_id, texts in found.items()} for key in keys}


def _rows(rows: Any, group_ids: Iterable[UUID], *columns: str) -> Iterable[tuple[Any, ...]]:
    ids = list(group_ids)
    for start in range(0, len(ids), AT_ONCE):
        yield from rows.filter(group_id__in=among(ids[start : start + AT_ONCE])).values_list(
            "group_id", *columns
        )


ASSETS_IN = Column("asset_ids", Type.LIST, filter=False, hidden=True, in_files=True, fill=_assets_told)
PLACES_IN = Column("location_ids", Type.LIST, filter=False, hidden=True, in_files=True, fill=_places_told)
