"""Files and comments through the door."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from trunnion.attach import storage
from trunnion.attach.commands import file
from trunnion.attach.models import File

from .builders import KIND, entered, jpeg, record, stored


def sent(client, name="pump.jpg", data=None, **headers):
    body = {"file": SimpleUploadedFile(name, jpeg() if data is None else data)}
    return client.post("/api/attach/files", body, headers=headers)


def test_upload_and_download(tenant):
    client = tenant.client()
    answer = sent(client)
    assert answer.status_code == 200
    card = answer.json()
    assert (card["name"], card["media_type"], card["width"]) == ("pump.jpg", "image/jpeg", 640)
    got = client.get(f"/api/attach/files/{card['id']}")
    assert b"".join(got.streaming_content) == jpeg()
    assert got["Content-Disposition"] == 'inline; filename="pump.jpg"'
    assert got["Content-Security-Policy"].endswith("sandbox")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Cache-Control"] == "private, max-age=3600"
    again = client.get(f"/api/attach/files/{card['id']}", headers={"If-None-Match": got["ETag"]})
    assert again.status_code == 304
    small = client.get(f"/api/attach/files/{card['id']}/thumbnail")
    assert (small.status_code, small["Content-Type"]) == (200, "image/webp")
    assert small["ETag"] != got["ETag"]


@pytest.mark.parametrize(
    ("name", "data"), [("plan.svg", b"<svg onload='alert(1)'/>"), ("page.html", b"<html><script>1</script>")]
)
def test_what_could_run_is_only_ever_downloaded(tenant, name, data):
    client = tenant.client()
    card = sent(client, name, data).json()
    got = client.get(f"/api/attach/files/{card['id']}")
    assert got["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got["Content-Security-Policy"]
    assert client.get(f"/api/attach/files/{card['id']}/thumbnail").status_code == 404


def test_refusals_of_uploads_say_why(tenant):
    client = tenant.client()
    for answer, code in (
        (sent(client, "x.exe", b"MZ\0"), "file_dangerous"),
        (sent(client, "x.txt", b""), "file_empty"),
        (client.post("/api/attach/files", {}), "file_expected"),
    ):
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == code
        assert "{" not in answer.json()["errors"][0]["detail"]


def test_a_body_that_is_too_large_is_refused_unread(tenant, monkeypatch):
    monkeypatch.setattr(storage, "MOST_BYTES", -storage.MOST_BYTES)
    answer = sent(tenant.client())
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


def test_only_who_sees_a_record_of_it_gets_the_file(tenant, other):
    card = stored(tenant.owner)
    manager = tenant.person("manager")
    client = tenant.client(tenant.membership_of(manager).email)
    assert client.get(f"/api/attach/files/{card.id}").status_code == 404
    file.link(tenant.owner, card.id, KIND, record(tenant.owner))
    assert client.get(f"/api/attach/files/{card.id}").status_code == 200
    engineer = tenant.client(tenant.membership_of(tenant.person("engineer")).email)
    assert engineer.get(f"/api/attach/files/{card.id}").status_code == 404
    assert other.client().get(f"/api/attach/files/{card.id}").status_code == 404
    assert Client().get(f"/api/attach/files/{card.id}").status_code == 401


def test_a_lost_content_is_told_as_it_is(tenant):
    card = sent(tenant.client(), "lost.txt", b"soon to be lost").json()
    row = File.objects.of(entered(tenant.owner)).get(id=card["id"])
    storage.path_of(row.sha256).unlink()
    answer = tenant.client().get(f"/api/attach/files/{card['id']}")
    assert (answer.status_code, answer.json()["code"]) == (500, "file_content_missing")


def test_everything_at_a_record_and_the_lists(tenant):
    client, role = tenant.client(), record(tenant.owner)
    card = sent(client).json()
    on = {"kind": KIND, "row_id": str(role)}
    for path, body in (
        (f"files/{card['id']}/link", {**on, "role": "photo"}),
        ("comments/add", {**on, "text": "hello"}),
        ("tags/put", {**on, "names": ["red"]}),
        ("references/set", {**on, "scheme": "erp", "identifier": "1"}),
        (
            "attributes/set_many",
            {"lines": [{**on, "name": "Power", "value_type": "number", "number": "5", "unit": "kW"}]},
        ),
    ):
        answer = client.post(f"/api/attach/{path}", body, content_type="application/json")
        assert answer.status_code == 200, answer.content
    found = client.get(f"/api/attach/records/{KIND}/{role}").json()
    assert {key: len(value) for key, value in found.items()} == {
        "files": 1, "comments": 1, "signatures": 0, "attributes": 1, "references": 1, "tags": 1,
    }  # fmt: skip
    for name, held in found.items():
        answer = client.get(f"/api/attach/{name}?count=exact")
        assert answer.json()["count"]["value"] == len(held), name
        assert client.get(f"/api/attach/{name}/columns").status_code == 200
    assert client.get(f"/api/attach/records/nothing.there/{role}").status_code == 422
    assert client.get(f"/api/attach/records/{KIND}/{card['id']}").status_code == 404
