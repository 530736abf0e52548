"""What an actor sees of parties: all of them, or only the customers that their membership is narrowed to."""

from django.db.models import Q

from trunnion.kernel.context import Context
from trunnion.kernel.policies import sees

from .models import Contact, CustomerSite, Party, PartyRelation


@sees(Party)
def parties(ctx: Context) -> Q:
    """For a narrowed member: their parties and the branches of those."""
    ids = ctx.scope.party_ids
    return Q() if ids is None else Q(id__in=ids) | Q(parent_id__in=ids)


@sees(Contact)
@sees(CustomerSite)
@sees(PartyRelation)
def parts(ctx: Context) -> Q:
    """What belongs to a visible party."""
    ids = ctx.scope.party_ids
    return Q() if ids is None else Q(party_id__in=ids) | Q(party__parent_id__in=ids)
