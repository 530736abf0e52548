"""Makes parties for the tests of this room and of those above."""

from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.parties.commands import party
from trunnion.parties.types import PartyRole


def made(ctx: Context, name: str = "Harbour Pumps Ltd", *roles: str, **facts: Any) -> UUID:
    """The id of a new party; a customer unless other roles are named."""
    return party.create(ctx, name=name, roles=[PartyRole(r) for r in roles or ("customer",)], **facts).id
