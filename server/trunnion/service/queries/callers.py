"""Callers without an account: the context that a link or a scanned code gives them."""

from uuid import UUID

from trunnion.identity.queries import get_organisation
from trunnion.kernel.context import Context, Door
from trunnion.kernel.words import say

# What a guest's page is made of. Above all not `attach.internal.read`: what colleagues say stays among them.
READS = frozenset({"assets.asset.read", "catalog.model.read", "service.request.read", "work.order.read"})


def reading(organisation_id: UUID, language: str) -> Context:
    """The context in which a guest's page is read; what of it is told is decided by the queries."""
    return Context(
        organisation_id=organisation_id, actor_id=None, door=Door.PORTAL, grants=READS, language=language
    )


def acting(organisation_id: UUID, verb: str, language: str) -> Context:
    """The context of a guest's verb: of this organisation, by the portal, nobody's, with this one grant.

    The journal names them in the organisation's language; who they are stands with the request only.
    """
    spoken = get_organisation(organisation_id).language
    return Context(
        organisation_id=organisation_id, actor_id=None, door=Door.PORTAL, grants=frozenset({verb}),
        actor_name=say("service.guest", spoken), language=language,
    )  # fmt: skip
