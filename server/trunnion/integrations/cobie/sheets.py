"""The worksheets and columns of COBie 2.4 as data, with the spellings met in real workbooks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    UNIT = "unit"
    LIST = "list"
    REFERENCE = "reference"
    REFERENCES = "references"
    SHEET = "sheet"
    ROW = "row"
    ROWS = "rows"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `binding` says that a broken reference in it parks the row."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    target: str | None = None
    sheet_column: str | None = None
    binding: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet; `repeats` says that rows of equal key may stand side by side."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    repeats: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in the order in which they are written."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that canonical name."""
        return next(column for column in self.columns if column.name == name)


_KINDS = {
    "#": Kind.NUMBER,
    "@": Kind.DATE,
    "?": Kind.CHOICE,
    "%": Kind.UNIT,
    ",": Kind.LIST,
    "=": Kind.VALUE,
    "^": Kind.SHEET,
}


def _column(spec: str) -> Column:
    """Read `Name`, `Name!` (required), `Name#` (kind), `Name>Sheet`, `Name>>Sheet`, `Name<SheetColumn`.

    A doubled arrow is a list of references; a trailing `&` makes a reference binding.
    """
    binding = spec.endswith("&")
    spec = spec.removesuffix("&")
    found = re.fullmatch(r"(\w+)(!?)([#@?%,=^]?)(?:(>>?|<<?)(\w+))?", spec)
    if found is None:
        raise ValueError(spec)
    name, required, kind_sign, arrow, other = found.groups()
    kind = _KINDS.get(kind_sign, Kind.TEXT)
    kind = {">": Kind.REFERENCE, ">>": Kind.REFERENCES, "<": Kind.ROW, "<<": Kind.ROWS}.get(arrow or "", kind)
    to_row = kind in (Kind.ROW, Kind.ROWS)
    return Column(name, kind, bool(required), None if to_row else other, other if to_row else None, binding)


def _sheet(
    name: str, key: str, columns: str, *, repeats: bool = False, aliases: Mapping[str, str] | None = None
) -> Sheet:
    parsed = tuple(_column(spec) for spec in columns.split())
    return Sheet(name, parsed, tuple(key.split()), repeats, MappingProxyType(dict(aliases or {})))


_MADE = "CreatedBy!>Contact CreatedOn!@"
_EXT = "ExtSystem ExtObject ExtIdentifier"

_DECLARED = (
    _sheet(
        "Contact",
        "Email",
        f"Email! {_MADE} Category!? Company! Phone! ExternalSystem ExternalObject ExternalIdentifier"
        " Department"
        " OrganizationCode GivenName FamilyName Street PostalBox Town StateRegion PostalCode Country",
        aliases={"organisationcode": "OrganizationCode", "state": "StateRegion", "postcode": "PostalCode"},
    ),
    _sheet(
        "Facility",
        "Name",
        f"Name! {_MADE} Category!? ProjectName! SiteName! LinearUnits!% AreaUnits!% VolumeUnits!%"
        " CurrencyUnit!%"
        " AreaMeasurement! ExternalSystem ExternalProjectObject ExternalProjectIdentifier ExternalSiteObject"
        " ExternalSiteIdentifier ExternalFacilityObject ExternalFacilityIdentifier Description"
        " ProjectDescription SiteDescription Phase",
        aliases={
            "linearunit": "LinearUnits",
            "areaunit": "AreaUnits",
            "volumeunit": "VolumeUnits",
            "currencyunits": "CurrencyUnit",
            "currency": "CurrencyUnit",
        },
    ),
    _sheet("Floor", "Name", f"Name! {_MADE} Category!? {_EXT} Description Elevation# Height#"),
    _sheet(
        "Space",
        "Name",
        f"Name! {_MADE} Category!? FloorName!>Floor& Description! {_EXT} RoomTag UsableHeight#"
        " GrossArea# NetArea#",
        aliases={"floor": "FloorName", "floornames": "FloorName"},
    ),
    _sheet(
        "Zone",
        "Name Category SpaceNames",
        f"Name! {_MADE} Category!? SpaceNames!>>Space {_EXT} Description",
        repeats=True,
        aliases={"spacename": "SpaceNames", "spaces": "SpaceNames", "space": "SpaceNames"},
    ),
    _sheet(
        "Type",
        "Name",
        f"Name! {_MADE} Category!? Description! AssetType!? Manufacturer!>Contact ModelNumber!"
        " WarrantyGuarantorParts!>Contact WarrantyDurationParts!# WarrantyGuarantorLabor!>Contact"
        f" WarrantyDurationLabor!# WarrantyDurationUnit!% {_EXT} ReplacementCost# ExpectedLife# DurationUnit%"
        " WarrantyDescription NominalLength# NominalWidth# NominalHeight# ModelReference Shape Size"
        " Color Finish"
        " Grade Material Constituents Features AccessibilityPerformance CodePerformance"
        " SustainabilityPerformance",
        aliases={
            "colour": "Color",
            "expectedlifeunit": "DurationUnit",
            "warrantyguarantorlabour": "WarrantyGuarantorLabor",
            "warrantydurationlabour": "WarrantyDurationLabor",
        },
    ),
    _sheet(
        "Component",
        "Name",
        f"Name! {_MADE} TypeName!>Type& Space!>>Space& Description! {_EXT} SerialNumber InstallationDate@"
        " WarrantyStartDate@ TagNumber BarCode AssetIdentifier",
        aliases={"type": "TypeName", "spacename": "Space", "spacenames": "Space"},
    ),
    _sheet(
        "System",
        "Name Category ComponentNames",
        f"Name! {_MADE} Category!? ComponentNames!>>Component {_EXT} Description",
        repeats=True,
        aliases={"componentname": "ComponentNames", "components": "ComponentNames"},
    ),
    _sheet(
        "Assembly",
        "Name SheetName ParentName ChildNames",
        f"Name! {_MADE} SheetName!^ ParentName!<SheetName& ChildNames!<<SheetName& AssemblyType!?"
        f" {_EXT} Description",
        repeats=True,
        aliases={"childname": "ChildNames", "children": "ChildNames", "parentnames": "ParentName"},
    ),
    _sheet(
        "Connection",
        "Name ConnectionType SheetName RowName1 RowName2",
        f"Name! {_MADE} ConnectionType!? SheetName!^ RowName1!<SheetName& RowName2!<SheetName&"
        f" RealizingElement>Component PortName1 PortName2 {_EXT} Description",
        repeats=True,
        aliases={"realisingelement": "RealizingElement"},
    ),
    _sheet(
        "Spare",
        "Name TypeName",
        f"Name! {_MADE} Category!? TypeName!>Type& Suppliers!>>Contact {_EXT} Description SetNumber"
        " PartNumber",
        aliases={"type": "TypeName", "supplier": "Suppliers"},
    ),
    _sheet("Resource", "Name", f"Name! {_MADE} Category!? {_EXT} Description"),
    _sheet(
        "Job",
        "Name TypeName TaskNumber",
        f"Name! {_MADE} Category!? Status!? TypeName!>Type& Description! Duration!# DurationUnit!% Start!="
        f" TaskStartUnit!% Frequency!# FrequencyUnit!% {_EXT} TaskNumber! Priors!>>Job"
        " ResourceNames!>>Resource",
        aliases={
            "type": "TypeName",
            "resourcename": "ResourceNames",
            "prior": "Priors",
            "startunit": "TaskStartUnit",
        },
    ),
    _sheet(
        "Impact",
        "Name ImpactType ImpactStage SheetName RowName",
        f"Name! {_MADE} ImpactType!? ImpactStage!? SheetName!^ RowName!<SheetName& Value!# ImpactUnit!%"
        f" LeadInTime# Duration# LeadOutTime# {_EXT} Description",
        repeats=True,
    ),
    _sheet(
        "Document",
        "Name SheetName RowName",
        f"Name! {_MADE} Category!? ApprovalBy!? Stage!? SheetName!^ RowName!<SheetName& Directory!"
        f" File! {_EXT}"
        " Description Reference",
        repeats=True,
        aliases={"filename": "File"},
    ),
    _sheet(
        "Attribute",
        "Name SheetName RowName",
        f"Name! {_MADE} Category!? SheetName!^ RowName!<SheetName& Value!= Unit!% {_EXT} Description"
        " AllowedValues,",
        repeats=True,
        aliases={"units": "Unit", "allowedvalue": "AllowedValues"},
    ),
    _sheet(
        "Coordinate",
        "Name Category SheetName RowName",
        f"Name! {_MADE} Category!? SheetName!^ RowName!<SheetName& CoordinateXAxis!# CoordinateYAxis!#"
        f" CoordinateZAxis!# {_EXT} ClockwiseRotation# ElevationalRotation# YawRotation#",
        repeats=True,
    ),
    _sheet(
        "Issue",
        "Name SheetName1 RowName1 SheetName2 RowName2",
        f"Name! {_MADE} Type!? Risk!? Chance!? Impact!? SheetName1^ RowName1<SheetName1 SheetName2^"
        f" RowName2<SheetName2 Description! Owner!>Contact Mitigation! {_EXT}",
        repeats=True,
    ),
)

SHEETS: Mapping[str, Sheet] = MappingProxyType({sheet.name: sheet for sheet in _DECLARED})

CONTENTS = "Instruction"
"""The sheet before the 18 data sheets; it explains the workbook and carries no records."""

WITHOUT_RECORDS = frozenset(
    {"instruction", "instructions", "picklists", "picklist", "introduction", "readme"}
)


def folded(text: str) -> str:
    """Letters and digits only, without case: `Created By` and `CREATED_BY` meet here."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _spellings(sheet: Sheet) -> Mapping[str, str]:
    """Folded header -> canonical column; `Ext` and `External` are used for each other in the wild."""
    known: dict[str, str] = {}
    for name in sheet.names:
        known[folded(name)] = name
    for name in sheet.names:
        if name.startswith("External"):
            known.setdefault(folded("Ext" + name.removeprefix("External")), name)
        elif name.startswith("Ext"):
            known.setdefault(folded("External" + name.removeprefix("Ext")), name)
    for alias, name in sheet.aliases.items():
        known.setdefault(alias, name)
    return MappingProxyType(known)


HEADERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {name: _spellings(sheet) for name, sheet in SHEETS.items()}
)

_TABS: Mapping[str, str] = MappingProxyType(
    {folded(name + ending): name for name in SHEETS for ending in ("", "s")}
    | {"facilities": "Facility", "assemblies": "Assembly"}
)


def sheet_name_of(text: str) -> str | None:
    """The canonical sheet that a tab name or a SheetName cell means, or nothing."""
    return text if text in SHEETS else _TABS.get(folded(text))
