"""The loop through the door: report, dispatch, work, sign, close; and what the door refuses."""

import pytest

from trunnion.kernel.models import Entry
from trunnion.work.tests.test_closing import strokes


@pytest.fixture
def desk(shop):
    """The owner's browser."""
    return shop.tenant.client()


def post(client, path, body=None, status=200, **headers):
    answer = client.post(f"/api/work{path}", body or {}, content_type="application/json", headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_the_whole_loop(shop, desk):
    made = post(desk, "/orders/create", {"title": "泵漏水", "asset_id": str(shop.pump), "is_stopped": True})
    path = f"/orders/{made['id']}"
    assert (made["number"], made["state"]) == ("WO-000001", "requested")
    post(desk, f"{path}/dispatch", {"resource_id": str(shop.resource)})
    for verb in ("accept", "depart", "arrive", "start"):
        post(desk, f"{path}/{verb}")
    post(desk, f"{path}/wait", {"reason": "access", "remark": "钥匙在保安处"})
    assert post(desk, f"{path}/resume")["state"] == "in_progress"
    post(desk, "/failures/record", {"order_id": made["id"], "mode": "ELP", "mechanism": "1.1"})
    post(desk, f"{path}/complete", {"remedy": "更换机械密封", "work_minutes": 45, "travel_minutes": 15})
    post(desk, f"{path}/confirm", {"signer_name": "赵敏", "signature_png_base64": strokes()})
    assert post(desk, f"{path}/close")["state"] == "closed"
    page = desk.get(f"/api/work{path}").json()
    assert page["cost"] == {
        "labour": "60", "material": "0", "service": "0", "total": "60", "currency": "EUR", "is_frozen": True,
        "unpriced_minutes": None,
    }  # fmt: skip
    assert page["signatures"][0]["holds"] is True
    assert page["downtimes"][0]["ended_at"] is not None
    sections = desk.get(f"/api/assets/assets/{shop.pump}/file").json()["sections"]
    assert sections["orders"][0]["number"] == "WO-000001"
    assert Entry.objects.filter(organisation_id=shop.tenant.id, verb__startswith="work.").count() >= 12


def test_an_edit_says_which_version_it_saw(shop, desk):
    made = shop.order()
    path = f"/api/work/orders/{made.id}"
    body = {"title": "Pump"}
    for match, status in ((None, 428), ('"9"', 412), (f'"{made.version}"', 200)):
        headers = {"If-Match": match} if match else {}
        assert desk.patch(path, body, content_type="application/json", headers=headers).status_code == status
    assert desk.get(path).headers["ETag"] == f'"{made.version + 1}"'


@pytest.mark.parametrize(
    ("path", "body", "status", "pointer"),
    [
        ("/orders/create", {}, 422, "/title"),
        ("/orders/create", {"title": "x", "colour": "red"}, 422, "/colour"),
        ("/orders/create", {"title": "x", "asset_id": "pump"}, 422, "/asset_id"),
        ("/orders/{id}/wait", {"reason": "coffee"}, 422, "/reason"),
        ("/orders/{id}/complete", {"remedy": "x"}, 409, None),
        ("/orders/{id}/dispatch", {"resource_id": 7}, 422, "/resource_id"),
        ("/orders/00000000-0000-7000-8000-000000000000/approve", {}, 404, None),
        ("/orders/nonsense/approve", {}, 422, "/path/order_id"),
        ("/labour/record", {"order_id": "{id}", "minutes": "many"}, 422, "/minutes"),
    ],
)
def test_the_door_says_what_is_wrong(shop, desk, path, body, status, pointer):
    made = str(shop.order().id)
    body = {k: v.replace("{id}", made) if isinstance(v, str) else v for k, v in body.items()}
    problem = post(desk, path.replace("{id}", made), body, status)
    assert problem["title"]
    if pointer:
        assert pointer in [e["pointer"] for e in problem["errors"]]


def test_the_same_key_counts_once(shop, desk):
    made = post(desk, "/orders/create", {"title": "Once"}, **{"Idempotency-Key": "phone-7"})
    assert post(desk, "/orders/create", {"title": "Once"}, **{"Idempotency-Key": "phone-7"}) == made
    post(desk, "/orders/create", {"title": "Other"}, 422, **{"Idempotency-Key": "phone-7"})


def test_an_engineer_comes_in_by_their_narrower_reading(shop):
    made = shop.in_state("dispatched")
    shop.order()
    client = shop.tenant.client(_email_of(shop))
    assert [r["id"] for r in client.get("/api/work/orders").json()["rows"]] == [str(made)]
    assert client.get(f"/api/work/orders/{made}").json()["cost"] is None
    assert len(client.get("/api/work/mine").json()["orders"]) == 1
    assert client.get("/api/work/board").status_code == 200
    assert client.post(f"/api/work/orders/{made}/close", content_type="application/json").status_code == 403


def test_who_reads_no_orders_is_told_so(shop):
    kiosk = shop.tenant.person("kiosk")
    client = shop.tenant.client(shop.tenant.membership_of(kiosk).email)
    for path in ("/orders", "/board", "/mine", f"/orders/{shop.order().id}"):
        assert client.get(f"/api/work{path}").status_code == 403


def _email_of(shop):
    return shop.tenant.membership_of(shop.engineer).email
