"""The process that applies or undoes an import is killed: nothing half is there, and beginning again ends well."""

import pytest

from trunnion.assets.models import Asset, Location
from trunnion.attach.commands import file as files
from trunnion.attach.models import Attribute, ExternalRef
from trunnion.identity.tests.builders import found_tenant
from trunnion.integrations import takeback
from trunnion.integrations.cobie import importer
from trunnion.integrations.commands import cobie, import_run, undo
from trunnion.integrations.models import ImportRun, Source, SourcePage
from trunnion.integrations.tests.builders import bring, door, every_cell, full, sent, stored
from trunnion.integrations.tests.killing import stopped_at
from trunnion.kernel import verification
from trunnion.kernel.database import reading

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]

TABLES = (Location, Asset, ExternalRef, Attribute, Source, SourcePage)
APPLYING = (
    'INSERT INTO "assets_location"',
    'INSERT INTO "attach_attribute"',
    'INSERT INTO "integrations_sourcepage"',
)
UNDOING = (
    'DELETE FROM "integrations_sourcepage"',
    'DELETE FROM "assets_asset"',
    'DELETE FROM "attach_attribute"',
)


def seen(ctx):
    with reading(ctx.organisation_id):
        return [table.objects.of(ctx).count() for table in TABLES]


def run_of(ctx):
    with reading(ctx.organisation_id):
        return ImportRun.objects.of(ctx).order_by("-id").first()


@pytest.fixture
def house():
    return found_tenant("Harbour Hospital")


def test_an_import_that_was_killed_begins_again(house, tmp_path):
    ctx = door(house)
    nothing = seen(ctx)
    run = _looked_through(ctx, tmp_path)
    for statement in APPLYING:
        with stopped_at(statement, lambda: cobie.apply(ctx, import_id=run.id)):
            assert seen(ctx) == nothing, statement
        assert seen(ctx) == nothing, statement
        assert run_of(ctx).state == "checked"
    cobie.apply(ctx, import_id=run.id)
    assert run_of(ctx).state == "applied"
    assert len(sent(house, tmp_path).sheets["Attribute"]) == len(full()["Attribute"])
    with reading(house.id):
        assert verification.verify(house.id)[1] is None


def _looked_through(ctx, folder):
    stored_file = files.store(ctx, "tower.xlsx", importer.chunks_of(stored(folder, full())))
    made = import_run.create(ctx, file_id=stored_file.id)
    importer.stage(ctx, made.id, stored_file.id, lambda *_: None)
    return run_of(ctx)


def test_an_undo_that_was_killed_begins_again(house, tmp_path):
    ctx = door(house)
    nothing = seen(ctx)
    bring(house, tmp_path, full())
    everything, cells = seen(ctx), every_cell(sent(house, tmp_path))
    undo.begin_undo(ctx, import_id=run_of(ctx).id)
    for statement in UNDOING:
        with stopped_at(statement, lambda: takeback.undo(ctx, run_of(ctx), lambda *_: None)):
            assert seen(ctx) == everything, statement
        assert seen(ctx) == everything, statement
        assert every_cell(sent(house, tmp_path)) == cells
    takeback.undo(ctx, run_of(ctx), lambda *_: None)
    assert (run_of(ctx).state, seen(ctx)) == ("undone", nothing)
