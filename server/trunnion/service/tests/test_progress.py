"""Progress for guests: what the link shows, what it lets one do, and that it tells nothing to anybody else."""

import pytest
import time_machine

from trunnion.attach.commands import comment
from trunnion.attach.queries import comments_of
from trunnion.kernel import clock
from trunnion.kernel.clock import minutes
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import Entry
from trunnion.service.models import GuestLink
from trunnion.work.models import Order

from .builders import Guest, problem_of, signature

DAY = minutes(24 * 60)


@pytest.fixture
def guest(db) -> Guest:
    return Guest()


def current(answer) -> str:
    return next(s["key"] for s in answer.json()["steps"] if s["current"])


def test_the_whole_way(service, guest):
    token, row = service.reported(guest)
    assert current(guest.progress(token)) == "received"
    for verb, step in (
        ("approve", "accepted"), ("dispatch", "assigned"), ("accept", "assigned"), ("depart", "departed"),
        ("arrive", "arrived"), ("start", "working"), ("wait", "waiting"), ("resume", "working"),
        ("complete", "repaired"),
    ):  # fmt: skip
        service.bring(row, verb)
        answer = guest.progress(token)
        assert current(answer) == step, verb
        assert answer.json()["can_confirm"] == (verb == "complete")
    told = answer.json()
    assert told["engineer"] == {"name": "Li"}
    assert told["remedy"] == "Seal replaced"
    assert all(s["at"] for s in told["steps"] if s["done"])
    assert told["asset"]["name"] == "Feed pump 2"


def test_waiting_says_why_in_both_languages(service, guest):
    token, row = service.reported(guest)
    service.bring(row, "dispatch", "start", "wait")
    told = guest.progress(token).json()
    assert (told["waiting_reason"], told["waiting_words"]) == ("access", "waiting for access")
    chinese = Guest("zh-CN").progress(token).json()
    assert chinese["waiting_words"] == "等待进场"
    assert [s["title"] for s in chinese["steps"]][:2] == ["报修已收到", "已受理"]
    assert guest.progress(token, language="zh-CN").json()["waiting_words"] == "等待进场"


def test_polling_is_cheap(service, guest, django_assert_max_num_queries):
    token, row = service.reported(guest)
    seen = guest.progress(token)
    assert seen["Cache-Control"] == "private, no-cache"
    with django_assert_max_num_queries(5):
        again = guest.progress(token, seen["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert Guest("zh-CN").progress(token, seen["ETag"]).status_code == 200
    service.bring(row, "approve")
    news = guest.progress(token, seen["ETag"])
    assert news.status_code == 200
    said = comment.add(service.owner, "work.order", row.order_id, "We come at nine.").id
    told = guest.progress(token, news["ETag"])
    assert told.status_code == 200
    comment.edit(service.owner, said, "We come at ten.")
    told = guest.progress(token, told["ETag"])
    assert b"at ten" in told.content
    comment.remove(service.owner, said)
    assert b"at ten" not in guest.progress(token, told["ETag"]).content


def test_messages_go_both_ways_and_nothing_internal_is_told(service, guest):
    token, row = service.reported(guest)
    assert guest.act(token, "message", text="The gate is locked").status_code == 200
    comment.add(service.owner, "work.order", row.order_id, "Thanks, we ring.")
    comment.add(service.owner, "work.order", row.order_id, "This customer again", is_internal=True)
    told = guest.progress(token).json()["messages"]
    assert [(m["text"], m["is_mine"], m["name"]) for m in told] == [
        ("The gate is locked", True, None),
        ("Thanks, we ring.", False, "Wang"),
    ]
    written = comments_of(service.owner, "work.order", service.order_of(row))[0]
    assert (written.author_id, written.author_name) == (None, "Reporter")


def test_a_message_can_bring_a_photo(service, guest):
    token, row = service.reported(guest)
    sent = guest.send_photo(token, at="progress").json()["id"]
    assert guest.act(token, "message", file_ids=[sent]).status_code == 200
    assert guest.act(token, "message").status_code == 422
    from trunnion.attach.queries import files_of

    assert [str(f.file_id) for f in files_of(service.owner, "work.order", service.order_of(row))] == [sent]


def test_urging_counts_and_pauses(service, guest):
    token, row = service.reported(guest)
    assert guest.act(token, "urge").status_code == 200
    too_soon = guest.act(token, "urge")
    assert too_soon.status_code == 429
    assert 0 < int(too_soon["Retry-After"]) <= 1800
    with time_machine.travel(clock.now() + minutes(31), tick=True):
        assert guest.act(token, "urge", text="Water on the floor!").status_code == 200
    row = service.again(row)
    assert row.urged_count == 2
    said = [c.text for c in comments_of(service.owner, "work.order", service.order_of(row))]
    assert said == ["Please come sooner.", "Water on the floor!"]


def test_cancel_until_somebody_was_sent(service, guest):
    token, row = service.reported(guest)
    assert guest.act(token, "cancel", reason="Runs again").status_code == 200
    assert service.again(row).state == "cancelled"
    assert service.row(row.order_id).state == "cancelled"
    assert current(guest.progress(token)) == "cancelled"
    token, row = service.reported(guest)
    service.bring(row, "dispatch")
    late = guest.act(token, "cancel")
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")
    assert late.json()["facts"]["legal"] == ["message", "urge"]
    assert service.row(row.order_id).state == "dispatched"


class TestConfirming:
    def ready(self, service, guest):
        token, row = service.reported(guest)
        service.bring(row, "dispatch", "start", "complete")
        return token, row

    def test_with_a_signature(self, service, guest):
        token, row = self.ready(service, guest)
        answer = guest.act(
            token, "confirm", name="Zhao Min", signature_png_base64=signature(), remark="Thanks"
        )
        assert answer.status_code == 200, answer.content
        assert service.row(row.order_id).state == "confirmed"
        told = guest.progress(token).json()
        assert told["confirmed"]["name"] == "Zhao Min"
        assert told["can_confirm"] is False
        entry = Entry.objects.get(organisation_id=service.tenant.id, verb="service.request.confirm")
        assert (entry.door, entry.actor_id, entry.actor_name) == ("portal", None, "Reporter")

    def test_or_not_content(self, service, guest):
        token, row = self.ready(service, guest)
        assert (
            guest.act(token, "confirm", name="Zhao", accepted=False).json()["errors"][0]["pointer"]
            == "/remark"
        )
        assert (
            guest.act(token, "confirm", name="Zhao", accepted=False, remark="Still drips").status_code == 200
        )
        assert service.row(row.order_id).state == "in_progress"
        assert current(guest.progress(token)) == "working"

    @pytest.mark.parametrize("picture", [None, "", "no picture", "aGVsbG8="])
    def test_needs_a_real_signature(self, service, guest, picture):
        token, row = self.ready(service, guest)
        answer = guest.act(token, "confirm", name="Zhao", signature_png_base64=picture)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/signature_png_base64"
        assert service.row(row.order_id).state == "completed"

    def test_only_when_the_work_is_done(self, service, guest):
        token, row = service.reported(guest)
        answer = guest.act(token, "confirm", name="Zhao", signature_png_base64=signature())
        assert answer.status_code == 409
        assert service.row(row.order_id).state == "requested"

    def test_rate_and_come_back(self, service, guest):
        token, row = self.ready(service, guest)
        guest.act(token, "confirm", name="Zhao", signature_png_base64=signature())
        assert guest.act(token, "rate", stars=9).status_code == 422
        assert guest.act(token, "rate", stars=2, text="Took long").status_code == 200
        row = service.again(row)
        assert (row.rating, row.rating_text) == (2, "Took long")
        assert guest.act(token, "reopen").json()["errors"][0]["pointer"] == "/reason"
        assert guest.act(token, "reopen", reason="Drips again").status_code == 200
        assert service.row(row.order_id).state == "approved"
        assert current(guest.progress(token)) == "accepted"


def test_done_when_closed_and_open_again_when_reopened(service, guest):
    token, row = service.reported(guest)
    service.bring(row, "dispatch", "start", "complete", "close")
    assert service.again(row).state == "done"
    assert guest.act(token, "reopen", reason="Drips again").status_code == 200
    assert service.again(row).state == "ordered"
    assert all(link.expires_at is None for link in service.links(row))


def test_the_reopening_window_ends(service, guest):
    token, row = service.reported(guest)
    service.bring(row, "dispatch", "start", "complete", "close")
    with time_machine.travel(clock.now() + 15 * DAY, tick=True):
        assert guest.act(token, "reopen", reason="Drips again").status_code == 409
        assert guest.progress(token).json()["actions"] == ["message", "rate"]


def test_a_link_goes_out_ninety_days_after_the_end(service, guest):
    token, row = service.reported(guest)
    service.bring(row, "dispatch", "start", "complete", "close")
    with time_machine.travel(clock.now() + 89 * DAY, tick=True):
        assert guest.progress(token).status_code == 200
    with time_machine.travel(clock.now() + 91 * DAY, tick=True):
        gone = guest.progress(token)
        never = guest.progress("x" * 32)
        assert gone.status_code == never.status_code == 404
        assert problem_of(gone) == problem_of(never)
        assert guest.act(token, "message", text="Hello").status_code == 404


def test_anything_else_is_the_same_nothing(service, guest):
    token, row = service.reported(guest)
    wanted = problem_of(guest.progress("nothing"))
    wrong = [
        token[:-1],
        token + "A",
        token.lower(),
        service.label,
        str(row.id),
        str(row.order_id),
        row.number,
        "é",
        "%00",
    ]
    wrong += [link.digest for link in service.links(row)] + [link.seed for link in service.links(row)]
    for text in wrong:
        answer = guest.progress(text)
        assert (answer.status_code, problem_of(answer)) == (404, wanted), text
        assert guest.act(text, "message", text="Hello").status_code == 404
        assert guest.scan(text).status_code == 404 or text == service.label


def test_a_link_shows_its_own_request_only(service, elsewhere, guest):
    token, _ = service.reported(guest, text="Ours")
    other, _ = elsewhere.reported(guest, text="CANARY")
    assert "CANARY" not in guest.progress(token).content.decode()
    assert guest.progress(other).json()["title"] == "CANARY"
    assert "Ours" not in guest.progress(other).content.decode()


def test_who_only_follows_learns_nothing_personal(service, guest):
    token, row = service.reported(guest, text="Leaks\nMy name is Secretive", contact_name="Secretive")
    guest.act(token, "message", text="Secretive asks")
    follower = guest.scan(service.label).json()["open"][0]["progress_token"]
    service.bring(row, "dispatch", "start", "complete")
    guest.act(token, "confirm", name="Secretive", signature_png_base64=signature())
    told = Guest().progress(follower)
    assert "Secretive" not in told.content.decode()
    assert told.json()["actions"] == []
    assert told.json()["confirmed"]["at"]
    for verb, body in (
        ("rate", {"stars": 1}),
        ("confirm", {"name": "X"}),
        ("cancel", {}),
        ("urge", {}),
        ("reopen", {"reason": "x"}),
    ):
        refused = Guest().act(follower, verb, **body)
        assert (refused.status_code, refused.json()["code"]) == (403, "service.only_reporter"), verb


def test_reading_changes_nothing(service, guest):
    token, _ = service.reported(guest)
    enter_organisation(service.tenant.id)
    before = (Entry.objects.count(), Order.objects.of(service.owner).get().version)
    guest.progress(token)
    guest.scan(service.label)
    enter_organisation(service.tenant.id)
    assert (Entry.objects.count(), Order.objects.of(service.owner).get().version) == before


def test_links_last_over_a_changed_secret_but_are_not_offered(service, guest, settings):
    token, _ = service.reported(guest)
    settings.SECRET_KEY = "another secret"
    assert guest.progress(token).status_code == 200
    assert guest.scan(service.label).json()["open"][0]["progress_token"] is None
    assert GuestLink.objects.count() == 2
