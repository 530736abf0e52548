"""The process that brings an organisation in is killed: nothing of it is there, and the next one brings all of it."""

import pytest
from django.conf import settings

from trunnion.attach.commands import contents as places
from trunnion.attach.models import File
from trunnion.identity.queries import list_organisations
from trunnion.identity.tests.builders import found_tenant
from trunnion.integrations.moving import inward
from trunnion.integrations.tests.killing import stopped_at
from trunnion.kernel import verification, walls
from trunnion.kernel.database import reading
from trunnion.kernel.portable import dump
from trunnion.kernel.portable.shape import tables
from trunnion.kernel.portable.snapshot import show, snapshot
from trunnion.work.commands import order

from .builders import exported, gone, living, owner_again, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]

# The first row of all, one in the middle, the last ones, and the look at everything just before the commit.
POINTS = {
    "first": 'INSERT INTO "identity_organisation"',
    "middle": 'INSERT INTO "work_order"',
    "journal": 'INSERT INTO "kernel_',
    "numbers": "SELECT count(*)",
}


def rows_of(organisation_id):
    """How many rows of an organisation anybody can see, over all tables."""
    with snapshot() as connection:
        show(connection, organisation_id)
        return sum(dump.count(connection, one, organisation_id) for one in tables())


def test_a_killed_import_leaves_nothing_and_ends_well_the_next_time(tmp_path):
    shop = living(found_tenant("Harbour Hospital 港口医院"))
    path = exported(shop.tenant, tmp_path / "a.zip", sign_ins=True)
    everything = rows_of(shop.tenant.id)
    gone(shop.tenant.id)
    assert rows_of(shop.tenant.id) == 0 < everything
    for statement in POINTS.values():
        with stopped_at(statement, lambda: inward.read(path)):
            assert rows_of(shop.tenant.id) == 0, statement
        assert rows_of(shop.tenant.id) == 0, statement
        assert shop.tenant.id not in {one.id for one in list_organisations()}
        assert walls.missing() == [], statement
    found = inward.read(path)
    assert found.rows >= everything
    assert rows_of(shop.tenant.id) == everything
    assert told(exported(shop.tenant, tmp_path / "b.zip", sign_ins=True)) == told(path)
    shop.owner = owner_again(shop.tenant)
    order.create(shop.owner, title="After the move", asset_id=shop.pump)
    with reading(shop.tenant.id):
        assert verification.verify(shop.tenant.id)[1] is None


def test_nothing_half_lies_under_the_name_of_a_content(tmp_path):
    shop = living(found_tenant("Harbour Hospital"))
    path = exported(shop.tenant, tmp_path / "a.zip", sign_ins=True)
    folder = settings.ENVIRONMENT.folder("files")
    with reading(shop.tenant.id):
        name = File.objects.of(shop.tenant.id).get().sha256
    body = places.path_of(name).read_bytes()
    gone(shop.tenant.id)
    places.path_of(name).unlink()
    # The contents come before the rows; a killed process takes none of them back.
    with stopped_at('INSERT INTO "identity_organisation"', lambda: inward.read(path)):
        pass
    whole = [p for p in folder.rglob("*") if p.is_file() and p.name == name]
    assert [p.read_bytes() for p in whole] in ([], [body])
    inward.read(path)
    assert places.path_of(name).read_bytes() == body
