"""An organisation brought in from the web: into an unused installation only, as a job, with somebody who owns it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from trunnion.assets.commands import asset
from trunnion.identity.models import Membership, MembershipRole, User
from trunnion.identity.tests.builders import found_tenant
from trunnion.integrations.moving.commands import IMPORT
from trunnion.kernel.database import reading
from trunnion.work.models import Order

from .builders import exported, gone, living

pytestmark = pytest.mark.django_db(transaction=True)
ROUTE = "/api/integrations/organisation/import"


@pytest.fixture
def package(tmp_path):
    """What an organisation of another installation took along; it is gone from here."""
    shop = living(found_tenant("Harbour Hospital"))
    path = exported(shop.tenant, tmp_path / "harbour.zip")
    gone(shop.tenant.id)
    return shop, path


def sent(client, path: Path | bytes):
    data = path if isinstance(path, bytes) else path.read_bytes()
    return client.post(ROUTE, {"file": SimpleUploadedFile("harbour.zip", data)})


def waiting() -> set[Path]:
    return set(settings.ENVIRONMENT.folder("incoming").iterdir())


def job_of(client, answer):
    assert answer.status_code == 202, answer.content
    return client.get(f"/api/jobs/{answer.json()['job_id']}").json()


def test_the_owner_of_an_unused_installation_brings_one_in_and_owns_it(package):
    shop, path = package
    here = found_tenant("New Place")
    job = job_of(here.client(), sent(here.client(), path))
    assert job["state"] == "done", job
    assert job["result"]["name"] == "Harbour Hospital"
    with reading(shop.tenant.id):
        assert Order.objects.of(shop.tenant.id).count() > 0
        mine = Membership.objects.of(shop.tenant.id).get(user_id=here.owner.actor_id)
        roles = MembershipRole.objects.of(shop.tenant.id).filter(membership_id=mine.id)
        assert list(roles.values_list("role__key", flat=True)) == ["owner"]
    assert User.objects.get(id=here.owner.actor_id).home_organisation_id == shop.tenant.id
    # Whoever signs in now is there, and sees what came.
    client = here.client()
    assert client.get("/api/identity/me").json()["organisation"]["name"] == "Harbour Hospital"
    assert client.get("/api/work/orders").json()["rows"]
    again = sent(client, path)
    assert (again.status_code, again.json()["code"]) == (409, "archive.others_here")


def test_one_that_is_in_use_is_refused_in_words(package):
    _, path = package
    here = found_tenant("Busy Place")
    asset.create(here.owner, name="Pump")
    before = waiting()
    refused = sent(here.client(), path)
    assert refused.json()["code"] == "archive.not_empty"
    assert "1 assets" in refused.json()["title"]
    assert waiting() <= before


def test_a_damaged_package_leaves_nothing(package):
    shop, path = package
    here = found_tenant("New Place")
    client, before = here.client(), waiting()
    for data in (b"no archive at all", path.read_bytes()[:-200]):
        job = job_of(client, sent(client, data))
        assert job["state"] == "done", job
        assert "This file is no archive" in job["result"]["refused"]
    assert waiting() <= before
    with reading(shop.tenant.id):
        assert Order.objects.of(shop.tenant.id).count() == 0
    assert User.objects.get(id=here.owner.actor_id).home_organisation_id == here.id


def test_nobody_but_the_owner_may(package):
    _, path = package
    here = found_tenant("New Place")
    ctx = here.person("administrator")
    refused = sent(here.client(User.objects.get(id=ctx.actor_id).email), path)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_granted")
    assert here.owner.may(IMPORT)
    assert not ctx.may(IMPORT)
    missing = here.client().post(ROUTE)
    assert missing.json()["code"] == "archive.not_empty"
