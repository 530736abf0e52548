"""Our own lists sent back change nothing; a killed import goes on where it was; a person needs the target's right."""

import pytest

from trunnion.assets.models import Asset
from trunnion.integrations.commands import import_run, table, undo
from trunnion.integrations.models import ImportStep
from trunnion.integrations.tabular import pages, staging, work
from trunnion.integrations.tests.builders import door
from trunnion.kernel.errors import Invalid, NotGranted, Refusal
from trunnion.kernel.listing import exports, page
from trunnion.kernel.listing.columns import LISTINGS

from .builders import applied, brought, counts, csv_of, fresh, reasons, undone
from .test_assets import HEADS, MAPPING, line


@pytest.fixture
def ctx(tenant):
    return door(tenant)


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_our_own_list_sent_back_changes_nothing(ctx, tmp_path, format_, language):
    rows = [line(1), line(2), line(3)]
    # The same room name in another building: the list shows the name only.
    rows[1][4] = "一厂区 > 2号楼 > 泵房"
    applied(ctx, brought(ctx, csv_of([HEADS, *rows]), "assets", mapping=MAPPING))
    for listing, target, wanted in (("assets.assets", "assets", 3), ("catalog.models", "models", 1)):
        path = tmp_path / f"out.{format_}"
        asked = page.Ask()
        told = ctx.with_(language=language)
        exports.write(told, LISTINGS[listing], asked, path, format_, lambda _done, _total: None)
        run = brought(ctx, path.read_bytes(), target, path.name)
        assert counts(run) == (0, 0, wanted, 0), reasons(ctx, run)


def test_a_killed_import_goes_on_where_it_was(ctx, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    run = brought(ctx, csv_of([HEADS, *(line(n) for n in range(1, 8))]), "assets", mapping=MAPPING)
    table.begin(ctx, import_id=run.id)
    killed = []

    def told(done: int, _total: int) -> None:
        if done == 4:
            killed.append(done)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work.apply(ctx, fresh(ctx, run.id), told)
    assert Asset.objects.of(ctx).count() == 4
    work.apply(ctx, staging.get_run(ctx, run.id), lambda _done, _total: None)
    run = fresh(ctx, run.id)
    assert (run.state, counts(run)) == ("applied", (7, 0, 0, 0))
    assert (Asset.objects.of(ctx).count(), ImportStep.objects.of(ctx).filter(run_id=run.id).count()) == (7, 4)
    assert undone(ctx, run).undone["kept"] == []
    assert Asset.objects.of(ctx).count() == 0


def test_strict_and_wrong_mappings_are_refused(ctx):
    content = csv_of([HEADS, line(1), line(2, state="在飞")])
    run = brought(ctx, content, "assets", mapping=MAPPING)
    import_run.create(ctx, file_id=run.file_id, kind="table", target="assets", strict=True)
    for mapping, pointer in (
        ({"columns": [{"column": 0, "field": "colour"}]}, "/mapping/columns/0/field"),
        (
            {"columns": [{"column": 0, "field": "tag"}, {"column": 1, "field": "tag"}]},
            "/mapping/columns/1/field",
        ),
        ({"columns": [{"column": 40, "field": "tag"}]}, "/mapping/columns/0/column"),
        ({"columns": [{"column": 0, "field": "tag"}], "match_on": "price"}, "/mapping/match_on"),
    ):
        with pytest.raises(Invalid) as caught:
            table.map_(ctx, import_id=run.id, mapping=mapping)
        assert caught.value.errors[0].pointer == pointer
    with pytest.raises(Invalid):
        import_run.create(ctx, file_id=run.file_id, kind="table", target="spaceships")
    with pytest.raises(Refusal):
        undo.undo(ctx, import_id=run.id)


def test_whoever_may_import_needs_the_targets_right_as_well(ctx, tenant):
    run = brought(ctx, csv_of([HEADS, line(1)]), "assets", mapping=MAPPING)
    person = tenant.person("administrator")
    narrow = person.granting(
        {"integrations.import.read", "integrations.import.apply", "integrations.import.step"}
    )
    with pytest.raises(NotGranted):
        import_run.apply(narrow, import_id=run.id)
    assert Asset.objects.of(ctx).count() == 0


def test_other_organisations_see_nothing_of_it(ctx, tenant, other):
    engineer = tenant.person("engineer")
    run = brought(ctx, csv_of([HEADS, line(1)]), "assets", mapping=MAPPING)
    stranger = other.client()
    for path in ("", "/rows", "/mapping", "/errors"):
        assert stranger.get(f"/api/integrations/imports/{run.id}{path}").status_code == 404
    for verb in ("map", "amend", "undo", "apply"):
        body = {"changes": [{"row": 2}]} if verb == "amend" else {}
        answer = stranger.post(
            f"/api/integrations/imports/{run.id}/{verb}", body, content_type="application/json"
        )
        assert answer.status_code == 404, verb
    reader = tenant.client(tenant.membership_of(engineer).user.email)
    assert reader.get(f"/api/integrations/imports/{run.id}/rows").status_code == 403
