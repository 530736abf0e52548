"""The life of an import: looked through, applied whole or not at all, refused in words, safe to be killed."""

import io
from pathlib import Path

import pytest

from trunnion.assets.queries import handover as assets
from trunnion.attach.commands import file as files
from trunnion.attach.queries import content_of
from trunnion.integrations import queries, tasks
from trunnion.integrations.cobie import apply as application
from trunnion.integrations.cobie import importer
from trunnion.integrations.cobie.reader import read
from trunnion.integrations.cobie.tests.builders import packed
from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.integrations.commands import cobie, import_run
from trunnion.integrations.models import ImportFinding, ImportRun, Source
from trunnion.integrations.tests.builders import (
    bring,
    building,
    changes,
    door,
    every_cell,
    full,
    sent,
    stored,
)
from trunnion.integrations.types import ImportKind
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal, WrongState
from trunnion.kernel.models import Job


def with_errors():
    """A building with a row in two sheets that cannot be applied, and one that hangs on such a row."""
    sheets = full()
    sheets["Component"].append({**sheets["Component"][0], "Name": "P-3", "TypeName": "no such type"})
    sheets["Component"].append({**sheets["Component"][0], "Name": "n/a"})
    sheets["Attribute"].append({**sheets["Attribute"][1], "RowName": "P-3", "Name": "Lost"})
    return sheets


def created(ctx, sheets, **how):
    """A fresh import of the sheets."""
    card = files.store(ctx, "tower.xlsx", [packed(sheets)])
    return import_run.create(ctx, file_id=card.id, **how)


def state(ctx, import_id):
    with reading(ctx.organisation_id):
        return ImportRun.objects.of(ctx).get(id=import_id)


def test_bad_rows_are_parked_and_good_ones_applied(tenant, tmp_path):
    report = bring(tenant, tmp_path, with_errors())
    assert report.is_applied
    assert report.parked == {("Component", 4), ("Component", 5), ("Attribute", 7)}
    told = {(f.sheet, f.row, f.column, f.code) for f in report.findings if f.severity == "error"}
    assert told == {
        ("Component", 4, "TypeName", "cobie.dangling_reference"), ("Component", 5, "Name", "cobie.missing_key"),
        ("Attribute", 7, "RowName", "cobie.refers_to_parked"),
    }  # fmt: skip
    assert len(sent(tenant, tmp_path).sheets["Component"]) == 2


def test_the_report_speaks_both_languages(tenant, tmp_path):
    report = bring(tenant, tmp_path, with_errors())
    english, chinese = (list(importer.lines(report, language)) for language in ("en", "zh-CN"))
    assert len(english) == len(chinese)
    assert any("Component 4 TypeName" in line for line in english)
    assert any("工作表 Type 中没有“no such type”" in line for line in chinese)
    assert not any(line.startswith(("refusal.", "field.", "text.")) for line in english + chinese)


def test_a_strict_import_takes_all_or_none(tenant, tmp_path):
    report = bring(tenant, tmp_path, with_errors(), strict=True)
    assert not report.is_applied
    assert len(report.parked) == 3
    ctx = door(tenant)
    made = created(ctx, with_errors(), strict=True)
    importer.stage(ctx, made.id, state(ctx, made.id).file_id, lambda *_: None)
    for verb in (import_run.apply, cobie.apply):
        with pytest.raises(Refusal) as refused:
            verb(ctx, import_id=made.id)
        assert (refused.value.code, refused.value.facts["rows"]) == ("import.strict", 3)
    assert state(ctx, made.id).state == "checked"
    assert bring(tenant, tmp_path, full(), strict=True).is_applied


def test_the_workbook_of_parked_rows_can_be_corrected_and_brought_in(tenant, tmp_path):
    bring(tenant, tmp_path, with_errors())
    ctx = door(tenant)
    with reading(tenant.id):
        run = ImportRun.objects.of(ctx).get()
        path = content_of(ctx, run.error_file_id).path
    workbook = read(path)
    assert {sheet: len(rows) for sheet, rows in workbook.sheets.items() if rows} == {
        "Facility": 1, "Component": 2, "Attribute": 1,
    }  # fmt: skip
    sheets = {
        sheet: [{**r.cells, **r.extra} for r in rows] for sheet, rows in workbook.sheets.items() if rows
    }
    sheets["Component"][0]["TypeName"] = "Pump type"
    sheets["Component"][1]["Name"] = "P-4"
    assert changes(bring(tenant, tmp_path, sheets)) == (3, 0, 0)
    names = {row.text("Name") for row in sent(tenant, tmp_path).sheets["Component"]}
    assert names == {"P-1", "P-2", "P-3", "P-4"}


def test_looking_through_twice_notes_once(tenant):
    ctx = door(tenant)
    made = created(ctx, with_errors())
    for _ in range(2):
        import_run.check(ctx, import_id=made.id)
        run = state(ctx, made.id)
        assert (run.state, run.errors) == ("checked", 3)
        with reading(tenant.id):
            found = ImportFinding.objects.of(ctx).filter(run_id=made.id)
            assert found.count() == run.findings
            detail = queries.get_import(ctx, made.id, limit=2)
    assert detail["findings"]["next"] == 1
    assert detail["findings"]["count"] == run.findings
    assert detail["actions"] == ["check", "apply", "cancel"]
    assert detail["progress"]["state"] == "done"
    counted = detail["sheets"]["Component"]
    needed, filled = counted.pop("needed"), counted.pop("filled")
    assert counted == {"rows": 4, "new": 2, "changed": 0, "same": 0, "error": 2}
    assert needed == 4 * 6
    assert 0 < filled < needed
    with reading(tenant.id):
        only = queries.get_import(ctx, made.id, sheet="Component", severity="error")["findings"]["rows"]
    assert only
    assert {(row["sheet"], row["severity"]) for row in only} == {("Component", "error")}


def test_queued_from_file_to_applied(tenant, other, tmp_path):
    ctx = door(tenant)
    made = created(ctx, full())
    import_run.check(ctx, import_id=made.id)
    import_run.apply(ctx, import_id=made.id)
    run = state(ctx, made.id)
    assert (run.state, run.source_name, run.new) == ("applied", "S / Tower", sum(map(len, full().values())))
    with pytest.raises(WrongState):
        import_run.apply(ctx, import_id=made.id)
    assert sum(every_cell(sent(other, tmp_path)).values()) == 0


def test_a_cancelled_import_is_not_applied(tenant, tmp_path):
    ctx = door(tenant)
    made = created(ctx, full())
    import_run.cancel(ctx, import_id=made.id)
    for verb in (import_run.check, import_run.apply, cobie.apply):
        with pytest.raises(WrongState):
            verb(ctx, import_id=made.id)
    assert sum(every_cell(sent(tenant, tmp_path)).values()) == 0


class Killed(BaseException):
    """The process ended here."""


def test_a_kill_while_looking_through_leaves_nothing_half(tenant, monkeypatch):
    ctx = door(tenant)
    made = created(ctx, with_errors())
    file_id = state(ctx, made.id).file_id
    with monkeypatch.context() as broken:
        broken.setattr(importer.plans, "make", killer())
        with pytest.raises(Killed):
            importer.stage(ctx, made.id, file_id, lambda *_: None)
    assert (state(ctx, made.id).state, state(ctx, made.id).findings) == ("staged", 0)
    importer.stage(ctx, made.id, file_id, lambda *_: None)
    assert state(ctx, made.id).state == "checked"


@pytest.mark.parametrize("part", [0, 3, len(application.PARTS) - 1])
def test_a_kill_while_applying_leaves_nothing_half(tenant, tmp_path, monkeypatch, part):
    ctx = door(tenant)
    made = created(ctx, full())
    importer.stage(ctx, made.id, state(ctx, made.id).file_id, lambda *_: None)
    with monkeypatch.context() as broken:
        parts = [*application.PARTS[: part + 1], killer()]
        broken.setattr(application, "PARTS", parts)
        with pytest.raises(Killed):
            cobie.apply(ctx, import_id=made.id)
    with reading(tenant.id):
        assert assets.list_buildings(ctx) == []
        assert not Source.objects.of(ctx).exists()
    assert state(ctx, made.id).state == "checked"
    cobie.apply(ctx, import_id=made.id)
    assert state(ctx, made.id).state == "applied"
    assert len(sent(tenant, tmp_path).sheets["Attribute"]) == len(full()["Attribute"])


def killer():
    def kill(*_args, **_facts):
        raise Killed

    return kill


def test_a_fault_of_the_program_is_tried_again_and_told_in_the_end(tenant, monkeypatch):
    ctx = door(tenant)
    made = created(ctx, full())
    importer.stage(ctx, made.id, state(ctx, made.id).file_id, lambda *_: None)

    def broken(*_args, **_facts):
        raise ZeroDivisionError

    monkeypatch.setitem(importer.APPLY, ImportKind.COBIE, broken)
    import_run.apply(ctx, import_id=made.id)
    assert state(ctx, made.id).state == "applying"
    job = Job.objects.get(id=state(ctx, made.id).job_id)
    assert (job.state, job.attempts) == ("ready", 1)
    job.attempts = tasks.MAX_ATTEMPTS
    with pytest.raises(ZeroDivisionError):
        tasks.apply(ctx, tasks.Progress(running(job)), import_id=str(made.id))
    with reading(tenant.id):
        detail = queries.get_import(ctx, made.id)
    assert (detail["state"], detail["failure"]["code"]) == ("failed", "import.stopped")
    monkeypatch.undo()
    import_run.apply(ctx, import_id=made.id)
    assert state(ctx, made.id).state == "applied"


def running(job):
    job.state = "running"
    job.save()
    return job


def test_a_file_that_is_no_workbook_is_refused_in_words(tenant, tmp_path):
    path = tmp_path / "text.xlsx"
    path.write_bytes(b"no workbook at all")
    with pytest.raises(WorkbookRefused) as refused:
        importer.run(door(tenant), path)
    assert refused.value.finding.code == "cobie.not_a_workbook"
    ctx = door(tenant)
    card = files.store(ctx, "notes.txt", [b"Facility, Space"])
    made = import_run.create(ctx, file_id=card.id)
    import_run.check(ctx, import_id=made.id)
    with reading(tenant.id):
        detail = queries.get_import(ctx, made.id)
    assert (detail["state"], detail["failure"]["code"]) == ("failed", "cobie.not_a_workbook")
    assert detail["failure"]["text"].startswith("This is not an Excel workbook")


def test_rights_are_needed_and_other_organisations_see_nothing(tenant, other):
    ctx = door(tenant)
    made = created(ctx, full())
    engineer = tenant.person("engineer")
    card = files.store(ctx, "tower.xlsx", [packed(full())])
    for verb, arguments in (
        (import_run.create, {"file_id": card.id}), (import_run.check, {"import_id": made.id}),
        (import_run.apply, {"import_id": made.id}), (cobie.apply, {"import_id": made.id}), (cobie.export, {}),
    ):  # fmt: skip
        with pytest.raises(NotGranted):
            verb(engineer, **arguments)
    for verb in (import_run.check, import_run.apply, import_run.cancel, cobie.apply):
        with pytest.raises(NotVisible):
            verb(other.owner, import_id=made.id)
    with pytest.raises(NotVisible):
        import_run.create(other.owner, file_id=card.id)


def test_several_buildings_are_written_one_by_one(tenant, tmp_path):
    for name in ("Tower", "Annex"):
        sheets = building()
        sheets["Facility"][0]["Name"] = name
        bring(tenant, tmp_path, sheets)
    ctx = door(tenant)
    with pytest.raises(Invalid) as refused:
        sent(tenant, tmp_path)
    assert refused.value.errors[0].facts == {"facilities": "Annex, Tower"}
    with reading(tenant.id):
        found = cobie.facilities(ctx)["rows"]
    for row in found:
        out = sent(tenant, tmp_path, facility_id=row["id"])
        assert [r.text("Name") for r in out.sheets["Facility"]] == [row["name"]]
        assert len(out.sheets["Component"]) == 2
    target = io.BytesIO()
    with pytest.raises(NotVisible):
        importer_exporter(ctx, target)


def importer_exporter(ctx, target):
    """Asks for a building that is not there."""
    from trunnion.integrations.cobie import exporter
    from trunnion.kernel.ids import uuid7

    return exporter.run(ctx, target, uuid7())


def test_command_line_files_need_not_end_in_xlsx(tenant, tmp_path):
    path = stored(tmp_path, building(), "tower.XLSX")
    assert importer.run(door(tenant), Path(path)).is_applied
