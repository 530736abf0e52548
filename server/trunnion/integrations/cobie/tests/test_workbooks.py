"""Any workbook of `workbooks`: a dry run never breaks, a second import changes nothing, an export comes back equal."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings

from trunnion.identity.tests.builders import found_tenant
from trunnion.integrations.cobie import importer
from trunnion.integrations.cobie.tests.workbooks import makings, packed
from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.integrations.tests.builders import changes, door, every_cell, sent

EXAMPLES = int(os.environ.get("TRUNNION_EXAMPLES") or 4)
LOOK = settings(
    max_examples=EXAMPLES * 4,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
WRITE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


@pytest.fixture(scope="module")
def folder():
    made = Path(tempfile.mkdtemp(prefix="trunnion-workbooks-"))
    yield made
    shutil.rmtree(made)


@LOOK
@given(making=makings())
def test_a_dry_run_never_breaks(tenant, folder, making):
    path = folder / "any.xlsx"
    path.write_bytes(packed(making))
    try:
        report = importer.run(door(tenant), path, dry_run=True)
    except WorkbookRefused:
        # In words, as any file that is none.
        return
    assert set(making.sheets) <= {*report.sheets, *(one.sheet for one in report.findings)}
    for language in ("en", "zh-CN"):
        assert all(importer.lines(report, language))


@WRITE
@given(making=makings())
def test_the_web_answers_in_words(tenant, making):
    client = tenant.client()
    sent_file = SimpleUploadedFile("any.xlsx", packed(making))
    answer = client.post("/api/integrations/imports", {"file": sent_file})
    assert answer.status_code == 202, answer.content
    detail = client.get(f"/api/integrations/imports/{answer.json()['id']}").json()
    assert detail["state"] in ("checked", "failed"), detail
    assert detail["state"] == "checked" or detail["failure"]["text"]


@WRITE
@given(making=makings())
@pytest.mark.django_db
def test_it_comes_in_once_and_goes_out_whole(folder, making):
    ours, theirs = found_tenant("Harbour Hospital"), found_tenant("Canary Works")
    path = folder / "in.xlsx"
    path.write_bytes(packed(making))
    first = importer.run(door(ours), path)
    assert first.is_applied
    again = importer.run(door(ours), path)
    assert changes(again)[:2] == (0, 0), [f for f in again.sheets.items() if f[1].new or f[1].changed]
    out = sent(ours, folder)
    copy = folder / "copy.xlsx"
    (folder / "out.xlsx").replace(copy)
    assert changes(importer.run(door(theirs), copy))[1:] == (0, 0)
    assert every_cell(sent(theirs, folder)) == every_cell(out)
    assert changes(importer.run(door(ours), copy)) == (0, 0, 0)
