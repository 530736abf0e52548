"""Contacts, sites and relations of parties."""

from decimal import Decimal
from typing import Any

import pytest

from trunnion.kernel import history
from trunnion.kernel.errors import Invalid, NotVisible
from trunnion.parties import queries
from trunnion.parties.commands import contact, relation, site
from trunnion.parties.types import ContactLine, MapProvider, ReferenceSystem, RelationKind

from .builders import made


def names(ctx, row):
    return [(c["name"], c["is_primary"]) for c in queries.get_party(ctx, row)["contacts"]]


def test_one_contact_is_the_main_one(tenant):
    ctx, row = tenant.owner, made(tenant.owner)
    first = contact.add(ctx, row, "Anna")
    contact.add(ctx, row, "Berta")
    assert names(ctx, row) == [("Anna", True), ("Berta", False)]
    contact.add(ctx, row, "Clara", is_primary=True)
    assert names(ctx, row) == [("Clara", True), ("Anna", False), ("Berta", False)]
    contact.edit(ctx, first.id, is_primary=True, phone="1")
    assert names(ctx, row)[0] == ("Anna", True)
    contact.remove(ctx, first.id)
    assert len(names(ctx, row)) == 2
    assert history.of_record(ctx, row)[0]["verb"] == "parties.contact.remove"


def test_contacts_are_ensured_by_their_address(tenant):
    ctx, row = tenant.owner, made(tenant.owner)
    first = contact.add(ctx, row, "Anna", email="anna@example.org")
    lines = [
        ContactLine(row, "Anna Weber", email="ANNA@example.org", phone="1"),
        ContactLine(row, "Berta"),
        ContactLine(row, "Berta"),
    ]
    done = contact.ensure_many(ctx, lines)
    assert (done.created, done.changed, done.same, done.ids[0]) == (1, 1, 0, first.id)
    assert contact.ensure_many(ctx, lines).same == 2
    assert [name for name, _ in names(ctx, row)] == ["Anna Weber", "Berta"]


def test_foreign_parties_get_no_contacts(tenant, other):
    foreign = made(other.owner)
    with pytest.raises(NotVisible):
        contact.add(tenant.owner, foreign, "Anna")
    with pytest.raises(Invalid) as refused:
        contact.ensure_many(tenant.owner, [ContactLine(foreign, "Anna")])
    assert refused.value.errors[0].pointer == "/lines/0/party_id"


def test_coordinates_of_other_systems_are_kept_beside(tenant):
    ctx, row = tenant.owner, made(tenant.owner)
    given: dict[str, Any] = {"lon": Decimal("116.397455"), "lat": Decimal("39.909187")}
    given |= {"given_system": ReferenceSystem.GCJ02, "provider": MapProvider.AMAP, "zone": "Asia/Shanghai"}
    done = site.add(ctx, row, "天安门", **given)
    (found,) = queries.get_party(ctx, row)["sites"]
    assert (found["given_lon"], found["given_lat"]) == (given["lon"], given["lat"])
    assert abs(found["lon"] - Decimal("116.391211")) < Decimal("0.00002")
    site.edit(ctx, done.id, lon=Decimal("13.4"), lat=Decimal("52.5"), provider=None)
    (found,) = queries.get_party(ctx, row)["sites"]
    assert (found["lon"], found["given_system"], found["provider"]) == (Decimal("13.4"), "wgs84", "")
    card = queries.get_site_card(ctx, done.id)
    assert (card.name, card.lat, card.zone) == ("天安门", Decimal("52.5"), "Asia/Shanghai")


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"lon": Decimal(181), "lat": Decimal(1)}, "/lon"),
        ({"lon": Decimal(1)}, "/lat"),
        ({"lat": Decimal(1)}, "/lon"),
        ({"zone": "Mars/Base"}, "/zone"),
        ({"provider": "atlas"}, "/provider"),
    ],
)
def test_a_site_lies_on_the_earth(tenant, facts, pointer):
    with pytest.raises(Invalid) as refused:
        site.add(tenant.owner, made(tenant.owner), "Main", **facts)
    assert refused.value.errors[0].pointer == pointer


def test_a_site_can_go(tenant):
    ctx, row = tenant.owner, made(tenant.owner)
    site.remove(ctx, site.add(ctx, row, "Main").id)
    assert queries.get_party(ctx, row)["sites"] == []


def test_relations_are_seen_from_both_sides(tenant):
    ctx = tenant.owner
    one, two = made(ctx, "Lifts Ltd", "contractor"), made(ctx, "Harbour Hospital")
    done = relation.add(ctx, one, two, RelationKind.CONTRACTOR_OF)
    assert queries.get_party(ctx, one)["relations"][0]["is_own"] is True
    assert queries.get_party(ctx, two)["relations"][0]["party_name"] == "Lifts Ltd"
    with pytest.raises(Invalid) as refused:
        relation.add(ctx, one, two, RelationKind.CONTRACTOR_OF)
    assert refused.value.errors[0].code == "duplicate"
    with pytest.raises(Invalid) as refused:
        relation.add(ctx, one, one, RelationKind.CONTRACTOR_OF)
    assert refused.value.errors[0].code == "relation_to_itself"
    relation.remove(ctx, done.id)
    assert queries.get_party(ctx, two)["relations"] == []
