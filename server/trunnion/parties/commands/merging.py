"""Two parties that turn out to be one, and two again."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from trunnion.attach.queries import values_to_carry
from trunnion.kernel import merging
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError
from trunnion.kernel.merging import FactNames, Merged, Unmerged
from trunnion.kernel.unit import emit
from trunnion.parties.events import PartyMerged, PartyUnmerged
from trunnion.parties.models import Contact, Party
from trunnion.parties.rules import match_name
from trunnion.parties.states import PartyState

from . import party as parties


@command("parties.party.merge")
def merge(ctx: Context, party_id: UUID, into_id: UUID, take: FactNames = ()) -> Merged:  # type: ignore[assignment]
    """Merges a party into another, which keeps its facts and takes over what it lacks; everything else follows.

    `take` names facts of the party that goes which win over those of the one that stays.
    """
    gone, stays = merging.both(ctx, Party, party_id, into_id)
    merging.refuse(obstacles(ctx, gone, stays))
    _one_primary(ctx, gone, stays)
    done = merging.merge(gone, stays, take, partial(_complete, ctx, gone, stays))
    emit(PartyMerged(party_id=gone.id, into_id=stays.id))
    return done


@command("parties.party.unmerge")
def unmerge(ctx: Context, party_id: UUID) -> Unmerged:
    """Takes a merge back: the party stands for itself again, with all that had gone along and was not changed since."""
    into_id = Party.objects.of(ctx).filter(id=party_id).values_list("merged_into_id", flat=True).first()
    done = merging.unmerge(ctx, Party, party_id)
    emit(PartyUnmerged(party_id=party_id, from_id=into_id))
    return done


def obstacles(ctx: Context, gone: Any, stays: Any) -> Iterator[FieldError]:
    """What stands in the way of a merge."""
    if stays.state != PartyState.ACTIVE:
        yield FieldError("/into_id", "party_merge_archived", {"number": stays.number})
    if merging.within(ctx, stays, gone.id) or merging.within(ctx, gone, stays.id):
        yield FieldError("/into_id", "merge.one_within_the_other")


def _complete(ctx: Context, gone: Party, stays: Party) -> None:
    stays.match_name = match_name(stays.name)
    stays.save()
    carried = values_to_carry(ctx, gone, stays)
    if carried:
        parties.edit(ctx, stays.id, custom=carried)  # type: ignore[call-arg]


def _one_primary(ctx: Context, gone: Party, stays: Party) -> None:
    """A party has one main contact: where both have one, that of the party that stays remains it."""
    main = Contact.objects.of(ctx).filter(is_primary=True)
    if main.filter(party_id=stays.id).exists():
        for contact in main.filter(party_id=gone.id):
            contact.is_primary = False
            contact.save()
