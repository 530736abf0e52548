"""Callers without an account: the context that a link or a scanned code gives them, how often they may call."""

import hashlib
from uuid import UUID

from trunnion.identity.queries import get_organisation
from trunnion.kernel.context import Context, Door
from trunnion.kernel.limits import allow
from trunnion.kernel.words import say

from .links import digest_of
from .rules.files import WINDOW

# What a guest's page is made of. Above all not `attach.internal.read`: what colleagues say stays among them.
READS = frozenset({"assets.asset.read", "service.request.read", "work.order.read"})


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


def own_key(key: str | None, token: str) -> str | None:
    """The replay key of one guest: two guests who happen to send the same key never meet."""
    return hashlib.sha256(f"{digest_of(token)}:{key}".encode()).hexdigest() if key else None


def limit(what: str, token: str, address: str, per_token: int, per_address: int) -> None:
    """Counts a guest's call for the link or label and for the address; raises TooMany (429) beyond."""
    allow(f"service:{what}:{digest_of(token)}", per_token, WINDOW, "service.too_often")
    allow(f"service:{what}:{address}", per_address, WINDOW, "service.too_often")
