"""Reads of places: names along a path, one card, the tree level by level."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Value
from django.db.models.functions import StrIndex, Substr

from trunnion.assets.models import Asset, Installation, Location, LocationGroup, LocationGroupMember, Position
from trunnion.assets.policies import is_narrowed
from trunnion.assets.rules import tree
from trunnion.assets.types.cards import LocationCard
from trunnion.identity.queries import get_organisation
from trunnion.kernel.context import Context
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import get, visible
from trunnion.kernel.prepared import Prepared
from trunnion.kernel.shape import shaped

from .history import assessments_of_position

READ_ASSESSMENTS = declare("assets.assessment.read")
STEP = 900
MOST_CHILDREN = 500
BETWEEN = " > "
_NAMES = Prepared(
    lambda organisation_id, paths: (
        Location.objects.of(organisation_id).filter(path__in=paths).values_list("path", "name")
    ),
    organisation_id=UUID,
    paths=list[str],
)
_ZONE = Prepared(
    lambda organisation_id, site_id: (
        Location.objects.of(organisation_id).filter(id=site_id).values_list("zone")
    ),
    organisation_id=UUID,
    site_id=UUID,
)
_NODE = ("id", "version", "name", "code", "parent_id", "path")


def places_of(ctx: Context, paths: Iterable[str]) -> dict[str, str]:
    """The names along each path, outermost first, such as "Site > Floor > Room"."""
    wanted = {path for path in paths if path}
    steps = {step for path in wanted for step in (*tree.ancestors(path), path)}
    names: dict[str, str] = {}
    listed = list(steps)
    for start in range(0, len(listed), STEP):
        part = listed[start : start + STEP]
        names.update(
            (path, name) for path, name in _NAMES.rows(organisation_id=ctx.organisation_id, paths=part)
        )
    return {
        path: BETWEEN.join(names[s] for s in (*tree.ancestors(path), path) if s in names) for path in wanted
    }


def zone_or_home(ctx: Context, zone: str | None) -> str:
    """The zone of a site; where it has none, the organisation's."""
    return zone or get_organisation(ctx.organisation_id).zone


def get_location_card(ctx: Context, location_id: UUID) -> LocationCard:
    """What other rooms need to know of a place; one that was merged answers with the place it became."""
    row = get(ctx, Location, location_id)
    if row.merged_into_id is not None:
        return get_location_card(ctx, row.merged_into_id)
    site = _ZONE.rows(organisation_id=ctx.organisation_id, site_id=row.site_id) if row.site_id else []
    zone = site[0][0] if site else None
    place = places_of(ctx, [row.path])[row.path]
    return LocationCard(
        row.id, row.name, row.code, row.location_kind, row.path, place, zone_or_home(ctx, zone)
    )


def is_merged(ctx: Context, location_id: UUID) -> bool:
    """Whether another place stands for this one now."""
    return Location.objects.of(ctx).filter(id=location_id, merged_into__isnull=False).exists()


def get_location(ctx: Context, location_id: UUID) -> dict[str, Any]:
    """A place with what stands in it."""
    row = get(ctx, Location, location_id)
    site = Location.objects.of(ctx).filter(id=row.site_id).first() if row.site_id else None
    zones = LocationGroupMember.objects.of(ctx).filter(location_id=row.id)
    return {
        "id": row.id, "version": row.version, "kind": row.location_kind, "name": row.name, "code": row.code,
        "description": row.description, "parent_id": row.parent_id, "path": row.path,
        "place": places_of(ctx, [row.path]).get(row.path, row.name), "site_id": row.site_id,
        "site": site.name if site else None, "zone": row.zone, "effective_zone": zone_or_home(ctx, site and site.zone),
        "lon": row.lon, "lat": row.lat, "geometry": row.geometry, "original_crs": row.original_crs,
        "route": row.route, "from_measure": row.from_measure, "to_measure": row.to_measure,
        "measure_unit": row.measure_unit, "merged_into_id": row.merged_into_id,
        "zones": shaped(zones, "group_id", name="group__name"),
        "positions": visible(ctx, Position).filter(location_id=row.id, is_active=True).count(),
        "assets": visible(ctx, Asset).filter(location_id=row.id).count(),
        "merged": _merged(ctx, row), "actions": _actions(ctx, row),
    }  # fmt: skip


def _merged(ctx: Context, row: Location) -> list[Any]:
    """What was merged into a place and can be taken out again."""
    rows = Location.objects.of(ctx).filter(merged_into_id=row.id, merge_entry_id__isnull=False)
    return list(rows.order_by("changed_at").values("id", "name", merged_at=F("changed_at")))


def _actions(ctx: Context, row: Location) -> list[str]:
    if row.merged_into_id is not None:
        return ["unmerge"] if row.merge_entry_id and ctx.may("assets.location.unmerge") else []
    return [verb for verb in ("edit", "move", "merge", "remove") if ctx.may(f"assets.location.{verb}")]


def list_children(
    ctx: Context, parent_id: UUID | None = None, after: UUID | None = None, limit: int = 200
) -> dict[str, Any]:
    """One level of the tree by name, with what lies below each place; without a parent, the roots."""
    limit = min(max(limit, 1), MOST_CHILDREN)
    rows = visible(ctx, Location).filter(merged_into=None)
    rows = rows.filter(parent_id=parent_id) if parent_id is not None else rows.filter(_is_root(ctx))
    if after is not None:
        last = get(ctx, Location, after)
        rows = rows.filter(Q(name_key__gt=last.name_key) | Q(name_key=last.name_key, id__gt=last.id))
    found = shaped(rows.order_by("name_key", "id")[: limit + 1], *_NODE, kind="location_kind")
    cut = found[:limit]
    children = _children_of(ctx, [row["id"] for row in cut])
    assets = _assets_below(ctx, [row["path"] for row in cut])
    for row in cut:
        row["child_count"], row["asset_count"] = children.get(row["id"], 0), assets.get(row["path"], 0)
    return {"rows": cut, "next": cut[-1]["id"] if len(found) > limit else None}


def _is_root(ctx: Context) -> Q:
    if not is_narrowed(ctx):
        return Q(parent_id=None)
    # What a narrowed actor sees begins where the place above is not theirs.
    own = visible(ctx, Location).values("id")
    return Q(parent_id=None) | ~Q(parent_id__in=own)


def _children_of(ctx: Context, ids: list[UUID]) -> dict[UUID, int]:
    rows = visible(ctx, Location).filter(parent_id__in=ids, merged_into=None)
    return dict(rows.order_by().values_list("parent_id").annotate(n=Count("pk")))


def _assets_below(ctx: Context, paths: list[str]) -> dict[str, int]:
    """How many assets stand in each of these subtrees: one pass for all that share a parent."""
    by_parent: dict[str, list[str]] = {}
    for path in paths:
        by_parent.setdefault("".join(tree.ancestors(path)[-1:]), []).append(path)
    found: dict[str, int] = {}
    for parent in by_parent:
        step = StrIndex(Substr("location__path", len(parent) + 1), Value(tree.END))
        below = Q(location__path__startswith=parent) if parent else Q()
        counted = (
            visible(ctx, Asset)
            .filter(below)
            .annotate(step=Substr("location__path", 1, step + len(parent)))
            .order_by()
        )
        found.update(counted.values_list("step").annotate(n=Count("pk")))
    return found


def get_location_group(ctx: Context, group_id: UUID) -> dict[str, Any]:
    """A zone with its places."""
    row = get(ctx, LocationGroup, group_id)
    members = visible(ctx, LocationGroupMember).filter(group_id=row.id).order_by("location__name_key")
    shown = shaped(
        members[:MOST_CHILDREN], "location_id", name="location__name", kind="location__location_kind",
        path="location__path",
    )  # fmt: skip
    return {
        "id": row.id, "version": row.version, "name": row.name, "code": row.code, "category": row.category,
        "description": row.description, "members": shown, "member_count": members.count(),
    }  # fmt: skip


def get_position(ctx: Context, position_id: UUID) -> dict[str, Any]:
    """A position, what fills it now and what filled it before."""
    row = get(ctx, Position, position_id)
    history = visible(ctx, Installation).filter(position_id=row.id).order_by("-from_at")
    return {
        "id": row.id, "version": row.version, "code": row.code, "name": row.name, "description": row.description,
        "location_id": row.location_id, "location": row.location.name if row.location else None,
        "place": places_of(ctx, [row.location.path])[row.location.path] if row.location else "",
        "parent_id": row.parent_id, "equipment_class_id": row.equipment_class_id,
        "equipment_class": row.equipment_class.code if row.equipment_class else None,
        "criticality": row.criticality, "is_active": row.is_active,
        "assessments": assessments_of_position(ctx, row.id) if ctx.may(READ_ASSESSMENTS) else [],
        "installations": shaped(
            history[:MOST_CHILDREN], "id", "asset_id", "from_at", "until_at", number="asset__number", name="asset__name"
        ),
    }  # fmt: skip
