"""The two public workbooks, when the folder of sample data is given: read, checked and written loss-free."""

import io
import os
import resource
import time
from collections import Counter
from pathlib import Path

import pytest

from trunnion.integrations.cobie.checks import check, parked
from trunnion.integrations.cobie.reader import read
from trunnion.integrations.cobie.types import Severity, Workbook
from trunnion.integrations.cobie.writer import rows_of, write

FOLDER = Path(os.environ.get("TRUNNION_DATA", "")) / "cobie-duplex"
FILES = ("duplex-design.xlsx", "obn1-cobie-uk-2014.xlsx")

pytestmark = pytest.mark.skipif(
    "TRUNNION_DATA" not in os.environ or not FOLDER.is_dir(),
    reason="TRUNNION_DATA names no folder with cobie-duplex",
)


def cells(workbook: Workbook) -> Counter[tuple[str, str, str | None]]:
    return Counter(
        (name, column, row.cells[column])
        for name, rows in workbook.sheets.items()
        for row in rows
        for column in row.cells
        if row.text(column) is not None
    )


def codes(workbook: Workbook, severity: Severity) -> Counter[str]:
    return Counter(finding.code for finding in check(workbook) if finding.severity is severity)


def test_every_row_of_the_duplex_is_read_and_none_is_parked() -> None:
    workbook = read(FOLDER / FILES[0])
    counts = {name: len(rows) for name, rows in workbook.sheets.items() if rows}
    assert counts == {
        "Contact": 4, "Facility": 1, "Floor": 4, "Space": 22, "Zone": 20, "Type": 43, "Component": 232,
        "System": 30, "Attribute": 88, "Coordinate": 42,
    }  # fmt: skip
    assert codes(workbook, Severity.ERROR) == {}
    assert codes(workbook, Severity.NOTE) == {
        "cobie.placeholder": 27, "cobie.bad_date": 19, "cobie.repeated_row": 1, "cobie.unknown_unit": 1,
    }  # fmt: skip


def test_the_uk_workbook_parks_only_attributes_without_an_owner() -> None:
    workbook = read(FOLDER / FILES[1])
    assert {name: len(workbook.sheets[name]) for name in ("Spare", "Job", "Impact", "Document", "Attribute")} == {
        "Spare": 10, "Job": 10, "Impact": 10, "Document": 10, "Attribute": 2334,
    }  # fmt: skip
    assert codes(workbook, Severity.ERROR) == {"cobie.dangling_reference": 17}
    assert {sheet for sheet, _ in parked(check(workbook))} == {"Attribute"}


@pytest.mark.parametrize("file", FILES)
def test_writing_and_reading_again_changes_no_cell(file: str) -> None:
    workbook = read(FOLDER / file)
    target = io.BytesIO()
    write(target, rows_of(workbook), extra_columns=workbook.extra_columns)
    again = read(target.getvalue())
    assert cells(again) == cells(workbook)
    assert Counter(f.code for f in check(again)) == Counter(f.code for f in check(workbook))


def test_reading_and_checking_the_duplex_takes_less_than_a_second() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    check(read(FOLDER / FILES[0]))
    assert time.perf_counter() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
