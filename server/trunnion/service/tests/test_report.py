"""Scan and report: public facts, one request for one key, nothing lost on the way to the order, limits."""

import json
from datetime import timedelta

import pytest

from trunnion.attach.models import File, FileLink
from trunnion.attach.queries import files_of
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import Attempt, Payload, Replay
from trunnion.service.models import GuestLink, Request
from trunnion.service.rules import files as rules
from trunnion.work.models import Order

from .builders import Guest, Service, photo, problem_of

SECRET_NAME, SECRET_PHONE = "Zhang Xiaomei", "13812345678"


@pytest.fixture
def guest(db) -> Guest:
    return Guest()


def test_a_scan_tells_what_the_machine_is(service, guest):
    answer = guest.scan(service.label)
    assert answer.status_code == 200
    asset = answer.json()["asset"]
    assert (asset["name"], asset["place"]) == ("Feed pump 2", "Harbour")
    assert answer.json()["open"] == []


def test_a_report_becomes_an_order_without_losing_anything(service, guest):
    ids = [guest.send_photo(service.label, name=f"{i}.jpg").json()["id"] for i in range(2)]
    token, row = service.reported(
        guest, text="Leaks at the seal\nsince Monday", is_stopped=True, contact_name=SECRET_NAME,
        contact_phone=SECRET_PHONE, file_ids=ids, language="zh-CN",
    )  # fmt: skip
    assert row.number == "SR-000001"
    assert (row.state, row.channel, row.language, row.is_stopped) == ("ordered", "scan", "zh-CN", True)
    made = service.row(service.order_of(row))
    assert (made.state, made.source, made.is_stopped, made.asset_id) == (
        "requested",
        "customer",
        True,
        service.pump,
    )
    assert made.title == "Leaks at the seal"
    assert "since Monday" in made.description
    linked = {f.file_id for f in files_of(service.owner, "work.order", made.id)}
    assert {str(i) for i in linked} == set(ids)
    assert SECRET_NAME not in made.reporter_name
    assert guest.progress(token).status_code == 200


def test_a_photo_alone_is_a_report(service, guest):
    sent = guest.send_photo(service.label).json()["id"]
    _, row = service.reported(guest, text="", file_ids=[sent], language="zh-CN")
    assert row.title == "图片报修"


def test_neither_words_nor_photo_is_refused(service, guest):
    answer = guest.report(service.label, text="  ")
    assert answer.status_code == 422
    assert problem_of(answer)["errors"][0]["pointer"] == "/text"
    assert answer.json()["errors"][0]["code"] == "service.text_or_photo"
    assert not Request.objects.of(service.owner).exists()
    assert not GuestLink.objects.exists()


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"text": 5}, "/text"), ({"is_stopped": "perhaps"}, "/is_stopped"), ({"file_ids": ["x"]}, "/file_ids/0"),
        ({"language": "xx"}, "/language"), ({"asset_id": "x"}, "/asset_id"), ({"text": "x" * 6000}, "/text"),
        ({"contact_name": "x" * 300}, "/contact_name"), ({"text": "a\x00b"}, "/text"), ({"kind": "x"}, "/kind"),
        ({"file_ids": ["0190a000-0000-7000-8000-000000000000"]}, "/file_ids/0"),
    ],
)  # fmt: skip
def test_bad_input_names_its_field(service, guest, said, pointer):
    answer = guest.report(service.label, **said)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer, answer.json()
    assert not Request.objects.of(service.owner).exists()


def test_one_key_is_one_request(service, guest):
    first = guest.report(service.label, key="k1")
    again = guest.report(service.label, key="k1")
    assert first.json() == again.json()
    assert Request.objects.of(service.owner).count() == 1
    other_words = guest.report(service.label, key="k1", text="Something else")
    assert other_words.status_code == 422
    assert other_words.json()["code"] == "key_reused"
    assert guest.report(service.label, key="k2").json() != first.json()


def test_two_labels_may_use_the_same_key(service, elsewhere, guest):
    guest.report(service.label, key="k1")
    second = Service.reported(elsewhere, Guest(), text="Other thing")
    assert second[1].number == "SR-000001"


def test_a_second_scan_shows_what_is_reported_and_how_to_follow_it(service, guest):
    token, _ = service.reported(guest, text="Leaks, call 13812345678", contact_name=SECRET_NAME)
    shown = Guest().scan(service.label).json()["open"]
    assert [(r["title"], r["state"]) for r in shown] == [("Leaks, call ***", "requested")]
    follower = shown[0]["progress_token"]
    assert follower not in (None, token)
    assert Guest().progress(follower).json()["role"] == "follower"
    assert Guest().act(follower, "message", text="me too").status_code == 403
    assert Request.objects.of(service.owner).count() == 1


def test_what_is_repaired_is_no_longer_offered_as_duplicate(service, guest):
    _, row = service.reported(guest)
    service.bring(row, "dispatch", "start", "complete")
    assert guest.scan(service.label).json()["open"] == []


def test_unknown_labels_are_nothing_and_revoked_ones_only_say_so(service, guest):
    from trunnion.assets.commands import qr

    unknown = guest.scan("x" * 27)
    assert unknown.status_code == 404
    assert problem_of(unknown) == problem_of(guest.scan("y"))
    name = guest.scan(service.label).json()["asset"]["name"]
    qr.revoke(service.owner, service.pump, reason="Stolen by Li")
    for answer in (guest.scan(service.label), guest.report(service.label), guest.send_photo(service.label)):
        assert answer.status_code == 410
        assert problem_of(answer)["code"] == "assets.label_revoked"
        assert not [said for said in (name, "Stolen") if said in answer.content.decode()]


def test_names_and_numbers_stay_out_of_journal_replay_and_order(service, guest):
    service.reported(guest, key="k1", contact_name=SECRET_NAME, contact_phone=SECRET_PHONE)
    enter_organisation(service.tenant.id)
    kept = [*Payload.objects.values_list("body", flat=True), *Replay.objects.values_list("answer", flat=True)]
    kept += [json.dumps(row, default=str) for row in Order.objects.of(service.owner).values()]
    assert not [text for text in kept if SECRET_NAME in text or SECRET_PHONE in text]


def test_tokens_are_kept_nowhere(service, guest):
    token, row = service.reported(guest, key="k1")
    assert len(token) * 6 >= 160
    enter_organisation(service.tenant.id)
    kept = [*Payload.objects.values_list("body", flat=True), *Replay.objects.values_list("answer", flat=True)]
    kept += [str(link.__dict__) for link in service.links(row)]
    kept += list(Attempt.objects.values_list("bucket", flat=True))
    assert not [text for text in kept if token in text or service.label in text]


class TestFiles:
    def test_only_what_can_be_seen_or_heard(self, service, guest):
        for data, name in (
            (b"#!/bin/sh\nrm", "a.jpg"),
            (b"%PDF-1.7 x", "a.pdf"),
            (b"<svg/>", "a.svg"),
            (b"MZ\x00", "a.png"),
        ):
            answer = guest.send_photo(service.label, data, name)
            assert answer.status_code == 422, name
            assert answer.json()["errors"][0]["pointer"] == "/file"
        assert not File.objects.of(service.owner).exists()

    def test_a_broken_photo_is_refused(self, service, guest):
        assert guest.send_photo(service.label, photo()[:60]).status_code == 422

    def test_nothing_and_two_are_refused(self, service, guest):
        assert guest.client.post(f"/api/service/scan/{service.label}/files").status_code == 422

    def test_too_large_is_refused_before_it_is_read(self, service, guest, monkeypatch):
        monkeypatch.setattr(rules, "MOST_BYTES", 100)
        monkeypatch.setattr("trunnion.service.api.guests.SLACK", 0)
        answer = guest.send_photo(service.label)
        assert answer.status_code == 413
        assert answer.json()["code"] == "file_too_large"

    def test_another_label_cannot_claim_them(self, service, elsewhere, guest):
        mine = guest.send_photo(service.label).json()["id"]
        theirs = guest.send_photo(elsewhere.label).json()["id"]
        assert guest.report(service.label, file_ids=[theirs]).status_code == 422
        assert guest.report(service.label, file_ids=[mine]).status_code == 200
        twice = guest.report(service.label, file_ids=[mine])
        assert twice.json()["errors"][0]["code"] == "file_not_yours"
        enter_organisation(service.tenant.id)
        assert FileLink.objects.of(service.owner).filter(subject_kind="work.order").count() == 1

    def test_at_most_ten_belong_to_one_report(self, service, guest):
        answer = guest.report(service.label, file_ids=["0190a000-0000-7000-8000-000000000000"] * 11)
        assert answer.json()["errors"][0]["pointer"] == "/file_ids"


class TestLimits:
    def test_a_label_takes_so_many_reports(self, service, guest, monkeypatch):
        monkeypatch.setattr(rules, "REPORTS_PER_LABEL", 2)
        for _ in range(2):
            assert guest.report(service.label).status_code == 200
        refused = Guest(address="192.0.2.99").report(service.label)
        assert refused.status_code == 429
        assert 0 < int(refused["Retry-After"]) <= rules.WINDOW / timedelta(seconds=1)
        assert refused.json()["code"] == "service.too_often"
        enter_organisation(service.tenant.id)
        assert Request.objects.of(service.owner).count() == 2

    def test_an_address_sends_so_many(self, service, elsewhere, guest, monkeypatch):
        monkeypatch.setattr(rules, "REPORTS_PER_ADDRESS", 1)
        assert guest.report(service.label).status_code == 200
        assert guest.report(elsewhere.label).status_code == 429
        assert Guest(address="192.0.2.99").report(elsewhere.label).status_code == 200

    def test_files_and_messages_are_counted_too(self, service, guest, monkeypatch):
        monkeypatch.setattr(rules, "FILES_PER_LABEL", 1)
        monkeypatch.setattr(rules, "CALLS_PER_LINK", 1)
        assert guest.send_photo(service.label).status_code == 200
        assert guest.send_photo(service.label).status_code == 429
        token, _ = service.reported(guest)
        assert guest.act(token, "message", text="Hello").status_code == 200
        assert guest.act(token, "message", text="Hello?").status_code == 429
