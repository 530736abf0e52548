"""Many parties edited over the API: refusals in words, custom fields along, a job for large batches, undo."""

import json

from trunnion.attach.commands import custom_field
from trunnion.kernel.database import reading
from trunnion.kernel.worker import settle
from trunnion.parties.commands import party
from trunnion.parties.models import Party

URL = "/api/parties/parties/bulk-edit"


def made(tenant, count):
    return [party.create(tenant.owner, name=f"Works {n}", roles=["customer"]).id for n in range(count)]


def post(client, url, **body):
    answer = client.post(url, json.dumps(body, default=str), content_type="application/json")
    return answer.status_code, answer.json()


def settled(tenant, client, job_id):
    settle([tenant.id])
    return client.get(f"/api/jobs/{job_id}").json()


def notes(tenant, ids):
    with reading(tenant.id):
        return list(
            Party.objects.of(tenant.id).filter(id__in=ids).order_by("id").values_list("notes", flat=True)
        )


def test_preview_apply_and_undo_with_a_refused_row(tenant):
    ids = made(tenant, 5)
    party.archive(tenant.owner, ids[2])
    client = tenant.client()
    changes = {"notes": "checked"}
    status, told = post(client, URL, ids=ids, changes=changes, dry_run=True)
    assert (status, told["changed"], told["same"], told["is_rehearsal"], told["entry_id"]) == (
        200,
        4,
        0,
        True,
        None,
    )
    assert told["refused"][0]["name"].endswith("Works 2")
    assert told["refused"][0]["code"] == "wrong_state"
    assert "archived" in told["refused"][0]["title"]
    assert notes(tenant, ids) == [""] * 5
    _, done = post(client, URL, ids=ids, changes=changes)
    assert notes(tenant, ids) == ["checked", "checked", "", "checked", "checked"]
    _, back = post(client, f"{URL}/undo", entry_id=done["entry_id"])
    assert (back["changed"], back["refused"], notes(tenant, ids)) == (4, [], [""] * 5)


def test_custom_fields_go_along_and_come_back(tenant):
    custom_field.create(
        tenant.owner,
        kind="parties.party",
        key="region",
        label_en="Region",
        label_zh="区域",
        value_type="text",
    )
    ids = made(tenant, 3)
    client = tenant.client()
    _, done = post(client, URL, ids=ids, changes={"custom": {"region": "North"}})
    assert done["changed"] == 3
    wanted = json.dumps({"field": "custom.region", "op": "eq", "value": "North"})
    listed = client.get("/api/parties/parties", {"filter": wanted, "columns": "name,custom.region"}).json()
    assert [row["custom.region"] for row in listed["rows"]] == ["North"] * 3
    _, wrong = post(client, URL, ids=ids, changes={"custom": {"moon": 1}})
    assert [r["errors"][0]["pointer"] for r in wrong["refused"]] == ["/custom/moon"] * 3
    party.edit(tenant.owner, ids[0], custom={"region": "South"})
    _, back = post(client, f"{URL}/undo", entry_id=done["entry_id"])
    assert (back["changed"], [r["code"] for r in back["refused"]]) == (2, ["bulk.changed_since"])
    listed = client.get("/api/parties/parties", {"columns": "custom.region"}).json()
    assert sorted(row["custom.region"] or "" for row in listed["rows"]) == ["", "", "South"]


def test_more_than_a_screenful_is_a_job(tenant):
    ids = made(tenant, 201)
    client = tenant.client()
    _, queued = post(client, URL, ids=ids, changes={"notes": "x"}, dry_run=True)
    job = settled(tenant, client, queued["job_id"])
    assert (job["state"], job["result"]["changed"], job["progress_done"]) == ("done", 201, 201)
    assert set(notes(tenant, ids)) == {""}
    _, queued = post(client, URL, search="Works", changes={"notes": "x"})
    job = settled(tenant, client, queued["job_id"])
    assert (job["state"], job["result"]["changed"], set(notes(tenant, ids))) == ("done", 201, {"x"})
    _, queued = post(client, f"{URL}/undo", entry_id=job["result"]["entry_id"])
    job = settled(tenant, client, queued["job_id"])
    assert (job["result"]["changed"], set(notes(tenant, ids))) == (201, {""})


def test_it_takes_the_grant_of_the_edit(tenant):
    ids = made(tenant, 2)
    engineer = tenant.membership_of(tenant.person("engineer"))
    status, told = post(tenant.client(engineer.email), URL, ids=ids, changes={"notes": "x"})
    assert (status, told["code"]) == (403, "not_granted")
