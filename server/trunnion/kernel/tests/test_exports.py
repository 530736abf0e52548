"""A list becomes a file with everything that its asker may see, harmless in every spreadsheet."""

import csv
import os
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from trunnion.kernel import jobs, worker
from trunnion.kernel.errors import Invalid, NotGranted, NotSignedIn, NotVisible
from trunnion.kernel.listing import exports, page
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import JobState

from .builders import entries, person, thing
from .playground import commands
from .playground.queries import THINGS

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "=cmd|'/C calc'!A0"]


@pytest.fixture(autouse=True)
def _rights(monkeypatch, here):
    monkeypatch.setattr(jobs, "_context_source", [lambda organisation, actor: person(organisation)])


def written(ctx, format_: str, **asked) -> list[list]:
    """The file's cells, made by the job."""
    queued = exports.request(ctx, "playground.things", format_, **asked)
    worker.settle([ctx.organisation_id])
    told = jobs.get_job(ctx, queued.job_id)
    assert told["state"] == "done", told
    path = exports.path_of(queued.job_id)
    assert told["result"]["name"].endswith(f".{format_}")
    if format_ == "csv":
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    else:
        book = CalamineWorkbook.from_path(str(path))
        rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    assert told["result"]["rows"] == len(rows) - 1
    assert told["progress_done"] == told["progress_total"] == len(rows) - 1
    return rows


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_a_file_holds_the_whole_list_in_words(here, there, format_, monkeypatch):
    monkeypatch.setattr(exports, "STEP", 2)
    thing(there, "theirs")
    maker = commands.create_maker(here, "ACME")
    at = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    facts = {
        "count": 3,
        "amount": Decimal("2.5"),
        "is_good": True,
        "made_on": date(2026, 1, 2),
        "seen_at": at,
    }
    thing(here, "水泵", grade="worn", maker_id=maker.id, **facts)
    for n in range(4):
        thing(here, f"pump {n}")
    zoned = here.with_(language="zh-CN", zone="Asia/Shanghai")
    columns = "name,grade,count,amount,is_good,made_on,seen_at,maker"
    head, *rows = written(zoned, format_, columns=columns, sort="-count")
    seen = "最近查看" if format_ == "csv" else "最近查看 (Asia/Shanghai)"
    assert head == ["标识", "名称", "等级", "数量", "金额", "良好", "制造日期", seen, "制造者"]
    assert len(rows) == 5
    told = [str(cell) for cell in rows[0][1:]]
    numbers = ["3", "2.5"] if format_ == "csv" else ["3.0", "2.5"]
    at = "2026-11-22T07:30:00+08:00" if format_ == "csv" else "2026-11-22 07:30:00"
    assert told == ["水泵", "磨损", *numbers, "是", "2026-01-02", at, "ACME"]
    assert rows[-1][3] == ""


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_no_cell_is_a_formula(here, format_):
    for text in DANGEROUS:
        thing(here, f"x{text}", note=text)
        thing(here, text.strip())
    _, *rows = written(here, format_, columns="name,note")
    assert len(rows) == 2 * len(DANGEROUS)
    cells = [cell for row in rows for cell in row[1:] if cell]
    if format_ == "csv":
        assert [c for c in cells if c.startswith(exports._DANGEROUS)] == []
    assert {c.removeprefix("'").strip() for c in cells} >= {t.strip() for t in DANGEROUS}


def test_what_was_asked_narrows_the_file(here):
    for n in range(5):
        thing(here, f"pump {n}", count=n)
    thing(here, "fan", count=4)
    _, *rows = written(
        here, "csv", filter='{"field":"count","op":"gte","value":3}', search="pump", columns="name"
    )
    assert [row[1] for row in rows] == ["pump 3", "pump 4"]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(here, monkeypatch, tmp_path):
    monkeypatch.setattr(exports, "SHEET_ROWS", 2)
    for n in range(5):
        thing(here, f"pump {n}")
    path = tmp_path / "book"
    assert exports.write(here, THINGS, page.Ask(columns="name"), path, "xlsx", lambda done, total: None) == 5
    book = CalamineWorkbook.from_path(str(path))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [[row[1] for row in sheet] for sheet in sheets] == [
        ["Name", "pump 0", "pump 1"],
        ["Name", "pump 2", "pump 3"],
        ["Name", "pump 4"],
    ]


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"format": "pdf"}, "/format"),
        ({"format": "csv", "filter": "{"}, "/filter"),
        ({"format": "csv", "sort": "note"}, "/sort"),
        ({"format": "csv", "columns": "secret"}, "/columns"),
    ],
)
def test_what_cannot_be_written_is_refused_before_it_is_queued(here, asked, pointer):
    with pytest.raises(Invalid) as refused:
        exports.request(here, listing="playground.things", **asked)
    assert refused.value.errors[0].pointer == pointer
    assert not Job.objects.exists()
    assert entries(here) == []


def test_the_right_to_the_list_is_needed_at_both_ends(here, monkeypatch):
    with pytest.raises(NotGranted):
        exports.request(here.granting([]), "playground.things", "csv")
    with pytest.raises(NotVisible):
        exports.request(here, "playground.nothing", "csv")
    for source in (lambda o, a: here.granting([]), lambda o, a: _raise(NotSignedIn())):
        monkeypatch.setattr(jobs, "_context_source", [source])
        queued = exports.request(here, "playground.things", "csv")
        worker.settle([here.organisation_id])
        assert Job.objects.get(id=queued.job_id).state == JobState.PARKED
        assert not exports.path_of(queued.job_id).exists()


def _raise(error: Exception) -> None:
    raise error


def test_a_running_export_that_is_called_off_ends(here, monkeypatch, settings):
    settings.TRUNNION_DELIVERY = "worker"
    monkeypatch.setattr(exports, "STEP", 1)
    for n in range(3):
        thing(here, f"pump {n}")
    queued = exports.request(here, "playground.things", "csv")
    original = page.page
    reads = []

    def read_and_cancel(*args):
        reads.append(1)
        jobs.cancel(queued.job_id, here.organisation_id)
        return original(*args)

    monkeypatch.setattr(page, "page", read_and_cancel)
    worker.settle([here.organisation_id])
    assert (Job.objects.get(id=queued.job_id).state, len(reads)) == (JobState.CANCELLED, 1)


def test_old_files_are_swept_away(here):
    old, new = exports.path_of(here.organisation_id), exports.path_of(here.actor_id)
    for path in (old, new):
        path.write_text("x")
    os.utime(old, (1, 1))
    exports.sweep(None)
    assert (old.exists(), new.exists()) == (False, True)
    new.unlink()
