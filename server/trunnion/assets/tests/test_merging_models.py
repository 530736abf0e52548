"""Models that turn out to be one: equipment, parameters, documents and spare lists follow, and all comes back."""

import pytest

from trunnion.assets.commands import asset
from trunnion.assets.commands import merging as assets_merging
from trunnion.assets.models import Asset
from trunnion.attach.commands import attribute, reference
from trunnion.attach.types import AttributeLine, ReferenceLine
from trunnion.catalog import duplicates, queries
from trunnion.catalog.commands import alias, merging, model, spare
from trunnion.catalog.tests.builders import class_of, made_item, made_model
from trunnion.catalog.types import ModelLine
from trunnion.kernel.errors import Invalid, Merged, NotGranted, Refusal
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.policies import KINDS
from trunnion.parties.tests.builders import made as party

STATE = (
    "catalog.model", "catalog.item", "catalog.item_alias", "catalog.model_part", "assets.asset", "attach.attribute",
    "attach.reference",
)  # fmt: skip


@pytest.fixture
def owner(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


@pytest.fixture
def pair(owner):
    stays = made_model(owner, "NB 50-200", code="M-1")
    gone = made_model(owner, "NB50/200", code="M-2", model_number="NB-50", expected_life_months=120)
    bearing, seal = made_item(owner, "Bearing"), made_item(owner, "Seal")
    for model_id, item_id in ((stays, bearing), (gone, bearing), (gone, seal)):
        spare.add(owner, model_id, item_id)
    alias.add(owner, queries.get_model_card(owner, gone).item_id, "NB50200")
    return gone, stays


def state(ctx):
    def facts(table):
        names = [f.attname for f in table._meta.concrete_fields if f.attname not in ("version", "changed_at")]
        return list(table.objects.of(ctx).order_by("id").values_list(*names))

    return [facts(KINDS[kind]) for kind in STATE]


def test_everything_follows_is_found_and_comes_back(owner, pair, tenant):
    gone, stays = pair
    pumps = [asset.create(owner, name=f"Pump {n}", model_id=gone).id for n in range(3)]
    attribute.set_many(owner, [AttributeLine("catalog.model", gone, "Head", text="40 m")])
    reference.set_many(owner, [ReferenceLine("catalog.model", gone, "cobie", identifier="T-77")])
    before = state(owner)
    previewed = duplicates.preview_models(owner, gone, stays)
    assert (previewed["obstacles"], {f["field"] for f in previewed["facts"]}) == (
        [],
        {"name", "model_number", "expected_life_months"},
    )
    done = merging.merge_model(owner, model_id=gone, into_id=stays)
    assert done.taken == ["model_number", "expected_life_months"]
    assert {Asset.objects.of(owner).get(id=i).model_id for i in pumps} == {stays}
    told = queries.get_model(owner, stays)
    assert sorted(one.name for one in told["spares"]) == ["Bearing", "Seal"]
    assert [one["code"] for one in told["merged"]] == ["M-2"]
    assert [a.name for a in told["attributes"]] == ["Head"]
    assert queries.find_item(owner, "M-2").code == "M-1"
    assert queries.find_item(owner, "NB50200").code == "M-1"
    for text in ("M-2", "NB50/200", "NB50200"):
        rows = tenant.client().get("/api/catalog/models", {"search": text}).json()["rows"]
        assert [r["id"] for r in rows] == [str(stays)], text
        enter_organisation(tenant.id)
    assert model.ensure_many(owner, [ModelLine("NB50/200")]).ids == [stays]
    with pytest.raises(Merged):
        model.edit(owner, model_id=gone, name="X")
    with pytest.raises(Invalid):
        made_model(owner, code="M-2")
    assert merging.unmerge_model(owner, model_id=gone).kept == []
    assert state(owner) == before


def test_two_go_into_one_and_come_out_one_by_one(owner, pair):
    gone, stays = pair
    third = made_model(owner, "NB 50 200", code="M-3")
    before = state(owner)
    merging.merge_model(owner, model_id=gone, into_id=stays)
    merging.merge_model(owner, model_id=third, into_id=stays, take=["name"])
    assert queries.get_item(owner, queries.get_model_card(owner, stays).item_id)["name"] == "NB 50 200"
    assert merging.unmerge_model(owner, model_id=gone).kept == []
    assert (queries.find_item(owner, "M-2").code, queries.find_item(owner, "M-3").code) == ("M-2", "M-1")
    assert merging.unmerge_model(owner, model_id=third).kept == []
    assert state(owner) == before


def test_what_changed_since_stays(owner, pair):
    gone, stays = pair
    pump = asset.create(owner, name="Pump", model_id=gone).id
    other = made_model(owner, "Other")
    merging.merge_model(owner, model_id=gone, into_id=stays)
    asset.edit(owner, asset_id=pump, model_id=other)
    kept = merging.unmerge_model(owner, model_id=gone).kept
    assert [(one.kind, one.row_id) for one in kept] == [("assets.asset", pump)]
    assert Asset.objects.of(owner).get(id=pump).model_id == other


def test_no_pair_is_refused_in_words(owner, tenant):
    makers = [party(owner, name, "manufacturer") for name in ("Ebara", "KSB")]
    pump = made_model(owner, "Pump", equipment_class_id=class_of(owner, "PU").id, manufacturer_id=makers[0])
    fan = made_model(owner, "Fan", equipment_class_id=class_of(owner, "BL").id, manufacturer_id=makers[0])
    ksb = made_model(owner, "Pump", manufacturer_id=makers[1])
    part, old = made_model(owner, "Motor"), made_model(owner, "Old")
    spare.add(owner, pump, queries.get_model_card(owner, part).item_id)
    model.archive(owner, model_id=old)
    for gone, into, code in (
        (fan, pump, "model_merge_class"),
        (ksb, pump, "model_merge_maker"),
        (part, pump, "model_merge_part"),
        (part, old, "model_merge_archived"),
    ):
        with pytest.raises(Refusal) as caught:
            merging.merge_model(owner, model_id=gone, into_id=into)
        assert caught.value.code == code
        assert duplicates.preview_models(owner, gone, into)["obstacles"]
    with pytest.raises(Invalid):
        merging.merge_model(owner, model_id=pump, into_id=pump)
    with pytest.raises(NotGranted):
        merging.merge_model(tenant.person("engineer"), model_id=old, into_id=pump)
    merging.merge_model(owner, model_id=old, into_id=part)
    with pytest.raises(Refusal) as caught:
        merging.unmerge(owner, queries.get_model_card(owner, old).item_id)
    assert caught.value.code == "item_unmerge_model"


def test_likely_pairs_are_told(owner):
    maker = party(owner, "Ebara", "manufacturer")
    one, two = (
        made_model(owner, n, manufacturer_id=maker, model_number="3M 40") for n in ("Centrifugal", "Pump 40")
    )
    made_model(owner, "Something else", model_number="3M 40")
    told = duplicates.list_model_pairs(owner)
    (pair,) = told["rows"]
    assert (pair["rules"], {pair["one"]["id"], pair["other"]["id"]}) == (["model_number"], {one, two})


def test_equipment_of_the_merged_model_can_be_merged(owner, pair):
    gone, stays = pair
    one, two = (asset.create(owner, name="Pump", model_id=m).id for m in pair)
    merging.merge_model(owner, model_id=gone, into_id=stays)
    assets_merging.merge(owner, asset_id=one, into_id=two)
    assert Asset.objects.of(owner).get(id=two).model_id == stays
