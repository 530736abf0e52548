"""Approvals: steps in order, one or all, nobody for themselves, voices that are lent, people who leave."""

from datetime import timedelta

import pytest

from trunnion.identity.approvals.commands import approval, delegation, rule
from trunnion.identity.approvals.models import Approval, ApprovalDecision
from trunnion.identity.approvals.queries import WAITING, find_rule, get_approval
from trunnion.identity.approvals.tasks import remind
from trunnion.identity.approvals.tests.builders import VERB, asked, by_role, made_rule
from trunnion.identity.approvals.types import Need, StepLine
from trunnion.identity.commands import membership
from trunnion.kernel import clock, history
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal, WrongState
from trunnion.kernel.listing import page


def waiting(ctx) -> list[str]:
    with reading(ctx.organisation_id):
        return [row["number"] for row in page.page(ctx, WAITING, page.Ask())["rows"]]


def state(ctx, row) -> str:
    return Approval.objects.of(ctx).get(id=row.id).state


@pytest.fixture
def people(tenant):
    return {
        "asker": tenant.person("planner", name="Chen"),
        "manager": tenant.person("manager", name="Zhao"),
        "accountant": tenant.person("accountant", name="Sun"),
    }


def test_two_steps_in_order(tenant, people):
    made_rule(tenant.owner, by_role(tenant.owner, "manager"), by_role(tenant.owner, "accountant"))
    row = asked(people["asker"])
    assert (waiting(people["manager"]), waiting(people["accountant"]), waiting(people["asker"])) == (
        [row.number],
        [],
        [],
    )
    with pytest.raises(Refusal) as refused:
        approval.grant(people["accountant"], approval_id=row.id)
    assert (refused.value.code, refused.value.facts) == ("approval.not_yours", {"waits_for": ["Zhao"]})
    assert approval.grant(people["manager"], approval_id=row.id, remark="Needed").state == "pending"
    assert waiting(people["accountant"]) == [row.number]
    assert approval.grant(people["accountant"], approval_id=row.id).state == "granted"
    found = get_approval(tenant.owner, row.id)
    assert [(s["state"], s["decisions"][0]["for_name"]) for s in found["steps"]] == [
        ("granted", "Zhao"),
        ("granted", "Sun"),
    ]
    assert history.of_record(tenant.owner, row.id)[0]["events"] == ["identity.approval.granted"]
    with pytest.raises(WrongState):
        approval.grant(people["accountant"], approval_id=row.id)


def test_one_refusal_ends_it_and_says_why(tenant, people):
    made_rule(tenant.owner, by_role(tenant.owner, "manager"), by_role(tenant.owner, "accountant"))
    row = asked(people["asker"])
    with pytest.raises(Invalid):
        approval.refuse(people["manager"], approval_id=row.id, remark=" ")
    approval.refuse(people["manager"], approval_id=row.id, remark="No budget")
    assert state(tenant.owner, row) == "refused"
    assert waiting(people["accountant"]) == []


def test_nobody_approves_their_own(tenant):
    made_rule(tenant.owner, by_role(tenant.owner, "manager"))
    zhao, qian = tenant.person("manager", name="Zhao"), tenant.person("manager", name="Qian")
    row = asked(zhao)
    assert waiting(zhao) == []
    with pytest.raises(Refusal) as refused:
        approval.grant(zhao, approval_id=row.id)
    assert refused.value.code == "approval.own_request"
    # Nor by a voice that somebody lent them.
    delegation.create(
        qian, to_member_id=tenant.membership_of(zhao).id, until_at=clock.now() + timedelta(days=1)
    )
    with pytest.raises(Refusal):
        approval.grant(zhao, approval_id=row.id)
    assert approval.grant(qian, approval_id=row.id).state == "granted"


def test_all_of_them_must_agree_and_who_left_is_not_waited_for(tenant, people):
    made_rule(tenant.owner, by_role(tenant.owner, "manager", need=Need.ALL))
    second, third = tenant.person("manager", name="Qian"), tenant.person("manager", name="Wu")
    row = asked(people["asker"])
    approval.grant(people["manager"], approval_id=row.id)
    with pytest.raises(Refusal) as refused:
        approval.grant(people["manager"], approval_id=row.id)
    assert refused.value.code == "approval.already_decided"
    membership.deactivate(tenant.owner, membership_id=tenant.membership_of(third).id)
    assert approval.grant(second, approval_id=row.id).state == "granted"


def test_a_lent_voice_is_named_in_the_journal(tenant, people):
    made_rule(tenant.owner, by_role(tenant.owner, "manager"))
    buyer = tenant.person("buyer", name="Zhou")
    given = delegation.create(
        people["manager"], to_member_id=tenant.membership_of(buyer).id, until_at=clock.now() + timedelta(days=3),
        verb=VERB, reason="On leave",
    )  # fmt: skip
    row = asked(people["asker"])
    assert waiting(buyer) == [row.number]
    approval.grant(buyer, approval_id=row.id)
    entry = history.of_record(tenant.owner, row.id)[0]
    assert (entry["actor_name"], entry["on_behalf_of"]) == ("Zhou", "Zhao")
    spoken = ApprovalDecision.objects.of(tenant.owner).get()
    assert (spoken.actor_name, spoken.for_name) == ("Zhou", "Zhao")
    delegation.revoke(people["manager"], delegation_id=given.id)
    again = asked(people["asker"])
    assert waiting(buyer) == []
    with pytest.raises(NotVisible):
        approval.grant(buyer, approval_id=again.id)


def test_delegations_are_checked(tenant, people):
    buyer = tenant.person("buyer", name="Zhou")
    theirs, own = tenant.membership_of(buyer).id, tenant.membership_of(people["manager"]).id
    soon, past = clock.now() + timedelta(days=1), clock.now() - timedelta(days=1)
    engineer = tenant.membership_of(tenant.person("engineer")).id
    for facts, pointer in (
        ({"to_member_id": own}, "/to_member_id"),
        ({"until_at": past}, "/until_at"),
        ({"verb": "work.order.sing"}, "/verb"),
        ({"to_member_id": engineer}, "/to_member_id"),
        ({"to_member_id": tenant.id}, "/to_member_id"),
    ):
        with pytest.raises(Invalid) as refused:
            delegation.create(people["manager"], **{"to_member_id": theirs, "until_at": soon, **facts})
        assert refused.value.errors[0].pointer == pointer
    given = delegation.arrange(tenant.owner, from_member_id=own, to_member_id=theirs, until_at=soon)
    with pytest.raises(Refusal):
        delegation.revoke(buyer, delegation_id=given.id)
    with pytest.raises(NotGranted):
        delegation.arrange(people["manager"], from_member_id=theirs, to_member_id=own, until_at=soon)


def test_a_step_without_people_falls_to_the_administrators_and_says_so(tenant, people):
    member = tenant.membership_of(people["manager"])
    made_rule(tenant.owner, StepLine(name="Plant manager", member_ids=(member.id,)))
    row = asked(people["asker"])
    assert waiting(tenant.owner) == []
    membership.deactivate(tenant.owner, membership_id=member.id)
    assert waiting(tenant.owner) == [row.number]
    assert get_approval(tenant.owner, row.id)["steps"][0]["fell_back_at"] is not None
    assert approval.grant(tenant.owner, approval_id=row.id).state == "granted"
    assert get_approval(tenant.owner, row.id)["steps"][0]["decisions"][0]["is_stand_in"] is True
    later = asked(people["asker"])
    assert waiting(tenant.owner) == [later.number]


def test_who_asked_may_withdraw(tenant, people):
    made_rule(tenant.owner, by_role(tenant.owner, "manager"))
    row = asked(people["asker"])
    with pytest.raises(Refusal) as refused:
        approval.withdraw(people["manager"], approval_id=row.id)
    assert refused.value.code == "approval.not_asked_by_you"
    assert approval.withdraw(people["asker"], approval_id=row.id).state == "withdrawn"
    with pytest.raises(WrongState):
        approval.grant(people["manager"], approval_id=row.id)


def test_reminders_come_once_in_their_time(tenant, people, monkeypatch):
    made_rule(tenant.owner, by_role(tenant.owner, "manager"), remind_after_hours=24)
    row = asked(people["asker"])
    assert remind(lambda *_: None) == 0
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(hours=25))
    assert (remind(lambda *_: None), remind(lambda *_: None)) == (1, 0)
    assert "identity.approval.reminded" in history.of_record(tenant.owner, row.id)[0]["events"]


def test_rules_are_checked(tenant, people):
    owner = tenant.owner
    step = by_role(owner, "manager")
    for facts, pointer in (
        ({"verb": "assets.asset.sing"}, "/verb"),
        ({"currency": None, "amount_from": 1}, "/currency"),
        ({"amount_from": 10, "amount_to": 9}, "/amount_to"),
        ({"steps": [StepLine(name="Nobody")]}, "/steps/0"),
        ({"steps": [step, by_role(owner, "engineer")]}, "/steps/1/role_id"),
        ({"steps": [StepLine(role_id=tenant.id)]}, "/steps/0/role_id"),
        ({"steps": [StepLine(member_ids=(tenant.id,))]}, "/steps/0/member_ids/0"),
        ({"scope_id": tenant.id, "scope_kind": "assets.location"}, "/scope_id"),
        ({"scope_id": tenant.id, "scope_kind": "no.thing"}, "/scope_kind"),
        ({"steps": []}, "/steps"),
    ):
        with pytest.raises(Invalid) as refused:
            rule.create(owner, **{"name": "R", "verb": VERB, "steps": [step], "currency": "EUR", **facts})
        assert refused.value.errors[0].pointer == pointer
    with pytest.raises(NotGranted):
        made_rule(people["manager"], step)
    made = made_rule(owner, step)
    rule.edit(owner, rule_id=made, is_active=False)
    assert find_rule(owner, VERB, 5000, "EUR") is None


def test_a_changed_rule_does_not_change_what_is_under_way(tenant, people):
    made = made_rule(tenant.owner, by_role(tenant.owner, "manager"))
    row = asked(people["asker"])
    rule.edit(tenant.owner, rule_id=made, steps=[by_role(tenant.owner, "accountant")])
    assert waiting(people["manager"]) == [row.number]


def test_strangers_see_nothing(tenant, other, people):
    made_rule(tenant.owner, by_role(tenant.owner, "manager"))
    row = asked(people["asker"])
    with pytest.raises(NotVisible):
        approval.grant(other.owner, approval_id=row.id)
    with pytest.raises(NotVisible):
        get_approval(tenant.person("buyer"), row.id)
    with pytest.raises(NotGranted):
        approval.grant(tenant.person("engineer"), approval_id=row.id)


def test_by_the_door(tenant, people):
    made_rule(tenant.owner, by_role(tenant.owner, "manager"))
    row = asked(people["asker"])
    browser = tenant.client()
    assert browser.get("/api/identity/approvals").json()["rows"][0]["number"] == row.number
    assert browser.get("/api/identity/approvals/waiting").json()["rows"] == []
    found = browser.get(f"/api/identity/approvals/{row.id}").json()
    assert (found["actions"], found["steps"][0]["waits_for"]) == ([], ["Zhao"])
    assert VERB in browser.get("/api/identity/approval_rules/verbs").json()["verbs"]
    answer = browser.post(
        f"/api/identity/approvals/{row.id}/grant", {}, content_type="application/json",
        headers={"Idempotency-Key": "k-1"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (409, "approval.not_yours")
