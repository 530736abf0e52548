"""Two places that turn out to be one."""

from typing import Any
from uuid import UUID

from trunnion.assets.events import LocationMerged
from trunnion.assets.models import Asset, Installation, Location, LocationGroupMember, Position
from trunnion.assets.rules import tree
from trunnion.attach.commands import reference
from trunnion.attach.queries import references_of
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.unit import emit

from .location import hold_trees, replant, take_standing
from .naming import named, unknown

# A merged place keeps a path, out of every tree's reach, because whoever still knows its id must find it.
ASIDE = "-/"


@command("assets.location.merge")
def merge(ctx: Context, location_id: UUID, into_id: UUID) -> Done:
    """Merges a place into another, which keeps its facts; all that stands in the first follows."""
    gone = take_standing(ctx, location_id)
    kept = named(ctx, Location, into_id, "/into_id")
    if kept is None or kept.merged_into_id is not None:
        raise unknown("/into_id", Location.kind)
    hold_trees(ctx, gone, kept)
    if tree.is_within(kept.path, gone.path):
        raise Invalid.field("/into_id", "assets.location_cycle")
    for child in Location.objects.of(ctx).filter(parent_id=gone.id):
        replant(ctx, child, kept)
    for model in (Asset, Position, Installation):
        _follow(ctx, model, gone.id, kept.id)
    _memberships_follow(ctx, gone.id, kept.id)
    _references_follow(ctx, gone.id, kept.id)
    gone.path = ASIDE + tree.segment(int(gone.path.rstrip(tree.END).rpartition(tree.END)[2], 36))
    gone.parent_id, gone.site_id, gone.merged_into_id = None, None, kept.id
    gone.save()
    emit(LocationMerged(location_id=gone.id, into_id=kept.id))
    return Done(kept.id, kept.version)


def _follow(ctx: Context, model: Any, gone_id: UUID, kept_id: UUID) -> None:
    for row in model.objects.of(ctx).filter(location_id=gone_id):
        row.location_id = kept_id
        row.save()


def _memberships_follow(ctx: Context, gone_id: UUID, kept_id: UUID) -> None:
    already = set(
        LocationGroupMember.objects.of(ctx).filter(location_id=kept_id).values_list("group_id", flat=True)
    )
    for row in LocationGroupMember.objects.of(ctx).filter(location_id=gone_id):
        if row.group_id in already:
            row.delete()
        else:
            row.location_id = kept_id
            row.save()


def _references_follow(ctx: Context, gone_id: UUID, kept_id: UUID) -> None:
    # Another system that knows the place by a name of its own finds the one that stays.
    for card in references_of(ctx, Location.kind, gone_id):
        if card.valid_to_at is None:
            reference.end(ctx, card.id)
            reference.set_(
                ctx, Location.kind, kept_id, card.scheme, card.identifier, card.system, card.object_type
            )
