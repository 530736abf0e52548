"""Verbs on how assets bear on each other."""

from uuid import UUID

from trunnion.assets.models import Asset, AssetRelation
from trunnion.assets.types.kinds import RelationKind
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about

from .naming import needed

MOST_STEPS = 1000


@command("assets.relation.create")
def create(ctx: Context, kind: RelationKind, source_id: UUID, target_id: UUID, remark: Line = "") -> Done:
    """Says that the source is part of, feeds, isolates or is connected with the target."""
    source = needed(ctx, Asset, source_id, "/source_id")
    target = needed(ctx, Asset, target_id, "/target_id")
    if source.id == target.id:
        raise Invalid.field("/target_id", "assets.relation_self")
    if kind == RelationKind.CONNECTED and source.id > target.id:
        # A connection has no direction: kept one way round, it cannot be entered twice.
        source, target = target, source
    if kind == RelationKind.PART_OF and _is_part(ctx, target.id, source.id):
        raise Invalid.field("/target_id", "assets.asset_cycle", most=MOST_STEPS)
    row = AssetRelation(relation=kind, source=source, target=target, remark=remark)
    about(Asset.kind, source_id)
    row.save()
    return Done(row.id, row.version)


@command("assets.relation.remove")
def remove(ctx: Context, relation_id: UUID) -> None:
    """Takes a relation away."""
    take(ctx, AssetRelation, relation_id).delete()


def _is_part(ctx: Context, asset_id: UUID, of_id: UUID) -> bool:
    """Whether one asset is, by whatever steps, a part of another."""
    seen, level = set[UUID](), {asset_id}
    while level and len(seen) < MOST_STEPS:
        if of_id in level:
            return True
        seen |= level
        rows = AssetRelation.objects.of(ctx).filter(relation=RelationKind.PART_OF, source_id__in=level)
        level = set(rows.values_list("target_id", flat=True)) - seen
    return False
