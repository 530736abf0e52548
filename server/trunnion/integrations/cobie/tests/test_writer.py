"""Writing: what stands in the workbook is what was given, and nothing of it is a formula."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
import python_calamine
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trunnion.integrations.cobie.reader import read
from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.cobie.tests.builders import building, packed
from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.integrations.cobie.writer import rows_of, write


def written(sheets: Iterable[tuple[str, Iterable[Mapping[str, Any]]]], **options: Any) -> bytes:
    target = io.BytesIO()
    write(target, sheets, **options)
    return target.getvalue()


def grid(content: bytes, sheet: str) -> list[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(sheet).to_python()


def test_all_sheets_stand_there_with_headers_in_canonical_order() -> None:
    content = written([])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Instruction", *SHEETS]
    for name, sheet in SHEETS.items():
        assert grid(content, name) == [list(sheet.names)]


def test_values_by_kind() -> None:
    row = {
        "Name": "Pump", "CreatedOn": datetime(2024, 5, 1, 8, tzinfo=UTC), "ReplacementCost": Decimal("12.50"),
        "ExpectedLife": Decimal(15), "ModelNumber": "007", "Category": None, "Description": "  ",
        "NominalLength": "1.5",
    }  # fmt: skip
    header, line = grid(written([("Type", [row])]), "Type")
    cell = dict(zip(header, line, strict=True))
    assert cell["CreatedOn"] == "2024-05-01T08:00:00Z"
    assert (cell["ReplacementCost"], cell["ExpectedLife"], cell["NominalLength"]) == ("12.50", 15.0, 1.5)
    assert (cell["ModelNumber"], cell["Category"], cell["Manufacturer"]) == ("007", "n/a", "n/a")


def test_dates_and_lists() -> None:
    row = {
        "Name": "P", "Space": ["R1", "R2"], "InstallationDate": date(2024, 5, 1),
        "WarrantyStartDate": datetime(2024, 5, 1, 8, 0, 0, 5, tzinfo=timezone(timedelta(hours=8))),
    }  # fmt: skip
    header, line = grid(written([("Component", [row])]), "Component")
    cell = dict(zip(header, line, strict=True))
    assert (cell["Space"], cell["InstallationDate"]) == ("R1, R2", "2024-05-01")
    assert cell["WarrantyStartDate"] == "2024-05-01T08:00:00.000005+08:00"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "{=A1}", '=HYPERLINK("x")', "https://example.org", "internal:A1"],
)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    content = written([("Type", [{"Name": text, "Description": text}])])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    assert not re.search(rb"<f[ >]|<hyperlink", xml)
    assert read(content).sheets["Type"][0].text("Name") == text


def test_sheets_may_come_in_any_order_and_in_pieces() -> None:
    pieces = [("Type", [{"Name": "b"}]), ("Floor", [{"Name": "G"}]), ("Type", [{"Name": "a"}])]
    content = written(pieces)
    assert [row[0] for row in grid(content, "Type")] == ["Name", "b", "a"]


def test_extra_columns_follow_the_canonical_ones() -> None:
    content = written([("Type", [{"Name": "a", "Mark": "m"}])], extra_columns={"Type": ["Mark"]})
    header, line = grid(content, "Type")
    assert (header[-1], line[-1]) == ("Mark", "m")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"Name": "a", "Mark": "m"}, "cobie.no_such_column"),
        ({"Name": "x" * 32_768}, "cobie.text_too_long"),
    ],
)
def test_what_a_workbook_cannot_hold_is_refused(row: dict[str, str], code: str) -> None:
    with pytest.raises(WorkbookRefused) as caught:
        written([("Type", [row])])
    assert caught.value.finding.code == code
    assert caught.value.finding.facts["sheet"] == "Type"


def test_a_file_on_disk(tmp_path) -> None:
    assert write(tmp_path / "out.xlsx", [("Floor", [{"Name": "G"}, {"Name": "1"}])]) == 2
    assert [row.text("Name") for row in read(tmp_path / "out.xlsx").sheets["Floor"]] == ["G", "1"]


def cells(content: bytes) -> Counter[tuple[str, str, str]]:
    workbook = read(content)
    return Counter(
        (name, column, text)
        for name, rows in workbook.sheets.items()
        for row in rows
        for column in (*row.cells, *row.extra)
        if (text := row.cells.get(column, row.extra.get(column, ""))) not in ("n/a", "")
    )


def test_reading_and_writing_again_changes_no_cell() -> None:
    sheets = building()
    sheets["Type"][0]["Owner's mark"] = "m1"
    first = packed(sheets)
    workbook = read(first)
    assert cells(written(rows_of(workbook), extra_columns=workbook.extra_columns)) == cells(first)


PRINTABLE = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\ufffe\uffff"), min_size=1, max_size=40
)


@settings(max_examples=40, deadline=None)
@given(PRINTABLE)
@example("a\r\nb\rc")
@example("_x0041_ \x00\x01\x1b")
@example(" \ttwo  blanks \n")
def test_any_text_comes_back_as_it_was(text: str) -> None:
    content = written([("Type", [{"Name": "a", "Category": "b", "Description": text}])])
    back = read(content).sheets["Type"][0].cells["Description"]
    assert back == text
