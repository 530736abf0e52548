"""Nobody becomes stronger, or makes another stronger, than they are; nobody closes out who is above them."""

import pytest

from trunnion.identity.commands import membership, role, token
from trunnion.identity.models import ApiToken, Membership, Role
from trunnion.identity.queries import (
    context_of_member,
    get_member,
    get_role,
    list_tokens,
    token_by_secret,
    users_with,
)
from trunnion.identity.roles import shipped
from trunnion.identity.types import ScopeKind
from trunnion.kernel import clock
from trunnion.kernel.context import Door
from trunnion.kernel.errors import Invalid, NotGranted, NotSignedIn, NotVisible, Refusal, Stale
from trunnion.kernel.ids import uuid7
from trunnion.kernel.models import Replay

from .builders import PASSWORD

HR = ["identity.*"]


@pytest.fixture
def clerk(tenant):
    """Somebody who looks after members and may do nothing else."""
    role.create(tenant.owner, key="clerk", name="Clerk", grants=HR)
    return tenant.person("clerk")


def add(ctx, email: str = "new@example.org", roles: tuple[str, ...] = ("read_only",), **facts):
    return membership.create(ctx, name="New", email=email, password=PASSWORD, roles=list(roles), **facts)


def refusal(call) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.errors[0].code if refused.value.errors else refused.value.code


def test_a_member_is_made_with_roles_and_seen(tenant):
    made = add(tenant.owner, roles=("engineer", "read_only"))
    told = get_member(tenant.owner, made.id)
    assert sorted(r["key"] for r in told["roles"]) == ["engineer", "read_only"]
    assert told["version"] == made.version


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"roles": []}, "role_unknown"),
        ({"roles": ["emperor"]}, "role_unknown"),
        ({"email": "no address"}, "field.string_pattern_mismatch"),
        ({"password": "short"}, "password.too_short"),
        ({"password": "x" * 2000}, "field.string_too_long"),
        ({"name": ""}, "field.string_too_short"),
        ({"zone": "Mars/Olympus"}, "field.zone_unknown"),
        ({"language": "fr"}, "field.string_pattern_mismatch"),
        ({"scopes": [{"by": "colour", "target_id": str(uuid7())}]}, "field.enum"),
    ],
)
def test_bad_members_are_refused_whole(tenant, facts, code):
    before = Membership.objects.of(tenant.id).count()
    good = {"name": "New", "email": "new@example.org", "password": PASSWORD, "roles": ["read_only"]}
    assert refusal(lambda: membership.create(tenant.owner, **{**good, **facts})) == code
    assert Membership.objects.of(tenant.id).count() == before


def test_an_address_signs_in_once(tenant, other):
    add(tenant.owner)
    assert refusal(lambda: add(tenant.owner, "NEW@example.org")) == "email_taken"
    assert refusal(lambda: add(other.owner)) == "email_taken"


def test_nobody_hands_out_more_than_they_have(tenant, clerk):
    assert refusal(lambda: add(clerk, roles=("owner",))) == "role_beyond_own"
    assert refusal(lambda: role.create(clerk, key="boss", name="Boss", grants=["*"])) == "role_beyond_own"
    assert (
        refusal(lambda: role.create(clerk, key="x1", name="X", grants=["nothing.*"])) == "permission_unknown"
    )
    mine = tenant.membership_of(clerk)
    assert (
        refusal(lambda: membership.edit(clerk, mine.id, roles=["clerk", "administrator"]))
        == "role_beyond_own"
    )
    assert add(clerk, roles=("clerk",))


def test_nobody_touches_who_is_above_them(tenant, clerk):
    owner = tenant.membership_of(tenant.owner)
    for call in (
        lambda: membership.edit(clerk, owner.id, roles=["clerk"]),
        lambda: membership.edit(clerk, owner.id, name="Fool"),
        lambda: membership.deactivate(clerk, owner.id),
    ):
        assert refusal(call) == "role_beyond_own"
    assert [r["key"] for r in get_member(tenant.owner, owner.id)["roles"]] == ["owner"]


def test_somebody_stays_owner(tenant):
    mine = tenant.membership_of(tenant.owner)
    assert refusal(lambda: membership.edit(tenant.owner, mine.id, roles=["administrator"])) == "last_owner"
    assert refusal(lambda: membership.deactivate(tenant.owner, mine.id)) == "not_oneself"
    second = tenant.person("owner")
    membership.edit(second, mine.id, roles=["read_only"])
    assert (
        refusal(lambda: membership.edit(second, tenant.membership_of(second).id, roles=["read_only"]))
        == "last_owner"
    )


def test_a_shipped_role_becomes_ones_own_and_the_owners_stays(tenant):
    roles = {r.key: r for r in Role.objects.of(tenant.id)}
    assert set(roles) == set(shipped())
    assert (
        refusal(lambda: role.edit(tenant.owner, roles["owner"].id, grants=["work.*"])) == "role_owner_fixed"
    )
    role.edit(tenant.owner, roles["read_only"].id, grants=["identity.role.read"])
    assert tenant.person("read_only").grants == {"identity.role.read"}
    denied = role.create(
        tenant.owner, key="almost", name="Almost", grants=["identity.*", "!identity.token.issue"]
    )
    assert denied
    almost = tenant.person("almost")
    assert almost.may("identity.token.revoke")
    assert not almost.may("identity.token.issue")


def test_an_edit_of_roles_or_scopes_is_an_edit_of_the_member(tenant):
    made = add(tenant.owner)
    seen = tenant.owner.with_(seen_version=made.version)
    first = membership.edit(seen, made.id, roles=["engineer"])
    assert first.version == made.version + 1
    with pytest.raises(Stale):
        membership.edit(seen, made.id, roles=["planner"])
    again = tenant.owner.with_(seen_version=first.version)
    lines = [{"by": "location", "target_id": str(uuid7())}]
    second = membership.edit(again, made.id, scopes=lines)
    assert second.version == first.version + 1
    assert membership.edit(tenant.owner, made.id, scopes=lines, roles=["engineer"]).version == second.version
    assert membership.edit(tenant.owner, made.id, scopes=[]).version == second.version + 1
    assert not Membership.objects.of(tenant.id).get(id=made.id).is_scoped


def test_whoever_sees_a_part_shows_no_more(tenant):
    site, elsewhere = uuid7(), uuid7()
    role.create(tenant.owner, key="clerk", name="Clerk", grants=HR)
    scoped = tenant.person("clerk", scopes=[{"by": ScopeKind.LOCATION, "target_id": site}])
    assert scoped.scope.location_ids == {site}
    here = [{"by": "location", "target_id": str(site)}]
    there = [{"by": "location", "target_id": str(elsewhere)}]
    mine = tenant.membership_of(scoped)
    for lines in ([], there, here + there):
        assert (
            refusal(lambda lines=lines: membership.edit(scoped, mine.id, scopes=lines)) == "scope_beyond_own"
        )
        code = refusal(
            lambda lines=lines: add(scoped, f"{uuid7().hex}@example.org", ("clerk",), scopes=lines)
        )
        assert code == "scope_beyond_own"
    assert add(scoped, roles=("clerk",), scopes=here)
    assert membership.edit(scoped, mine.id, name="Same part")


def test_rights_are_those_of_the_moment(tenant):
    ctx = tenant.person("engineer")
    member = tenant.membership_of(ctx)
    role.create(tenant.owner, key="clerk", name="Clerk", grants=HR)
    assert users_with(tenant.owner, "identity.role.create") == [tenant.owner.actor_id]
    membership.edit(tenant.owner, member.id, roles=["clerk"])
    assert set(users_with(tenant.owner, "identity.role.create")) == {tenant.owner.actor_id, ctx.actor_id}
    assert context_of_member(tenant.id, ctx.actor_id).may("identity.role.create")
    membership.deactivate(tenant.owner, member.id)
    with pytest.raises(NotSignedIn):
        context_of_member(tenant.id, ctx.actor_id)


def test_other_organisations_members_do_not_exist(tenant, other):
    foreign = other.membership_of(other.owner)
    for call in (
        lambda: membership.edit(tenant.owner, foreign.id, name="x"),
        lambda: membership.deactivate(tenant.owner, foreign.id),
        lambda: get_member(tenant.owner, foreign.id),
    ):
        with pytest.raises(NotVisible):
            call()


def test_a_token_is_shown_once_and_kept_as_a_digest(tenant):
    keyed = tenant.owner.with_(key="k-1")
    made = token.issue(keyed, name="ERP", permissions=["identity.role.read"])
    kept = ApiToken.objects.get(id=made.id)
    assert made.token.startswith(kept.prefix)
    assert made.token not in (kept.token_hash, Replay.objects.get(key="k-1").answer)
    assert token.issue(keyed, name="ERP", permissions=["identity.role.read"]).token == "***"
    assert token_by_secret(made.token, clock.now()).id == made.id
    assert token_by_secret(made.token + "x", clock.now()) is None
    assert token_by_secret(made.token, kept.expires_at) is None


def test_a_token_is_revoked_by_its_owner_only(tenant):
    made = token.issue(tenant.owner, name="ERP", permissions=["*"])
    with pytest.raises(NotVisible):
        token.revoke(tenant.person("administrator"), made.id)
    token.revoke(tenant.owner, made.id)
    assert token_by_secret(made.token, clock.now()) is None
    assert token.revoke(tenant.owner, made.id)


def test_a_token_makes_no_tokens(tenant):
    with pytest.raises(NotGranted):
        token.issue(tenant.context(tenant.owner_email, Door.API), name="more", permissions=["*"])
    for bad in (
        {"permissions": ["no.such.*"]},
        {"permissions": ["*"], "days": 0},
        {"permissions": ["*"], "days": 999},
    ):
        with pytest.raises(Invalid):
            token.issue(tenant.owner, name="x", **bad)


def test_tokens_are_listed_to_their_owner_alone_and_without_their_secret(tenant, clerk):
    made = token.issue(tenant.owner, name="ERP", permissions=["identity.role.read"])
    (row,) = list_tokens(tenant.owner)["rows"]
    assert (row["id"], row["name"], row["revoked_at"], row["used_at"]) == (made.id, "ERP", None, None)
    assert made.token not in str(row)
    assert list_tokens(clerk)["rows"] == []


def test_a_role_tells_everything_that_it_grants(tenant, clerk):
    (own,) = Role.objects.of(tenant.id).filter(key="clerk")
    told = get_role(tenant.owner, own.id)
    assert told["holders"] == 1
    assert not told["is_shipped"]
    assert {"identity.role.read", "identity.token.issue"} <= set(told["grants"])
