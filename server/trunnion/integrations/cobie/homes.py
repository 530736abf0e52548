"""Where the columns of each sheet live here: in our records' own fields, as attributes, or in memory only."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trunnion.integrations.cobie.sheets import SHEETS

MADE = frozenset({"CreatedBy", "CreatedOn"})


@dataclass(frozen=True, slots=True)
class Home:
    """A sheet whose rows are records of ours.

    `own` columns are fields of the record; those of one `group` say something only together. What is left, besides
    who made the row and what other systems call it, becomes attributes of the record: `loose`.
    """

    sheet: str
    kind: str
    own: tuple[str, ...]
    groups: tuple[frozenset[str], ...] = ()

    @property
    def loose(self) -> tuple[str, ...]:
        """The columns that become attributes."""
        return tuple(
            name
            for name in SHEETS[self.sheet].names
            if name not in self.own and name not in MADE and not name.startswith("Ext")
        )

    def together(self, column: str) -> frozenset[str]:
        """The column with those that it says something with."""
        return next((group for group in self.groups if column in group), frozenset({column}))


@dataclass(frozen=True, slots=True)
class Satellite:
    """A sheet whose rows say something about another row's record: each becomes one attribute of it.

    `said` is the column whose text the attribute holds, `owner` the column that names the other row, on the sheet
    that the column `sheet_column` names, or on `target`; without an owner it is the building.
    """

    sheet: str
    said: str
    owner: str | None = None
    sheet_column: str | None = None
    target: str | None = None
    unit: str | None = None


def _homes(*homes: Home) -> Mapping[str, Home]:
    return MappingProxyType({home.sheet: home for home in homes})


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WARRANTY = frozenset({"WarrantyDurationParts", "WarrantyDurationLabor", "WarrantyDurationUnit"})
_LIFE = frozenset({"ExpectedLife", "DurationUnit"})
_PERSON = frozenset({"GivenName", "FamilyName"})

HOMES = _homes(
    Home(
        "Contact",
        "parties.contact",
        _words("Email Company Phone Category Department GivenName FamilyName"),
        (_PERSON,),
    ),
    Home("Facility", "assets.location", _words("Name SiteName Description SiteDescription")),
    Home("Floor", "assets.location", _words("Name Description")),
    Home("Space", "assets.location", _words("Name FloorName Description RoomTag")),
    Home("Zone", "assets.location_group", _words("Name Category SpaceNames Description")),
    Home(
        "Type",
        "catalog.model",
        _words(
            "Name Description AssetType Manufacturer ModelNumber WarrantyGuarantorParts WarrantyDurationParts"
            " WarrantyGuarantorLabor WarrantyDurationLabor WarrantyDurationUnit ReplacementCost ExpectedLife"
            " DurationUnit WarrantyDescription"
        ),
        (_WARRANTY, _LIFE),
    ),
    Home(
        "Component",
        "assets.asset",
        _words(
            "Name TypeName Space Description SerialNumber InstallationDate WarrantyStartDate TagNumber BarCode"
        ),
    ),
    Home("System", "assets.group", _words("Name Category ComponentNames Description")),
    Home("Spare", "catalog.item", _words("Name TypeName Suppliers Description SetNumber PartNumber")),
)

SATELLITES: Mapping[str, Satellite] = MappingProxyType(
    {
        one.sheet: one
        for one in (
            Satellite("Assembly", "ChildNames", "ParentName", "SheetName"),
            Satellite("Connection", "RowName2", "RowName1", "SheetName"),
            Satellite("Resource", "Description"),
            Satellite("Job", "Description", "TypeName", target="Type"),
            Satellite("Impact", "Value", "RowName", "SheetName", unit="ImpactUnit"),
            Satellite("Document", "File", "RowName", "SheetName"),
            Satellite("Attribute", "Value", "RowName", "SheetName", unit="Unit"),
            Satellite("Coordinate", "Category", "RowName", "SheetName"),
            Satellite("Issue", "Description", "RowName1", "SheetName1"),
        )
    }
)


def category_of(sheet: str) -> str:
    """The category of the attributes that keep a sheet's cells."""
    return f"cobie:{sheet}"
