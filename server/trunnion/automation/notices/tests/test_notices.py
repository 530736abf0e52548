"""Notices: who is told of what, once; cards that gather; what is muted, read, and nobody else's."""

from datetime import timedelta

import pytest

from trunnion.assets.events import WarrantyEnding
from trunnion.attach.commands import comment
from trunnion.automation.notices import commands, queries
from trunnion.automation.notices.handlers import rated, warranty_ends
from trunnion.automation.notices.models import Notice, NoticeSource
from trunnion.automation.notices.reaching import reached
from trunnion.automation.notices.tasks import remove_old, tell_failed
from trunnion.automation.notices.types import What, Word
from trunnion.identity.approvals.commands import approval
from trunnion.identity.approvals.tests.builders import asked, by_role, made_rule
from trunnion.kernel import clock
from trunnion.kernel.context import system
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotSignedIn, NotVisible, Refusal
from trunnion.kernel.events import EVENTS, HANDLERS
from trunnion.kernel.ids import uuid7
from trunnion.kernel.listing import page
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import DELIVERY, JobState
from trunnion.service.events import RequestRated
from trunnion.service.tests.builders import Service
from trunnion.work.commands import order
from trunnion.work.tests.builders import Shop, make_engineer


@pytest.fixture
def shop(tenant) -> Shop:
    return Shop(tenant)


def inbox(ctx, *, unread: bool = True) -> list[tuple[str, str, int]]:
    with reading(ctx.organisation_id):
        rows = page.page(ctx, queries.NOTICES, page.Ask())["rows"]
    return [(row["what"], row["title"], row["count"]) for row in rows if not unread or row["read_at"] is None]


def ids(ctx) -> list:
    return list(
        Notice.objects.of(ctx).filter(recipient_id=ctx.actor_id).order_by("id").values_list("id", flat=True)
    )


def quietly(progress=None):
    return lambda done, total: None


def test_who_is_named_is_told_and_nobody_else(shop):
    made, colleague = shop.order(), shop.tenant.person("dispatcher", name="Chen")
    comment.add(
        shop.owner, kind="work.order", row_id=made.id, text="See to it", mentions=[colleague.actor_id]
    )
    assert inbox(colleague) == [("mention", f"{made.number} Pump leaks", 1)]
    assert inbox(shop.owner) == []


def test_an_order_given_to_somebody_and_the_reporter_hears_of_its_progress(shop):
    reporter = shop.tenant.person("operator", name="Zhao")
    made = order.create(reporter, title="Belt slips", asset_id=shop.pump)
    order.approve(shop.owner, made.id)
    order.dispatch(shop.owner, made.id, resource_id=shop.resource)
    assert inbox(shop.engineer) == [("assigned", f"{made.number} Belt slips", 1)]
    order.accept(shop.engineer, made.id)
    order.start(shop.engineer, made.id)
    # Approved, accepted, started: one card, and its newest fact.
    assert inbox(reporter) == [("progress", f"{made.number} Belt slips", 3)]
    card = Notice.objects.of(reporter).get(recipient_id=reporter.actor_id)
    assert (card.detail, card.by_name) == ("work.order.started", "Li Wei")


def test_nobody_is_told_of_their_own_deeds(shop):
    made = shop.order()
    order.approve(shop.owner, made.id)
    comment.add(shop.owner, kind="work.order", row_id=made.id, text="Mine")
    assert inbox(shop.owner) == []


def test_talk_reaches_lead_and_reporter_and_what_is_internal_stays_inside(shop):
    reporter = shop.tenant.person("operator", name="Zhao")
    made = order.create(reporter, title="Belt slips", asset_id=shop.pump)
    order.dispatch(shop.owner, made.id, resource_id=shop.resource)
    commands.mark_read(shop.engineer)
    commands.mark_read(reporter)
    comment.add(shop.owner, kind="work.order", row_id=made.id, text="Bring the key")
    comment.add(shop.owner, kind="work.order", row_id=made.id, text="He is impatient", is_internal=True)
    assert inbox(shop.engineer) == [("talk", f"{made.number} Belt slips", 2)]
    assert inbox(reporter) == [("talk", f"{made.number} Belt slips", 1)]


def test_fifty_facts_are_one_card_until_it_is_read(shop):
    made = shop.order()
    order.dispatch(shop.owner, made.id, resource_id=shop.resource)
    commands.mark_read(shop.engineer)
    for number in range(50):
        comment.add(shop.owner, kind="work.order", row_id=made.id, text=f"Number {number}")
    assert inbox(shop.engineer) == [("talk", f"{made.number} Pump leaks", 50)]
    assert queries.count_unread(shop.engineer) == {"unread": 1}
    assert commands.mark_read(shop.engineer).marked == 1
    comment.add(shop.owner, kind="work.order", row_id=made.id, text="And another")
    assert inbox(shop.engineer) == [("talk", f"{made.number} Pump leaks", 1)]


def test_a_second_delivery_tells_nothing(shop):
    ctx = system(shop.tenant.id, on_behalf_of="Guest")
    event = WarrantyEnding(asset_id=shop.pump, number="A-1", until_on=clock.now().date(), days_before=30)
    warranty_ends(ctx, event)
    before = Notice.objects.of(ctx).count(), NoticeSource.objects.of(ctx).count()
    warranty_ends(ctx, event)
    assert (Notice.objects.of(ctx).count(), NoticeSource.objects.of(ctx).count()) == before
    assert [what for what, _, _ in inbox(shop.owner)] == ["warranty"]
    assert inbox(shop.engineer) == []


def test_muted_is_silent_except_for_who_is_named(shop):
    made = shop.order()
    order.dispatch(shop.owner, made.id, resource_id=shop.resource)
    commands.mark_read(shop.engineer)
    commands.mute(shop.engineer, kind="work.order", row_id=made.id)
    comment.add(shop.owner, kind="work.order", row_id=made.id, text="Hello")
    assert inbox(shop.engineer) == []
    comment.add(shop.owner, kind="work.order", row_id=made.id, text="You", mentions=[shop.engineer.actor_id])
    assert [what for what, _, _ in inbox(shop.engineer)] == ["mention"]
    [mute] = queries.get_wishes(shop.engineer)["mutes"]
    assert mute["title"] == f"{made.number} Pump leaks"
    commands.unmute(shop.engineer, mute["id"])
    comment.add(shop.owner, kind="work.order", row_id=made.id, text="Again")
    assert sorted(what for what, _, _ in inbox(shop.engineer)) == ["mention", "talk"]


def test_a_kind_that_is_switched_off_is_not_told(shop):
    made = shop.order()
    commands.choose(shop.engineer, what="assigned", is_wanted=False)
    order.dispatch(shop.owner, made.id, resource_id=shop.resource)
    assert inbox(shop.engineer) == []
    said = {c["what"]: c["is_wanted"] for c in queries.get_wishes(shop.engineer)["choices"]}
    assert said.pop("assigned") is False
    assert set(said.values()) == {True}


def test_approvals_wait_for_their_people_and_are_settled_by_the_first(tenant):
    first, second = tenant.person("manager", name="Wang"), tenant.person("manager", name="Xu")
    asker = tenant.person("buyer", name="Zhao")
    made_rule(tenant.owner, by_role(tenant.owner, "manager"))
    made = asked(asker)
    assert [what for what, _, _ in inbox(first)] == ["approval"]
    assert [what for what, _, _ in inbox(second)] == ["approval"]
    approval.grant(second, made.id)
    assert inbox(first) == []
    assert [what for what, _, _ in inbox(asker)] == ["decision"]


def test_a_low_rating_reaches_who_answers_for_the_service(tenant):
    manager, engineer = tenant.person("manager", name="Wang"), tenant.person("engineer")
    _, row = Service(tenant).reported()
    facts = {
        "request_id": row.id, "number": row.number, "asset_id": None, "customer_id": None, "order_id": None,
        "at": clock.now(),
    }  # fmt: skip
    ctx = system(tenant.id)
    rated(ctx, RequestRated(stars=5, is_low=False, **facts))
    assert inbox(manager) == []
    rated(ctx, RequestRated(stars=1, is_low=True, **facts))
    assert [what for what, _, _ in inbox(manager)] == ["rating"]
    assert inbox(engineer) == []


def make_job(organisation_id, task, actor_id=None):
    return Job.objects.create(
        organisation_id=organisation_id, task=task, arguments="{}", state=JobState.PARKED, run_at=clock.now(),
        created_at=clock.now(), actor_id=actor_id, fence=1,
    )  # fmt: skip


def test_failed_work_is_told_once_and_deliveries_in_one_card(tenant):
    engineer = tenant.person("engineer")
    make_job(tenant.id, "kernel.export", engineer.actor_id)
    for _ in range(3):
        make_job(tenant.id, DELIVERY)
    assert tell_failed(quietly()) == 4
    assert tell_failed(quietly()) == 0
    assert inbox(engineer) == [("job", "kernel.export", 1)]
    assert inbox(tenant.owner) == [("job", DELIVERY, 3)]


def test_read_and_unread(shop):
    made = shop.order()
    order.dispatch(shop.owner, made.id, resource_id=shop.resource)
    [first] = ids(shop.engineer)
    assert commands.mark_read(shop.engineer, [first]).marked == 1
    assert commands.mark_read(shop.engineer, [first]).marked == 0
    commands.mark_unread(shop.engineer, first)
    commands.mark_read(shop.engineer)
    engineer, resource = make_engineer(shop.tenant, "Sun")
    order.assign(shop.owner, made.id, resource_id=resource)
    order.assign(shop.owner, made.id, resource_id=shop.resource)
    with pytest.raises(Refusal) as caught:
        commands.mark_unread(shop.engineer, first)
    assert caught.value.code == "notice_newer"
    assert [what for what, _, _ in inbox(engineer)] == ["assigned"]


def test_a_helper_or_a_team_that_changes_is_no_new_order(shop):
    made = shop.order()
    order.dispatch(shop.owner, made.id, resource_id=shop.resource)
    _, helper = make_engineer(shop.tenant, "Sun")
    order.assign(shop.owner, made.id, crew_ids=[helper])
    assert inbox(shop.engineer) == [("assigned", f"{made.number} Pump leaks", 1)]


def test_nobody_touches_another_s_notices(shop, other):
    made = shop.order()
    order.dispatch(shop.owner, made.id, resource_id=shop.resource)
    [notice] = ids(shop.engineer)
    assert inbox(shop.owner, unread=False) == []
    for stranger in (shop.owner, other.owner):
        with pytest.raises(NotVisible):
            commands.mark_read(stranger, [notice])
        with pytest.raises(NotVisible):
            commands.mark_unread(stranger, notice)
    commands.mute(shop.engineer, kind="work.order", row_id=made.id)
    [mute] = queries.get_wishes(shop.engineer)["mutes"]
    with pytest.raises(NotVisible):
        commands.unmute(shop.owner, mute["id"])
    with pytest.raises(NotVisible):
        commands.mute(other.owner, kind="work.order", row_id=made.id)
    with pytest.raises(NotVisible):
        commands.mute(shop.engineer, kind="moon.rock", row_id=uuid7())
    with pytest.raises(NotSignedIn):
        commands.mark_read(system(shop.tenant.id))


def test_who_does_not_see_the_record_is_not_told(shop):
    contractor = shop.tenant.person("engineer", scopes=[{"by": "location", "target_id": shop.site}])
    ctx = system(shop.tenant.id)
    made = order.create(shop.owner, title="Elsewhere")
    word = Word(What.TALK, "work.order", made.id, "once")
    assert reached(ctx, [contractor.actor_id], word) == []
    assert [p for p, _ in reached(ctx, [shop.owner.actor_id], word)] == [shop.owner.actor_id]


def test_old_notices_go(shop, monkeypatch):
    made = shop.order()
    order.dispatch(shop.owner, made.id, resource_id=shop.resource)
    assert remove_old(quietly()) == 0
    commands.mark_read(shop.engineer)
    later = clock.now() + timedelta(days=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert remove_old(quietly()) == 1
    assert ids(shop.engineer) == []


def test_every_fact_that_is_told_is_a_fact():
    ours = {name for name, held in HANDLERS.items() if any(h.name.startswith("automation.") for h in held)}
    assert len(ours) >= 20
    assert ours <= EVENTS.keys()
