"""Verbs on members: who belongs, with which roles, seeing what part."""

from dataclasses import dataclass
from uuid import UUID

from trunnion.identity.events import MemberDeactivated
from trunnion.identity.models import Membership, MembershipRole, MembershipScope, Role, Session, User
from trunnion.identity.passwords import digest
from trunnion.identity.queries import get_organisation
from trunnion.identity.roles import grants_of, shipped
from trunnion.identity.rules import password_fault
from trunnion.identity.types import Done, ScopeKind
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Email, Language, Name, Password, Zone
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import about, emit


@dataclass(frozen=True)
class ScopeLine:
    """One part of the organisation that a member sees."""

    by: ScopeKind
    target_id: UUID


@command("identity.membership.create", secret=("password",))
def create(
    ctx: Context, name: Name, email: Email, password: Password, roles: list[str], language: Language = "en",
    zone: Zone = "UTC", scopes: list[ScopeLine] | None = None,
) -> Done:  # fmt: skip
    """Makes a person with a login a member, with roles by their keys."""
    fault = password_fault(password, (email, name))
    if fault:
        raise Invalid.field("/password", fault)
    if User.objects.filter(email=email).exists():
        raise Invalid.field("/email", "email_taken")
    organisation = get_organisation(ctx.organisation_id)
    user = User(
        email=email, name=name, password_hash=digest(password), language=language, zone=zone,
        home_organisation_id=organisation.id,
    )  # fmt: skip
    user.save()
    member = Membership(user=user, name=name, email=email)
    member.save()
    about(Membership.kind, member.id)
    _set_roles(ctx, member, roles)
    _set_scopes(ctx, member, scopes or [])
    member.save()
    return Done(member.id, member.version)


@command("identity.membership.take_over")
def take_over(ctx: Context, user_id: UUID) -> Done:
    """Makes whoever brought an organisation in an owner of it, and it their home: somebody must let the others in."""
    user = User.objects.get(id=user_id)
    member = Membership.objects.of(ctx).filter(user_id=user_id).first()
    if member is None:
        member = Membership(user=user, name=user.name, email=user.email)
    member.is_active = True
    member.save()
    about(Membership.kind, member.id)
    rows = MembershipRole.objects.of(ctx).filter(membership_id=member.id)
    held = list(rows.values_list("role__key", flat=True))
    _set_roles(ctx, member, sorted({*held, "owner"}))
    user.home_organisation_id = ctx.organisation_id
    user.save()
    return Done(member.id, member.version)


@command("identity.membership.edit")
def edit(
    ctx: Context,
    membership_id: UUID,
    name: Name = UNSET,
    roles: list[str] = UNSET,
    scopes: list[ScopeLine] = UNSET,
) -> Done:
    """Changes a member's name, roles or scopes; what is not given stays."""
    member = take(ctx, Membership, membership_id)
    not_above(ctx, member)
    for field, value in given(name=name).items():
        setattr(member, field, value)
    if roles is not UNSET:
        _set_roles(ctx, member, roles)
    if scopes is not UNSET:
        _set_scopes(ctx, member, scopes)
    member.save()
    return Done(member.id, member.version)


@command("identity.membership.deactivate")
def deactivate(ctx: Context, membership_id: UUID, hand_over_to: UUID | None = None) -> Done:
    """Closes the door for a member at once: every session ends; open work goes to another member or to the desk."""
    member = take(ctx, Membership, membership_id)
    if member.user_id == ctx.actor_id:
        raise Refusal("not_oneself")
    not_above(ctx, member)
    heir = _heir(ctx, member, hand_over_to)
    member.is_active = False
    member.save()
    _keep_an_owner(ctx)
    Session.objects.filter(user_id=member.user_id, organisation_id=ctx.organisation_id, ended_at=None).update(
        ended_at=clock.now()
    )
    emit(MemberDeactivated(membership_id=member.id, user_id=member.user_id, heir_id=heir))
    return Done(member.id, member.version)


def _heir(ctx: Context, member: Membership, hand_over_to: UUID | None) -> UUID | None:
    if hand_over_to is None:
        return None
    refer(ctx, Membership.kind, hand_over_to, "/hand_over_to")
    heir = get(ctx, Membership, hand_over_to)
    if heir.id == member.id or not heir.is_active:
        raise Invalid.field("/hand_over_to", "membership.no_heir", name=heir.name)
    return UUID(str(heir.user_id))


@command("identity.membership.reactivate")
def reactivate(ctx: Context, membership_id: UUID) -> Done:
    """Opens the door again."""
    member = take(ctx, Membership, membership_id)
    not_above(ctx, member)
    member.is_active = True
    member.save()
    return Done(member.id, member.version)


def check_offer(ctx: Context, roles: list[str], scopes: list[ScopeLine]) -> None:
    """Refuses to promise roles or a part of the organisation that the actor could not give."""
    _offered(ctx, roles)
    _within_own_scope(ctx, scopes)


def _offered(ctx: Context, keys: list[str]) -> dict[str, Role]:
    known = {r.key: r for r in Role.objects.of(ctx).filter(key__in=keys)}
    unknown = [k for k in keys if k not in known]
    if unknown or not keys:
        raise Invalid.field("/roles", "role_unknown", unknown=unknown, known=sorted(shipped()))
    for role in known.values():
        may_hand_out(ctx, role)
    return known


def _set_roles(ctx: Context, member: Membership, keys: list[str]) -> None:
    known = _offered(ctx, keys)
    held = {r.role_id: r for r in MembershipRole.objects.of(ctx).filter(membership_id=member.id)}
    wanted = {r.id: r for r in known.values()}
    if held.keys() == wanted.keys():
        return
    for role_id, row in held.items():
        if role_id not in wanted:
            row.delete()
    for role_id, role in wanted.items():
        if role_id not in held:
            MembershipRole(membership=member, role=role).save()
    if held:
        _keep_an_owner(ctx)
    member.touch()


def not_above(ctx: Context, member: Membership) -> None:
    """Refuses whoever would weaken, close out or change a person who may do more than they may themselves."""
    held = MembershipRole.objects.of(ctx).filter(membership_id=member.id).select_related("role")
    for one in held:
        may_hand_out(ctx, one.role)


def _keep_an_owner(ctx: Context) -> None:
    if not MembershipRole.objects.of(ctx).filter(role__key="owner", membership__is_active=True).exists():
        raise Refusal("last_owner")


def may_hand_out(ctx: Context, role: Role) -> None:
    """Refuses a role that is stronger than the actor."""
    patterns = role.grants if role.grants is not None else shipped().get(role.key, [])
    beyond = [p for p in grants_of((tuple(patterns),)) if not ctx.may(p)]
    if beyond:
        raise Refusal("role_beyond_own", role=role.key, beyond=sorted(beyond)[:10])


def _set_scopes(ctx: Context, member: Membership, lines: list[ScopeLine]) -> None:
    _within_own_scope(ctx, lines)
    held = {(r.by, r.target_id): r for r in MembershipScope.objects.of(ctx).filter(membership_id=member.id)}
    wanted = {(str(line.by), line.target_id) for line in lines}
    for key, row in held.items():
        if key not in wanted:
            row.delete()
    for by, target_id in sorted(wanted - held.keys()):
        MembershipScope(membership=member, by=by, target_id=target_id).save()
    if held.keys() != wanted:
        member.touch()
    member.is_scoped = bool(lines)


def _within_own_scope(ctx: Context, lines: list[ScopeLine]) -> None:
    # Whoever sees a part shows others no more than that part, themselves included.
    own = {
        ScopeKind.LOCATION: ctx.scope.location_ids,
        ScopeKind.TEAM: ctx.scope.team_ids,
        ScopeKind.CUSTOMER: ctx.scope.party_ids,
    }
    for kind, ids in own.items():
        asked = {line.target_id for line in lines if line.by == kind}
        if ids is not None and (not asked or asked - ids):
            raise Refusal("scope_beyond_own", by=kind)
