"""Verbs on labour resources: who can be given work."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.identity.queries import find_people
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Line, Name
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import emit
from trunnion.workforce.events import ResourceCreated, ResourceDeactivated
from trunnion.workforce.models import LabourResource
from trunnion.workforce.types import ResourceKind, ResourceLine

Short = Annotated[Line, Field(max_length=60)]
Lines = Annotated[list[ResourceLine], Field(max_length=20_000)]


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
def deactivate(ctx: Context, resource_id: UUID, hand_over_to: UUID | None = None) -> Done:
    """Offers the resource for no further work; what they did stays theirs, open orders go to another or to the desk."""
    row = take(ctx, LabourResource, resource_id)
    if hand_over_to is not None:
        refer(ctx, LabourResource.kind, hand_over_to, "/hand_over_to")
        heir = get(ctx, LabourResource, hand_over_to)
        if heir.id == row.id or not heir.is_active:
            raise Invalid.field("/hand_over_to", "membership.no_heir", name=heir.name)
    if row.is_active:
        row.is_active = False
        row.save()
        emit(ResourceDeactivated(resource_id=row.id, user_id=row.user_id, heir_id=hand_over_to))
    return Done(row.id, row.version)


@command("workforce.labour_resource.reactivate")
def reactivate(ctx: Context, resource_id: UUID) -> Done:
    """Offers the resource for work again."""
    row = take(ctx, LabourResource, resource_id)
    row.is_active = True
    row.save()
    return Done(row.id, row.version)


@command("workforce.labour_resource.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that resources exist: each is found by its id, else by its code, else by its name."""
    known: dict[Any, LabourResource] = {}
    for row in LabourResource.objects.of(ctx).order_by("-id"):
        known[row.name] = known[row.id] = row
        known["", row.code] = row
    tally = Tally()
    for index, line in enumerate(lines):
        row = known.get(line.id) if line.id else (known.get(("", line.code)) if line.code else None)
        if line.id and row is None:
            raise Invalid.field(f"/lines/{index}/id", "reference_unknown", kind=LabourResource.kind)
        row = row or (known.get(line.name) if not line.code else None)
        if row is None:
            row = known[line.name] = LabourResource(resource_kind=ResourceKind.EMPLOYEE)
            if line.code:
                known["", line.code] = row
        refer(ctx, "parties.party", line.party_id, f"/lines/{index}/party_id")
        stated = {
            "resource_kind": line.kind,
            "code": line.code,
            "phone": line.phone,
            "party_id": line.party_id,
        }
        tally.put(row, {"name": line.name, **{f: value for f, value in stated.items() if value}})
    tally.write()
    for row in tally.made.values():
        emit(ResourceCreated(resource_id=row.id, user_id=None))
    return tally.ensured()


def _check(ctx: Context, user_id: UUID | None, party_id: UUID | None) -> None:
    if user_id is not None and not find_people(ctx, {user_id}):
        raise Invalid.field("/user_id", "reference_unknown", kind="identity.user")
    refer(ctx, "parties.party", party_id, "/party_id")
