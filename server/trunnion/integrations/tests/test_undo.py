"""An import of a building is taken back: nothing is left, what was changed returns, what people touched since stays."""

import pytest
from click.testing import CliRunner
from django.apps import apps

from trunnion.assets.commands import asset, location
from trunnion.assets.models import Asset, AssetGroup, Location
from trunnion.attach.commands import comment
from trunnion.attach.models import Attribute, ExternalRef
from trunnion.cli.transfer import undo_import
from trunnion.identity.queries import get_organisation
from trunnion.integrations.commands import import_run, undo
from trunnion.integrations.models import ImportRun, ImportStep, Source, SourcePage, SourcePast
from trunnion.integrations.queries import get_import
from trunnion.integrations.tests.builders import bring, changes, door, every_cell, full, sent
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal
from trunnion.kernel.models import Entry
from trunnion.kernel.tables import Row

# What an import leaves behind of itself: the file, what was found in it, and that it was.
OWN = {"attach.file", "attach.file_link"}


@pytest.fixture
def ctx(tenant):
    return door(tenant)


def stock(ctx):
    """Every record of the organisation, as a number for each kind; imports themselves apart."""
    rooms = (m for m in apps.get_models() if issubclass(m, Row) and m.kind and m.kind not in OWN)
    with reading(ctx.organisation_id):
        found = {
            m.kind: m.objects.of(ctx).count() for m in rooms if not m.kind.startswith("integrations.import")
        }
    return {kind: count for kind, count in found.items() if count}


def last(ctx):
    with reading(ctx.organisation_id):
        return ImportRun.objects.of(ctx).order_by("-id").first()


def undone(ctx, run):
    undo.undo(ctx, import_id=run.id)
    with reading(ctx.organisation_id):
        found = get_import(ctx, run.id)
    assert found["state"] == "undone", found["failure"]
    return found["undone"]


def one(ctx, model, **named):
    with reading(ctx.organisation_id):
        return model.objects.of(ctx).get(**named)


def test_nothing_is_left_of_a_building(ctx, tenant, tmp_path):
    before = stock(ctx)
    bring(tenant, tmp_path, full())
    made = stock(ctx)
    assert made["assets.asset"] == 2
    told = undone(ctx, last(ctx))
    assert (told["kept"], told["more"]) == ([], 0)
    assert told["removed"] > 10
    assert stock(ctx) == before
    with reading(tenant.id):
        verbs = set(Entry.objects.filter(organisation_id=tenant.id).values_list("verb", flat=True))
    assert {"integrations.import.undo", "integrations.import.take_back", "assets.batch.take_back"} <= verbs
    assert changes(bring(tenant, tmp_path, full()))[1:] == (0, 0)
    assert stock(ctx) == made


def test_what_a_second_import_changed_returns(ctx, tenant, tmp_path):
    bring(tenant, tmp_path, full())
    first, out, before = last(ctx), every_cell(sent(tenant, tmp_path)), stock(ctx)
    sheets = full()
    sheets["Component"][0] |= {"SerialNumber": "008", "Description": "", "Colour code": ""}
    sheets["Component"].append({**sheets["Component"][0], "Name": "P-3", "SerialNumber": "9"})
    sheets["Attribute"][1]["Value"] = 14
    assert changes(bring(tenant, tmp_path, sheets))[:2] == (1, 2)
    second = last(ctx)
    with pytest.raises(Refusal, match=r"import\.undo_later_first") as refused:
        undo.undo(ctx, import_id=first.id)
    assert refused.value.facts["later"] == second.number
    told = undone(ctx, second)
    assert told["kept"] == []
    assert every_cell(sent(tenant, tmp_path)) == out
    assert stock(ctx) == before
    assert changes(bring(tenant, tmp_path, full())) == (0, 0, 0)
    assert undone(ctx, first)["kept"] == []
    with reading(tenant.id):
        left = [
            m.objects.of(ctx).count() for m in (Source, SourcePage, SourcePast, Asset, Location, ExternalRef)
        ]
    assert left == [0] * 6


def test_what_people_changed_or_used_stays_and_is_named(ctx, tenant, tmp_path):
    bring(tenant, tmp_path, full())
    run = last(ctx)
    first, second = one(ctx, Asset, name="P-1"), one(ctx, Asset, name="P-2")
    asset.edit(ctx, asset_id=first.id, description="said here")
    comment.add(ctx, kind="assets.asset", row_id=second.id, text="used here")
    told = undone(ctx, run)
    kept = {(k["kind"], k["name"]): k["code"] for k in told["kept"]}
    assert kept[("assets.asset", f"{first.number} P-1")] == "take_back.changed_since"
    assert kept[("assets.asset", f"{second.number} P-2")] == "take_back.in_use"
    assert all(k["text"] for k in told["kept"])
    # Where they stand and what they are stays with them, and so does what the file said of them.
    assert one(ctx, Asset, id=first.id).description == "said here"
    assert one(ctx, Location, id=first.location_id).name == "R1"
    with reading(tenant.id):
        assert Attribute.objects.of(ctx).filter(subject_id=first.id, name="Head").exists()
        assert not AssetGroup.objects.of(ctx).exists()
        assert not Source.objects.of(ctx).exists()
    # The same file finds them again.
    bring(tenant, tmp_path, full())
    with reading(tenant.id):
        assert Asset.objects.of(ctx).count() == 2
        assert Location.objects.of(ctx).filter(name="R1").count() == 1
    assert one(ctx, Asset, id=first.id).serial == "007"


def test_a_renamed_place_stays_with_what_it_stands_in(ctx, tenant, tmp_path):
    bring(tenant, tmp_path, full())
    run, room = last(ctx), one(ctx, Location, name="R1")
    location.edit(ctx, location_id=room.id, name="Boiler room")
    told = undone(ctx, run)
    names = {k["name"].split(" ")[-1] for k in told["kept"]}
    assert {"room", "Tower"} <= names
    with reading(tenant.id):
        assert Asset.objects.of(ctx).count() == 0


def test_only_what_can_be_undone_offers_it(ctx, tenant, tmp_path):
    bring(tenant, tmp_path, full())
    run = last(ctx)
    with reading(tenant.id):
        assert "undo" in get_import(ctx, run.id)["actions"]
        assert ImportStep.objects.of(ctx).filter(run_id=run.id).count() == 1
    made = import_run.create(ctx, file_id=run.file_id)
    import_run.check(ctx, import_id=made.id)
    with reading(tenant.id):
        assert "undo" not in get_import(ctx, made.id)["actions"]
    import_run.cancel(ctx, import_id=made.id)
    with pytest.raises(Refusal, match=r"import\.no_undo"):
        undo.undo(ctx, import_id=made.id)


def test_an_import_that_changed_nothing_takes_nothing_back(ctx, tenant, tmp_path):
    bring(tenant, tmp_path, full())
    before = stock(ctx)
    assert changes(bring(tenant, tmp_path, full())) == (0, 0, 0)
    assert undone(ctx, last(ctx)) == {"removed": 0, "restored": 0, "kept": [], "more": 0}
    assert stock(ctx) == before


def test_by_the_web(tenant, other, tmp_path):
    bring(tenant, tmp_path, full())
    run, path = last(door(tenant)), "/api/integrations/imports"
    assert (
        other.client().post(f"{path}/{run.id}/undo", {}, content_type="application/json").status_code == 404
    )
    client = tenant.client()
    answer = client.post(f"{path}/{run.id}/undo", {}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert client.get(f"{path}/{run.id}").json()["undone"]["kept"] == []
    assert client.get("/api/assets/assets").json()["rows"] == []


def test_by_the_command_line(ctx, tenant, tmp_path):
    bring(tenant, tmp_path, full())
    number, asked = last(ctx).number, ["--organisation", get_organisation(tenant.id).name]
    asset.edit(ctx, asset_id=one(ctx, Asset, name="P-1").id, description="said here")
    done = CliRunner().invoke(undo_import, [number, *asked])
    assert done.exit_code == 1, done.output
    assert "Taken back" in done.output
    assert any("P-1" in line and "changed" in line for line in done.output.splitlines()), done.output
    again = CliRunner().invoke(undo_import, [number, *asked, "--language", "zh-CN"])
    assert again.exit_code == 2
    assert CliRunner().invoke(undo_import, ["IM-999999", *asked]).exit_code == 2
