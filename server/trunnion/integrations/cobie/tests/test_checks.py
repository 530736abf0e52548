"""Checks: one fault at a time in a sound building, and what it does to its row."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trunnion.integrations.cobie.checks import check, parked
from trunnion.integrations.cobie.reader import read
from trunnion.integrations.cobie.tests.builders import MADE, building, packed
from trunnion.integrations.cobie.types import Finding, Row, Severity, Workbook

ERROR, NOTE = Severity.ERROR, Severity.NOTE


def findings(sheets: dict[str, list[dict[str, Any]]]) -> list[Finding]:
    return check(read(packed(sheets)))


def brief(found: list[Finding]) -> list[tuple[Any, ...]]:
    return [(f.sheet, f.row, f.column, f.code.removeprefix("cobie."), f.severity) for f in found]


def with_cell(sheet: str, column: str, value: Any, row: int = 0) -> dict[str, list[dict[str, Any]]]:
    sheets = building()
    sheets[sheet][row][column] = value
    return sheets


def test_a_sound_building_has_no_findings() -> None:
    assert findings(building()) == []


@pytest.mark.parametrize(
    ("sheet", "column", "value", "expected"),
    [
        ("Type", "Name", None, ("Type", 2, "Name", "missing_key", ERROR)),
        ("Facility", "Name", "n/a", ("Facility", 2, "Name", "missing_key", ERROR)),
        ("Zone", "SpaceNames", "R1, R9", ("Zone", 2, "SpaceNames", "dangling_reference", NOTE)),
        ("Component", "TypeName", "Fan", ("Component", 2, "TypeName", "dangling_reference", ERROR)),
        ("Component", "Space", "R8; R9", ("Component", 2, "Space", "dangling_reference", ERROR)),
        ("Component", "Space", "R1, R9", ("Component", 2, "Space", "dangling_reference", NOTE)),
        ("Component", "Space", "r1", ("Component", 2, "Space", "loose_reference", NOTE)),
        ("Component", "Description", None, ("Component", 2, "Description", "missing_required", NOTE)),
        ("Component", "CreatedBy", "x@y.z", ("Component", 2, "CreatedBy", "dangling_reference", NOTE)),
        ("Component", "InstallationDate", "5/6/2024", ("Component", 2, "InstallationDate", "bad_date", NOTE)),
        ("Component", "SerialNumber", "SerialNumber", ("Component", 2, "SerialNumber", "placeholder", NOTE)),
        ("Type", "ReplacementCost", "CIC 5", ("Type", 2, "ReplacementCost", "bad_number", NOTE)),
        ("Type", "WarrantyDurationUnit", "moons", ("Type", 2, "WarrantyDurationUnit", "unknown_unit", NOTE)),
        ("Facility", "CurrencyUnit", "shells", ("Facility", 2, "CurrencyUnit", "unknown_unit", NOTE)),
        ("Attribute", "SheetName", "Cupboard", ("Attribute", 2, "SheetName", "unknown_sheet_name", ERROR)),
        ("Attribute", "SheetName", None, ("Attribute", 2, "SheetName", "missing_key", ERROR)),
        ("Attribute", "RowName", "Fan type", ("Attribute", 2, "RowName", "dangling_reference", ERROR)),
        ("Attribute", "RowName", "n/a", ("Attribute", 2, "RowName", "missing_key", ERROR)),
    ],
)
def test_one_fault_gives_one_finding(sheet: str, column: str, value: Any, expected: tuple[Any, ...]) -> None:
    found = [f for f in brief(findings(with_cell(sheet, column, value))) if f[0] == sheet]
    assert set(found) == {expected}


@pytest.mark.parametrize("value", ["n/a", "EUR", "CNY", "元"])
def test_what_may_stand_for_a_currency(value: str) -> None:
    assert findings(with_cell("Facility", "CurrencyUnit", value)) == []


def test_a_dangling_name_is_told_with_its_sheet() -> None:
    (found,) = findings(with_cell("Zone", "SpaceNames", "R1, Room 9"))
    assert dict(found.facts) == {"name": "Room 9", "sheet": "Space", "count": 1}


def test_a_duplicate_name_parks_the_second_row() -> None:
    sheets = building()
    sheets["Component"].append({**sheets["Component"][0], "Description": "again"})
    found = findings(sheets)
    assert brief(found) == [("Component", 4, "Name", "duplicate_key", ERROR)]
    assert dict(found[0].facts) == {"key": "P-1", "first_row": 2}
    assert parked(found) == {("Component", 4)}


def test_repeated_attributes_are_kept_with_a_note() -> None:
    sheets = building()
    first = sheets["Attribute"][0]
    sheets["Attribute"] += [dict(first), {**first, "Value": 13}]
    assert brief(findings(sheets)) == [
        ("Attribute", 3, "Name", "repeated_row", NOTE),
        ("Attribute", 4, "Name", "repeated_key", NOTE),
    ]


def test_members_of_a_system_row_by_row_are_no_duplicates() -> None:
    sheets = building()
    sheets["System"] = [{**sheets["System"][0], "ComponentNames": name} for name in ("P-1", "P-2")]
    assert findings(sheets) == []


def test_what_hangs_on_a_parked_row_is_parked_with_it() -> None:
    sheets = with_cell("Space", "FloorName", "Attic")
    found = findings(sheets)
    assert brief(found) == [
        ("Space", 2, "FloorName", "dangling_reference", ERROR),
        ("Zone", 2, "SpaceNames", "refers_to_parked", NOTE),
        ("Component", 2, "Space", "refers_to_parked", ERROR),
        ("Component", 3, "Space", "refers_to_parked", NOTE),
        ("System", 2, "ComponentNames", "refers_to_parked", NOTE),
    ]
    assert found[1].facts["parked_row"] == 2


def test_a_row_with_an_error_cell_in_its_key_is_parked() -> None:
    row = Row("Type", 2, {"Name": "#REF!"})
    error = Finding("Type", 2, "Name", "cobie.error_cell", {"text": "#REF!"}, ERROR)
    assert ("Type", 2) in parked(check(Workbook({"Type": (row,)}, (error,))))


def test_equal_notes_are_one_finding_with_a_count() -> None:
    sheets = building()
    for row in sheets["Component"]:
        row["TagNumber"] = "TagNumber"
    (found,) = findings(sheets)
    assert (found.code, found.row, found.facts["count"]) == ("cobie.placeholder", 2, 2)


def test_job_priors_may_be_task_numbers_or_names() -> None:
    sheets = building()
    job = {
        **MADE, "Category": "PM", "Status": "Started", "TypeName": "Pump type", "Description": "d", "Duration": 1,
        "DurationUnit": "hour", "Start": 0, "TaskStartUnit": "day", "Frequency": 1, "FrequencyUnit": "month",
        "ResourceNames": "n/a",
    }  # fmt: skip
    sheets["Job"] = [
        {**job, "Name": "Stop", "TaskNumber": 10, "Priors": "n/a"},
        {**job, "Name": "Grease", "TaskNumber": 20, "Priors": "10"},
        {**job, "Name": "Start", "TaskNumber": 30, "Priors": "Stop, 20, 99"},
    ]
    found = findings(sheets)
    assert brief(found) == [("Job", 4, "Priors", "dangling_reference", NOTE)]
    assert found[0].facts["name"] == "99"


def assembly(parent: str, children: str, sheet: str = "Component") -> dict[str, Any]:
    return {
        **MADE, "Name": f"{parent} parts", "SheetName": sheet, "ParentName": parent, "ChildNames": children,
        "AssemblyType": "Fixed",
    }  # fmt: skip


def test_circles_of_assemblies_are_parked_and_the_rest_is_not() -> None:
    sheets = building()
    pump = sheets["Component"][0]
    sheets["Component"] = [{**pump, "Name": name} for name in ("P-1", "P-2", "a", "b", "c", "d")]
    sheets["Assembly"] = [
        assembly("a", "b, c"), assembly("b", "d"), assembly("d", "a"), assembly("P-1", "P-2, a"), assembly("c", "c"),
    ]  # fmt: skip
    found = findings(sheets)
    assert {f.code for f in found} == {"cobie.cyclic_assembly"}
    assert [f.row for f in found] == [2, 3, 4, 6]


def test_a_tree_of_assemblies_is_sound() -> None:
    sheets = building()
    sheets["Assembly"] = [assembly("P-1", "P-2")]
    assert findings(sheets) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                ["Name", "TypeName", "Space", "CreatedOn", "Description", "SheetName", "RowName"]
            ),
            st.sampled_from(
                ["a", "A", "b", "a, b", "n/a", "", "#REF!", "12", "2024-01-01", "Type", "Component"]
            ),
        ),
        max_size=8,
    )
)
def test_whatever_the_cells_no_row_disappears_and_every_error_has_a_place(rows: list[dict[str, str]]) -> None:
    made = {
        name: tuple(Row(name, number, row) for number, row in enumerate(rows, start=2))
        for name in ("Type", "Space", "Component", "Assembly", "Attribute", "Issue")
    }
    workbook = Workbook(made)
    found = check(workbook)
    assert all(f.sheet and f.row and f.column for f in found)
    numbers = {(name, row.number) for name, sheet in made.items() for row in sheet}
    assert parked(found) <= numbers


def test_twenty_thousand_rows_are_checked_quickly() -> None:
    made = dict(read(packed(building())).sheets)
    cells = made["Attribute"][0].cells
    made["Attribute"] = tuple(Row("Attribute", n, {**cells, "Name": f"a{n}"}) for n in range(2, 20_002))
    began = time.perf_counter()
    assert check(Workbook(made)) == []
    assert time.perf_counter() - began < 5
