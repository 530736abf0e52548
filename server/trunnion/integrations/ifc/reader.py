"""Reads an IFC file as the rows of a handover, so that it comes in by the same way as a COBie workbook."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any

from trunnion.integrations.cobie.types import Finding, Row, Workbook, WorkbookRefused

from .process import Fact, Limits, facts

SCHEME = "ifc"
# No more than one batch of the rooms' own verbs takes.
MOST_ROWS = 190_000
_SHEET_OF = {
    "building": "Facility",
    "storey": "Floor",
    "space": "Space",
    "type": "Type",
    "element": "Component",
}
_GROUPS = {"zone": ("Zone", "SpaceNames"), "system": ("System", "ComponentNames")}
# The column of a component that says on which floor it stands when it stands in no room.
FLOOR = "FloorName"


def read(path: Path, *, zone: tzinfo = UTC, limits: Limits | None = None) -> Workbook:
    """The rows of a file; raises WorkbookRefused for one that cannot be read."""
    told = _Told()
    for fact in facts(path, limits):
        told.take(fact)
    return _Rows(told, zone).workbook()


class _Told:
    """The facts of a file, by what they are about."""

    def __init__(self) -> None:
        self.header: Fact = {}
        self.left: Mapping[str, int] = {}
        self.listed: dict[str, list[Fact]] = defaultdict(list)
        self.by_guid: dict[str, Fact] = {}
        self.classes: dict[str, list[Fact]] = defaultdict(list)
        self.properties: list[Fact] = []

    def take(self, fact: Fact) -> None:
        kind = fact["is"]
        if kind == "header":
            self.header = fact
        elif kind == "left":
            self.left = fact["classes"]
        elif kind == "class":
            self.classes[fact["of"]].append(fact)
        elif kind == "property":
            self.properties.append(fact)
        elif fact["guid"] not in self.by_guid:
            # A second entity of one GlobalId is a slip of the authoring program; the first one counts.
            self.listed[kind].append(fact)
            self.by_guid[fact["guid"]] = fact


class _Rows:
    """The rows that facts become."""

    def __init__(self, told: _Told, zone: tzinfo) -> None:
        self.told = told
        self.zone = zone
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.called: dict[str, tuple[str, str]] = {}
        self.findings: list[Finding] = []

    def workbook(self) -> Workbook:
        """All rows, and what there is to tell about them."""
        self._check()
        for kind, sheet in _SHEET_OF.items():
            for fact, name in _named(self.told.listed[kind]):
                self.called[fact["guid"]] = (sheet, name)
        for fact in self.told.listed["building"]:
            self._facility(fact)
        for kind in ("storey", "space", "type", "element"):
            for fact in self.told.listed[kind]:
                getattr(self, f"_{kind}")(fact)
        for kind in _GROUPS:
            self._groups(kind)
        self._assemblies()
        self._properties()
        self._tell_left()
        for sheet, rows in self.rows.items():
            if len(rows) > MOST_ROWS:
                raise WorkbookRefused("ifc.too_many_rows", sheet=sheet, rows=len(rows), most=MOST_ROWS)
        sheets = {sheet: tuple(rows) for sheet, rows in self.rows.items()}
        return Workbook(MappingProxyType(sheets), tuple(self.findings), scheme=SCHEME, is_partial=True)

    def _check(self) -> None:
        buildings = self.told.listed["building"]
        if len(buildings) > 1:
            names = ", ".join(_name(one) for one in buildings[:20])
            raise WorkbookRefused("ifc.several_buildings", count=len(buildings), names=names)
        if not buildings and not self.told.listed["element"]:
            raise WorkbookRefused("ifc.nothing")

    def _add(
        self, sheet: str, number: int, cells: Mapping[str, Any], extra: Mapping[str, str] | None = None
    ) -> None:
        said = {column: str(text) for column, text in cells.items() if text not in ("", None)}
        self.rows[sheet].append(Row(sheet, number, said, extra or {}, self.zone))

    def _outside(self, fact: Fact) -> dict[str, str]:
        return {
            "ExtSystem": self.told.header.get("application", ""), "ExtObject": fact["class"],
            "ExtIdentifier": fact["guid"],
        }  # fmt: skip

    def _category(self, fact: Fact, *otherwise: str) -> str:
        for one in self.told.classes.get(fact["guid"], ()):
            if one["code"] or one["name"]:
                return ": ".join(part for part in (one["code"], one["name"]) if part)
        return next((word for word in otherwise if word), "")

    def _facility(self, fact: Fact) -> None:
        header = self.told.header
        site = next((self.told.by_guid[g] for g in fact["above"] if self._is(g, "site")), None)
        _, name = self.called[fact["guid"]]
        units = header.get("units", {})
        self._add("Facility", fact["id"], {
            "Name": name, "ProjectName": header.get("project"), "SiteName": _name(site) if site else name,
            "Category": self._category(fact, fact["object_type"]), "LinearUnits": units.get("LENGTHUNIT"),
            "AreaUnits": units.get("AREAUNIT"), "VolumeUnits": units.get("VOLUMEUNIT"),
            "ExternalSystem": header.get("application"), "ExternalProjectObject": "IfcProject",
            "ExternalProjectIdentifier": header.get("guid"), "ExternalFacilityObject": fact["class"],
            "ExternalFacilityIdentifier": fact["guid"], "Description": _words(fact, name),
            **({"ExternalSiteObject": "IfcSite", "ExternalSiteIdentifier": site["guid"],
                "SiteDescription": _words(site, _name(site))} if site else {}),
        })  # fmt: skip

    def _storey(self, fact: Fact) -> None:
        _, name = self.called[fact["guid"]]
        self._add("Floor", fact["id"], {
            "Name": name, "Category": self._category(fact, fact["object_type"]), **self._outside(fact),
            "Description": _words(fact, name), "Elevation": fact["elevation"],
        })  # fmt: skip

    def _space(self, fact: Fact) -> None:
        _, name = self.called[fact["guid"]]
        self._add("Space", fact["id"], {
            "Name": name, "Category": self._category(fact, fact["object_type"]), "FloorName": self._floor(fact),
            "Description": _words(fact, name), **self._outside(fact),
        })  # fmt: skip

    def _type(self, fact: Fact) -> None:
        _, name = self.called[fact["guid"]]
        self._add("Type", fact["id"], {
            "Name": name, "Category": self._category(fact), **self._outside(fact), "Description": _words(fact, name),
            **self._told_of_type(fact["guid"]),
        })  # fmt: skip

    def _told_of_type(self, guid: str) -> dict[str, str]:
        """The model number is a field of ours; its property set is a standard one."""
        for one in self._properties_of().get(guid, ()):
            if one["set"] == "Pset_ManufacturerTypeInformation" and one["name"] in (
                "ModelReference",
                "ModelLabel",
            ):
                return {"ModelNumber": one["value"]}
        return {}

    def _element(self, fact: Fact) -> None:
        _, name = self.called[fact["guid"]]
        rooms = [self.called[g][1] for g in fact["above"] if self._is(g, "space")]
        kind = self.called.get(fact["type"])
        told = {(p["set"], p["name"]): p["value"] for p in self._properties_of().get(fact["guid"], ())}
        floor = "" if rooms else self._floor(fact)
        self._add("Component", fact["id"], {
            "Name": name, "TypeName": kind[1] if kind else "", "Space": rooms[0] if rooms else "",
            "Description": _words(fact, name), **self._outside(fact), "TagNumber": fact["tag"],
            "SerialNumber": told.get(("Pset_ManufacturerOccurrence", "SerialNumber"), ""),
            "BarCode": told.get(("Pset_ManufacturerOccurrence", "BarCode"), ""),
        }, {FLOOR: floor} if floor else None)  # fmt: skip

    def _floor(self, fact: Fact) -> str:
        return next((self.called[g][1] for g in fact["above"] if self._is(g, "storey")), "")

    def _is(self, guid: str, kind: str) -> bool:
        return guid in self.told.by_guid and self.told.by_guid[guid]["is"] == kind

    def _groups(self, kind: str) -> None:
        """A group stands in a row for each member, as in a workbook."""
        sheet, column = _GROUPS[kind]
        target = "Space" if kind == "zone" else "Component"
        for fact, name in _named(self.told.listed[kind]):
            about = {
                "Name": name, "Category": self._category(fact, fact["object_type"], fact["class"]),
                "Description": _words(fact, name), **self._outside(fact),
            }  # fmt: skip
            members = [self.called[g][1] for g in fact["members"] if self.called.get(g, ("",))[0] == target]
            for member in members or [""]:
                self._add(sheet, len(self.rows[sheet]) + 1, {**about, column: member})

    def _assemblies(self) -> None:
        for fact in self.told.listed["element"]:
            parent = self.called.get(fact["part_of"])
            if parent is not None and parent[0] == "Component":
                _, name = self.called[fact["guid"]]
                self._add("Assembly", len(self.rows["Assembly"]) + 1, {
                    "Name": f"{parent[1]} > {name}", "SheetName": "Component", "ParentName": parent[1],
                    "ChildNames": name, "AssemblyType": "Fixed",
                })  # fmt: skip

    def _properties_of(self) -> Mapping[str, list[Fact]]:
        if not hasattr(self, "_by_owner"):
            self._by_owner: dict[str, list[Fact]] = defaultdict(list)
            for one in self.told.properties:
                self._by_owner[one["of"]].append(one)
        return self._by_owner

    def _properties(self) -> None:
        for one in self.told.properties:
            owner = self.called.get(one["of"])
            if owner is not None:
                self._add("Attribute", len(self.rows["Attribute"]) + 1, {
                    "Name": one["name"], "Category": one["set"], "SheetName": owner[0], "RowName": owner[1],
                    "Value": one["value"], "Unit": one["unit"], "ExtSystem": self.told.header.get("application"),
                    "ExtObject": "IfcPropertySet", "ExtIdentifier": one["guid"], "Description": one["description"],
                })  # fmt: skip

    def _tell_left(self) -> None:
        if self.told.left:
            most = sorted(self.told.left.items(), key=lambda pair: -pair[1])
            words = ", ".join(f"{name} ({count})" for name, count in most[:20])
            code_facts = {"count": sum(self.told.left.values()), "classes": words}
            self.findings.append(
                Finding("Component", None, None, "ifc.left_out", MappingProxyType(code_facts))
            )


def _named(listed: Iterable[Fact]) -> Iterator[tuple[Fact, str]]:
    """Each entity with a name of its own: where several are called alike, their tags or GlobalIds tell them apart."""
    held = list(listed)
    count = Counter(_name(one) for one in held)
    tagged = Counter((_name(one), one.get("tag")) for one in held)
    for one in held:
        name = _name(one)
        if count[name] > 1:
            tag = one.get("tag")
            name = f"{name} ({tag if tag and tagged[name, tag] == 1 else one['guid']})"
        yield one, name


def _name(fact: Fact) -> str:
    """What an entity is called; never nothing."""
    words = (fact["name"], fact.get("long"), fact["object_type"], f"{fact['class']} {fact['guid']}")
    return next(" ".join(word.split()) for word in words if word and word.casefold() not in ("n/a", "-"))


def _words(fact: Fact, name: str) -> str:
    """What is said about an entity beyond its name."""
    parts = [word for word in (fact.get("long"), fact["description"]) if word and word != name]
    return " · ".join(dict.fromkeys(parts))
