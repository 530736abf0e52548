"""Makes what tests of imports and exports need: whole buildings as workbooks, and their cells again."""

from collections import Counter
from pathlib import Path
from typing import Any

from trunnion.integrations.cobie import exporter, importer
from trunnion.integrations.cobie.reader import read
from trunnion.integrations.cobie.tests.builders import MADE, building, packed
from trunnion.integrations.cobie.types import Workbook
from trunnion.kernel.context import Context, Door, system

Sheets = dict[str, list[dict[str, Any]]]


def full() -> Sheets:  # allow(function-length): a table of rows, one for each sheet
    """A building with rows on all 18 sheets, unknown columns, texts in two languages, and cells without a home."""
    sheets = building()
    on_pump = {**MADE, "SheetName": "Component", "RowName": "P-1"}
    sheets["Contact"][0] |= {
        "GivenName": "Ann", "FamilyName": "Ng 吴", "ExternalIdentifier": "c-1", "Town": "南京",
    }  # fmt: skip
    sheets["Facility"][0] |= {
        "ExternalSystem": "CAD", "ExternalFacilityObject": "IfcBuilding", "ExternalFacilityIdentifier": "guid-b",
        "ExternalSiteObject": "IfcSite", "ExternalSiteIdentifier": "guid-s", "Phase": "Handover",
    }  # fmt: skip
    sheets["Space"][0] |= {"RoomTag": "R-001", "GrossArea": 12.5, "Cleaning class": "B"}
    sheets["Type"][0] |= {
        "Manufacturer": "Acme", "ExpectedLife": 15, "DurationUnit": "year", "ReplacementCost": 1234.5,
        "NominalLength": 0.4, "Category": "23-65 55 11: Pumps", "WarrantyDescription": "parts only",
    }  # fmt: skip
    sheets["Component"][0] |= {
        "SerialNumber": "007", "InstallationDate": "2025-03-01", "WarrantyStartDate": "2025-03-01T00:00:00",
        "TagNumber": "T1", "BarCode": "693", "AssetIdentifier": "AI-9", "ExtSystem": "CAD",
        "ExtObject": "IfcPump", "ExtIdentifier": "guid-p1", "Colour code": "RAL 5012",
    }  # fmt: skip
    pair = {**MADE, "SheetName": "Component"}
    return {
        **sheets,
        "Assembly": [{**pair, "Name": "Set", "ParentName": "P-1", "ChildNames": "P-2", "AssemblyType": "Fixed"}],
        "Connection": [
            {**pair, "Name": "C1", "ConnectionType": "Supply", "RowName1": "P-1", "RowName2": "P-2"}
        ],
        "Spare": [
            {
                **MADE, "Name": "Seal 密封", "Category": "Part", "TypeName": "Pump type", "Suppliers": "Acme",
                "PartNumber": "S-77", "SetNumber": "1",
            }
        ],
        "Resource": [{**MADE, "Name": "Fitter", "Category": "Labor", "Description": "Mechanical fitter"}],
        "Job": [
            {
                **MADE, "Name": "Check", "Category": "PM", "Status": "Open", "TypeName": "Pump type",
                "Description": "Check the seal", "Duration": 1, "DurationUnit": "hour", "Start": 1,
                "TaskStartUnit": "day", "Frequency": 3, "FrequencyUnit": "month", "TaskNumber": "10",
                "Priors": "n/a", "ResourceNames": "Fitter",
            }
        ],
        "Impact": [
            {
                **on_pump, "Name": "Energy", "ImpactType": "Energy", "ImpactStage": "Use", "Value": 3,
                "ImpactUnit": "MJ",
            }
        ],
        "Document": [
            {
                **on_pump, "Name": "Manual", "Category": "Manual", "ApprovalBy": "Info", "Stage": "Use",
                "Directory": "docs", "File": "pump.pdf",
            }
        ],
        "Attribute": [
            *sheets["Attribute"],
            {**on_pump, "Name": "Head", "Category": "As built", "Value": 12.25, "Unit": "meters"},
            {**on_pump, "Name": "Head", "Category": "As built", "Value": "12 m", "Unit": "meters"},
            {**on_pump, "Name": "Painted", "Category": "As built", "Value": "true", "Unit": "n/a"},
            {**on_pump, "Name": "Tested", "Category": "As built", "Value": "2025-02-28", "Unit": "n/a"},
        ],
        "Coordinate": [
            {
                **on_pump, "Name": "Point", "Category": "point", "CoordinateXAxis": 1, "CoordinateYAxis": 2,
                "CoordinateZAxis": 0,
            }
        ],
        "Issue": [
            {
                **MADE, "Name": "Noise", "Type": "Risk", "Risk": "Low", "Chance": "Low", "Impact": "Low",
                "SheetName1": "Component", "RowName1": "P-1", "Description": "Loud", "Owner": "Acme",
                "Mitigation": "Mat",
            }
        ],
    }  # fmt: skip


def stored(folder: Path, sheets: Sheets, name: str = "tower.xlsx") -> Path:
    """The sheets as a file."""
    path = folder / name
    path.write_bytes(packed(sheets))
    return path


def door(tenant) -> Context:
    """The context of the command line."""
    return system(tenant.id, Door.IMPORT)


def bring(tenant, folder: Path, sheets: Sheets, **how: Any) -> importer.Report:
    """Imports the sheets."""
    return importer.run(door(tenant), stored(folder, sheets), **how)


def sent(tenant, folder: Path, **how: Any) -> Workbook:
    """What the organisation exports."""
    path = folder / "out.xlsx"
    exporter.run(door(tenant), path, **how)
    return read(path)


def cells(workbook: Workbook, besides: frozenset[tuple[str, int]] = frozenset()) -> Counter:
    """The cells that say something, as a multiset by sheet and column; without those rows."""
    return Counter(
        (sheet, column, text)
        for sheet, rows in workbook.sheets.items()
        for row in rows
        if (sheet, row.number) not in besides
        for column, text in {**row.cells, **row.extra}.items()
        if text.strip() and text != "n/a"
    )


def every_cell(workbook: Workbook) -> Counter:
    """All cells, those that say nothing as well."""
    return Counter(
        (sheet, column, text)
        for sheet, rows in workbook.sheets.items()
        for row in rows
        for column, text in {**row.cells, **row.extra}.items()
    )


def changes(report: importer.Report) -> tuple[int, int, int]:
    """How many rows were new, changed and set aside."""
    counts = report.sheets.values()
    return sum(c.new for c in counts), sum(c.changed for c in counts), sum(c.error for c in counts)
