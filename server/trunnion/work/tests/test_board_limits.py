"""How many orders a column of the board should hold: told beside the count of all, and in nobody's way."""

from trunnion.kernel.database import reading
from trunnion.kernel.ids import uuid7
from trunnion.work.commands import order
from trunnion.work.queries import get_board

URL = "/api/work/board_limits/set"


def put(client, *limits):
    body = {"limits": [{"state": state, "most": most} for state, most in limits]}
    return client.post(URL, body, content_type="application/json")


def told(client, query=""):
    columns = client.get(f"/api/work/board?limit=1{query}").json()["columns"]
    return {column["key"]: column["most"] for column in columns if column["most"] is not None}


def test_they_stand_beside_the_counts_of_all(tenant):
    client = tenant.client()
    assert put(client, ("requested", 6), ("in_progress", 3)).status_code == 200
    assert told(client) == {"requested": 6, "in_progress": 3}
    assert told(client, "&by=priority") == told(client, f"&team_id={uuid7()}") == {}
    assert put(client, ("in_progress", 4)).status_code == 200
    assert told(client) == {"in_progress": 4}
    assert put(client).status_code == 200
    assert told(client) == {}


def test_what_cannot_be_is_refused_and_changes_nothing(tenant):
    client = tenant.client()
    put(client, ("requested", 6))
    for wrong, pointer in (
        ([("closed", 2)], "/limits/0/state"),
        ([("requested", 1), ("requested", 2)], "/limits/1/state"),
        ([("requested", 0)], "/limits/0/most"),
    ):
        refused = put(client, *wrong)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
    assert told(client) == {"requested": 6}


def test_a_full_column_refuses_nothing(tenant):
    put(tenant.client(), ("requested", 1))
    for n in range(2):
        order.create(tenant.owner, title=f"Leak {n}")
    with reading(tenant.id):
        requested = next(c for c in get_board(tenant.owner)["columns"] if c["key"] == "requested")
    assert (requested["count"], requested["most"]) == (2, 1)


def test_only_those_who_plan_set_them(tenant):
    engineer = tenant.membership_of(tenant.person("engineer"))
    assert put(tenant.client(engineer.email), ("requested", 1)).status_code == 403
