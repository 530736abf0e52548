"""Documents that whoever scans the label may read: those that were made public, and nothing else."""

import pytest

from trunnion.assets.commands import asset
from trunnion.assets.tests.builders import pump_model
from trunnion.attach.commands import comment, file
from trunnion.attach.tests.builders import entered, stored
from trunnion.kernel.errors import NotGranted, Refusal
from trunnion.service.tests.builders import Guest


@pytest.fixture
def guest():
    return Guest()


def manuals(guest, service):
    return guest.scan(service.label).json()["manuals"]


def read(guest, service, file_id):
    return guest.client.get(f"/api/service/scan/{service.label}/manuals/{file_id}")


def put(service, kind, row_id, name, **more):
    card = stored(service.owner, name, **more)
    return card.id, file.link(entered(service.owner), card.id, kind, row_id).id


def test_nothing_is_public_until_somebody_says_so(service, guest):
    file_id, link_id = put(service, "assets.asset", service.pump, "drawing.jpg")
    assert (manuals(guest, service), read(guest, service, file_id).status_code) == ([], 404)
    file.publish(service.owner, link_id)
    (shown,) = manuals(guest, service)
    assert (shown["id"], shown["name"]) == (str(file_id), "drawing.jpg")
    answer = read(guest, service, file_id)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    file.unpublish(service.owner, link_id)
    assert (manuals(guest, service), read(guest, service, file_id).status_code) == ([], 404)


def test_the_papers_of_the_model_are_read_at_each_of_its_machines(service, guest):
    model_id = pump_model(service.owner)
    asset.edit(service.owner, service.pump, model_id=model_id)
    file_id, link_id = put(service, "catalog.model", model_id, "manual.jpg")
    inside, _ = put(service, "catalog.model", model_id, "costs.jpg")
    file.publish(service.owner, link_id)
    assert [one["name"] for one in manuals(guest, service)] == ["manual.jpg"]
    assert read(guest, service, file_id).status_code == 200
    assert read(guest, service, inside).status_code == 404


def test_what_hangs_on_other_records_is_not_read_by_a_label(service, guest):
    made = service.order().id
    file_id, link_id = put(service, "work.order", made, "report.jpg")
    file.publish(service.owner, link_id)
    assert (manuals(guest, service), read(guest, service, file_id).status_code) == ([], 404)


def test_whoever_may_not_edit_the_record_publishes_nothing(service):
    _, link_id = put(service, "assets.asset", service.pump, "drawing.jpg")
    with pytest.raises(NotGranted):
        file.publish(service.engineer, link_id)


def test_what_was_said_to_colleagues_stays_with_them(service):
    card = stored(service.owner, "voice.jpg")
    comment.add(service.owner, "assets.asset", service.pump, "Listen", is_internal=True, file_ids=[card.id])
    held = service.tenant.client().get(f"/api/attach/records/assets.asset/{service.pump}").json()["files"]
    with pytest.raises(Refusal) as refused:
        file.publish(service.owner, held[0]["link_id"])
    assert refused.value.code == "file_not_public"
