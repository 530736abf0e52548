"""From one database to the other and back again: the same rows, the same journal, the same contents."""

import pytest
from django.db import connection

from trunnion.identity.queries import list_organisations
from trunnion.identity.tests.builders import found_tenant
from trunnion.integrations.moving import inward
from trunnion.kernel import verification, worker
from trunnion.kernel.database import reading

from .builders import exported, gone, living, owner_again, told
from .elsewhere import elsewhere, other_vendor

pytestmark = pytest.mark.django_db(transaction=True)


def test_there_and_back_again(tmp_path):
    shop = living(found_tenant("Harbour Hospital 港口医院"))
    here = exported(shop.tenant, tmp_path / "here.zip", sign_ins=True)
    there = tmp_path / "there.zip"
    with elsewhere(tmp_path / "home", other_vendor(), laid_out=True) as other:
        said = other.call("import", "organisation", here)
        assert "Harbour Hospital 港口医院" in said
        assert "1 files" in said
        assert "already" in other.call("import", "organisation", here, fails=2)
        other.call("export", "organisation", "--to", there, "--with-sign-ins")
        assert "entries hold" in other.call("journal", "verify")
    assert told(there) == told(here)
    gone(shop.tenant.id)
    inward.read(there)
    assert told(exported(shop.tenant, tmp_path / "again.zip", sign_ins=True)) == told(here)
    shop.owner = owner_again(shop.tenant)
    with reading(shop.tenant.id):
        shop.in_state("closed", title="After two moves")
    worker.settle([shop.tenant.id])
    with reading(shop.tenant.id):
        assert verification.verify(shop.tenant.id)[1] is None


@pytest.mark.skipif(
    connection.vendor == "postgresql", reason="the demo is loaded by the test's own process, on SQLite"
)
def test_the_demo_moves_as_a_whole(tmp_path, monkeypatch):
    from trunnion.integrations.demo import loader, recent
    from trunnion.integrations.demo.tests.builders import ONCE, TINY

    monkeypatch.setattr(recent, "TODAY", ONCE)
    loader.load(lambda _: None, size=TINY)
    demo = next(one for one in list_organisations() if one.id == loader.standing())

    class Demo:
        id = demo.id

    here = exported(Demo, tmp_path / "here.zip")
    there = tmp_path / "there.zip"
    with elsewhere(tmp_path / "home", other_vendor(), laid_out=True) as other:
        other.call("import", "organisation", here)
        other.call("export", "organisation", "--to", there)
    assert told(there) == told(here)
