"""Verbs on how parties stand to each other."""

from uuid import UUID

from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import about
from trunnion.parties.models import Party, PartyRelation
from trunnion.parties.types import RelationKind


@command("parties.relation.add")
def add(ctx: Context, party_id: UUID, other_id: UUID, relation: RelationKind) -> Done:
    """Says that a party is, for instance, the contractor of another."""
    about(Party.kind, party_id)
    if party_id == other_id:
        raise Invalid.field("/other_id", "relation_to_itself")
    party = get(ctx, Party, party_id)
    refer(ctx, Party.kind, other_id, "/other_id")
    row = PartyRelation(party=party, other_id=other_id, relation=relation)
    row.save()
    return Done(row.id, row.version)


@command("parties.relation.remove")
def remove(ctx: Context, relation_id: UUID) -> None:
    """Says that it no longer is."""
    row = take(ctx, PartyRelation, relation_id)
    about(Party.kind, row.party_id)
    row.delete()
