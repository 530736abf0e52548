"""What our records say in the words of each sheet: own fields as texts, other records by the names they bear here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from trunnion.assets.queries.handover import AssetFacts, GroupFacts, PlaceFacts
from trunnion.catalog.queries import handover as catalog
from trunnion.integrations.cobie.homes import category_of
from trunnion.integrations.cobie.stand import Stand
from trunnion.parties.queries import handover as parties

Named = tuple[str, UUID | None]
"""One name in a reference cell: as it is called here, and the record that it means (none: the cell's own text)."""


@dataclass(slots=True)
class Said:
    """The texts of a row's own columns; `refers` holds the records behind those that refer to others."""

    texts: dict[str, str] = field(default_factory=dict)
    refers: dict[str, list[Named]] = field(default_factory=dict)

    def refer(self, column: str, names: Iterable[Named]) -> None:
        """Sets a reference cell."""
        self.refers[column] = [one for one in names if one[0]]
        self.texts[column] = ", ".join(name for name, _ in self.refers[column])


def contact(facts: parties.ContactFacts) -> Said:
    """A person at a company; a name that stands for the address only is not said again."""
    person = "" if facts.name in (facts.email, facts.company) else facts.name
    return Said(
        {
            "Email": facts.email, "Company": facts.company, "Phone": facts.phone, "Category": facts.role,
            "Department": facts.department, "GivenName": "", "FamilyName": person,
        }
    )  # fmt: skip


def facility(stand: Stand, building: PlaceFacts) -> Said:
    """A building and the site that it stands on."""
    site = stand.places.get(building.parent_id) if building.parent_id else None
    return Said(
        {
            "Name": building.name,
            "Description": building.description,
            "SiteName": site.name if site else "",
            "SiteDescription": site.description if site else "",
        }
    )


def floor(facts: PlaceFacts) -> Said:
    """A floor."""
    return Said({"Name": facts.name, "Description": facts.description})


def space(stand: Stand, facts: PlaceFacts) -> Said:
    """A room, on the floor at or above it."""
    found = Said({"Name": facts.name, "Description": facts.description, "RoomTag": facts.code})
    above = stand.places.get(facts.parent_id) if facts.parent_id else None
    while above is not None and above.kind != "floor":
        above = stand.places.get(above.parent_id) if above.parent_id else None
    found.refer("FloorName", [(above.name, above.id)] if above else [])
    return found


def group(facts: GroupFacts, column: str, members: Iterable[Named]) -> Said:
    """A zone or a system, with those members that the row names."""
    found = Said({"Name": facts.name, "Category": facts.category, "Description": facts.description})
    found.refer(column, members)
    return found


def model(stand: Stand, facts: catalog.ModelFacts) -> Said:
    """A type of equipment; durations in years where they are whole ones."""
    found = Said(
        {
            "Name": facts.name, "Description": facts.description, "ModelNumber": facts.model_number,
            "AssetType": {"fixed": "Fixed", "movable": "Moveable"}.get(facts.mobility, ""),
            "ReplacementCost": number(facts.replacement_cost), "WarrantyDescription": facts.warranty_terms,
            **_durations(
                "WarrantyDurationUnit", WarrantyDurationParts=facts.warranty_parts_months,
                WarrantyDurationLabor=facts.warranty_labour_months,
            ),
            **_durations("DurationUnit", ExpectedLife=facts.expected_life_months),
        }
    )  # fmt: skip
    found.refer("Manufacturer", [party(stand, facts.manufacturer_id)])
    found.refer("WarrantyGuarantorParts", [party(stand, facts.warranty_parts_by_id)])
    found.refer("WarrantyGuarantorLabor", [party(stand, facts.warranty_labour_by_id)])
    return found


def component(stand: Stand, facts: AssetFacts) -> Said:
    """A thing in its place; a place that is no room is not said, since a row can only name rooms."""
    found = Said(
        {
            "Name": facts.name, "Description": facts.description, "SerialNumber": facts.serial,
            "TagNumber": facts.tag, "BarCode": facts.barcode, "InstallationDate": day(facts.installed_on),
            "WarrantyStartDate": day(facts.warranty_from_on),
        }
    )  # fmt: skip
    kept = stand.models.get(facts.model_id) if facts.model_id else None
    found.refer("TypeName", [(kept.name, kept.id)] if kept else [])
    place = stand.places.get(facts.location_id) if facts.location_id else None
    found.refer("Space", [(place.name, place.id)] if place is not None and is_room(place) else [])
    return found


def spare(stand: Stand, item: catalog.ItemFacts, part: catalog.PartFacts | None) -> Said:
    """A line of a model's spare list, or an item whose row named no model."""
    found = Said(
        {
            "Name": item.name, "Description": item.description, "SetNumber": part.set_number if part else "",
            "PartNumber": item.specification,
        }
    )  # fmt: skip
    kept = stand.models.get(part.model_id) if part else None
    found.refer("TypeName", [(kept.name, kept.id)] if kept else [])
    found.refer("Suppliers", [party(stand, party_id) for party_id in item.supplier_ids])
    return found


def loose(stand: Stand, sheet: str, row_id: UUID) -> dict[str, str]:
    """The columns that are kept as attributes of the record."""
    category = category_of(sheet)
    return {one.name: one.text for one in stand.attributes.get(row_id, ()) if one.category == category}


def is_room(place: PlaceFacts) -> bool:
    """Whether a place goes out as a row of the sheet Space: whatever stands in a building and is no floor."""
    return place.kind in ("space", "zone", "outdoor_point", "linear_segment")


def party(stand: Stand, party_id: UUID | None) -> Named:
    """A company as rows name it: by the address of the contact that stands for it, else by its own name."""
    if party_id is None:
        return ("", None)
    person = stand.contact_of.get(party_id)
    if person is not None:
        return (person.email or person.name, person.id)
    return (stand.parties[party_id].name, party_id) if party_id in stand.parties else ("", None)


def number(value: Decimal | None) -> str:
    """A number without an exponent."""
    return "" if value is None else format(value, "f")


def day(value: date | None) -> str:
    """A day."""
    return "" if value is None else value.isoformat()


def _durations(unit_column: str, **months: int | None) -> dict[str, str]:
    stated = [value for value in months.values() if value is not None]
    if not stated:
        return {**dict.fromkeys(months, ""), unit_column: ""}
    step, unit = (12, "year") if all(value % 12 == 0 for value in stated) else (1, "month")
    texts = {column: "" if value is None else str(value // step) for column, value in months.items()}
    return {**texts, unit_column: unit}
