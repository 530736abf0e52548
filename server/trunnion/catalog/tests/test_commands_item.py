"""Items, their aliases, alternates and suppliers."""

import pytest

from trunnion.attach.tests.builders import entered
from trunnion.catalog import queries
from trunnion.catalog.commands import alias, alternate, item, supplier
from trunnion.catalog.models import Item
from trunnion.catalog.types import AliasKind, ItemKind, ItemLine
from trunnion.kernel import history
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal, WrongState
from trunnion.parties.tests.builders import made as made_party

from .builders import made_item


def test_an_item_has_a_code_and_a_unit(tenant):
    ctx = tenant.owner
    row = made_item(ctx, "轴承 6205", unit="个", tracked_by="lot", criticality="vital")
    found = queries.get_item(ctx, row)
    assert (found["code"], found["unit"], found["kind"]) == ("I-000001", "{each}", "spare")
    assert (found["tracked_by"], found["criticality"], found["actions"]) == (
        "lot",
        "vital",
        ["edit", "archive", "merge"],
    )
    item.edit(ctx, row, name="Bearing 6205", criticality=None, unit="{set}")
    found = queries.get_item(ctx, row)
    assert (found["name"], found["criticality"], found["unit"]) == ("Bearing 6205", "", "{set}")


def test_a_code_chosen_by_hand_is_skipped(tenant):
    ctx = tenant.owner
    made_item(ctx, code="I-000001")
    made_item(ctx, code="I-000002")
    assert queries.get_item_card(ctx, made_item(ctx)).code == "I-000003"


def test_archive_and_restore(tenant):
    ctx, row = tenant.owner, made_item(tenant.owner)
    item.archive(ctx, row)
    with pytest.raises(WrongState):
        item.edit(ctx, row, name="x")
    item.restore(ctx, row)
    assert queries.get_item_card(ctx, row).state == "active"


@pytest.mark.parametrize(
    ("facts", "pointer", "code"),
    [
        ({"name": ""}, "/name", "field.string_too_short"),
        ({"kind": "toy"}, "/kind", "field.enum"),
        ({"unit": "furlong"}, "/unit", "field.unit_unknown"),
        ({"code": "B-1"}, "/code", "code_taken"),
        ({"code": "skf 6205"}, "/code", "code_taken"),
    ],
)
def test_bad_input_names_the_field(tenant, facts, pointer, code):
    ctx = tenant.owner
    alias.add(ctx, made_item(ctx, code="B-1"), "SKF6205")
    with pytest.raises(Invalid) as refused:
        item.create(ctx, **{"name": "Bearing", "kind": "spare", **facts})
    assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == (pointer, code)


def test_who_may_what(tenant, other):
    with pytest.raises(NotGranted):
        made_item(tenant.person("engineer"))
    row = made_item(tenant.person("storekeeper"))
    with pytest.raises(NotVisible):
        item.edit(other.owner, row, name="x")


def test_any_alias_finds_the_item_and_only_it(tenant):
    ctx = tenant.owner
    row, another = made_item(ctx, "Bearing", code="B-1"), made_item(ctx, "Seal", code="S-1")
    done = alias.add(ctx, row, "6205-2RS C3", kind=AliasKind.MANUFACTURER_CODE, party_id=made_party(ctx))
    alias.add(ctx, row, "6901234567892", kind=AliasKind.BARCODE)
    for text in ("B-1", "6205-2RS C3", " 6205-2rsc3", "6901234567892"):
        found = queries.find_item(ctx, text)
        assert found is not None
        assert found.id == row
    assert queries.find_item(ctx, "nothing") is None
    for wrong, text in ((another, "6205-2rs c3"), (row, "S-1")):
        with pytest.raises(Invalid) as refused:
            alias.add(ctx, wrong, text)
        assert refused.value.errors[0].code == "alias_taken"
    rows = tenant.client().get("/api/catalog/items?search=6901234").json()["rows"]
    assert [r["code"] for r in rows] == ["B-1"]
    alias.remove(ctx, done.id)
    assert queries.find_item(entered(ctx), "6205-2RS C3") is None
    assert [a["kind"] for a in queries.get_item(ctx, row)["aliases"]] == ["barcode"]


def test_alternates_and_suppliers(tenant):
    ctx = tenant.owner
    row, another, party = (
        made_item(ctx),
        made_item(ctx, "SKF 6205"),
        made_party(ctx, "Bearings AG", "supplier"),
    )
    one = alternate.add(ctx, row, another, notes="same size")
    two = supplier.add(ctx, row, party, their_code="4711")
    found = queries.get_item(ctx, row)
    assert (found["alternates"][0]["name"], found["suppliers"][0]["their_code"]) == ("SKF 6205", "4711")
    for again in (lambda: alternate.add(ctx, row, another), lambda: supplier.add(ctx, row, party)):
        with pytest.raises(Refusal):
            again()
    with pytest.raises(Invalid) as refused:
        alternate.add(ctx, row, row)
    assert refused.value.errors[0].code == "alternate_of_itself"
    alternate.remove(ctx, one.id)
    supplier.remove(ctx, two.id)
    found = queries.get_item(ctx, row)
    assert (found["alternates"], found["suppliers"]) == ([], [])
    assert history.of_record(ctx, row)[0]["verb"] == "catalog.supplier.remove"


def test_ensuring_finds_by_code_and_by_name(tenant, other):
    ctx = tenant.owner
    coded, named, party = made_item(ctx, "Belt", code="B-1"), made_item(ctx, "V-ring"), made_party(ctx)
    lines = [
        ItemLine("Belt SPA 1250", code="B-1"),
        ItemLine("V-ring", specification="60 mm", supplier_ids=(party,)),
        ItemLine("Filter", unit="{box}"),
        ItemLine("Filter"),
        ItemLine("Oil", code="O-1", kind=ItemKind.CONSUMABLE, unit="L"),
    ]
    done = item.ensure_many(ctx, lines)
    assert (done.created, done.changed, done.same) == (2, 2, 0)
    assert done.ids[:2] == [coded, named]
    assert done.ids[2] == done.ids[3]
    cards = queries.find_items(ctx, set(done.ids))
    assert {(c.code, c.name, c.unit) for c in cards.values()} >= {
        ("O-1", "Oil", "L"),
        ("B-1", "Belt SPA 1250", "{each}"),
    }
    assert item.ensure_many(ctx, lines).same == 4
    alias.add(ctx, coded, "OLD 17")
    assert item.ensure_many(ctx, [ItemLine("Belt SPA 1250", code="old17")]).ids == [coded]
    assert len(queries.get_item(ctx, named)["suppliers"]) == 1
    with pytest.raises(Invalid):
        item.ensure_many(ctx, [ItemLine("New one"), ItemLine("x", id=made_item(other.owner))])
    assert not Item.objects.of(entered(ctx)).filter(name="New one").exists()
