"""Items that turn out to be one: spare lists, aliases and suppliers follow, codes keep finding, all comes back."""

import pytest

from trunnion.catalog import duplicates, queries
from trunnion.catalog.commands import alias, item, merging, spare, supplier
from trunnion.catalog.models import Item, ItemAlias, ItemSupplier, ModelPart
from trunnion.catalog.types import ItemLine
from trunnion.kernel.errors import Invalid, Merged, NotGranted, Refusal
from trunnion.kernel.journal import enter_organisation
from trunnion.parties.tests.builders import made as party

from .builders import made_item, made_model


@pytest.fixture
def owner(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


@pytest.fixture
def pair(owner):
    stays = made_item(owner, "Ball bearing 6204", code="B-1")
    gone = made_item(owner, "Bearing 6204", code="B-2", specification="2RS")
    one, two = made_model(owner, "NB 50"), made_model(owner, "NB 65")
    for model_id, item_id in ((one, stays), (one, gone), (two, gone)):
        spare.add(owner, model_id, item_id)
    alias.add(owner, gone, "6204-2RSH")
    for item_id in (stays, gone):
        supplier.add(owner, item_id, party(owner, f"Dealer {item_id}", "supplier"), "77")
    return gone, stays


def state(ctx):
    facts = [f.attname for f in Item._meta.concrete_fields if f.attname not in ("version", "changed_at")]
    return (
        list(Item.objects.of(ctx).order_by("id").values_list(*facts)),
        list(ModelPart.objects.of(ctx).order_by("id").values_list("id", "item_id")),
        list(ItemAlias.objects.of(ctx).order_by("id").values_list("id", "item_id")),
        list(ItemSupplier.objects.of(ctx).order_by("id").values_list("id", "item_id")),
    )


def test_everything_follows_is_found_and_comes_back(owner, pair, tenant):
    gone, stays = pair
    before = state(owner)
    done = merging.merge(owner, gone, stays)
    assert done.taken == ["specification"]
    told = queries.get_item(owner, stays)
    assert [a["alias"] for a in told["aliases"]] == ["6204-2RSH"]
    # On the list that has both, the other line waits with the one that was merged.
    assert sorted(u["name"] for u in told["used_in"]) == ["NB 50", "NB 65"]
    assert len(told["suppliers"]) == 2
    for text in ("B-2", "B-1", "6204-2RSH"):
        assert queries.find_item(owner, text).id == stays
        rows = tenant.client().get("/api/catalog/items", {"search": text}).json()["rows"]
        assert [r["id"] for r in rows] == [str(stays)], text
        enter_organisation(tenant.id)
    lines = [ItemLine(name="Bearing", code="B-2"), ItemLine(name="Bearing 6204")]
    ensured = item.ensure_many(owner, lines)
    assert (ensured.ids, ensured.created) == ([stays, stays], 0)
    with pytest.raises(Merged):
        item.edit(owner, gone, name="X")
    with pytest.raises(Invalid):
        made_item(owner, code="B-2")
    item.edit(owner, stays, name="Ball bearing 6204")
    assert merging.unmerge(owner, gone).kept == []
    assert state(owner) == before


def test_no_pair_is_refused_in_words(owner, tenant):
    one, metres = made_item(owner), made_item(owner, "Cable", unit="m")
    own = queries.get_model_card(owner, made_model(owner)).item_id
    two = made_item(owner, "Two")
    for gone, into, code in ((one, metres, "item_merge_unit"), (own, one, "item_merge_model")):
        with pytest.raises(Refusal) as caught:
            merging.merge(owner, gone, into)
        assert caught.value.code == code
    item.archive(owner, two)
    with pytest.raises(Refusal) as caught:
        merging.merge(owner, one, two)
    assert caught.value.code == "item_merge_archived"
    with pytest.raises(Invalid):
        merging.merge(owner, one, one)
    with pytest.raises(NotGranted):
        merging.merge(tenant.person("engineer"), one, two)


def test_likely_pairs_and_preview(owner, pair, tenant):
    gone, stays = pair
    made_item(owner, "Ball bearing 6205")
    made_item(owner, "Ball-bearing 6204")
    client = tenant.client()
    rows = client.get("/api/catalog/items/duplicates").json()["rows"]
    assert [(r["one"]["name"], r["other"]["name"], r["rules"]) for r in rows] == [
        ("Ball bearing 6204", "Ball-bearing 6204", ["name"])
    ]
    told = client.get(f"/api/catalog/items/{gone}/merge_preview?into_id={stays}").json()
    lines = {(f["kind"], f["column"]): (f["following"], f["staying"]) for f in told["followed"]}
    assert lines["catalog.model_part", "item"] == (1, 1)
    done = client.post(f"/api/catalog/items/{gone}/merge", {"into_id": str(stays)}, "application/json")
    assert done.status_code == 200, done.content
    assert client.post(f"/api/catalog/items/{gone}/unmerge", {}, "application/json").json()["kept"] == []
    enter_organisation(tenant.id)
    assert duplicates.list_pairs(owner)["count"] == 1
