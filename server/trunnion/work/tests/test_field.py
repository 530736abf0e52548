"""Somebody takes the order, goes there, works, waits, and is done."""

from datetime import timedelta

import pytest

from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, NotVisible, Refusal, WrongState
from trunnion.work import queries
from trunnion.work.commands import labour, order
from trunnion.work.commands.step import NotYours
from trunnion.work.models import LabourEntry, LabourTimer, WaitInterval
from trunnion.work.tests.builders import make_engineer
from trunnion.work.types import LabourKind, OrderState, WaitReason

MINUTE = timedelta(minutes=1)
PHASES = (
    "reported_at", "acknowledged_at", "dispatched_at", "accepted_at", "departed_at", "arrived_at", "started_at",
    "ended_at", "restored_at", "confirmed_at", "closed_at",
)  # fmt: skip


def phases(row):
    return [getattr(row, name) for name in PHASES]


def test_the_long_way_leaves_every_phase_in_order(shop):
    made = shop.order().id
    for verb in ("approve", "dispatch"):
        shop.do(verb, made)
    for verb in ("accept", "depart", "arrive", "start", "complete"):
        shop.do(verb, made, shop.engineer)
    shop.do("confirm", made)
    shop.do("close", made)
    times = phases(shop.row(made))
    assert None not in times
    assert times == sorted(times)


def test_a_walk_up_job_in_three_verbs(shop):
    made = order.create(shop.engineer, title="Lamp out", asset_id=shop.pump)
    order.start(shop.engineer, made.id)
    order.complete(shop.engineer, made.id, remedy="Lamp changed", work_minutes=5)
    row = shop.row(made.id)
    assert (row.state, row.leading_id, row.dispatched_at) == ("completed", shop.resource, None)
    assert LabourEntry.objects.of(shop.owner).get().minutes == 5


def test_who_goes_has_accepted_and_who_begins_has_arrived(shop):
    made = shop.in_state(OrderState.DISPATCHED)
    order.depart(shop.engineer, made)
    order.start(shop.engineer, made)
    row = shop.row(made)
    assert row.accepted_at == row.departed_at
    assert row.arrived_at == row.started_at


def test_the_first_one_grabs_it(shop):
    made = shop.in_state(OrderState.APPROVED)
    second, _ = make_engineer(shop.tenant, "Chen Jing")
    order.grab(shop.engineer, made)
    assert (shop.row(made).leading_id, shop.row(made).state) == (shop.resource, "accepted")
    # To the second one it is somebody else's now, and so not there.
    with pytest.raises(NotVisible):
        order.grab(second, made)


def test_the_desk_is_told_that_somebody_was_quicker(shop):
    made = shop.in_state(OrderState.DISPATCHED)
    leader, _ = make_engineer(shop.tenant, "Chen Jing")
    with pytest.raises(Refusal, match=r"order\.taken"):
        order.grab(leader.with_(grants=shop.owner.grants), made)


def test_who_is_no_resource_cannot_grab(shop):
    with pytest.raises(Refusal, match="no_resource"):
        order.grab(shop.owner, shop.in_state(OrderState.APPROVED))


def test_declined_work_goes_back_to_where_it_was_planned(shop):
    planned, unplanned = shop.order().id, shop.order().id
    shop.do("plan", planned)
    for made, state in ((planned, "planned"), (unplanned, "approved")):
        shop.do("dispatch", made)
        order.decline(shop.engineer, made, reason="Certificate has run out")
        row = shop.row(made)
        assert (row.state, row.leading_id, row.dispatched_at) == (state, None, None)
        told = queries.get_order(shop.owner, made)["history"][0]
        assert (told["verb"], told["said"]) == ("work.order.decline", "Certificate has run out")


def test_nobody_acts_on_somebody_elses_order(shop):
    made = shop.in_state(OrderState.DISPATCHED)
    reporter, _ = make_engineer(shop.tenant, "Chen Jing")
    mine = order.create(reporter, title="I saw it").id
    shop.do("dispatch", mine)
    with pytest.raises(NotVisible):
        order.accept(reporter, made)
    # The reporter sees the order, but it is not theirs to do.
    for verb in ("accept", "depart", "arrive", "start", "wait"):
        with pytest.raises(NotYours):
            shop.do(verb, mine, reporter)


def test_the_crew_may_act(shop):
    made = shop.in_state(OrderState.DISPATCHED)
    helper, resource = make_engineer(shop.tenant, "Chen Jing")
    order.assign(shop.owner, made, crew_ids=[resource])
    order.start(helper, made)
    assert shop.row(made).leading_id == shop.resource


def test_nobody_accepts_for_nobody(shop):
    made = shop.order().id
    order.dispatch(shop.owner, made)
    for verb in ("accept", "depart", "arrive", "decline"):
        with pytest.raises(Refusal, match="needs_someone"):
            shop.do(verb, made)


@pytest.mark.parametrize("reason", list(WaitReason))
def test_waiting_has_reason_actor_and_interval_and_goes_back(shop, reason):
    made = shop.in_state(OrderState.IN_PROGRESS)
    order.wait(shop.engineer, made, reason=reason, remark="Locked")
    row, wait = shop.row(made), WaitInterval.objects.of(shop.owner).get()
    assert (row.state, row.waiting_from, row.waiting_reason) == ("waiting", "in_progress", reason)
    assert (wait.reason, wait.began_by_name, wait.ended_at) == (reason, "Li Wei", None)
    order.resume(shop.engineer, made)
    wait.refresh_from_db()
    assert (shop.row(made).state, shop.row(made).waiting_from) == ("in_progress", "")
    assert wait.ended_at is not None


@pytest.mark.parametrize(
    "state",
    [
        OrderState.APPROVED, OrderState.PLANNED, OrderState.DISPATCHED, OrderState.ACCEPTED, OrderState.TRAVELLING,
        OrderState.ON_SITE, OrderState.IN_PROGRESS,
    ],
)  # fmt: skip
def test_waiting_returns_to_the_state_that_it_left(shop, state):
    made = shop.in_state(state)
    shop.do("wait", made)
    assert shop.do("resume", made).state == state


def test_nobody_waits_without_a_reason(shop):
    with pytest.raises(Invalid) as refused:
        order.wait(shop.owner, shop.in_state(OrderState.IN_PROGRESS), reason="coffee")  # type: ignore[arg-type]
    assert refused.value.errors[0].pointer == "/reason"


def test_completing_needs_the_remedy_and_nothing_else(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    with pytest.raises(Invalid) as refused:
        order.complete(shop.engineer, made, remedy="  ")
    assert refused.value.errors[0].pointer == "/remedy"
    order.complete(shop.engineer, made, remedy="更换机械密封")
    row = shop.row(made)
    assert (row.remedy, row.restored_at) == ("更换机械密封", row.ended_at)


def test_minutes_are_booked_with_the_completion(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    order.complete(shop.engineer, made, remedy="Done", work_minutes=90, travel_minutes=30)
    entries = (
        LabourEntry.objects.of(shop.owner).order_by("id").values_list("labour_kind", "minutes", "amount")
    )
    assert list(entries) == [("travel", 30, 30), ("work", 90, 90)]


def test_the_desk_completes_for_whoever_leads(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    order.complete(shop.owner, made, remedy="Told by phone", work_minutes=10)
    assert LabourEntry.objects.of(shop.owner).get().resource_id == shop.resource


def test_a_phone_that_was_offline_says_when(shop):
    made = shop.order(reported_at=clock.now() - 60 * MINUTE).id
    order.start(shop.engineer.with_(grants=shop.owner.grants), made, at=clock.now() - 50 * MINUTE)
    for at in (clock.now() - 55 * MINUTE, clock.now() + 10 * MINUTE):
        with pytest.raises(Invalid) as refused:
            order.complete(shop.owner, made, remedy="x", at=at)
        assert refused.value.errors[0].pointer == "/at"
    order.complete(shop.owner, made, remedy="x", at=clock.now() - 20 * MINUTE)
    row = shop.row(made)
    assert round((row.ended_at - row.started_at) / MINUTE) == 30


def test_clocks_stop_with_the_phase_that_they_measure(shop):
    made = shop.in_state(OrderState.TRAVELLING)
    labour.begin(shop.engineer, made, kind=LabourKind.TRAVEL, at=clock.now() - 15 * MINUTE)
    order.arrive(shop.engineer, made)
    order.start(shop.engineer, made)
    labour.begin(shop.engineer, made, at=clock.now() - 5 * MINUTE)
    order.wait(shop.engineer, made, reason=WaitReason.PARTS)
    assert not LabourTimer.objects.of(shop.owner).exists()
    booked = LabourEntry.objects.of(shop.owner).order_by("id").values_list("labour_kind", "minutes")
    assert list(booked) == [("travel", 15), ("work", 5)]


def test_a_refused_verb_leaves_nothing_behind(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    labour.begin(shop.engineer, made)
    before = shop.row(made)
    with pytest.raises(WrongState):
        order.accept(shop.engineer, made)
    with pytest.raises(Refusal):
        order.complete(shop.tenant.person("team_leader"), shop.in_state(OrderState.APPROVED), remedy="x")
    assert shop.row(made).version == before.version
    assert LabourTimer.objects.of(shop.owner).count() == 1
