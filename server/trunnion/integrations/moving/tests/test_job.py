"""The export as a verb of the web: queued, journalled, fetched by who may have it and by nobody else."""

import io
import zipfile

import pytest

from trunnion.identity.commands import role
from trunnion.identity.models import MembershipRole, Role, User
from trunnion.identity.tests.builders import found_tenant
from trunnion.integrations.moving import outward
from trunnion.kernel.database import reading
from trunnion.kernel.models import Entry

from .builders import living

pytestmark = pytest.mark.django_db(transaction=True)
ROUTE = "/api/integrations/organisation/export"


@pytest.fixture
def shop():
    return living(found_tenant("Harbour Hospital"))


def asked(client, **body):
    return client.post(ROUTE, body, content_type="application/json")


def content(answer):
    return b"".join(answer.streaming_content)


def test_the_owner_fetches_everything_and_it_is_journalled(shop):
    client = shop.tenant.client()
    queued = asked(client, lists=True)
    assert queued.status_code == 200, queued.content
    job = client.get(f"/api/jobs/{queued.json()['job_id']}").json()
    assert job["state"] == "done", job
    assert job["result"]["files"] == 1
    got = content(client.get(f"/api/jobs/{job['id']}/file"))
    with zipfile.ZipFile(io.BytesIO(got)) as file:
        assert "tables/work.order.jsonl" in file.namelist()
        assert b"argon2" not in file.read("tables/identity.user.jsonl")
    with reading(shop.tenant.id):
        assert Entry.objects.filter(organisation_id=shop.tenant.id, verb=outward.TASK).count() == 1


@pytest.mark.parametrize("name", ["administrator", "dispatcher", "engineer", "read_only"])
def test_others_may_not(shop, name):
    ctx = shop.tenant.person(name)
    refused = asked(shop.tenant.client(User.objects.get(id=ctx.actor_id).email))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_granted")


def test_a_right_that_is_withdrawn_takes_the_file_with_it(shop):
    owner = shop.tenant.owner
    role.create(owner, key="mover", name="Mover", grants=[outward.TASK, "identity.session.*"])
    ctx = shop.tenant.person("mover")
    client = shop.tenant.client(User.objects.get(id=ctx.actor_id).email)
    job_id = asked(client).json()["job_id"]
    assert client.get(f"/api/jobs/{job_id}/file").status_code == 200
    with reading(shop.tenant.id):
        mover = Role.objects.of(shop.tenant.id).get(key="mover")
        assert MembershipRole.objects.of(shop.tenant.id).filter(role=mover).exists()
    role.edit(owner, mover.id, grants=["identity.session.*"])
    assert client.get(f"/api/jobs/{job_id}/file").status_code == 403
    assert shop.tenant.client().get(f"/api/jobs/{job_id}/file").status_code == 404
