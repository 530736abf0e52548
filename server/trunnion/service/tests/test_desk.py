"""The signed-in side: requests taken, put right, ordered, answered, rejected, merged; who sees what of them."""

from typing import Any

import pytest

from trunnion.attach.commands import file
from trunnion.attach.queries import files_of
from trunnion.identity.types import ScopeKind
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal, WrongState
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import Payload
from trunnion.parties.commands import party
from trunnion.parties.types import PartyRole
from trunnion.service.commands import desk, triage
from trunnion.service.commands import guest as guests
from trunnion.service.models import GuestLink, Request
from trunnion.service.queries.requests import get_request, get_request_card
from trunnion.service.types import Channel, RequestKind
from trunnion.work.commands import order
from trunnion.work.types import OrderKind, Priority

from .builders import Guest, photo

SAID: dict[str, Any] = {"text": "Pump is loud", "reporter_name": "张小明", "reporter_contact": "13812345678"}


def test_a_fault_told_by_telephone_becomes_an_order_at_once(service):
    sent = file.store(service.owner, "pump.jpg", [photo()])
    made = desk.create(
        service.owner,
        **SAID,
        channel=Channel.PHONE,
        asset_id=service.pump,
        file_ids=[sent.id],
        priority=Priority.URGENT,
    )
    assert (made.number, made.state) == ("SR-000001", "ordered")
    row = service.row(made.order_id)
    assert (row.state, row.priority, row.source, row.location_id) == (
        "requested", Priority.URGENT, "customer", service.site,
    )  # fmt: skip
    assert [f.file_id for f in files_of(service.owner, "work.order", row.id)] == [sent.id]


def test_a_question_waits_for_its_answer(service):
    made = desk.create(service.owner, text="When is the next service?", kind=RequestKind.CONSULTATION)
    assert (made.state, made.order_id) == ("new", None)
    assert desk.finish(service.owner, made.id, answer="In May.").state == "done"
    with pytest.raises(WrongState):
        desk.order(service.owner, made.id)
    assert triage.reopen(service.owner, made.id, reason="And this year?").state == "new"
    ordered = desk.order(service.owner, made.id, kind=OrderKind.INSPECTION, priority=Priority.LOW)
    assert service.row(ordered.order_id).work_kind == "inspection"
    with pytest.raises(Refusal, match=r"service\.ends_with_order"):
        desk.finish(service.owner, made.id)


def test_the_answer_to_a_question_reaches_who_asked(service):
    made = desk.create(service.owner, text="When is the next service?", kind=RequestKind.CONSULTATION)
    client = service.tenant.client()
    shared = client.post(f"/api/service/requests/{made.id}/share").json()
    visitor = Guest()
    assert visitor.progress(shared["progress_token"]).json()["steps"][0]["current"]
    assert visitor.act(shared["progress_token"], "message", text="In summer?").status_code == 200
    desk.finish(service.owner, made.id, answer="In May.")
    told = visitor.progress(shared["progress_token"]).json()
    assert [(s["key"], s["current"]) for s in told["steps"]] == [("received", False), ("answered", True)]
    assert [m["text"] for m in told["messages"]] == ["In summer?", "In May."]
    assert all(link.expires_at for link in GuestLink.objects.filter(request_id=made.id))


def test_reject_takes_the_order_along(service):
    made = desk.create(service.owner, **SAID)
    assert triage.reject(service.owner, made.id, reason="Not ours").state == "rejected"
    assert service.row(made.order_id).state == "rejected"
    with pytest.raises(WrongState):
        triage.reject(service.owner, made.id, reason="Not ours")
    assert triage.reopen(service.owner, made.id, reason="It is ours").state == "ordered"
    assert service.row(made.order_id).state == "requested"


def test_edit_puts_right_and_keeps_the_reporter_out_of_the_journal(service):
    made = desk.create(service.owner, text="Loud")
    changed = desk.edit(
        service.owner, made.id, kind=RequestKind.COMPLAINT, asset_id=service.pump, reporter_name="Secretive",
        reporter_contact="secretive@mail.invalid",
    )  # fmt: skip
    row = service.request(made.number)
    assert (row.request_kind, row.asset_id, row.reporter_hint) == (
        "complaint",
        service.pump,
        "S. s***@mail.invalid",
    )
    assert changed.version > made.version
    bodies = " ".join(
        Payload.objects.filter(organisation_id=service.tenant.id).values_list("body", flat=True)
    )
    assert "ecretive" not in bodies
    assert "mail.invalid" not in bodies


class TestMerging:
    def pair(self, service):
        visitors = Guest(), Guest(address="192.0.2.8")
        return [service.reported(v, text=f"Leak {i}") for i, v in enumerate(visitors)]

    def test_the_survivor_speaks_for_both(self, service):
        (first, one), (second, two) = self.pair(service)
        visitor = Guest()
        visitor.act(first, "message", text="Private words")
        assert triage.merge(service.owner, two.id, into_id=one.id).state == "merged"
        assert service.row(two.order_id).state == "merged"
        service.bring(one, "dispatch", "start")
        told = visitor.progress(second).json()
        assert next(s["key"] for s in told["steps"] if s["current"]) == "working"
        assert (told["number"], told["merged_into"]) == (two.number, one.number)
        assert "Private words" not in visitor.progress(second).content.decode()
        assert told["actions"] == ["message"]
        assert visitor.act(second, "message", text="Still leaks").status_code == 200
        assert [m["text"] for m in visitor.progress(first).json()["messages"]] == [
            "Private words",
            "Still leaks",
        ]
        service.bring(one, "complete", "close")
        assert all(link.expires_at for link in [*service.links(one), *service.links(two)])

    def test_from_the_side_of_the_orders(self, service):
        (_, one), (_, two) = self.pair(service)
        order.merge(service.owner, two.order_id, into_id=one.order_id)
        row = service.again(two)
        assert (row.state, row.merged_into_id) == ("merged", one.id)
        order.unmerge(service.owner, two.order_id)
        row = service.again(two)
        assert (row.state, row.merged_into_id) == ("ordered", None)

    def test_into_an_order_that_nobody_asked_for(self, service):
        token, row = service.reported()
        other = service.order(title="Found on the round")
        order.merge(service.owner, row.order_id, into_id=other.id)
        assert service.again(row).state == "ordered"
        service.do("dispatch", other.id)
        service.do("start", other.id)
        told = Guest().progress(token).json()
        assert next(s["key"] for s in told["steps"] if s["current"]) == "working"
        service.do("complete", other.id)
        service.do("close", other.id)
        assert service.again(row).state == "done"

    def test_undone(self, service):
        (_, one), (_, two) = self.pair(service)
        triage.merge(service.owner, two.id, into_id=one.id)
        assert triage.reopen(service.owner, two.id, reason="Two leaks after all").state == "ordered"
        assert service.row(two.order_id).state == "requested"

    def test_a_question_brings_its_photos_to_the_order(self, service):
        sent = file.store(service.owner, "pump.jpg", [photo()])
        asked = desk.create(
            service.owner, text="Is this normal?", kind=RequestKind.CONSULTATION, file_ids=[sent.id]
        )
        _, row = service.reported()
        with pytest.raises(Refusal, match=r"service\.merge_other_way"):
            triage.merge(service.owner, row.id, into_id=asked.id)
        triage.merge(service.owner, asked.id, into_id=row.id)
        assert [f.file_id for f in files_of(service.owner, "work.order", row.order_id)] == [sent.id]

    def test_refused(self, service, elsewhere):
        (_, one), (_, two) = self.pair(service)
        _, foreign = elsewhere.reported(Guest(address="192.0.2.9"))
        enter_organisation(service.tenant.id)
        with pytest.raises(Invalid):
            triage.merge(service.owner, one.id, into_id=one.id)
        with pytest.raises(NotVisible):
            triage.merge(service.owner, one.id, into_id=foreign.id)
        triage.reject(service.owner, two.id, reason="No")
        with pytest.raises(Refusal, match=r"service\.survivor_not_open"):
            triage.merge(service.owner, one.id, into_id=two.id)


class TestWhoSeesWhat:
    def test_contact_is_for_those_who_may(self, service):
        made = desk.create(service.owner, **SAID)
        full = get_request(service.tenant.person("dispatcher"), made.id)
        assert (full["reporter_name"], full["reporter_contact"]) == ("张小明", "13812345678")
        less = get_request(service.tenant.person("team_leader"), made.id)
        assert (less["reporter_name"], less["reporter_contact"]) == (None, None)
        assert less["reporter"] == "张** 138****78"
        assert less["actions"] == []

    def test_lists_and_exports_show_a_hint_only(self, service):
        desk.create(service.owner, **SAID, asset_id=service.pump)
        answer = service.tenant.client().get("/api/service/requests")
        assert answer.status_code == 200
        row = answer.json()["rows"][0]
        assert (row["reporter"], row["asset"], row["order_state"]) == (
            "张** 138****78",
            "Feed pump 2",
            "requested",
        )
        assert "13812345678" not in answer.content.decode()
        assert "张小明" not in answer.content.decode()

    def test_erased_is_gone(self, service):
        made = desk.create(service.owner, **SAID)
        desk.erase(service.owner, made.id)
        row = service.request(made.number)
        assert (row.reporter_name, row.reporter_contact, row.reporter_hint) == ("", "", "")
        assert "erase" not in get_request(service.owner, made.id)["actions"]

    def test_searched_and_filtered(self, service):
        client = service.tenant.client()
        desk.create(service.owner, text="水泵漏水", is_stopped=True)
        desk.create(service.owner, text="Fan is loud")
        assert [r["title"] for r in client.get("/api/service/requests?search=漏水").json()["rows"]] == [
            "水泵漏水"
        ]
        asked = '{"field":"is_stopped","op":"eq","value":true}'
        assert len(client.get("/api/service/requests", {"filter": asked}).json()["rows"]) == 1
        for sort in ("number", "-received_at", "urged_at", "rating"):
            assert len(client.get("/api/service/requests", {"sort": sort}).json()["rows"]) == 2
        assert client.get("/api/service/requests?search=13812345678").json()["rows"] == []

    def test_without_the_right_nothing_is_written(self, service):
        engineer = service.tenant.person("engineer")
        with pytest.raises(NotGranted):
            desk.create(engineer, text="Loud")
        made = desk.create(service.owner, text="Loud")
        for call in (
            lambda: triage.reject(engineer, made.id, reason="x"),
            lambda: desk.erase(engineer, made.id),
            lambda: desk.share(engineer, made.id),
            lambda: guests.rate(engineer, made.id, stars=5),
        ):
            with pytest.raises(NotGranted):
                call()
        assert Request.objects.of(service.owner).get().state == "ordered"

    def test_somebody_scoped_to_a_customer_sees_their_requests_only(self, service):
        customer = party.create(service.owner, name="Harbour Line", roles=[PartyRole.CUSTOMER]).id
        own = desk.create(service.owner, text="Ours", customer_id=customer)
        desk.create(service.owner, text="Not ours", asset_id=service.pump)
        scopes = [{"by": ScopeKind.CUSTOMER, "target_id": customer}]
        scoped = service.tenant.person("salesperson", scopes=scopes)
        enter_organisation(service.tenant.id)
        assert get_request_card(scoped, own.id).text == "Ours"
        from trunnion.kernel.policies import visible

        assert [r.text for r in visible(scoped, Request)] == ["Ours"]


def test_another_organisation_sees_nothing(service, elsewhere):
    _, foreign = elsewhere.reported(text="CANARY")
    client = service.tenant.client()
    assert client.get("/api/service/requests").json()["rows"] == []
    path = f"/api/service/requests/{foreign.id}"
    assert client.get(path).status_code == 404
    for verb in ("order", "finish", "reject", "merge", "cancel", "reopen", "share", "erase"):
        body = {
            "reject": {"reason": "x"},
            "reopen": {"reason": "x"},
            "merge": {"into_id": str(foreign.id)},
        }.get(verb)
        answer = client.post(f"{path}/{verb}", body, content_type="application/json")
        assert answer.status_code in (404, 422), (verb, answer.content)
    assert (
        client.patch(
            path, {"kind": "service"}, content_type="application/json", headers={"If-Match": '"1"'}
        ).status_code
        == 404
    )
    made = client.post(
        "/api/service/requests/create",
        {"text": "x", "asset_id": str(elsewhere.pump)},
        content_type="application/json",
    )
    assert (made.status_code, made.json()["errors"][0]["pointer"]) == (422, "/asset_id")
    assert elsewhere.again(foreign).state == "ordered"


def test_an_edit_must_say_what_it_saw(service):
    made = desk.create(service.owner, text="Loud")
    client = service.tenant.client()
    path = f"/api/service/requests/{made.id}"
    assert client.patch(path, {"kind": "service"}, content_type="application/json").status_code == 428
    stale = client.patch(
        path, {"kind": "service"}, content_type="application/json", headers={"If-Match": '"9"'}
    )
    assert stale.status_code == 412
    tag = client.get(path)["ETag"]
    done = client.patch(path, {"kind": "service"}, content_type="application/json", headers={"If-Match": tag})
    assert done.status_code == 200
