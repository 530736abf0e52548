"""The catalogue through the door: lists, details, edits, units, words."""

import json

from trunnion.attach.tests.vocabulary import missing_words
from trunnion.catalog import queries

from .builders import class_of, made_item, made_model


def test_lists_filter_search_and_sort(tenant):
    ctx, client = tenant.owner, tenant.client()
    made_item(ctx, "轴承 6205", criticality="vital")
    made_item(ctx, "Oil", kind="consumable", unit="L")
    rows = client.get("/api/catalog/items").json()["rows"]
    assert [r["name"] for r in rows] == ["Oil", "轴承 6205"]
    only = json.dumps({"field": "criticality", "op": "in", "value": ["vital"]})
    assert len(client.get("/api/catalog/items", {"filter": only}).json()["rows"]) == 1
    for text in ("轴承", "zc", "6205"):
        assert len(client.get("/api/catalog/items", {"search": text}).json()["rows"]) == 1


def test_models_of_a_part_of_the_class_tree(tenant):
    ctx, client = tenant.owner, tenant.client()
    made_model(ctx, "Pump", equipment_class_id=class_of(ctx).id)
    made_model(ctx, "Thing")
    below = json.dumps({"field": "class_path", "op": "starts", "value": "rotating/"})
    assert [r["name"] for r in client.get("/api/catalog/models", {"filter": below}).json()["rows"]] == [
        "Pump"
    ]
    listed = client.get("/api/catalog/equipment_classes?limit=500&count=exact").json()
    assert listed["count"]["value"] == len(listed["rows"]) == len(queries.list_classes(ctx))
    assert client.get(f"/api/catalog/equipment_classes/{listed['rows'][0]['id']}").status_code == 200


def test_create_read_edit(tenant):
    client = tenant.client()
    body = {"name": "NB 50", "replacement_cost": "1250.50"}
    made = client.post("/api/catalog/models/create", body, "application/json").json()
    path = f"/api/catalog/models/{made['id']}"
    found = client.get(path).json()
    assert (found["replacement_cost"], found["actions"], found["spares"]) == (
        "1250.5",
        ["edit", "archive", "merge"],
        [],
    )
    edited = client.patch(path, {"replacement_cost": None}, "application/json", headers={"If-Match": '"1"'})
    assert edited.status_code == 200
    found = client.get(path).json()
    assert (found["replacement_cost"], found["replacement_currency"], found["version"]) == (None, "", 2)


def test_units_in_ones_language(tenant):
    rows = tenant.client().get("/api/catalog/units").json()["rows"]
    assert {"code": "{each}", "name": "Piece"}.items() <= next(
        r for r in rows if r["code"] == "{each}"
    ).items()


def test_another_organisation_is_as_if_it_were_not_there(tenant, other):
    row, thing = made_model(tenant.owner, "Secret"), made_item(tenant.owner, "Secret")
    client = other.client()
    for path in (f"models/{row}", f"items/{thing}"):
        assert client.get(f"/api/catalog/{path}").status_code == 404
        assert client.post(f"/api/catalog/{path}/archive", {}, "application/json").status_code == 404
    for name in ("models", "items"):
        assert client.get(f"/api/catalog/{name}?count=exact&search=secret").json()["count"]["value"] == 0


def test_nothing_is_without_words():
    assert missing_words("catalog") == []
