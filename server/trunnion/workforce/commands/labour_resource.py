"""Verbs on labour resources: who can be given work."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.identity.queries import find_people
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Line, Name
from trunnion.kernel.policies import refer, take
from trunnion.kernel.unit import emit
from trunnion.workforce.events import ResourceCreated, ResourceDeactivated
from trunnion.workforce.models import LabourResource
from trunnion.workforce.types import ResourceKind

Short = Annotated[Line, Field(max_length=60)]


@command("workforce.labour_resource.create")
def create(
    ctx: Context, name: Name, kind: ResourceKind = ResourceKind.EMPLOYEE, user_id: UUID | None = None,
    party_id: UUID | None = None, code: Short = "", phone: Short = "",
) -> Done:  # fmt: skip
    """Makes somebody a labour resource; `user_id` is their login, `party_id` the contractor they come from."""
    _check(ctx, user_id, party_id)
    row = LabourResource(
        name=name, resource_kind=kind, user_id=user_id, party_id=party_id, code=code, phone=phone
    )
    row.save()
    emit(ResourceCreated(resource_id=row.id, user_id=row.user_id))
    return Done(row.id, row.version)


@command("workforce.labour_resource.edit")
def edit(
    ctx: Context, resource_id: UUID, name: Name = UNSET, user_id: UUID | None = UNSET,
    party_id: UUID | None = UNSET, code: Short = UNSET, phone: Short = UNSET,
) -> Done:  # fmt: skip
    """Changes a resource's plain facts; what is not given stays."""
    row = take(ctx, LabourResource, resource_id)
    changes = given(name=name, user_id=user_id, party_id=party_id, code=code, phone=phone)
    _check(ctx, changes.get("user_id"), changes.get("party_id"))
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()
    return Done(row.id, row.version)


@command("workforce.labour_resource.deactivate")
def deactivate(ctx: Context, resource_id: UUID) -> Done:
    """Offers the resource for no further work; what they did stays theirs."""
    row = take(ctx, LabourResource, resource_id)
    if row.is_active:
        row.is_active = False
        row.save()
        emit(ResourceDeactivated(resource_id=row.id, user_id=row.user_id))
    return Done(row.id, row.version)


@command("workforce.labour_resource.reactivate")
def reactivate(ctx: Context, resource_id: UUID) -> Done:
    """Offers the resource for work again."""
    row = take(ctx, LabourResource, resource_id)
    row.is_active = True
    row.save()
    return Done(row.id, row.version)


def _check(ctx: Context, user_id: UUID | None, party_id: UUID | None) -> None:
    if user_id is not None and not find_people(ctx, {user_id}):
        raise Invalid.field("/user_id", "reference_unknown", kind="identity.user")
    refer(ctx, "parties.party", party_id, "/party_id")
