"""Pictures for guests: of the machine, of one's own report; nobody else's, nothing internal."""

import pytest

from trunnion.attach.commands import comment, file
from trunnion.attach.types import FileRole
from trunnion.service.commands import triage

from .builders import Guest, photo


@pytest.fixture
def guest(db) -> Guest:
    return Guest()


def seen(guest, token, file_id, small="") -> int:
    return guest.client.get(f"/api/service/progress/{token}/files/{file_id}{small}").status_code


def test_the_machine_on_its_label(service, guest):
    assert guest.scan(service.label).json()["asset"]["photo"] is None
    assert guest.client.get(f"/api/service/scan/{service.label}/photo").status_code == 404
    sent = file.store(service.owner, "pump.jpg", [photo()])
    file.link(service.owner, sent.id, "assets.asset", service.pump, role=FileRole.PHOTO)
    path = guest.scan(service.label).json()["asset"]["photo"]
    answer = guest.client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert guest.client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_photos_of_a_report_and_of_the_work(service, guest):
    mine = guest.send_photo(service.label).json()["id"]
    token, row = service.reported(guest, file_ids=[mine])
    tag = guest.progress(token)["ETag"]
    after = file.store(service.owner, "after.jpg", [photo("green")])
    file.link(service.owner, after.id, "work.order", row.order_id, role=FileRole.AFTER)
    told = guest.progress(token, tag)
    assert [(p["id"], p["role"]) for p in told.json()["photos"]] == [
        (mine, "photo"),
        (str(after.id), "after"),
    ]
    for file_id in (mine, after.id):
        assert seen(guest, token, file_id) == seen(guest, token, file_id, "/thumbnail") == 200


def test_nothing_internal_and_nothing_of_others(service, elsewhere, guest):
    token, row = service.reported(guest)
    internal = file.store(service.owner, "x.jpg", [photo("blue")])
    comment.add(
        service.owner, "work.order", row.order_id, "Look at that", is_internal=True, file_ids=(internal.id,)
    )
    loose = file.store(service.owner, "y.jpg", [photo("black")])
    theirs = guest.send_photo(elsewhere.label).json()["id"]
    elsewhere.reported(guest, file_ids=[theirs])
    for file_id in (internal.id, loose.id, theirs):
        assert seen(guest, token, file_id) == 404
    assert guest.progress(token).json()["photos"] == []


def test_who_only_follows_or_was_merged_sees_no_photo(service, guest):
    mine = guest.send_photo(service.label).json()["id"]
    _, one = service.reported(guest, file_ids=[mine])
    follower = guest.scan(service.label).json()["open"][0]["progress_token"]
    second, two = service.reported(Guest(address="192.0.2.8"))
    triage.merge(service.owner, two.id, into_id=one.id)
    for token in (follower, second):
        assert seen(guest, token, mine) == 404
        assert guest.progress(token).json()["photos"] == []


def test_what_was_sent_and_never_reported_is_swept(service, guest, monkeypatch):
    from trunnion.attach import tasks
    from trunnion.attach.models import File
    from trunnion.kernel.clock import minutes
    from trunnion.kernel.journal import enter_organisation

    kept = guest.send_photo(service.label).json()["id"]
    service.reported(guest, file_ids=[kept])
    guest.send_photo(service.label)
    monkeypatch.setattr(tasks, "OLD", minutes(0))
    tasks.sweep(lambda done, total: None)
    enter_organisation(service.tenant.id)
    left = File.objects.of(service.owner).filter(uploaded_by_id=None).values_list("id", flat=True)
    assert [str(i) for i in left] == [kept]
