"""What is kept of a person is told to them, and gone everywhere when they are forgotten; the chain holds."""

import json

import pytest
from django.db import connection
from django.test import Client

from trunnion.identity.commands import membership, token
from trunnion.identity.commands.session import Caller, sign_in
from trunnion.identity.invitations import commands as invitation
from trunnion.identity.models import Membership, Session, User
from trunnion.identity.personal import commands as personal
from trunnion.identity.tests.builders import PASSWORD
from trunnion.kernel.context import Door
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotGranted, NotSignedIn, NotVisible, Refusal
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import Entry, Payload
from trunnion.kernel.verification import verify

NAME = "Zheng Canary 郑金丝"


def everything() -> str:
    """Every text of every table, as the database holds it."""
    found = []
    with connection.cursor() as cursor:  # allow(raw-sql): every table there is, known to the program or not
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # allow(raw-sql): as above
            found += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.fixture
def canary(tenant):
    """Somebody who has done things, and left."""
    email = f"canary-{tenant.id.hex[-8:]}@example.org"
    membership.create(tenant.owner, name=NAME, email=email, password=PASSWORD, roles=["administrator"])
    ctx = tenant.context(email)
    client = tenant.client(email)
    client.post("/api/identity/me/prefer", json.dumps({"language": "zh-CN"}), content_type="application/json")
    token.issue(ctx, name="Mine", permissions=["identity.membership.read"])
    invitation.create(ctx, roles=["engineer"], name="Friend")
    member = tenant.membership_of(ctx)
    membership.deactivate(tenant.owner, member.id)
    return ctx, member.id, email


def test_they_are_told_what_is_kept(tenant):
    ctx = tenant.person("engineer", name=NAME)
    email = User.objects.get(id=ctx.actor_id).email
    client = tenant.client(email)
    told = client.get("/api/identity/me/personal_data").json()
    assert (told["account"]["name"], told["account"]["email"]) == (NAME, email)
    assert told["membership"]["roles"] == ["engineer"]
    assert len(told["sessions"]) == 1
    assert "identity.session.start" in {one["verb"] for one in told["deeds"]}
    assert "hash" not in json.dumps(told)
    path = f"/api/identity/members/{tenant.membership_of(ctx).id}/personal_data"
    assert client.get(path).status_code == 403
    assert tenant.client().get(path).json()["account"]["email"] == email
    assert Client().get("/api/identity/me/personal_data").status_code == 401


def test_nobody_is_forgotten_who_is_here_above_or_elsewhere(tenant, other, canary):
    _, member_id, _ = canary
    active = tenant.person("engineer")
    with pytest.raises(Refusal, match="still_active"):
        personal.erase(tenant.owner, tenant.membership_of(active).id, reason="asked")
    with pytest.raises(Refusal, match="not_oneself"):
        personal.erase(tenant.owner, tenant.membership_of(tenant.owner).id, reason="asked")
    with pytest.raises(NotGranted):
        personal.erase(tenant.person("planner"), member_id, reason="asked")
    with pytest.raises(NotGranted):
        personal.erase(tenant.context(tenant.owner_email, Door.API), member_id, reason="asked")
    with pytest.raises(NotVisible):
        personal.erase(other.owner, member_id, reason="asked")


def test_nothing_of_them_is_left_and_the_chain_holds(tenant, canary):
    ctx, member_id, email = canary
    enter_organisation(tenant.id)
    before = Entry.objects.filter(organisation_id=tenant.id, actor_id=ctx.actor_id).count()
    assert before > 3
    done = personal.erase(tenant.owner, member_id, reason="Art. 17")
    enter_organisation(tenant.id)
    text = everything()
    for hidden in (NAME, email, "郑金丝"):
        assert hidden not in text, next(line[:300] for line in text.splitlines() if hidden in line)
    # What they did is still there, under the alias.
    assert Entry.objects.filter(organisation_id=tenant.id, actor_id=ctx.actor_id).count() == before
    assert Session.objects.filter(user_id=ctx.actor_id).count() == 0
    count, fault = verify(tenant.id)
    assert fault is None
    assert count > before
    with reading(tenant.id):
        member = Membership.objects.of(tenant.id).get(id=member_id)
    assert (member.name, member.is_active) == (done.name, False)
    assert done.name.startswith("Former member ")
    with pytest.raises(NotSignedIn):
        sign_in(member.email, "", Caller("10.0.0.1"))


def test_namesakes_keep_their_history(tenant, canary):
    _, member_id, _ = canary
    namesake = tenant.person("planner", name=NAME)
    personal.erase(tenant.owner, member_id, reason="asked")
    enter_organisation(tenant.id)
    own = Entry.objects.filter(organisation_id=tenant.id, subject_id=tenant.membership_of(namesake).id)
    enter_organisation(tenant.id)
    assert own.exists()
    assert not Payload.objects.filter(entry_id__in=own.values("id"), erased_at__isnull=False).exists()
