"""Reads of whole buildings for handover formats: every place, asset, group and relation in a few queries."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from trunnion.assets.models import (
    Asset,
    AssetGroup,
    AssetGroupMember,
    AssetRelation,
    Location,
    LocationGroup,
    LocationGroupMember,
)
from trunnion.assets.types.kinds import LocationKind
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible

STEP = 900


class PlaceFacts(msgspec.Struct, frozen=True):
    """A place as a handover tells of it."""

    id: UUID
    kind: str
    name: str
    code: str
    description: str
    parent_id: UUID | None
    path: str
    merged_into_id: UUID | None
    created_at: datetime


class AssetFacts(msgspec.Struct, frozen=True):
    """An asset as a handover tells of it."""

    id: UUID
    number: str
    name: str
    description: str
    tag: str
    serial: str
    barcode: str
    model_id: UUID | None
    location_id: UUID | None
    installed_on: date | None
    warranty_from_on: date | None
    created_at: datetime


class GroupFacts(msgspec.Struct, frozen=True):
    """A system of assets or a zone of places, with its members in the order in which they joined."""

    id: UUID
    name: str
    category: str
    description: str
    created_at: datetime
    member_ids: list[UUID] = []


class RelationFacts(msgspec.Struct, frozen=True):
    """How one asset bears on another."""

    id: UUID
    kind: str
    source_id: UUID
    target_id: UUID
    remark: str
    created_at: datetime


_PLACE = (
    "id", "location_kind", "name", "code", "description", "parent_id", "path", "merged_into_id", "created_at",
)  # fmt: skip
_ASSET = (
    "id", "number", "name", "description", "tag", "serial", "barcode", "model_id", "location_id", "installed_on",
    "warranty_from_on", "created_at",
)  # fmt: skip
_GROUP = ("id", "name", "category", "description", "created_at")
_RELATION = ("id", "relation", "source_id", "target_id", "remark", "created_at")


def list_buildings(ctx: Context) -> list[PlaceFacts]:
    """Every building that the actor sees, by name."""
    rows = visible(ctx, Location).filter(location_kind=LocationKind.BUILDING, merged_into=None)
    return [PlaceFacts(*values) for values in rows.order_by("name_key", "id").values_list(*_PLACE)]


def places_under(ctx: Context, location_id: UUID) -> list[PlaceFacts]:
    """A place and all below it, parents first."""
    path = visible(ctx, Location).filter(id=location_id).values_list("path", flat=True).first()
    if path is None:
        return []
    rows = visible(ctx, Location).filter(path__startswith=path, merged_into=None).order_by("path")
    return [PlaceFacts(*values) for values in rows.values_list(*_PLACE)]


def find_places(ctx: Context, location_ids: Iterable[UUID]) -> dict[UUID, PlaceFacts]:
    """Several places by their ids; one that was merged says into which."""
    rows = _by_ids(visible(ctx, Location), "id", location_ids)
    return {values[0]: PlaceFacts(*values) for part in rows for values in part.values_list(*_PLACE)}


def assets_under(ctx: Context, location_id: UUID) -> list[AssetFacts]:
    """The assets that stand in a place or below it, in the order of their numbers."""
    path = visible(ctx, Location).filter(id=location_id).values_list("path", flat=True).first()
    if path is None:
        return []
    rows = visible(ctx, Asset).filter(location__path__startswith=path).order_by("number")
    return [AssetFacts(*values) for values in rows.values_list(*_ASSET)]


def assets_nowhere(ctx: Context) -> list[AssetFacts]:
    """The assets that stand in no place."""
    rows = visible(ctx, Asset).filter(location_id=None).order_by("number")
    return [AssetFacts(*values) for values in rows.values_list(*_ASSET)]


def find_assets(ctx: Context, asset_ids: Iterable[UUID]) -> dict[UUID, AssetFacts]:
    """Several assets by their ids."""
    rows = _by_ids(visible(ctx, Asset), "id", asset_ids)
    return {values[0]: AssetFacts(*values) for part in rows for values in part.values_list(*_ASSET)}


def systems_with(ctx: Context, asset_ids: Iterable[UUID]) -> list[GroupFacts]:
    """The systems that hold one of these assets."""
    return _groups_with(ctx, AssetGroup, AssetGroupMember, "asset_id", asset_ids)


def zones_with(ctx: Context, location_ids: Iterable[UUID]) -> list[GroupFacts]:
    """The zones that hold one of these places."""
    return _groups_with(ctx, LocationGroup, LocationGroupMember, "location_id", location_ids)


def find_systems(ctx: Context, group_ids: Iterable[UUID]) -> dict[UUID, GroupFacts]:
    """Several systems by their ids."""
    return _groups(ctx, AssetGroup, AssetGroupMember, "asset_id", group_ids)


def find_zones(ctx: Context, group_ids: Iterable[UUID]) -> dict[UUID, GroupFacts]:
    """Several zones by their ids."""
    return _groups(ctx, LocationGroup, LocationGroupMember, "location_id", group_ids)


def relations_among(ctx: Context, asset_ids: Iterable[UUID]) -> list[RelationFacts]:
    """How these assets bear on others."""
    rows = _by_ids(visible(ctx, AssetRelation), "source_id", asset_ids)
    found = [RelationFacts(*values) for part in rows for values in part.values_list(*_RELATION)]
    return sorted(found, key=lambda relation: relation.id)


def _groups_with(ctx: Context, group: Any, member: Any, column: str, ids: Iterable[UUID]) -> list[GroupFacts]:
    parts = _by_ids(member.objects.of(ctx), column, ids)
    wanted = dict.fromkeys(
        g for part in parts for g in part.order_by("id").values_list("group_id", flat=True)
    )
    found = _groups(ctx, group, member, column, wanted)
    return sorted(found.values(), key=lambda facts: facts.id)


def _groups(
    ctx: Context, group: Any, member: Any, column: str, group_ids: Iterable[UUID]
) -> dict[UUID, GroupFacts]:
    listed = list(group_ids)
    rows = _by_ids(visible(ctx, group), "id", listed)
    found = {values[0]: GroupFacts(*values) for part in rows for values in part.values_list(*_GROUP)}
    for part in _by_ids(member.objects.of(ctx), "group_id", listed):
        for group_id, member_id in part.order_by("id").values_list("group_id", column):
            if group_id in found:
                found[group_id].member_ids.append(member_id)
    return found


def _by_ids(rows: Any, column: str, ids: Iterable[UUID]) -> Iterator[Any]:
    listed = list(ids)
    for start in range(0, len(listed), STEP):
        yield rows.filter(**{f"{column}__in": listed[start : start + STEP]})
