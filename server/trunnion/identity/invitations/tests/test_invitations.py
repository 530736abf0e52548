"""Invitations: made by whoever may hand the roles out, used as often as was said, by nobody after that."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from trunnion.identity.commands import membership, role
from trunnion.identity.invitations import links
from trunnion.identity.invitations.commands import create, create_many, revoke
from trunnion.identity.invitations.models import Invitation
from trunnion.identity.invitations.types import Guest
from trunnion.identity.models import Membership, MembershipRole, Role
from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal
from trunnion.kernel.history import get_entry, list_entries
from trunnion.kernel.ids import uuid7

PASSWORD = "a long enough 密码"


def token_of(invited) -> str:
    return invited.link.rsplit("/", 1)[-1]


def knock(token: str, client: Client | None = None, **facts):
    body = {
        "name": "Zhao Min",
        "email": "zhao@example.org",
        "password": PASSWORD,
        "language": "zh-CN",
        **facts,
    }
    return (client or Client(headers={"X-Trunnion-Door": "web"})).post(
        f"/api/identity/join/{token}", json.dumps(body), content_type="application/json"
    )


def test_a_link_makes_a_member_who_is_signed_in(tenant):
    made = create(tenant.owner, roles=["engineer"], name="Zhao", email="zhao@example.org")
    assert made.picture.startswith("data:image/svg+xml")
    client = Client(headers={"X-Trunnion-Door": "web", "Accept-Language": "zh-CN"})
    said = client.get(f"/api/identity/join/{token_of(made)}").json()
    assert (said["organisation"], said["email"], said["roles"]) == (
        "Harbour Hospital",
        "zhao@example.org",
        ["工程师"],
    )
    assert knock(token_of(made), client).status_code == 200
    assert client.get("/api/identity/me").json()["user"]["name"] == "Zhao Min"
    member = Membership.objects.of(tenant.owner).get(email="zhao@example.org")
    held = (
        MembershipRole.objects.of(tenant.owner).filter(membership=member).values_list("role__key", flat=True)
    )
    assert list(held) == ["engineer"]
    # One use only, and the same nothing as for a link that never was.
    again, never = (
        knock(token_of(made), email="b@example.org"),
        knock(links.make(tenant.id), email="b@example.org"),
    )
    assert (again.status_code, never.status_code) == (404, 404)


def test_the_link_is_kept_nowhere(tenant):
    made = create(tenant.owner, roles=["engineer"])
    row = Invitation.objects.of(tenant.owner).get(id=made.id)
    entry = get_entry(tenant.owner, list_entries(tenant.owner)["rows"][0]["id"])
    assert token_of(made) not in repr([row.__dict__, entry])


@pytest.mark.parametrize("broken", ["", "x", "%00", "é", "A" * 48, "A" * 4000])
def test_what_is_no_link_is_nothing(tenant, broken):
    with pytest.raises(NotVisible):
        links.organisation_of(broken) and knock(broken) and (_ for _ in ()).throw(NotVisible())
    if broken.isascii() and broken.isalnum():
        assert knock(broken).status_code == 404


def test_an_open_invitation_counts_its_guests(tenant):
    made = create(tenant.owner, roles=["operator"], most=2)
    revoke(tenant.owner, create(tenant.owner, roles=["operator"]).id)
    codes = [knock(token_of(made), email=f"p{n}@example.org").status_code for n in range(3)]
    assert codes == [200, 200, 404]
    create(tenant.owner, roles=["operator"], name="Wang")
    listed = tenant.client().get("/api/identity/invitations").json()["rows"]
    assert [row["standing"] for row in listed] == ["open", "revoked", "used"]


def test_it_ends_by_time_and_by_hand(tenant, time_machine):
    late = create(tenant.owner, roles=["operator"], days=1)
    gone = create(tenant.owner, roles=["operator"])
    revoke(tenant.owner, gone.id)
    assert knock(token_of(gone)).status_code == 404
    time_machine.move_to(clock.now() + timedelta(days=1, minutes=1))
    assert knock(token_of(late)).status_code == 404


def test_nobody_invites_above_themselves(tenant):
    planner = tenant.person("planner")
    with pytest.raises(NotGranted):
        create(planner, roles=["engineer"])
    recruiter = role.create(
        tenant.owner,
        key="recruiter",
        name="Recruiter",
        grants=["identity.invitation.*", "identity.membership.read"],
    )
    assert recruiter.id
    weak = tenant.person("recruiter")
    with pytest.raises(Refusal) as refused:
        create(weak, roles=["administrator"])
    assert refused.value.code == "role_beyond_own"


def test_an_inviter_who_left_opens_no_door(tenant):
    boss = tenant.person("administrator")
    made = create(boss, roles=["engineer"])
    membership.deactivate(tenant.owner, tenant.membership_of(boss).id)
    answer = knock(token_of(made))
    assert (answer.status_code, answer.json()["code"]) == (409, "invitation.void")
    assert Invitation.objects.of(tenant.owner).get(id=made.id).used == 0


def test_another_address_is_refused_and_the_invitation_stays_good(tenant):
    made = create(tenant.owner, roles=["engineer"], email="zhao@example.org")
    wrong = knock(token_of(made), email="other@example.org")
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["code"] == "invitation.other_address"
    short = knock(token_of(made), password="short")
    assert short.json()["errors"][0]["pointer"] == "/password"
    assert knock(token_of(made)).status_code == 200


def test_a_file_of_people(tenant):
    guests = [Guest("Li", "li@example.org"), Guest("Wu", "wu@example.org", ("planner",)), Guest("Hall B")]
    made = create_many(tenant.owner, guests=guests, roles=["engineer"]).invited
    rows = Invitation.objects.of(tenant.owner).order_by("id")
    assert [row.roles for row in rows] == [["engineer"], ["planner"], ["engineer"]]
    assert len({one.link for one in made}) == 3
    with pytest.raises(Invalid) as refused:
        create_many(
            tenant.owner,
            guests=[Guest("A", "a@example.org"), Guest("B", "b@b.org", ("king",))],
            roles=["engineer"],
        )
    assert refused.value.errors[0].pointer == "/guests/1/roles"
    assert rows.count() == 3


def test_scopes_go_with_the_invitation(tenant):
    place = uuid7()
    made = create(tenant.owner, roles=["engineer"], scopes=[membership.ScopeLine("location", place)])
    assert knock(token_of(made)).status_code == 200
    ctx = tenant.context("zhao@example.org")
    assert ctx.scope.location_ids == frozenset({place})


def test_another_organisation_s_invitations_are_not_there(tenant, other):
    made = create(other.owner, roles=["engineer"])
    assert tenant.client().get("/api/identity/invitations").json()["rows"] == []
    with pytest.raises(NotVisible):
        revoke(tenant.owner, made.id)
    assert Role.objects.of(tenant.owner).exists()


class TestViewAs:
    """Looking as another member shows what they see, and changes nothing."""

    def test_shows_their_rights(self, tenant):
        engineer = tenant.person("engineer", name="Zhao Min")
        key = str(tenant.membership_of(engineer).id)
        client = tenant.client()
        seen = client.get("/api/identity/me", headers={"X-Trunnion-View-As": key}).json()
        assert (seen["user"]["name"], set(seen["grants"])) == ("Zhao Min", set(engineer.grants))
        listed = client.get("/api/identity/members", headers={"X-Trunnion-View-As": key})
        assert listed.status_code == 403

    def test_changes_nothing(self, tenant):
        engineer = tenant.person("engineer")
        key = str(tenant.membership_of(engineer).id)
        refused = tenant.client().post(
            "/api/work/orders/create", '{"title":"x"}', content_type="application/json",
            headers={"X-Trunnion-View-As": key},
        )  # fmt: skip
        assert (refused.status_code, refused.json()["code"]) == (403, "view_only")

    @pytest.mark.parametrize("key", ["nonsense", "01a2010e-7b64-7000-90cd-bc1aedce464f"])
    def test_of_nobody(self, tenant, key):
        assert tenant.client().get("/api/identity/me", headers={"X-Trunnion-View-As": key}).status_code == 404

    def test_needs_the_right_and_never_looks_up(self, tenant, other):
        role.create(
            tenant.owner, key="watcher", name="Watcher", grants=["identity.membership.*", "work.order.read"]
        )
        manager = tenant.person("watcher")
        client = tenant.client(tenant.membership_of(manager).email)
        owner = str(tenant.membership_of(tenant.owner).id)
        assert (
            client.get("/api/identity/me", headers={"X-Trunnion-View-As": owner}).json()["code"]
            == "view_beyond_own"
        )
        theirs = str(other.membership_of(other.owner).id)
        assert client.get("/api/identity/me", headers={"X-Trunnion-View-As": theirs}).status_code == 404
        engineer = tenant.person("engineer")
        email = tenant.membership_of(engineer).email
        weak = tenant.client(email)
        assert (
            weak.get("/api/identity/me", headers={"X-Trunnion-View-As": owner}).json()["code"]
            == "not_granted"
        )
