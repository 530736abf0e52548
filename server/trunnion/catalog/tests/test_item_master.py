"""Packs, supersession, suppliers' codes: what finds an item, what it is counted in, what takes its place."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from trunnion.attach.tests.builders import entered
from trunnion.catalog import queries
from trunnion.catalog.commands import alternate, item, item_unit, merging, supersession, supplier
from trunnion.catalog.models import Item, ItemSupplier
from trunnion.catalog.rules import Inexact, in_own_unit, whole_packs
from trunnion.catalog.types import ItemLine, ItemUnitLine, SupplierLine
from trunnion.kernel.errors import Invalid, NotGranted, Refusal
from trunnion.parties.tests.builders import made as made_party

from .builders import made_item, made_model


def refusal(call) -> tuple[str, str]:
    with pytest.raises(Invalid) as refused:
        call()
    return refused.value.errors[0].pointer, refused.value.errors[0].code


def test_a_box_of_twelve_is_twelve(tenant):
    ctx = tenant.owner
    row = made_item(ctx, "Bearing")
    done = item_unit.add(ctx, row, "箱", "12")
    assert queries.in_own_unit(ctx, row, Decimal("2.5"), "{box}") == 30
    assert queries.in_own_unit(ctx, row, Decimal(7), "{each}") == 7
    assert queries.packs_of(ctx, [row]) == {row: {"{box}": Decimal(12)}}
    item_unit.edit(ctx, done.id, factor="10")
    assert queries.get_item(ctx, row)["units"][0]["factor"] == 10
    assert refusal(lambda: queries.in_own_unit(ctx, row, Decimal(1), "kg")) == ("/unit", "item_unit_unknown")
    assert refusal(lambda: item_unit.add(ctx, row, "{each}", "1")) == ("/unit", "item_unit_own")
    assert refusal(lambda: item_unit.add(ctx, row, "{set}", "0")) == ("/factor", "field.greater_than")
    assert refusal(lambda: item.edit(ctx, row, unit="{set}")) == ("/unit", "item_unit_in_packs")
    again = [ItemLine("Bearing", id=row, unit="{set}")]
    assert refusal(lambda: item.ensure_many(ctx, again)) == ("/unit", "item_unit_in_packs")
    with pytest.raises(Refusal):
        item_unit.add(ctx, row, "{box}", "6")
    item_unit.remove(ctx, done.id)
    item.edit(ctx, row, unit="{set}")


def test_what_measures_the_same_is_converted_and_never_rounded(tenant):
    row = made_item(tenant.owner, "Cable", unit="m")
    assert queries.in_own_unit(tenant.owner, row, Decimal(250), "cm") == Decimal("2.5")
    wanted = ("/lines/0/unit", "item_unit_inexact")
    assert (
        refusal(lambda: queries.in_own_unit(tenant.owner, row, Decimal("0.00001"), "mm", wanted[0])) == wanted
    )


@given(
    st.decimals("0.001", "10000", places=3),
    st.decimals("0.001", "1000", places=3),
)
def test_packs_are_exact(quantity, factor):
    own = in_own_unit(quantity, "{box}", "{each}", {"{box}": factor})
    assert own == quantity * factor
    packs = whole_packs(own, factor)
    assert packs == packs.to_integral_value()
    assert packs * factor >= own > (packs - 1) * factor


def test_a_quotient_is_refused():
    with pytest.raises(Inexact):
        in_own_unit(Decimal("0.000001"), "{box}", "{each}", {"{box}": Decimal("0.5")})


def test_what_supersedes_has_a_day_and_a_direction(tenant):
    ctx = tenant.owner
    old, new, newest = (made_item(ctx, f"Seal {n}", code=f"S-{n}") for n in (1, 2, 3))
    supersession.set_(ctx, old, new, from_on=date(2026, 3, 1), notes="other lip")
    supersession.set_(ctx, new, newest, from_on=date(2026, 9, 1))
    alternate.add(ctx, old, newest)
    told = queries.get_item(ctx, new)
    assert [(one["code"], one["from_on"]) for one in told["superseded_by"]] == [("S-3", date(2026, 9, 1))]
    assert [(one["code"], one["notes"]) for one in told["supersedes"]] == [("S-1", "other lip")]
    found = queries.substitutes_of(ctx, [old])[old]
    assert [(one.code, one.is_successor) for one in found] == [("S-2", True), ("S-3", False)]
    assert refusal(lambda: supersession.set_(ctx, newest, old)) == ("/successor_id", "supersession_ring")
    assert refusal(lambda: supersession.set_(ctx, old, old)) == ("/successor_id", "superseded_by_itself")
    supersession.set_(ctx, old, newest, from_on=date(2026, 9, 1))
    assert [one["code"] for one in queries.get_item(ctx, old)["superseded_by"]] == ["S-3"]
    supersession.remove(ctx, queries.get_item(ctx, old)["superseded_by"][0]["id"])
    assert queries.get_item(ctx, old)["superseded_by"] == []
    with pytest.raises(NotGranted):
        supersession.set_(tenant.person("engineer"), old, new)


def test_a_suppliers_code_finds_the_item_in_every_search(tenant):
    ctx = tenant.owner
    row, another = made_item(ctx, "Bearing", code="B-1"), made_item(ctx, "Seal", code="S-1")
    one, two = made_party(ctx, "Bearings AG", "supplier"), made_party(ctx, "Seals AG", "supplier")
    done = supplier.add(ctx, row, one, their_code="SKF 6205-2RS")
    assert queries.find_item(ctx, "skf6205-2rs").code == "B-1"
    rows = tenant.client().get("/api/catalog/items?search=6205-2RS").json()["rows"]
    assert [r["code"] for r in rows] == ["B-1"]
    entered(ctx)
    supplier.edit(ctx, done.id, "4711")
    assert queries.find_item(ctx, "SKF 6205-2RS") is None
    supplier.ensure_many(ctx, [SupplierLine(another, two, "4711"), SupplierLine(row, one)])
    # Two suppliers mean two things by it: a scan must not choose one.
    assert queries.find_item(ctx, "4711") is None
    rows = tenant.client().get("/api/catalog/items?search=4711").json()["rows"]
    assert sorted(r["code"] for r in rows) == ["B-1", "S-1"]
    entered(ctx)
    supplier.remove(ctx, done.id)
    assert queries.find_item(ctx, "4711").code == "S-1"


def test_facts_of_storage(tenant):
    ctx = tenant.owner
    row = made_item(ctx, "Grease", storage_conditions="5-25 °C, dry", shelf_life_days=730, value_class="a")
    told = queries.get_item(ctx, row)
    assert (told["storage_conditions"], told["shelf_life_days"], told["value_class"]) == (
        "5-25 °C, dry",
        730,
        "a",
    )
    item.edit(ctx, row, shelf_life_days=None, value_class=None)
    card = queries.get_item_card(ctx, row)
    assert (card.shelf_life_days, card.value_class) == (None, "")
    assert refusal(lambda: item.edit(ctx, row, shelf_life_days=0))[0] == "/shelf_life_days"


def test_a_merge_takes_all_of_it_along_and_back(tenant):
    ctx = tenant.owner
    stays, gone, old = (made_item(ctx, name, code=name) for name in ("B-1", "B-2", "B-0"))
    item.edit(ctx, gone, shelf_life_days=30)
    item_unit.ensure_many(
        ctx, [ItemUnitLine(gone, "{box}", Decimal(12)), ItemUnitLine(gone, "{set}", Decimal(2))]
    )
    item_unit.add(ctx, stays, "{set}", "3")
    supersession.set_(ctx, old, gone, from_on=date(2026, 1, 1))
    supersession.set_(ctx, gone, stays, from_on=date(2026, 1, 1))
    supplier.add(ctx, gone, made_party(ctx, "AG", "supplier"), their_code="4711")
    before = queries.get_item(ctx, gone)
    merging.merge(ctx, gone, stays)
    told = queries.get_item(ctx, stays)
    assert {one["unit"]: one["factor"] for one in told["units"]} == {"{box}": 12, "{set}": 3}
    assert [one["code"] for one in told["supersedes"] if one["code"] == "B-0"] == ["B-0"]
    assert (told["superseded_by"], told["shelf_life_days"]) == ([], 30)
    assert queries.find_item(ctx, "4711").id == stays
    assert merging.unmerge(ctx, gone).kept == []
    after = queries.get_item(ctx, gone)
    for name in ("units", "supersedes", "superseded_by", "suppliers", "shelf_life_days"):
        # Versions tell that it went there and back.
        plain = [[{k: v for k, v in one.items() if k != "version"} for one in t[name]] if isinstance(t[name], list)
                 else t[name] for t in (before, after)]  # fmt: skip
        assert plain[0] == plain[1], name


def test_bulk_verbs_change_nothing_the_second_time(tenant):
    ctx = tenant.owner
    row, party = made_item(ctx), made_party(ctx, "AG", "supplier")
    units, suppliers = [ItemUnitLine(row, "{box}", Decimal(12))], [SupplierLine(row, party, "X-1")]
    assert (item_unit.ensure_many(ctx, units).created, supplier.ensure_many(ctx, suppliers).created) == (1, 1)
    assert (item_unit.ensure_many(ctx, units).same, supplier.ensure_many(ctx, suppliers).same) == (1, 1)
    assert refusal(lambda: item_unit.ensure_many(ctx, [ItemUnitLine(row, "{each}", Decimal(1))])) == (
        "/lines/0/unit",
        "item_unit_own",
    )


def test_lists_show_packs_suppliers_and_spares(tenant):
    ctx, client = tenant.owner, tenant.client()
    row = made_item(ctx, "Bearing", code="B-1")
    item_unit.add(ctx, row, "{box}", "12")
    supplier.add(ctx, row, made_party(ctx, "AG", "supplier"), their_code="X")
    for name, wanted in (
        ("item_units", {"item_code": "B-1", "factor": "12"}),
        ("item_suppliers", {"their_code": "X"}),
    ):
        rows = client.get(f"/api/catalog/{name}").json()["rows"]
        assert len(rows) == 1
        assert wanted.items() <= rows[0].items()
    assert client.get("/api/catalog/spares").json()["rows"] == []
    assert made_model(entered(ctx))


def test_codes_that_stood_before_are_found(tenant):
    ctx = tenant.owner
    row = made_item(ctx, "Bearing", code="B-1")
    supplier.add(ctx, row, made_party(ctx, "AG", "supplier"), their_code="Old 4711")
    from django.db.models import QuerySet

    entered(ctx)
    for table, blank in ((Item, {"found_by": ""}), (ItemSupplier, {"code_key": ""})):
        QuerySet(table).filter(organisation_id=tenant.id).update(**blank)
    assert queries.find_item(entered(ctx), "old4711") is None
    import_module("trunnion.catalog.migrations.0005_supplier_codes").learn(apps, None)
    assert queries.find_item(entered(ctx), "old4711").id == row
    assert Item.objects.of(ctx).get(id=row).found_by == "Old 4711"
