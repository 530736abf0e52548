"""Writes small IFC files as STEP text, entity by entity."""

import hashlib
from pathlib import Path
from typing import Any

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$"


def globalid(name: str) -> str:
    """A GlobalId for a thing of the tests, always the same."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "big")
    found = ""
    for _ in range(22):
        number, digit = divmod(number, 64)
        found = _LETTERS[digit] + found
    return "0" + found[1:]


class Raw(str):
    """A value that stands as it is: an enumeration, a typed value."""

    __slots__ = ()


class Step:
    """A file in the making: `add` writes an entity and gives back the reference to it."""

    def __init__(self, schema: str = "IFC4") -> None:
        self.schema = schema
        self.lines: list[str] = []

    def add(self, name: str, *values: Any) -> Raw:
        """Writes an entity."""
        number = len(self.lines) + 1
        self.lines.append(f"#{number}={name.upper()}({','.join(_said(value) for value in values)});")
        return Raw(f"#{number}")

    def root(self, name: str, thing: str, title: str | None, *values: Any, words: str | None = None) -> Raw:
        """Writes an entity with a GlobalId, made of the name of the thing."""
        return self.add(name, globalid(thing), self.owner, title, words, *values)

    @property
    def owner(self) -> Raw | None:
        """Who made it: IFC2x3 cannot do without."""
        if self.schema != "IFC2X3":
            return None
        if not hasattr(self, "_owner"):
            person = self.add("IfcPerson", None, "Ng", *[None] * 6)
            house = self.add("IfcOrganization", None, "Acme", None, None, None)
            both = self.add("IfcPersonAndOrganization", person, house, None)
            self._owner = self.add(
                "IfcOwnerHistory", both, self.application(house), None, Raw(".ADDED."), None, None, None, 0
            )
        return self._owner

    def application(self, house: Raw) -> Raw:
        """The program that wrote the file."""
        return self.add("IfcApplication", house, "1", "Model maker", "MM")

    def relate(self, name: str, thing: str, *values: Any) -> Raw:
        """Writes a relation."""
        return self.add(name, globalid(thing), self.owner, None, None, *values)

    def text(self) -> str:
        """The whole file."""
        head = (
            "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\n"
            "FILE_NAME('tower.ifc','2026-01-01T00:00:00',(''),(''),'','','');\n"
            f"FILE_SCHEMA(('{self.schema}'));\nENDSEC;\nDATA;\n"
        )
        return head + "\n".join(self.lines) + "\nENDSEC;\nEND-ISO-10303-21;\n"


def _said(value: Any) -> str:
    if value is None:
        return "$"
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, (list, tuple)):
        return f"({','.join(_said(one) for one in value)})"
    if isinstance(value, str):
        plain = "".join(c if ord(c) < 127 else f"\\X2\\{ord(c):04X}\\X0\\" for c in value.replace("'", "''"))
        return f"'{plain}'"
    return f"{value:.6f}" if isinstance(value, float) else str(value)


def tower(schema: str = "IFC4", pump: str = "P-1") -> Step:
    """The building of the COBie tests as a model: two rooms, two pumps of one type, a zone, a system, properties."""
    step = Step(schema)
    metre = step.add("IfcSIUnit", Raw("*"), Raw(".LENGTHUNIT."), None, Raw(".METRE."))
    square = step.add("IfcSIUnit", Raw("*"), Raw(".AREAUNIT."), None, Raw(".SQUARE_METRE."))
    units = step.add("IfcUnitAssignment", [metre, square])
    context = step.add("IfcGeometricRepresentationContext", None, "Model", 3, 0.00001, *_origin(step), None)
    project = step.root("IfcProject", "project", "P", None, None, None, [context], units)
    site = step.root("IfcSite", "site", "S", None, None, None, None, Raw(".ELEMENT."), *[None] * 5)
    building = step.root(
        "IfcBuilding", "building", "Tower", None, None, None, None, Raw(".ELEMENT."), *[None] * 3
    )
    ground = step.root("IfcBuildingStorey", "ground", "Ground", None, None, None, None, Raw(".ELEMENT."), 0.0)
    rooms = [_room(step, "room", "R1", "Plant room"), _room(step, "hall", "Hall, east", "Hall")]
    for thing, above, below in (
        ("a1", project, [site]), ("a2", site, [building]), ("a3", building, [ground]), ("a4", ground, rooms),
    ):  # fmt: skip
        step.relate("IfcRelAggregates", thing, above, below)
    kind = _pump_type(step)
    pumps = [
        _pump(step, "pump1", pump, "T1"),
        _pump(step, "pump2", "P-2", "T2"),
        _pump(step, "pump3", "P-3", "T3"),
    ]
    wall = step.root("IfcWall", "wall", "Wall", None, None, None, "W", *_more(schema, Raw(".STANDARD.")))
    step.relate("IfcRelDefinesByType", "t1", pumps, kind)
    step.relate("IfcRelContainedInSpatialStructure", "c1", [pumps[0]], rooms[0])
    step.relate("IfcRelContainedInSpatialStructure", "c2", [pumps[1]], rooms[1])
    step.relate("IfcRelContainedInSpatialStructure", "c3", [pumps[2], wall], ground)
    zone = step.root("IfcZone", "zone", "Z", "Fire", *_more(schema, None))
    step.relate("IfcRelAssignsToGroup", "g1", [rooms[0]], None, zone)
    system = step.root("IfcSystem", "system", "Water", "Supply")
    step.relate("IfcRelAssignsToGroup", "g2", pumps[:2], None, system)
    _properties(step, pumps[0])
    return step


def _origin(step: Step) -> tuple[Raw, None]:
    point = step.add("IfcCartesianPoint", [0.0, 0.0, 0.0])
    return step.add("IfcAxis2Placement3D", point, None, None), None


def _more(schema: str, value: Any) -> list[Any]:
    """What IFC4 says beyond IFC2x3."""
    return [] if schema == "IFC2X3" else [value]


def _room(step: Step, thing: str, name: str, long: str) -> Raw:
    return step.root(
        "IfcSpace", thing, name, None, None, None, long, Raw(".ELEMENT."), Raw(".INTERNAL."), None
    )


def _pump_type(step: Step) -> Raw:
    maker = step.add("IfcPropertySingleValue", "ModelReference", None, Raw("IFCLABEL('M1')"), None)
    held = step.root("IfcPropertySet", "pset-type", "Pset_ManufacturerTypeInformation", [maker])
    return step.root(
        "IfcPumpType", "type", "Pump type", None, [held], None, None, None, Raw(".CIRCULATOR."), words="Pump"
    )


def _pump(step: Step, thing: str, name: str, tag: str) -> Raw:
    if step.schema == "IFC2X3":
        return step.root("IfcFlowMovingDevice", thing, name, None, None, None, tag)
    return step.root("IfcPump", thing, name, None, None, None, tag, Raw(".CIRCULATOR."))


def _properties(step: Step, pump: Raw) -> None:
    bar = step.add("IfcSIUnit", Raw("*"), Raw(".PRESSUREUNIT."), Raw(".KILO."), Raw(".PASCAL."))
    held = [
        step.add("IfcPropertySingleValue", "Head", None, Raw("IFCLENGTHMEASURE(12.5)"), None),
        step.add("IfcPropertySingleValue", "Pressure", "At work", Raw("IFCPRESSUREMEASURE(400.)"), bar),
        step.add("IfcPropertySingleValue", "Label 标签", None, Raw("IFCLABEL('x')"), None),
        step.add("IfcPropertySingleValue", "Empty", None, None, None),
    ]
    common = step.root("IfcPropertySet", "pset-pump", "Pset_PumpCommon", held)
    amount = step.add("IfcQuantityArea", "Footprint", None, None, 0.75, *_more(step.schema, None))
    taken = step.root("IfcElementQuantity", "qto", "Qto_PumpBaseQuantities", None, [amount])
    step.relate("IfcRelDefinesByProperties", "d1", [pump], common)
    step.relate("IfcRelDefinesByProperties", "d2", [pump], taken)
    scheme = step.add("IfcClassification", *_classification(step.schema))
    reference = ("IfcClassificationReference", None, "23-65 55 11", "Pumps", scheme, *[None] * 2)
    code = step.add(*(reference[:5] if step.schema == "IFC2X3" else reference))
    step.relate("IfcRelAssociatesClassification", "k1", [pump], code)


def _classification(schema: str) -> list[Any]:
    named = ["Omni", "2012", None, "OmniClass"]
    return named if schema == "IFC2X3" else [*named, None, None, None]


def stored(folder: Path, step: Step, name: str = "tower.ifc") -> Path:
    """The model as a file."""
    path = folder / name
    path.write_text(step.text())
    return path
