"""In and out again: every cell comes back, a second time changes nothing, an empty organisation becomes the same."""

import os
from pathlib import Path

import pytest

from trunnion.integrations.cobie import importer
from trunnion.integrations.cobie.reader import read
from trunnion.integrations.tests.builders import (
    bring,
    building,
    cells,
    changes,
    door,
    every_cell,
    full,
    sent,
    stored,
)

FOLDER = Path(os.environ.get("TRUNNION_DATA", "")) / "cobie-duplex"
public = pytest.mark.skipif(
    "TRUNNION_DATA" not in os.environ or not FOLDER.is_dir(),
    reason="TRUNNION_DATA names no folder with cobie-duplex",
)
FILES = ("duplex-design.xlsx", "obn1-cobie-uk-2014.xlsx")


def proven(tenant, other, folder, file):
    """Import, again, export, into an empty organisation, export, own export in: nothing is lost or doubled."""
    first = importer.run(door(tenant), file)
    assert first.is_applied
    again = importer.run(door(tenant), file)
    assert changes(again)[:2] == (0, 0)
    out = sent(tenant, folder)
    assert cells(out) == cells(read(file), first.parked)
    copy = folder / "copy.xlsx"
    (folder / "out.xlsx").rename(copy)
    assert changes(importer.run(door(other), copy))[1:] == (0, 0)
    assert every_cell(sent(other, folder)) == every_cell(out)
    assert changes(importer.run(door(tenant), copy)) == (0, 0, 0)
    return first


def test_a_building_with_all_sheets(tenant, other, tmp_path):
    report = proven(tenant, other, tmp_path, stored(tmp_path, full()))
    assert changes(report) == (sum(len(rows) for rows in full().values()), 0, 0)


@public
@pytest.mark.parametrize("file", FILES)
def test_public_workbooks(tenant, other, tmp_path, file):
    proven(tenant, other, tmp_path, FOLDER / file)


def test_a_dry_run_writes_nothing(tenant, tmp_path):
    report = bring(tenant, tmp_path, full(), dry_run=True)
    assert changes(report)[0] == sum(len(rows) for rows in full().values())
    assert not report.is_applied
    assert not report.number
    assert sum(every_cell(sent(tenant, tmp_path)).values()) == 0


def test_names_that_try_everything(tenant, other, tmp_path):
    sheets = building()
    long = "空调机组 " * 60
    sheets["Contact"].append({**sheets["Contact"][0], "Email": "no address", "Company": "ACME LTD."})
    sheets["Contact"].append({**sheets["Contact"][0], "Email": "ANN@example.org", "Company": "acme"})
    sheets["Space"].append({**sheets["Space"][0], "Name": long, "RoomTag": "T" * 80})
    sheets["Space"].append({**sheets["Space"][0], "Name": " r1 ", "Description": "n/a"})
    sheets["Type"].append({**sheets["Type"][0], "Name": "PUMP TYPE", "Manufacturer": "nobody we know"})
    sheets["Type"].append({**sheets["Type"][0], "Name": "=1+1", "ExpectedLife": "90", "DurationUnit": "day"})
    for name in (long, "=SUM(A1)", "a, b; c", "line\nbreak", "x" * 900, "007", "p-1"):
        sheets["Component"].append(
            {
                **sheets["Component"][0],
                "Name": name,
                "Space": f"{long.strip()}, R1",
                "InstallationDate": "31/12/2020",
            }
        )
    owner = {**sheets["Attribute"][0], "SheetName": "Component", "RowName": "p-1"}
    sheets["Attribute"] += [{**owner, "Name": "n" * 250 + str(n), "Value": "1e400"} for n in range(3)]
    sheets["System"].append({**sheets["System"][0], "ComponentNames": "a, b; c, P-2, unknown"})
    proven(tenant, other, tmp_path, stored(tmp_path, sheets))


def test_a_file_without_a_facility_is_a_building_of_its_name(tenant, other, tmp_path):
    sheets = {sheet: rows for sheet, rows in building().items() if sheet in ("Type", "Component", "Contact")}
    for row in sheets["Component"]:
        row["Space"] = "n/a"
    importer.run(door(tenant), stored(tmp_path, sheets, "Annex B.xlsx"))
    out = sent(tenant, tmp_path)
    assert [row.text("Name") for row in out.sheets["Facility"]] == ["Annex B"]
    (tmp_path / "out.xlsx").rename(tmp_path / "copy.xlsx")
    importer.run(door(other), tmp_path / "copy.xlsx")
    assert every_cell(sent(other, tmp_path)) == every_cell(out)


def test_a_sheet_that_is_missing_leaves_what_came_in_before(tenant, tmp_path):
    bring(tenant, tmp_path, full())
    part = {sheet: rows for sheet, rows in full().items() if sheet in ("Facility", "Component")}
    report = bring(tenant, tmp_path, {**part, "Component": part["Component"][:1]})
    assert changes(report) == (0, 0, 0)
    told = [finding for finding in report.findings if finding.code == "cobie.not_in_file"]
    assert [(finding.sheet, finding.facts["count"]) for finding in told] == [("Component", 1)]
    assert len(sent(tenant, tmp_path).sheets["Component"]) == 2


def test_columns_that_nobody_knows_come_back(tenant, tmp_path):
    sheets = full()
    sheets["Component"][0] |= {"Colour code": "x", "空列": "值", "Empty": "n/a"}
    bring(tenant, tmp_path, sheets)
    row = sent(tenant, tmp_path).sheets["Component"][0]
    assert (row.extra["空列"], row.extra["Empty"], row.extra["Colour code"]) == ("值", "n/a", "x")
