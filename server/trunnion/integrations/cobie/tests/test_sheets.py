"""The declared sheets agree with themselves and with the spellings met in the wild."""

import pytest

from trunnion.integrations.cobie.sheets import HEADERS, SHEETS, Kind, folded, sheet_name_of


def test_eighteen_data_sheets_in_the_order_of_the_format() -> None:
    assert " ".join(SHEETS) == (
        "Contact Facility Floor Space Zone Type Component System Assembly Connection Spare Resource Job"
        " Impact Document Attribute Coordinate Issue"
    )


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_every_name_that_a_sheet_mentions_exists(sheet) -> None:
    assert len(set(sheet.names)) == len(sheet.names)
    assert set(sheet.key) <= set(sheet.names)
    assert set(sheet.aliases.values()) <= set(sheet.names)
    for column in sheet.columns:
        if column.kind in (Kind.REFERENCE, Kind.REFERENCES):
            assert column.target in SHEETS
        if column.kind in (Kind.ROW, Kind.ROWS):
            assert sheet.column(column.sheet_column).kind is Kind.SHEET


def test_type_and_component_have_all_their_columns() -> None:
    assert len(SHEETS["Type"].columns) == 35
    assert len(SHEETS["Component"].columns) == 15
    assert SHEETS["Component"].names[-4:] == ("WarrantyStartDate", "TagNumber", "BarCode", "AssetIdentifier")


@pytest.mark.parametrize(
    ("sheet", "header", "column"),
    [
        ("Contact", "created by", "CreatedBy"),
        ("Contact", "ExtSystem", "ExternalSystem"),
        ("Type", "ExternalSystem", "ExtSystem"),
        ("Type", "Colour", "Color"),
        ("Type", "warranty_duration_labour", "WarrantyDurationLabor"),
        ("Component", "barcode", "BarCode"),
        ("Component", "SpaceNames", "Space"),
        ("Facility", "LinearUnit", "LinearUnits"),
        ("System", "ComponentName", "ComponentNames"),
    ],
)
def test_headers_are_recognised_in_other_spellings(sheet: str, header: str, column: str) -> None:
    assert HEADERS[sheet][folded(header)] == column


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("component", "Component"),
        ("Types", "Type"),
        ("FACILITIES", "Facility"),
        (" Job ", "Job"),
        ("Sheet1", None),
    ],
)
def test_sheet_names_are_recognised(text: str, name: str | None) -> None:
    assert sheet_name_of(text) == name
