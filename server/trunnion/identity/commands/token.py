"""Verbs on API tokens."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.identity.models import ApiToken, TokenUse, User
from trunnion.identity.passwords import token_digest
from trunnion.identity.rules import SEEN_EVERY
from trunnion.identity.types import Done, NewToken
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context, Door
from trunnion.kernel.database import writing
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible
from trunnion.kernel.ids import token as unguessable
from trunnion.kernel.inputs import Name
from trunnion.kernel.permissions import expand

from .role import Pattern


@command("identity.token.issue", secret=("token",))
def issue(
    ctx: Context, name: Name, permissions: list[Pattern], days: Annotated[int, Field(ge=1, le=366)] = 90
) -> NewToken:
    """Makes a token of one's own; it may do what is listed here and what its owner may do at the time, never more."""
    if ctx.door == Door.API:
        # Or a token with a small scope could make itself a stronger one.
        raise NotGranted("identity.token.issue")
    for index, pattern in enumerate(permissions):
        if not expand([pattern.removeprefix("!")]):
            raise Invalid.field(f"/permissions/{index}", "permission_unknown", pattern=pattern)
    user = User.objects.filter(id=ctx.person_id).first()
    if user is None:
        raise NotVisible
    secret = f"trn_{unguessable()}"
    made = ApiToken(
        name=name, prefix=secret[:10], token_hash=token_digest(secret), user=user, organisation_id=ctx.organisation_id,
        permissions=permissions, expires_at=clock.now() + timedelta(days=days),
    )  # fmt: skip
    made.save()
    return NewToken(made.id, made.version, secret)


@command("identity.token.revoke")
def revoke(ctx: Context, token_id: UUID) -> Done:
    """Ends a token at once."""
    found = ApiToken.objects.filter(
        id=token_id, organisation_id=ctx.organisation_id, user_id=ctx.person_id
    ).first()
    if found is None:
        raise NotVisible
    found.revoked_at = found.revoked_at or clock.now()
    found.save()
    return Done(found.id, found.version)


def used(token_id: UUID, now: datetime) -> None:
    """Notes that a token is in use; it is the door's own table, outside the journal."""
    last = TokenUse.objects.filter(token_id=token_id).first()
    if last is None or last.used_at + SEEN_EVERY < now:
        with writing():
            TokenUse.objects.update_or_create(token_id=token_id, defaults={"used_at": now})
