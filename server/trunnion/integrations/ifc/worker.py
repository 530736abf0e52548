"""Reads an IFC file in a process of its own and tells what stands in it, a JSON line for each fact.

It is started by its path and knows nothing of the program around it: a file that brings the reader down brings down
this process only. Its words: `not_installed`, `unreadable`, then facts, then `end` with how many there were.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

Fact = dict[str, Any]
MOST_TEXT = 20_000
# What a building is made of rather than what is kept up in it; handover leaves the same out.
STRUCTURE = (
    "IfcFeatureElement", "IfcVirtualElement", "IfcWall", "IfcSlab", "IfcBeam", "IfcColumn", "IfcMember", "IfcPlate",
    "IfcFooting", "IfcPile", "IfcStairFlight", "IfcRampFlight", "IfcStair", "IfcRamp", "IfcRoof", "IfcRailing",
    "IfcCovering", "IfcCurtainWall", "IfcReinforcingElement", "IfcFastener", "IfcMechanicalFastener",
    "IfcFlowSegment", "IfcFlowFitting", "IfcDistributionPort", "IfcElementAssembly", "IfcGeographicElement",
    "IfcCivilElement", "IfcBuildingElementPart", "IfcDiscreteAccessory", "IfcEarthworksElement",
)  # fmt: skip
_PREFIX = {
    "EXA": "E", "PETA": "P", "TERA": "T", "GIGA": "G", "MEGA": "M", "KILO": "k", "HECTO": "h", "DECA": "da",
    "DECI": "d", "CENTI": "c", "MILLI": "m", "MICRO": "u", "NANO": "n", "PICO": "p",
}  # fmt: skip
_SI = {
    "METRE": "m", "SQUARE_METRE": "m2", "CUBIC_METRE": "m3", "GRAM": "g", "SECOND": "s", "AMPERE": "A", "KELVIN": "K",
    "MOLE": "mol", "CANDELA": "cd", "RADIAN": "rad", "STERADIAN": "sr", "HERTZ": "Hz", "NEWTON": "N", "PASCAL": "Pa",
    "JOULE": "J", "WATT": "W", "COULOMB": "C", "VOLT": "V", "FARAD": "F", "OHM": "Ohm", "SIEMENS": "S", "WEBER": "Wb",
    "TESLA": "T", "HENRY": "H", "DEGREE_CELSIUS": "Cel", "LUMEN": "lm", "LUX": "lx", "BECQUEREL": "Bq",
}  # fmt: skip
_CONVERTED = {
    "INCH": "[in_i]", "FOOT": "[ft_i]", "YARD": "[yd_i]", "MILE": "[mi_i]", "SQUARE FOOT": "[sft_i]",
    "CUBIC FOOT": "[cft_i]", "DEGREE": "deg", "POUND": "[lb_av]", "HOUR": "h", "MINUTE": "min", "DAY": "d",
    "LITRE": "L", "FAHRENHEIT": "[degF]",
}  # fmt: skip
# Which of the project's units a value without a unit of its own is in.
_MEASURES = {
    "Length": "LENGTHUNIT", "PositiveLength": "LENGTHUNIT", "NonNegativeLength": "LENGTHUNIT", "Area": "AREAUNIT",
    "Volume": "VOLUMEUNIT", "Mass": "MASSUNIT", "Time": "TIMEUNIT", "PlaneAngle": "PLANEANGLEUNIT",
    "PositivePlaneAngle": "PLANEANGLEUNIT", "ThermodynamicTemperature": "THERMODYNAMICTEMPERATUREUNIT",
    "Power": "POWERUNIT", "Pressure": "PRESSUREUNIT", "ElectricCurrent": "ELECTRICCURRENTUNIT",
    "ElectricVoltage": "ELECTRICVOLTAGEUNIT", "Frequency": "FREQUENCYUNIT", "Energy": "ENERGYUNIT",
    "Force": "FORCEUNIT", "LuminousFlux": "LUMINOUSFLUXUNIT", "Illuminance": "ILLUMINANCEUNIT",
    "VolumetricFlowRate": "VOLUMETRICFLOWRATEUNIT", "MassFlowRate": "MASSFLOWRATEUNIT",
    "LinearVelocity": "LINEARVELOCITYUNIT",
}  # fmt: skip
# What a unit of measure is when the project does not say: the system's own.
_USUAL = {
    "POWERUNIT": "W", "PRESSUREUNIT": "Pa", "ELECTRICCURRENTUNIT": "A", "ELECTRICVOLTAGEUNIT": "V",
    "FREQUENCYUNIT": "Hz", "ENERGYUNIT": "J", "FORCEUNIT": "N", "TIMEUNIT": "s",
}  # fmt: skip
_QUANTITIES = {
    "IfcQuantityLength": ("LengthValue", "LENGTHUNIT"), "IfcQuantityArea": ("AreaValue", "AREAUNIT"),
    "IfcQuantityVolume": ("VolumeValue", "VOLUMEUNIT"), "IfcQuantityWeight": ("WeightValue", "MASSUNIT"),
    "IfcQuantityTime": ("TimeValue", "TIMEUNIT"), "IfcQuantityCount": ("CountValue", ""),
}  # fmt: skip


def limit(memory: int, seconds: int) -> None:
    """Takes from this process what it does not need, before it looks at anything foreign."""
    for what, most in (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def main(path: str, memory: str, seconds: str) -> None:
    """Tells the facts of one file."""
    limit(int(memory), int(seconds))
    try:
        import ifcopenshell
    except ImportError:
        _say({"is": "not_installed"})
        return
    try:
        model = ifcopenshell.open(path, format=".ifc")
        schema = str(model.schema)
    except MemoryError:
        _say({"is": "too_much"})
        return
    except Exception as fault:  # noqa: BLE001  (whatever a foreign reader raises, the file cannot be read)
        _say({"is": "unreadable", "reason": str(fault)[:200]})
        return
    count = 0
    try:
        for fact in Model(model, schema).facts():
            _say(fact)
            count += 1
    except MemoryError:
        _say({"is": "too_much"})
        return
    _say({"is": "end", "count": count})


def _say(fact: Fact) -> None:
    sys.stdout.write(json.dumps(fact, ensure_ascii=False) + "\n")


class Model:
    """One opened file."""

    def __init__(self, model: Any, schema: str) -> None:
        self.model = model
        self.schema = schema
        self.units = self._project_units()
        self.told: set[str] = set()

    def facts(self) -> Iterator[Fact]:
        """Everything, in an order in which what is referred to comes first."""
        yield self._header()
        yield from self._places()
        yield from self._types()
        yield from self._elements()
        yield from self._groups()
        yield from self._classifications()
        yield from self._properties()

    def by_type(self, name: str) -> list[Any]:
        """The entities of a class; none where the schema does not know it."""
        try:
            return list(self.model.by_type(name))
        except RuntimeError:
            return []

    def _header(self) -> Fact:
        applications = self.by_type("IfcApplication")
        found = _text(getattr(applications[0], "ApplicationFullName", "")) if applications else ""
        projects = self.by_type("IfcProject") or self.by_type("IfcContext")
        name = _text(projects[0].Name or getattr(projects[0], "LongName", "")) if projects else ""
        return {
            "is": "header", "schema": self.schema, "application": found, "project": name, "units": self.units,
            "guid": _guid(projects[0]) if projects else "",
        }  # fmt: skip

    def _places(self) -> Iterator[Fact]:
        above = self._above()
        for kind, name in (
            ("site", "IfcSite"), ("building", "IfcBuilding"), ("storey", "IfcBuildingStorey"), ("space", "IfcSpace"),
        ):  # fmt: skip
            for one in self.by_type(name):
                height = getattr(one, "Elevation", None) if kind == "storey" else None
                yield self._fact(
                    kind, one, long=_text(getattr(one, "LongName", "")),
                    elevation=_number(height) if height is not None else "",
                    above=_climb(one, above),
                )  # fmt: skip

    def _above(self) -> dict[int, Any]:
        """By the number of an entity: what it is part of, or stands in."""
        found = {}
        for rel in self.by_type("IfcRelAggregates"):
            for child in rel.RelatedObjects or ():
                found[child.id()] = rel.RelatingObject
        for rel in self.by_type("IfcRelContainedInSpatialStructure"):
            for child in rel.RelatedElements or ():
                found[child.id()] = rel.RelatingStructure
        return found

    def _types(self) -> Iterator[Fact]:
        used = {
            rel.RelatingType.id() for rel in self.by_type("IfcRelDefinesByType")
            if rel.RelatingType is not None and any(not self._is_structure(one) for one in rel.RelatedObjects or ())
        }  # fmt: skip
        for one in self.by_type("IfcTypeObject"):
            if one.id() in used:
                yield self._fact("type", one, tag=_text(getattr(one, "Tag", "")))

    def _elements(self) -> Iterator[Fact]:
        above = self._above()
        type_of = {
            one.id(): rel.RelatingType
            for rel in self.by_type("IfcRelDefinesByType")
            for one in rel.RelatedObjects or ()
        }
        left: dict[str, int] = {}
        for one in self.by_type("IfcElement"):
            if self._is_structure(one):
                left[one.is_a()] = left.get(one.is_a(), 0) + 1
                continue
            kind = type_of.get(one.id())
            parent = above.get(one.id())
            part = parent is not None and parent.is_a("IfcElement")
            yield self._fact(
                "element", one, tag=_text(getattr(one, "Tag", "")), type=_guid(kind) if kind is not None else "",
                above=_climb(one, above), part_of=_guid(parent) if part else "",
            )  # fmt: skip
        yield {"is": "left", "classes": left}

    def _is_structure(self, one: Any) -> bool:
        return any(_is_a(one, name) for name in STRUCTURE)

    def _groups(self) -> Iterator[Fact]:
        members: dict[int, list[str]] = {}
        for rel in self.by_type("IfcRelAssignsToGroup"):
            if rel.RelatingGroup is not None:
                held = members.setdefault(rel.RelatingGroup.id(), [])
                held.extend(g for one in rel.RelatedObjects or () if (g := _guid(one)) in self.told)
        for kind, name in (("zone", "IfcZone"), ("system", "IfcSystem")):
            for one in self.by_type(name):
                if kind == "system" and _is_a(one, "IfcZone"):
                    continue
                yield self._fact(kind, one, members=sorted(set(members.get(one.id(), ()))))

    def _classifications(self) -> Iterator[Fact]:
        for rel in self.by_type("IfcRelAssociatesClassification"):
            ref = rel.RelatingClassification
            if ref is None or not ref.is_a("IfcClassificationReference"):
                continue
            source = ref.ReferencedSource
            system = _text(getattr(source, "Name", "")) if source is not None else ""
            code = _text(getattr(ref, "Identification", None) or getattr(ref, "ItemReference", None) or "")
            for one in rel.RelatedObjects or ():
                if _guid(one) in self.told:
                    yield {
                        "is": "class", "of": _guid(one), "system": system, "code": code, "name": _text(ref.Name),
                    }  # fmt: skip

    def _properties(self) -> Iterator[Fact]:
        for one in self.by_type("IfcTypeObject"):
            if _guid(one) in self.told:
                for held in one.HasPropertySets or ():
                    yield from self._set(_guid(one), held)
        for rel in self.by_type("IfcRelDefinesByProperties"):
            given = rel.RelatingPropertyDefinition
            sets = given if isinstance(given, tuple) else (given,)
            for one in rel.RelatedObjects or ():
                if _guid(one) in self.told:
                    for held in sets:
                        yield from self._set(_guid(one), held)

    def _set(self, of: str, held: Any) -> Iterator[Fact]:
        if held is None or not hasattr(held, "is_a"):
            return
        if held.is_a("IfcPropertySet"):
            for one in held.HasProperties or ():
                value, unit = self._value(one)
                if value != "":
                    yield _property(of, held, one, value, unit)
        elif held.is_a("IfcElementQuantity"):
            for one in held.Quantities or ():
                known = _QUANTITIES.get(one.is_a())
                if known is not None and getattr(one, known[0]) is not None:
                    unit = _unit(one.Unit) if one.Unit is not None else self.units.get(known[1], "")
                    yield _property(of, held, one, _number(getattr(one, known[0])), unit)

    def _value(self, one: Any) -> tuple[Any, str]:
        """What a property says, and in which unit."""
        if one.is_a("IfcPropertySingleValue"):
            values = [one.NominalValue] if one.NominalValue is not None else []
        elif one.is_a("IfcPropertyEnumeratedValue"):
            values = list(one.EnumerationValues or ())
        elif one.is_a("IfcPropertyListValue"):
            values = list(one.ListValues or ())
        elif one.is_a("IfcPropertyBoundedValue"):
            ends = (one.LowerBoundValue, one.UpperBoundValue)
            return " .. ".join(_plain(end) if end is not None else "" for end in ends), self._unit_of(
                one, ends
            )
        else:
            return "", ""
        words = ", ".join(text for value in values if (text := _plain(value)))
        return words, self._unit_of(one, values)

    def _unit_of(self, one: Any, values: Any) -> str:
        own = getattr(one, "Unit", None)
        if own is not None:
            return _unit(own)
        first: Any = next((value for value in values if value is not None), None)
        name = first.is_a() if hasattr(first, "is_a") else ""
        measure = _MEASURES.get(name.removeprefix("Ifc").removesuffix("Measure"), "")
        return self.units.get(measure) or _USUAL.get(measure, "")

    def _project_units(self) -> dict[str, str]:
        found = {}
        for assigned in self.by_type("IfcUnitAssignment")[:1]:
            for unit in assigned.Units or ():
                kind, code = getattr(unit, "UnitType", None), _unit(unit)
                if kind and code:
                    found[str(kind)] = code
        return found

    def _fact(self, kind: str, one: Any, **more: Any) -> Fact:
        guid = _guid(one)
        self.told.add(guid)
        facts = {
            "is": kind, "id": one.id(), "guid": guid, "class": one.is_a(), "name": _text(one.Name),
            "description": _text(getattr(one, "Description", "")), "object_type": _text(getattr(one, "ObjectType", "")),
        }  # fmt: skip
        return {**facts, **more}


def _climb(one: Any, above: dict[int, Any]) -> list[str]:
    """What an entity lies in, the nearest first; a circle ends where it closes."""
    found: list[str] = []
    seen = {one.id()}
    at = above.get(one.id())
    while at is not None and at.id() not in seen:
        seen.add(at.id())
        if at.is_a("IfcSpatialStructureElement"):
            found.append(_guid(at))
        at = above.get(at.id())
    return found


def _is_a(one: Any, name: str) -> bool:
    try:
        return bool(one.is_a(name))
    except RuntimeError:
        return False


def _guid(one: Any) -> str:
    return _text(getattr(one, "GlobalId", ""))


def _property(of: str, held: Any, one: Any, value: Any, unit: str) -> Fact:
    # IFC 4.3 has another name for the description.
    words = getattr(one, "Description", None) or getattr(one, "Specification", "")
    return {
        "is": "property", "of": of, "set": _text(held.Name), "name": _text(one.Name), "value": value, "unit": unit,
        "description": _text(words), "guid": _guid(held),
    }  # fmt: skip


def _plain(value: Any) -> str:
    inner = getattr(value, "wrappedValue", value)
    if isinstance(inner, bool):
        return "true" if inner else "false"
    if isinstance(inner, int | float):
        return _number(inner)
    return _text(inner)


def _number(value: float) -> str:
    """Digits as a person would write them: 12.5 for 12.500000000000002, 3 for 3.0."""
    text = f"{value:.12g}"
    if "e" not in text and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def _text(value: Any) -> str:
    return str(value).replace("\x00", "").strip()[:MOST_TEXT] if value is not None else ""


def _unit(unit: Any) -> str:
    """The UCUM code of a unit; its own name where there is none."""
    if unit.is_a("IfcSIUnit"):
        prefix, base = _PREFIX.get(str(unit.Prefix or ""), ""), _SI.get(str(unit.Name), "")
        return prefix + base if base else ""
    if unit.is_a("IfcConversionBasedUnit"):
        name = _text(unit.Name)
        return _CONVERTED.get(name.upper().replace("_", " "), name)
    if unit.is_a("IfcContextDependentUnit"):
        return _text(unit.Name)
    if unit.is_a("IfcDerivedUnit"):
        parts = []
        for part in unit.Elements or ():
            code = _unit(part.Unit)
            if not code:
                return ""
            parts.append(code + (str(part.Exponent) if part.Exponent != 1 else ""))
        return ".".join(parts)
    return ""


if __name__ == "__main__":
    main(*sys.argv[1:4])
