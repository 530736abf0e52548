"""Films of guests: the report is there at once, the film comes behind it, cut or not, and nobody else's counts."""

import base64

import pytest

from trunnion.attach.models import Upload
from trunnion.attach.queries import files_of
from trunnion.attach.tests.films import mp4
from trunnion.kernel.journal import enter_organisation

from .builders import Guest, photo, problem_of

TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def guest(db) -> Guest:
    return Guest()


def begun(guest, token, data, name="leak.mp4", at="scan"):
    said = "filename " + base64.b64encode(name.encode()).decode()
    headers = {**TUS, "Upload-Length": str(len(data)), "Upload-Metadata": said}
    return guest.client.post(f"/api/service/{at}/{token}/uploads", headers=headers)


def piece(guest, where, offset, data):
    headers = {**TUS, "Upload-Offset": str(offset)}
    return guest.client.patch(where, data, content_type="application/offset+octet-stream", headers=headers)


def test_the_report_does_not_wait_for_the_film(service, guest):
    film = mp4(30)
    made = begun(guest, service.label, film)
    where, upload_id = made["Location"], made.json()["id"]
    guest.client.put(f"{where}/poster", photo(), content_type="image/jpeg")
    piece(guest, where, 0, film[:500])
    token, row = service.reported(guest, text="", upload_ids=[upload_id])
    shown = guest.progress(token).json()
    assert shown["photos"] == []
    assert shown["incoming"] == [{"id": upload_id, "name": "leak.mp4", "size": len(film), "received": 500}]
    done = piece(guest, where, 500, film[500:])
    assert done.status_code == 204, done.content
    shown = guest.progress(token).json()
    assert shown["incoming"] == []
    assert [(p["media_type"], p["has_thumbnail"]) for p in shown["photos"]] == [("video/mp4", True)]
    # What came late is at the order as well.
    enter_organisation(service.tenant.id)
    assert [f.name for f in files_of(service.owner, "work.order", row.order_id)] == ["leak.mp4"]
    at = f"/api/service/progress/{token}/files/{shown['photos'][0]['id']}"
    part = guest.client.get(at, headers={"Range": "bytes=0-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, film[:8])


def test_a_film_that_was_there_before_the_report_goes_along(service, guest):
    film = mp4(8)
    made = begun(guest, service.label, film)
    piece(guest, made["Location"], 0, film)
    _, row = service.reported(guest, text="Leaks", upload_ids=[made.json()["id"]])
    enter_organisation(service.tenant.id)
    assert [f.name for f in files_of(service.owner, "work.order", row.order_id)] == ["leak.mp4"]


def test_too_long_a_film_and_no_film_are_refused_in_words(service, guest):
    for data, code in (
        (mp4(90), "upload.film_too_long"),
        (b"%PDF-1.4 " + bytes(600), "upload.not_seen_or_heard"),
    ):
        where = begun(guest, service.label, data)["Location"]
        refused = piece(guest, where, 0, data)
        assert refused.status_code == 422
        assert problem_of(refused)["errors"][0]["code"] == code
        assert guest.client.head(where, headers=TUS).status_code == 404
    enter_organisation(service.tenant.id)
    assert not Upload.objects.of(service.owner).exists()


def test_another_labels_upload_is_not_there(service, elsewhere, guest):
    film = mp4(5)
    made = begun(guest, service.label, film)
    where, upload_id = made["Location"], made.json()["id"]
    foreign = where.replace(service.label, elsewhere.label)
    assert guest.client.head(foreign, headers=TUS).status_code == 404
    assert piece(guest, foreign, 0, film).status_code == 404
    refused = guest.report(elsewhere.label, upload_ids=[upload_id])
    assert refused.status_code == 422
    assert problem_of(refused)["errors"][0]["pointer"] == "/upload_ids/0"


def test_a_follower_sends_nothing(service, guest):
    service.reported(guest)
    follower = guest.scan(service.label).json()["open"][0]["progress_token"]
    assert begun(guest, follower, mp4(5), at="progress").status_code == 403


def test_a_film_for_a_message(service, guest):
    token, _ = service.reported(guest)
    film = mp4(5)
    made = begun(guest, token, film, at="progress")
    piece(guest, made["Location"], 0, film)
    assert guest.act(token, "message", upload_ids=[made.json()["id"]]).status_code == 200
    assert [p["media_type"] for p in guest.progress(token).json()["photos"]] == ["video/mp4"]


def test_symptoms_are_offered_and_told(service, guest):
    offered = guest.scan(service.label).json()["symptoms"]
    assert offered
    token, row = service.reported(guest, text="", symptoms=[offered[0]["code"]])
    assert row.symptoms == [offered[0]["code"]]
    assert row.title == offered[0]["name"]
    assert offered[0]["name"] in service.row(row.order_id).symptom
    assert guest.progress(token).json()["symptoms"] == [offered[0]["name"]]
    refused = guest.report(service.label, symptoms=["nothing_of_the_kind"])
    assert problem_of(refused)["errors"][0]["pointer"] == "/symptoms/0"
