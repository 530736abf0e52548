"""Verbs on the organisation itself."""

from uuid import UUID

from django.db import transaction

from trunnion.identity.events import OrganisationFounded
from trunnion.identity.factors import commands as factors
from trunnion.identity.models import Membership, MembershipRole, Organisation, Role, User
from trunnion.identity.passwords import digest
from trunnion.identity.roles import shipped
from trunnion.identity.rules import password_fault
from trunnion.identity.types import Done, Founded
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.database import writing
from trunnion.kernel.errors import Invalid, NotVisible, Stale
from trunnion.kernel.ids import uuid7
from trunnion.kernel.inputs import Currency, Email, Language, Name, Password, Zone
from trunnion.kernel.unit import Unit, about, emit, entered


@command("identity.organisation.found", secret=("password",))
def found(
    ctx: Context, name: Name, owner_name: Name, email: Email, password: Password, language: Language = "en",
    zone: Zone = "UTC", currency: Currency = "EUR",
) -> Founded:  # fmt: skip
    """Makes the organisation of this context with its shipped roles and its owner."""
    fault = password_fault(password, (email, owner_name, name))
    if fault:
        raise Invalid.field("/password", fault)
    organisation = Organisation(
        id=ctx.organisation_id, name=name, language=language, zone=zone, currency=currency
    )
    organisation.save()
    about(Organisation.kind, organisation.id)
    roles = {key: Role(key=key) for key in shipped()}
    for role in roles.values():
        role.save()
    user = User(
        email=email, name=owner_name, password_hash=digest(password), language=language, zone=zone,
        home_organisation=organisation,
    )  # fmt: skip
    user.save()
    member = Membership(user=user, name=owner_name, email=email)
    member.save()
    MembershipRole(membership=member, role=roles["owner"]).save()
    emit(OrganisationFounded(organisation_id=organisation.id))
    return Founded(organisation.id, user.id)


def found_new(door: Door = Door.CLI, **facts: str) -> Founded:
    """Founds an organisation in a context of its own."""
    return found(system(uuid7(), door), **facts)


@command("identity.organisation.edit")
def edit(
    ctx: Context,
    name: Name = UNSET,
    language: Language = UNSET,
    zone: Zone = UNSET,
    currency: Currency = UNSET,
) -> Done:
    """Changes the organisation's plain facts."""
    organisation = Organisation.objects.select_for_update().filter(id=ctx.organisation_id).first()
    if organisation is None:
        raise NotVisible
    if ctx.seen_version not in (None, organisation.version):
        raise Stale(ctx.seen_version or 0, organisation.version)
    for field, value in given(name=name, language=language, zone=zone, currency=currency).items():
        setattr(organisation, field, value)
    organisation.save()
    return Done(organisation.id, organisation.version)


def forget(organisation_id: UUID) -> None:
    """Removes an organisation whose rows are gone already, with the people whose home it was.

    Its journal is gone with it, so nothing is journalled; only the operator's command line calls this.
    """
    ctx = system(organisation_id, Door.CLI)
    with writing(), transaction.atomic(), entered(Unit(ctx, "identity.organisation.forget")):
        for user in User.objects.filter(home_organisation_id=organisation_id):
            factors.forget(user)
            user.delete()
        for found in Organisation.objects.filter(id=organisation_id):
            found.delete()
