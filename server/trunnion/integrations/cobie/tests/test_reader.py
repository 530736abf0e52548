"""Reading: what is kept, under which name, and what is told about the rest."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType

import pytest

from trunnion.integrations.cobie.reader import read
from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.cobie.tests.builders import Grid, building, packed, spreadsheet
from trunnion.integrations.cobie.types import Finding, Row, Severity, Skipped, WorkbookRefused


def told(workbook, code: str) -> list[Finding]:
    return [finding for finding in workbook.findings if finding.code == code]


def test_a_sound_building_is_read_without_a_word() -> None:
    workbook = read(packed(building()))
    assert list(workbook.sheets) == list(SHEETS)
    assert workbook.findings == ()
    assert workbook.count == 11
    pump = workbook.sheets["Component"][1]
    assert (pump.sheet, pump.number) == ("Component", 3)
    assert pump.text("Space") == "Hall, east, R1"
    assert workbook.sheets["Attribute"][0].number_of("Value") == Decimal("12.5")


def test_a_path_reads_as_its_bytes_do(tmp_path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(packed(building()))
    assert read(path) == read(str(path)) == read(path.read_bytes())


def test_rows_cannot_be_changed() -> None:
    row = read(packed(building())).sheets["Type"][0]
    assert isinstance(row.cells, MappingProxyType)
    with pytest.raises(AttributeError):
        row.number = 7  # type: ignore[misc]


def test_cells_are_kept_letter_by_letter_and_read_trimmed() -> None:
    grid: Grid = [["Name", "Description", "Category"], [" Fan  ", "unknown ", "n/a"]]
    row = read(spreadsheet({"Type": grid})).sheets["Type"][0]
    assert dict(row.cells) == {"Name": " Fan  ", "Description": "unknown ", "Category": "n/a"}
    assert (row.text("Name"), row.text("Description"), row.text("Category")) == ("Fan", "unknown", None)
    assert row.text("Color") is None


def test_titles_blank_rows_and_a_shifted_table() -> None:
    grid: Grid = [["Handover of the tower"], [], ["Name", "Category"], ["a", "x"], [], ["", "  "], ["b", "y"]]
    rows = read(spreadsheet({"Type": grid}, at=(2, 3))).sheets["Type"]
    assert [(row.number, row.text("Name")) for row in rows] == [(6, "a"), (9, "b")]


def test_lower_case_tabs_and_headers_are_understood() -> None:
    workbook = read(spreadsheet({"components": [["name", "type name", "SPACENAMES"], ["P", "T", "R"]]}))
    assert dict(workbook.sheets["Component"][0].cells) == {"Name": "P", "TypeName": "T", "Space": "R"}


def test_unknown_columns_are_kept_and_named() -> None:
    grid: Grid = [["Name", "Category", "Owner's mark", None, "Owner's mark"], ["a", "b", "m1", "loose", 7]]
    workbook = read(spreadsheet({"Type": grid}))
    assert dict(workbook.sheets["Type"][0].extra) == {
        "Owner's mark": "m1",
        "D": "loose",
        "Owner's mark (2)": "7",
    }
    assert workbook.extra_columns == {"Type": ("Owner's mark", "D", "Owner's mark (2)")}
    assert [finding.column for finding in told(workbook, "cobie.unknown_column")] == list(
        workbook.extra_columns["Type"]
    )


def test_a_second_column_of_a_known_name_is_not_lost() -> None:
    workbook = read(spreadsheet({"Type": [["Name", "Category", "category"], ["a", "b", "c"]]}))
    row = workbook.sheets["Type"][0]
    assert (dict(row.cells), dict(row.extra)) == ({"Name": "a", "Category": "b"}, {"category": "c"})


def test_missing_required_columns_are_named_once() -> None:
    workbook = read(spreadsheet({"Floor": [["Name", "Height"], ["G", 3]]}))
    assert [(finding.row, finding.column) for finding in told(workbook, "cobie.missing_column")] == [
        (1, "CreatedBy"),
        (1, "CreatedOn"),
        (1, "Category"),
    ]


def test_sheets_left_aside_are_named_with_the_reason() -> None:
    grid: Grid = [["Name", "Category"], ["a", "b"]]
    content = spreadsheet(
        {"Instruction": grid, "Type": grid, "types": grid, "Space": grid, "Notes": grid, "PickLists": grid},
        hidden=["Space"],
    )
    workbook = read(content)
    assert workbook.skipped == (
        Skipped("Instruction", "without_records"),
        Skipped("types", "repeated"),
        Skipped("Space", "hidden"),
        Skipped("Notes", "unknown"),
        Skipped("PickLists", "without_records"),
    )
    assert told(workbook, "cobie.repeated_sheet")[0].severity is Severity.ERROR
    assert told(workbook, "cobie.hidden_sheet")[0].sheet == "Space"
    assert told(workbook, "cobie.unknown_sheet")[0].sheet == "Notes"


def test_a_sheet_without_header_is_an_error_and_the_others_are_read() -> None:
    workbook = read(spreadsheet({"Type": [["a", "b"]], "Floor": [["Name", "Category"], ["G", "Floor"]]}))
    (finding,) = told(workbook, "cobie.no_header")
    assert (finding.sheet, finding.severity, dict(finding.facts)) == (
        "Type",
        Severity.ERROR,
        {"expected": "Name"},
    )
    assert len(workbook.sheets["Floor"]) == 1


def test_an_empty_sheet_is_no_fault() -> None:
    workbook = read(spreadsheet({"Type": [], "Floor": [["Name", "CreatedBy", "CreatedOn", "Category"]]}))
    assert workbook.findings == ()
    assert workbook.count == 0


def test_a_workbook_without_cobie_sheets_is_refused() -> None:
    with pytest.raises(WorkbookRefused) as caught:
        read(spreadsheet({"Budget": [["a"]], "Plan": [["b"]]}))
    assert dict(caught.value.finding.facts) == {"sheets": "Budget, Plan"}


def test_formulas_are_never_evaluated_and_errors_are_told() -> None:
    def finish(book, sheet) -> None:
        sheet.write_formula(1, 0, '=CONCAT("F","an")', None, "Cached name")
        sheet.write_formula(1, 1, "=B99", None, "#REF!")
        sheet.write_formula(2, 0, "=Z1", None, "#N/A")
        sheet.write(2, 1, "Fan")

    workbook = read(spreadsheet({"Type": [["Name", "Category"]]}, finish=finish))
    first, second = workbook.sheets["Type"]
    assert (first.text("Name"), first.text("Category"), first.cells["Category"]) == (
        "Cached name",
        None,
        "#REF!",
    )
    assert second.text("Name") is None
    assert [(f.row, f.column, f.facts["text"], f.severity) for f in told(workbook, "cobie.error_cell")] == [
        (2, "Category", "#REF!", Severity.NOTE),
        (3, "Name", "#N/A", Severity.ERROR),
    ]


def test_dates_in_every_shape_become_aware_instants() -> None:
    moments = [
        datetime.fromisoformat("2012-11-23T17:29:26"), date(2012, 11, 23), 41236, 41236.5,
        "2012-11-23T17:29:26+08:00", "soon",
    ]  # fmt: skip
    grid: Grid = [["Name", "CreatedOn"], *([f"t{n}", moment] for n, moment in enumerate(moments))]
    rows = read(spreadsheet({"Type": grid})).sheets["Type"]
    assert [row.moment("CreatedOn") for row in rows] == [
        datetime(2012, 11, 23, 17, 29, 26, tzinfo=UTC),
        datetime(2012, 11, 23, tzinfo=UTC),
        datetime(2012, 11, 23, tzinfo=UTC),
        datetime(2012, 11, 23, 12, tzinfo=UTC),
        datetime(2012, 11, 23, 9, 29, 26, tzinfo=UTC),
        None,
    ]
    assert rows[5].text("CreatedOn") == "soon"


def test_times_without_offset_are_meant_in_the_given_zone() -> None:
    shanghai = timezone(timedelta(hours=8))
    row = read(packed(building()), zone=shanghai).sheets["Type"][0]
    assert row.moment("CreatedOn") == datetime(2024, 5, 1, 0, 0, tzinfo=UTC)


def test_a_number_in_a_text_column_keeps_its_digits() -> None:
    grid: Grid = [["Email", "Category", "PostalCode"], ["a@b.c", "FM", 61853]]
    assert read(spreadsheet({"Contact": grid})).sheets["Contact"][0].text("PostalCode") == "61853"


def test_a_row_says_nothing_about_columns_that_it_lacks() -> None:
    row = Row("Type", 2, {"Name": "a", "ReplacementCost": "CIC 5"})
    assert row.number_of("ReplacementCost") is None
    assert row.number_of("ExpectedLife") is None
    assert row.moment("CreatedOn") is None
