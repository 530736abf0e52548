"""Small workbooks for the tests: a sound building, and spreadsheets of any shape."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

Grid = Sequence[Sequence[Any]]

MADE = {"CreatedBy": "ann@example.org", "CreatedOn": "2024-05-01T08:00:00"}


def building() -> dict[str, list[dict[str, Any]]]:
    """A building with one of each thing that the checks look at, free of findings."""
    of_type = {"SheetName": "Type", "RowName": "Pump type", "Category": "Requirement"}
    return {
        "Contact": [{**MADE, "Email": "ann@example.org", "Category": "FM", "Company": "Acme", "Phone": "1"}],
        "Facility": [
            {
                **MADE, "Name": "Tower", "Category": "Office", "ProjectName": "P", "SiteName": "S",
                "LinearUnits": "meters", "AreaUnits": "squaremeters", "VolumeUnits": "cubicmeters",
                "CurrencyUnit": "Euros", "AreaMeasurement": "net",
            }
        ],
        "Floor": [{**MADE, "Name": "Ground", "Category": "Floor", "Elevation": 0}],
        "Space": [
            {**MADE, "Name": "R1", "Category": "Plant", "FloorName": "Ground", "Description": "Plant room"},
            {**MADE, "Name": "Hall, east", "Category": "Hall", "FloorName": "Ground", "Description": "Hall"},
        ],
        "Zone": [{**MADE, "Name": "Z", "Category": "Fire", "SpaceNames": "R1"}],
        "Type": [
            {
                **MADE, "Name": "Pump type", "Category": "Pump", "Description": "Pump", "AssetType": "Fixed",
                "Manufacturer": "ann@example.org", "ModelNumber": "M1", "WarrantyGuarantorParts": "Acme",
                "WarrantyDurationParts": 2, "WarrantyGuarantorLabor": "Acme", "WarrantyDurationLabor": 1,
                "WarrantyDurationUnit": "year",
            }
        ],
        "Component": [
            {**MADE, "Name": "P-1", "TypeName": "Pump type", "Space": "R1", "Description": "Pump 1"},
            {**MADE, "Name": "P-2", "TypeName": "Pump type", "Space": "Hall, east, R1", "Description": "Pump 2"},
        ],
        "System": [{**MADE, "Name": "Water", "Category": "Supply", "ComponentNames": "P-1, P-2"}],
        "Attribute": [{**MADE, **of_type, "Name": "Head", "Value": 12.5, "Unit": "meters"}],
    }  # fmt: skip


def packed(sheets: Mapping[str, Sequence[Mapping[str, Any]]], hidden: Sequence[str] = ()) -> bytes:
    """Those rows as a workbook; the header of a sheet is every column that one of its rows has."""
    grids: dict[str, Grid] = {}
    for name, rows in sheets.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        grids[name] = [columns, *([row.get(column) for column in columns] for row in rows)]
    return spreadsheet(grids, hidden=hidden)


def spreadsheet(
    grids: Mapping[str, Grid],
    *,
    hidden: Sequence[str] = (),
    at: tuple[int, int] = (0, 0),
    finish: Callable[[Any, Any], None] | None = None,
) -> bytes:
    """Cells as given, the first at row and column `at`; `finish` may add to the last worksheet."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd hh:mm:ss"})
    for name, grid in grids.items():
        worksheet = book.add_worksheet(name)
        if name in hidden:
            worksheet.hide()
        for down, line in enumerate(grid):
            for across, value in enumerate(line):
                if value is not None:
                    worksheet.write(at[0] + down, at[1] + across, value)
    if finish is not None:
        finish(book, worksheet)
    book.close()
    return target.getvalue()


def repacked(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same container after `change` worked on its entries by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return target.getvalue()
