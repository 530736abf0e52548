"""Equipment models and their spare lists."""

from decimal import Decimal
from typing import Any

import pytest

from trunnion.attach.commands import attribute, file
from trunnion.attach.tests.builders import entered, stored
from trunnion.attach.types import AttributeLine, FileRole, ValueType
from trunnion.catalog import queries
from trunnion.catalog.commands import alias, item, model, spare
from trunnion.catalog.types import ModelLine, SpareLine
from trunnion.kernel import history
from trunnion.kernel.errors import Invalid, NotVisible, WrongState
from trunnion.parties.commands import party
from trunnion.parties.tests.builders import made as made_party

from .builders import class_of, made_item, made_model


def test_a_model_is_an_item_with_more_facts(tenant):
    ctx = tenant.owner
    maker, pump = made_party(ctx, "Grundfos", "manufacturer"), class_of(ctx)
    row = made_model(
        ctx, manufacturer_id=maker, equipment_class_id=pump.id, model_number="96 123", expected_life_months=180,
        warranty_parts_months=24, warranty_labour_months=12, replacement_cost=Decimal("1250.50"), mobility="fixed",
    )  # fmt: skip
    card = queries.get_model_card(ctx, row)
    assert (card.code, card.manufacturer_name, card.class_code) == ("M-000001", "Grundfos", "PU")
    assert (card.replacement_cost, card.replacement_currency) == (Decimal("1250.5"), "EUR")
    assert (card.class_name_zh, card.class_path) == ("泵", "rotating/PU/")
    owned = queries.get_item(ctx, card.item_id)
    assert (owned["name"], owned["kind"], owned["model_id"], owned["tracked_by"]) == (
        "NB 50-200",
        "product",
        row,
        "serial",
    )
    assert history.of_record(ctx, row)[0]["events"] == ["catalog.model.created"]
    bare = queries.get_model_card(ctx, made_model(ctx, "Bare"))
    assert (bare.manufacturer_name, bare.class_code, bare.replacement_currency) == ("", "", "")


def test_model_and_item_stay_one(tenant):
    ctx, row = tenant.owner, made_model(tenant.owner)
    owned = queries.get_model_card(ctx, row).item_id
    model.edit(ctx, row, name="NB 65-200")
    assert queries.get_item_card(ctx, owned).name == "NB 65-200"
    item.edit(ctx, owned, name="NB 80-200")
    assert queries.get_model_card(ctx, row).name == "NB 80-200"
    item.archive(ctx, owned)
    with pytest.raises(WrongState):
        model.edit(ctx, row, name="x")
    model.restore(ctx, row)
    assert queries.get_item_card(ctx, owned).state == "active"


def test_a_model_is_found_by_maker_and_alias(tenant):
    ctx, client = tenant.owner, tenant.client()
    maker = made_party(ctx, "格兰富", "manufacturer")
    row = made_model(ctx, manufacturer_id=maker)
    alias.add(ctx, queries.get_model_card(ctx, row).item_id, "feed pump")

    def found(text):
        return [r["id"] for r in client.get("/api/catalog/models", {"search": text}).json()["rows"]]

    assert found("格兰富") == found("feed") == found("NB 50") == [str(row)]
    party.edit(ctx, maker, name="Wilo")
    assert found("wilo") == [str(row)]
    assert found("格兰富") == []


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"warranty_parts_months": -1}, "/warranty_parts_months"),
        ({"replacement_cost": "-1"}, "/replacement_cost"),
        ({"replacement_currency": "euro"}, "/replacement_currency"),
        ({"mobility": "flying"}, "/mobility"),
    ],
)
def test_bad_input_names_the_field(tenant, facts, pointer):
    with pytest.raises(Invalid) as refused:
        made_model(tenant.owner, **{"name": "x", **facts})
    assert refused.value.errors[0].pointer == pointer


def test_foreign_references_are_named(tenant, other):
    foreign, pump = made_party(other.owner), class_of(entered(other.owner))
    row = made_model(tenant.owner)
    wrong = (("manufacturer_id", foreign), ("equipment_class_id", pump.id), ("warranty_parts_by_id", foreign))
    for field, row_id in wrong:
        facts: dict[str, Any] = {field: row_id}
        with pytest.raises(Invalid) as refused:
            model.edit(tenant.owner, row, **facts)
        assert refused.value.errors[0].pointer == f"/{field}"
    with pytest.raises(NotVisible):
        model.edit(other.owner, row, name="x")


def test_parameters_and_documents_stick_to_it(tenant):
    ctx, row = tenant.owner, made_model(tenant.owner)
    attribute.set_many(
        ctx,
        [AttributeLine("catalog.model", row, "Power", ValueType.NUMBER, number=Decimal("5.5"), unit="kW")],
    )
    file.link(ctx, stored(ctx, "manual.pdf", b"%PDF-1.7 \x00").id, "catalog.model", row, FileRole.MANUAL)
    found = queries.get_model(ctx, row)
    assert (found["attributes"][0].unit, found["files"][0].role) == ("kW", "manual")


def test_the_spare_list(tenant):
    ctx = tenant.owner
    row, part = made_model(ctx), made_item(ctx, "Shaft seal")
    done = spare.add(ctx, row, part, quantity=Decimal(2), set_number="A")
    spare.edit(ctx, done.id, quantity=Decimal("2.5"), notes="with O-ring")
    (line,) = queries.spares_of(ctx, row)
    assert (line.name, line.quantity, line.set_number, line.notes) == (
        "Shaft seal",
        Decimal("2.5"),
        "A",
        "with O-ring",
    )
    assert queries.get_item(ctx, part)["used_in"] == [
        {"model_id": row, "name": "NB 50-200", "quantity": Decimal("2.5")}
    ]
    for wrong, code in ((part, "duplicate"), (queries.get_model_card(ctx, row).item_id, "spare_of_itself")):
        with pytest.raises(Invalid) as refused:
            spare.add(ctx, row, wrong)
        assert refused.value.errors[0].code == code
    with pytest.raises(Invalid):
        spare.edit(ctx, done.id, quantity=Decimal(0))
    spare.remove(ctx, done.id)
    assert queries.spares_of(ctx, row) == []


def test_ensuring_models_and_spares(tenant, other):
    ctx, maker = tenant.owner, made_party(tenant.owner, "Grundfos")
    row = made_model(ctx, description="kept")
    lines = [
        ModelLine("NB 50-200", manufacturer_id=maker, class_code="PU", replacement_cost=Decimal(900)),
        ModelLine(
            "Lamp", code="L-1", model_number="T8", replacement_cost=Decimal(5), replacement_currency="CNY"
        ),
        ModelLine("Lamp", warranty_parts_months=12),
    ]
    done = model.ensure_many(ctx, lines)
    assert (done.created, done.changed, done.same) == (1, 1, 0)
    assert (done.ids[0], done.ids[1]) == (row, done.ids[2])
    cards = queries.find_models(ctx, set(done.ids))
    assert (cards[row].class_code, cards[row].replacement_currency) == ("PU", "EUR")
    lamp = cards[done.ids[1]]
    assert (lamp.code, lamp.replacement_currency, lamp.warranty_parts_months) == ("L-1", "CNY", 12)
    assert queries.get_model(ctx, row)["description"] == "kept"
    again = model.ensure_many(ctx, lines)
    assert (again.created, again.changed, again.same) == (0, 0, 2)
    part = made_item(ctx)
    spares = [SpareLine(row, part, Decimal(2)), SpareLine(done.ids[1], part)]
    assert spare.ensure_many(ctx, spares).created == 2
    assert spare.ensure_many(ctx, spares).same == 2
    with pytest.raises(Invalid) as refused:
        model.ensure_many(ctx, [ModelLine("New"), ModelLine("Newer", class_code="NOPE")])
    assert refused.value.errors[0].pointer == "/lines/1/class_code"
    assert queries.find_model(ctx, made_model(other.owner)) is None


def test_a_renamed_line_with_an_id_is_the_same_model(tenant):
    ctx, row = tenant.owner, made_model(tenant.owner)
    model.ensure_many(ctx, [ModelLine("NB 65", id=row)])
    card = queries.get_model_card(ctx, row)
    assert (card.name, queries.get_item_card(ctx, card.item_id).name) == ("NB 65", "NB 65")
