"""How the records of one building stand now: everything that an export tells, read in a few queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from trunnion.assets.queries import handover as asset_facts
from trunnion.attach.queries import attributes_of_many
from trunnion.attach.types import AttributeCard
from trunnion.catalog.queries import handover as catalog_facts
from trunnion.integrations.cobie.homes import HOMES
from trunnion.integrations.cobie.resolve import Anchors
from trunnion.kernel.context import Context
from trunnion.parties.queries import find_parties
from trunnion.parties.queries import handover as party_facts
from trunnion.parties.types import PartyCard


@dataclass(slots=True)
class Stand:
    """The facts by kind and id; `attributes` by the record that they are about."""

    places: dict[UUID, asset_facts.PlaceFacts] = field(default_factory=dict)
    assets: dict[UUID, asset_facts.AssetFacts] = field(default_factory=dict)
    zones: dict[UUID, asset_facts.GroupFacts] = field(default_factory=dict)
    systems: dict[UUID, asset_facts.GroupFacts] = field(default_factory=dict)
    relations: list[asset_facts.RelationFacts] = field(default_factory=list)
    models: dict[UUID, catalog_facts.ModelFacts] = field(default_factory=dict)
    items: dict[UUID, catalog_facts.ItemFacts] = field(default_factory=dict)
    parts: list[catalog_facts.PartFacts] = field(default_factory=list)
    parties: dict[UUID, PartyCard] = field(default_factory=dict)
    contacts: dict[UUID, party_facts.ContactFacts] = field(default_factory=dict)
    attributes: dict[UUID, list[AttributeCard]] = field(default_factory=dict)
    # By whom rows name a party: the contact that came in first, else its primary one.
    contact_of: dict[UUID, party_facts.ContactFacts] = field(default_factory=dict)

    def is_under(self, place: asset_facts.PlaceFacts, above_id: UUID | None) -> bool:
        """Whether a place lies below another."""
        above = self.places.get(above_id) if above_id else None
        return above is not None and place.id != above.id and place.path.startswith(above.path)


def load(
    ctx: Context, building_id: UUID | None, known: Anchors, *, alone: bool = False, facts: bool = True
) -> Stand:
    """Everything in a building and everything that came in with it; `alone` adds what stands nowhere."""
    stand = Stand()
    _load_places(ctx, stand, building_id, known)
    _load_assets(ctx, stand, building_id, known, alone=alone)
    _load_catalog(ctx, stand, known)
    _load_parties(ctx, stand, known)
    if facts:
        _load_attributes(ctx, stand)
    return stand


def _ids(known: Anchors, *sheets: str) -> list[UUID]:
    return list(dict.fromkeys(row_id for (sheet, _), row_id in known.items() if sheet in sheets))


def _load_places(ctx: Context, stand: Stand, building_id: UUID | None, known: Anchors) -> None:
    if building_id is not None:
        stand.places = {place.id: place for place in asset_facts.places_under(ctx, building_id)}
    missing = [i for i in _ids(known, "Facility", "Floor", "Space") if i not in stand.places]
    stand.places |= asset_facts.find_places(ctx, missing)
    above = {place.parent_id for place in stand.places.values() if place.parent_id} - stand.places.keys()
    stand.places |= asset_facts.find_places(ctx, above)
    inside = [place.id for place in stand.places.values() if place.kind in ("floor", "space", "zone")]
    stand.zones = asset_facts.find_zones(ctx, _ids(known, "Zone"))
    stand.zones |= {
        zone.id: zone for zone in asset_facts.zones_with(ctx, inside) if zone.id not in stand.zones
    }


def _load_assets(
    ctx: Context, stand: Stand, building_id: UUID | None, known: Anchors, *, alone: bool
) -> None:
    if building_id is not None:
        stand.assets = {asset.id: asset for asset in asset_facts.assets_under(ctx, building_id)}
    if alone:
        stand.assets |= {asset.id: asset for asset in asset_facts.assets_nowhere(ctx)}
    stand.assets |= asset_facts.find_assets(
        ctx, [i for i in _ids(known, "Component") if i not in stand.assets]
    )
    stand.systems = asset_facts.find_systems(ctx, _ids(known, "System"))
    found = asset_facts.systems_with(ctx, stand.assets)
    stand.systems |= {system.id: system for system in found if system.id not in stand.systems}
    relations = asset_facts.relations_among(ctx, stand.assets)
    stand.relations = [one for one in relations if one.target_id in stand.assets]


def _load_catalog(ctx: Context, stand: Stand, known: Anchors) -> None:
    used = [asset.model_id for asset in stand.assets.values() if asset.model_id]
    stand.models = catalog_facts.whole_models(ctx, dict.fromkeys([*_ids(known, "Type"), *used]))
    stand.parts = catalog_facts.spare_lists(ctx, stand.models)
    wanted = [*_ids(known, "Spare"), *(part.item_id for part in stand.parts)]
    stand.items = catalog_facts.whole_items(ctx, dict.fromkeys(wanted))


def _load_parties(ctx: Context, stand: Stand, known: Anchors) -> None:
    named: set[UUID | None] = set()
    for model in stand.models.values():
        named |= {model.manufacturer_id, model.warranty_parts_by_id, model.warranty_labour_by_id}
    for item in stand.items.values():
        named.update(item.supplier_ids)
    party_ids = {party for party in named if party is not None}
    # Those that came in go first, in the order in which they came: they are the ones that rows name.
    first = party_facts.find_contacts(ctx, _ids(known, "Contact"))
    stand.contacts = {i: first[i] for i in _ids(known, "Contact") if i in first}
    represented = {contact.party_id for contact in stand.contacts.values()}
    for contact in party_facts.contacts_at(ctx, party_ids - represented):
        if contact.party_id not in represented:
            represented.add(contact.party_id)
            stand.contacts[contact.id] = contact
    for contact in stand.contacts.values():
        stand.contact_of.setdefault(contact.party_id, contact)
    stand.parties = find_parties(ctx, party_ids)


def _load_attributes(ctx: Context, stand: Stand) -> None:
    held: dict[str, Iterable[UUID]] = {
        "assets.location": stand.places, "assets.location_group": stand.zones, "assets.asset": stand.assets,
        "assets.group": stand.systems, "catalog.model": stand.models, "catalog.item": stand.items,
        "parties.contact": stand.contacts,
    }  # fmt: skip
    for kind in dict.fromkeys(home.kind for home in HOMES.values()):
        stand.attributes |= attributes_of_many(ctx, kind, list(held[kind]))
