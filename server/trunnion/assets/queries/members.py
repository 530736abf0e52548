"""What systems and zones hold, for lists that are brought in."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from trunnion.assets.models import AssetGroupMember, LocationGroupMember
from trunnion.kernel.among import AT_ONCE, among
from trunnion.kernel.context import Context


def assets_in(ctx: Context, group_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """The assets of each of these systems."""
    return _members(ctx, AssetGroupMember, "asset_id", group_ids)


def places_in(ctx: Context, group_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """The places of each of these zones."""
    return _members(ctx, LocationGroupMember, "location_id", group_ids)


# Any: the two tables share their columns, not a parent that has them.
def _members(ctx: Context, table: Any, column: str, group_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    ids = list(group_ids)
    for start in range(0, len(ids), AT_ONCE):
        rows = table.objects.of(ctx).filter(group_id__in=among(ids[start : start + AT_ONCE]))
        for group_id, member_id in rows.values_list("group_id", column):
            found.setdefault(group_id, set()).add(member_id)
    return found
