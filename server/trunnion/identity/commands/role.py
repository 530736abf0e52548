"""Verbs on roles."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from trunnion.identity.models import Role
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Name
from trunnion.kernel.permissions import expand
from trunnion.kernel.policies import take

from .membership import may_hand_out

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,58}$")]
Pattern = Annotated[str, StringConstraints(pattern=r"^!?[a-z0-9_.*]{1,100}$")]


@command("identity.role.create")
def create(ctx: Context, key: Key, name: Name, grants: list[Pattern]) -> Done:
    """Makes a role of the organisation's own."""
    _check(ctx, grants)
    role = Role(key=key, name=name, grants=grants)
    role.save()
    return Done(role.id, role.version)


@command("identity.role.edit")
def edit(ctx: Context, role_id: UUID, name: Name = UNSET, grants: list[Pattern] = UNSET) -> Done:
    """Changes a role's name or grants; a shipped role becomes the organisation's own by it."""
    role = take(ctx, Role, role_id)
    if role.key == "owner":
        raise Refusal("role_owner_fixed")
    if grants is not UNSET:
        _check(ctx, grants)
    for field, value in given(name=name, grants=grants).items():
        setattr(role, field, value)
    role.save()
    return Done(role.id, role.version)


@command("identity.role.require_factor")
def require_factor(ctx: Context, role_id: UUID, is_needed: bool) -> Done:
    """Says whether holders of a role must prove a second factor; it holds at once, in open sessions too."""
    role = take(ctx, Role, role_id)
    may_hand_out(ctx, role)
    role.needs_factor = is_needed
    role.save()
    return Done(role.id, role.version)


def _check(ctx: Context, patterns: list[str]) -> None:
    for index, pattern in enumerate(patterns):
        if not expand([pattern.removeprefix("!")]):
            raise Invalid.field(f"/grants/{index}", "permission_unknown", pattern=pattern)
    beyond = sorted(p for p in expand(patterns) if not ctx.may(p))
    if beyond:
        raise Refusal("role_beyond_own", role="", beyond=beyond[:10])
