"""The routes: what a browser sends and gets."""

import json

import pytest

from trunnion.assets.tests.builders import customer, hour_counter, hours, pump, pump_position, room, site
from trunnion.attach.commands import attribute, comment
from trunnion.attach.types import AttributeLine


class Browser:
    """A signed-in client that speaks JSON."""

    def __init__(self, client):
        self.client = client

    def post(self, path, body=None, **headers):
        return self.client.post(
            f"/api/assets/{path}", body or {}, content_type="application/json", headers=headers
        )

    def patch(self, path, body, **headers):
        return self.client.patch(
            f"/api/assets/{path}", body, content_type="application/json", headers=headers
        )

    def get(self, path, **query):
        return self.client.get(f"/api/assets/{path}", query)


@pytest.fixture
def browser(tenant):
    return Browser(tenant.client())


def test_a_machine_is_registered_read_and_edited(tenant, browser):
    where = room(tenant.owner, site(tenant.owner))
    body = {
        "name": "Feed pump",
        "location_id": str(where),
        "serial": "S-9",
        "price": "12.50",
        "currency": "EUR",
    }
    made = browser.post("assets/create", body).json()
    assert (made["number"], made["state"], made["version"]) == ("A-000001", "in_service", 1)
    shown = browser.get(f"assets/{made['id']}")
    assert (shown["ETag"], shown.json()["place"], shown.json()["price"]) == (
        '"1"',
        "Pier 4 > Pump room",
        "12.5",
    )
    path = f"assets/{made['id']}"
    assert browser.patch(path, {"name": "Pump"}).status_code == 428
    assert browser.patch(path, {"name": "Pump"}, **{"If-Match": '"7"'}).status_code == 412
    assert browser.patch(path, {"name": "Pump"}, **{"If-Match": '"1"'}).json()["version"] == 2
    assert browser.patch(path, {"state": "idle"}, **{"If-Match": '"2"'}).status_code == 422


def test_moves_of_life_are_routes(tenant, browser):
    made = pump(tenant.owner)
    done = browser.post(f"assets/{made}/lay_idle", {"remark": "No orders"})
    assert done.json()["state"] == "idle"
    wrong = browser.post(f"assets/{made}/accept")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "wrong_state")
    assert "restore" in browser.get(f"assets/{made}").json()["actions"]


def test_the_list_is_one_statement(tenant, browser, django_assert_max_num_queries):
    top = site(tenant.owner)
    party = customer(tenant.owner)
    for index in range(12):
        pump(tenant.owner, f"Pump {index}", location_id=room(tenant.owner, top), owner_party_id=party)
    ask = {
        "filter": json.dumps({"field": "state", "op": "in", "value": ["in_service"]}),
        "sort": "name",
        "limit": 10,
    }
    first = browser.get("assets", **ask).json()
    assert [r["name"] for r in first["rows"]][:3] == ["Pump 0", "Pump 1", "Pump 2"]
    assert (first["rows"][0]["customer"], first["rows"][0]["site"]) == ("Harbour Foods", "Pier 4")
    second = browser.get("assets", **ask, cursor=first["next"]).json()
    assert [r["name"] for r in second["rows"]] == ["Pump 10", "Pump 11"]
    from trunnion.assets.queries.lists import ASSETS
    from trunnion.kernel.listing import page

    with django_assert_max_num_queries(1):
        page.page(tenant.owner, ASSETS, page.Ask(limit=10))


def test_a_list_is_narrowed_to_a_subtree_and_searched(tenant, browser):
    one, two = room(tenant.owner, site(tenant.owner, "One")), room(tenant.owner, site(tenant.owner, "Two"))
    pump(tenant.owner, "冷冻水泵", location_id=one)
    pump(tenant.owner, "Feed pump", location_id=two)
    path = browser.get(f"locations/{one}").json()["path"]
    within = json.dumps({"field": "location_path", "op": "starts", "value": path})
    assert [r["name"] for r in browser.get("assets", filter=within).json()["rows"]] == ["冷冻水泵"]
    assert [r["name"] for r in browser.get("assets", search="水泵").json()["rows"]] == ["冷冻水泵"]
    assert [r["name"] for r in browser.get("assets", search="feed").json()["rows"]] == ["Feed pump"]


@pytest.mark.parametrize(
    "name",
    ["locations", "location_groups", "positions", "assets", "moves", "installations", "groups", "meters", "readings",
     "intervals"],
)  # fmt: skip
def test_every_list_answers_and_sorts(browser, tenant, name):
    hour_counter(tenant.owner, pump(tenant.owner, location_id=site(tenant.owner)))
    columns = browser.get(f"{name}/columns").json()
    assert browser.get(name, count="exact").status_code == 200
    for column in columns["columns"]:
        if column["sortable"]:
            for sort in (column["key"], f"-{column['key']}"):
                assert browser.get(name, sort=sort).status_code == 200
        assert browser.get(name, columns=column["key"]).status_code == 200


# Sections of things that a pump in service need not have.
NOT_YET = {
    "parts", "documents", "references", "approvals", "certificates", "conditions", "defects", "idle_findings",
    "papers",
}  # fmt: skip


# Sections of things that a pump in service need not have.
NOT_YET = {
    "parts", "documents", "references", "approvals", "certificates", "conditions", "defects", "idle_findings",
    "papers",
}  # fmt: skip


def test_the_file_tells_everything(tenant, browser):
    ctx = tenant.owner
    where = room(ctx, site(ctx))
    made = pump(ctx, position_id=pump_position(ctx, where))
    attribute.set_many(ctx, lines=[AttributeLine("assets.asset", made, "Colour", text="Red")])
    comment.add(ctx, kind="assets.asset", row_id=made, text="It hums")
    counter = hour_counter(ctx, made)
    browser.post(
        "readings/record", {"meter_id": str(counter), "value": "12.5", "read_at": hours(1).isoformat()}
    )
    browser.post("intervals/begin", {"asset_id": str(made), "state": "running", "at": hours(0).isoformat()})
    other = pump(ctx, "Valve")
    browser.post("relations/create", {"kind": "isolates", "source_id": str(other), "target_id": str(made)})
    browser.post(f"assets/{made}/assess", {"level": "a"})
    group = browser.post("groups/create", {"name": "Feed water"}).json()["id"]
    browser.post(f"groups/{group}/add", {"asset_ids": [str(made)]})
    found = browser.get(f"assets/{made}/file").json()
    parts = found["sections"]
    assert found["asset"]["criticality"] == "a"
    assert {name for name, rows in parts.items() if not rows} <= NOT_YET | above(parts)
    assert parts["meters"][0]["last_value"] == "12.5"
    assert (parts["relations"][0]["kind"], parts["relations"][0]["outward"]) == ("isolates", False)
    verbs = {entry["verb"] for entry in parts["history"]}
    assert {"assets.asset.create", "assets.reading.record", "assets.asset.assess"} <= verbs


def above(parts):
    """The sections that rooms above have added."""
    from trunnion.assets.queries.file import SECTIONS

    return {name for name in parts if "assets" not in SECTIONS[name].read.__module__}


def test_relations_are_made_once(tenant, browser):
    one, two = str(pump(tenant.owner)), str(pump(tenant.owner))
    line = {"kind": "connected", "source_id": two, "target_id": one}
    made = browser.post("relations/create", line).json()
    same = browser.post("relations/create", {**line, "source_id": one, "target_id": two})
    assert (same.status_code, same.json()["errors"][0]["code"]) == (422, "duplicate")
    assert browser.post("relations/create", {**line, "target_id": two}).status_code == 422
    part = {"kind": "part_of", "source_id": one, "target_id": two}
    assert browser.post("relations/create", part).status_code == 200
    back = browser.post("relations/create", {"kind": "part_of", "source_id": two, "target_id": one})
    assert back.json()["errors"][0]["code"] == "assets.asset_cycle"
    assert browser.post(f"relations/{made['id']}/remove").status_code == 200


def test_systems_and_zones_hold_members(tenant, browser):
    thing, place = str(pump(tenant.owner)), str(room(tenant.owner))
    system = browser.post("groups/create", {"name": "Steam"}).json()["id"]
    assert browser.post(f"groups/{system}/add", {"asset_ids": [thing, thing]}).status_code == 200
    assert browser.get(f"groups/{system}").json()["member_count"] == 1
    assert (
        browser.post(f"groups/{system}/add", {"asset_ids": [place]}).json()["errors"][0]["pointer"]
        == "/asset_ids/0"
    )
    browser.post(f"groups/{system}/drop", {"asset_ids": [thing]})
    assert browser.get(f"groups/{system}").json()["members"] == []
    zone = browser.post("location_groups/create", {"name": "Fire zone"}).json()["id"]
    browser.post(f"location_groups/{zone}/add", {"location_ids": [place]})
    assert browser.get(f"location_groups/{zone}").json()["members"][0]["location_id"] == place
    assert browser.get(f"locations/{place}").json()["zones"][0]["name"] == "Fire zone"


def test_the_picture_of_a_code(tenant, browser):
    made = pump(tenant.owner)
    found = browser.get(f"assets/{made}/qr.svg")
    assert (found["Content-Type"], found.status_code) == ("image/svg+xml", 200)
    assert browser.get(f"assets/{made}/qr.png")["Content-Type"] == "image/png"
    browser.post("qr/revoke", {"asset_id": str(made)})
    assert browser.get(f"assets/{made}/qr.svg").status_code == 409


def test_the_tree_opens_level_by_level(tenant, browser):
    top = site(tenant.owner)
    for index in range(5):
        room(tenant.owner, top, f"Room {index}")
    root = browser.get("locations/children").json()["rows"][0]
    assert (root["name"], root["child_count"]) == ("Pier 4", 5)
    first = browser.get("locations/children", parent_id=str(top), limit=3).json()
    rest = browser.get("locations/children", parent_id=str(top), limit=3, after=first["next"]).json()
    assert [r["name"] for r in first["rows"] + rest["rows"]] == [f"Room {i}" for i in range(5)]
    assert rest["next"] is None


def test_a_replayed_request_has_one_effect(browser):
    key = {"Idempotency-Key": "7b0f"}
    first = browser.post("assets/create", {"name": "Pump"}, **key)
    assert browser.post("assets/create", {"name": "Pump"}, **key).json() == first.json()
    assert browser.get("assets", count="exact").json()["count"]["value"] == 1


def test_nothing_of_others_by_any_route(tenant, other, browser):
    ctx = other.owner
    top = site(ctx)
    made = pump(ctx, location_id=top)
    counter = hour_counter(ctx, made)
    missing = browser.get("assets/01990000-0000-7000-8000-000000000000")
    for path in (
        f"assets/{made}", f"assets/{made}/file", f"assets/{made}/qr", f"assets/{made}/qr.svg", f"locations/{top}",
        f"meters/{counter}",
    ):  # fmt: skip
        found = browser.get(path)
        assert (found.status_code, drop(found)) == (404, drop(missing)), path
    for path in ("assets/{}/lay_idle", "assets/{}/decommission", "locations/{}/move", "meters/{}/retire"):
        assert browser.post(path.format(made)).status_code == 404
    assert browser.get("locations/children", parent_id=str(top)).json()["rows"] == []


def drop(answer):
    """A problem without its trace, the only part that may differ."""
    body = answer.json()
    body.pop("trace", None)
    return body


def test_a_batch_by_the_api(browser):
    lines = [{"kind": "site", "name": "Pier 4"}, {"kind": "space", "name": "Store", "parent_line": 0}]
    done = browser.post("locations/ensure_many", {"lines": lines}).json()
    assert (done["created"], browser.post("locations/ensure_many", {"lines": lines}).json()["same"]) == (2, 2)
    made = browser.post(
        "assets/ensure_many", {"lines": [{"name": "Pump", "location_id": done["ids"][1]}]}
    ).json()
    assert browser.get(f"assets/{made['ids'][0]}").json()["place"] == "Pier 4 > Store"
    wrong = browser.post("assets/ensure_many", {"lines": [{"name": "Pump", "state": "new"}]}).json()
    assert wrong["errors"][0]["pointer"] == "/lines/0/state"
