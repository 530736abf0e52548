"""Two places that turn out to be one, and two again."""

from typing import Any
from uuid import UUID

from trunnion.assets.events import LocationMerged, LocationUnmerged
from trunnion.assets.models import Asset, Installation, Location, LocationGroupMember, Position
from trunnion.assets.rules import tree
from trunnion.attach.commands import reference
from trunnion.attach.queries import references_of
from trunnion.identity.types import Done
from trunnion.kernel import history
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.history import Did
from trunnion.kernel.ids import uuid7
from trunnion.kernel.merging import Unmerged, taken_back
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit, require

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
    gone.merge_entry_id, gone.merge_until_id = require("assets").entry_id, uuid7()
    gone.save()
    emit(LocationMerged(location_id=gone.id, into_id=kept.id))
    return Done(kept.id, kept.version)


@command("assets.location.unmerge")
def unmerge(ctx: Context, location_id: UUID) -> Unmerged:
    """Takes a merge back: the place stands for itself again, with all that had followed and was not changed since."""
    gone = take(ctx, Location, location_id)
    if gone.merged_into_id is None:
        raise Refusal("merge.not_merged")
    if gone.merge_entry_id is None or gone.merge_until_id is None:
        raise Refusal("merge.not_remembered")
    kept = take(ctx, Location, gone.merged_into_id)
    if kept.merged_into_id is not None:
        raise Refusal("merge.later_first")
    hold_trees(ctx, gone, kept)
    own = history.did(gone.merge_entry_id)
    parts = [*history.done_within(ctx, gone.merge_entry_id, gone.merge_until_id)]
    parent = _former_parent(ctx, gone, own)
    gone.merged_into_id = gone.merge_entry_id = gone.merge_until_id = None
    replant(ctx, gone, parent)
    followed = [one for one in own if one.row_id != gone.id]
    restored, stay = taken_back(ctx, [*parts, ("assets.location.merge", followed)])
    emit(LocationUnmerged(location_id=gone.id, from_id=kept.id))
    return Unmerged(gone.id, gone.version, restored, stay)


def _former_parent(ctx: Context, gone: Location, did: list[Did]) -> Location | None:
    """Under what it stood; where that became another place since, under that one."""
    said = [one.fields["parent_id"][0] for one in did if one.row_id == gone.id and "parent_id" in one.fields]
    row_id = UUID(said[0]) if said and said[0] else None
    while row_id is not None:
        row = Location.objects.of(ctx).filter(id=row_id).first()
        if row is None or row.merged_into_id is None:
            return row
        row_id = row.merged_into_id
    return None


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
