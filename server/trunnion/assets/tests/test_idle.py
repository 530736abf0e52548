"""Idle equipment: found once by class and by meter, offered to other sites, claimed, handed over with its papers."""

from datetime import timedelta

import pytest

from trunnion.assets.commands import acquisition, idle, life
from trunnion.assets.commands import reading as readings
from trunnion.assets.models import Asset, IdleFinding
from trunnion.assets.queries.life_lists import IDLE
from trunnion.assets.queries.papers import get_finding, papers_of
from trunnion.assets.tasks import watch_idle
from trunnion.assets.tests.builders import hour_counter, pump, pump_model, room, site
from trunnion.catalog.models import EquipmentClass
from trunnion.kernel import clock
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal, WrongState
from trunnion.kernel.listing import page


@pytest.fixture
def later(monkeypatch):
    """Sets the clock some days ahead of now."""
    real = clock.now

    def ahead(days: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=days))

    return ahead


def watch() -> int:
    return watch_idle(lambda *_: None)


def finding(ctx, asset_id):
    return IdleFinding.objects.of(ctx).get(asset_id=asset_id, ended_at=None)


def found_after(tenant, later, days=100, **facts):
    made = pump(tenant.owner, **facts)
    life.lay_idle(tenant.owner, asset_id=made)
    later(days)
    watch()
    return made


def test_what_lies_idle_is_found_once(tenant, later):
    ctx = tenant.owner
    made = pump(ctx, price=4000, currency="EUR", location_id=room(ctx, site(ctx)))
    life.lay_idle(ctx, asset_id=made)
    pump(ctx, "Busy one")
    later(89)
    assert watch() == 0
    later(91)
    assert (watch(), watch()) == (1, 0)
    later(101)
    assert watch() == 0
    with reading(ctx.organisation_id):
        shown = page.page(ctx, IDLE, page.Ask())["rows"]
    assert [(r["idle_days"], r["location"], r["site"], r["price"]) for r in shown] == [
        (101, "Pump room", "Pier 4", 4000)
    ]


def test_the_nearest_class_decides(tenant, later):
    ctx = tenant.owner
    kinds = EquipmentClass.objects.of(ctx)
    child = kinds.filter(parent__isnull=False).order_by("-level").first()
    idle.set_rule(ctx, days=10, equipment_class_id=child.parent_id)
    idle.set_rule(ctx, days=200, equipment_class_id=child.id)
    idle.set_rule(ctx, days=30)
    deep = pump(ctx, model_id=pump_model(ctx, equipment_class_id=child.id))
    above = pump(ctx, model_id=pump_model(ctx, name="Other", equipment_class_id=child.parent_id))
    rest = pump(ctx)
    for one in (deep, above, rest):
        life.lay_idle(ctx, asset_id=one)
    later(11)
    watch()
    assert [f.asset_id for f in IdleFinding.objects.of(ctx)] == [above]
    later(31)
    watch()
    assert {f.asset_id for f in IdleFinding.objects.of(ctx)} == {above, rest}
    later(201)
    watch()
    assert {f.asset_id for f in IdleFinding.objects.of(ctx)} == {above, rest, deep}


def test_a_meter_that_stands_still_tells_too(tenant, later):
    ctx = tenant.owner
    still, busy = pump(ctx), pump(ctx)
    now = clock.now()
    for asset_id, grows in ((still, 0), (busy, 5)):
        counter = hour_counter(ctx, asset_id)
        for week in range(15):
            readings.record(
                ctx, meter_id=counter, value=100 + grows * week, read_at=now - timedelta(weeks=15 - week)
            )
    assert watch() == 1
    row = finding(ctx, still)
    assert (row.cause, row.idle_days) == ("no_use", 105)
    readings.record(ctx, meter_id=counter_of(ctx, still), value=140, read_at=now)
    assert watch() == 0
    assert IdleFinding.objects.of(ctx).get(asset_id=still).ended_because == "used_again"


def counter_of(ctx, asset_id):
    from trunnion.assets.models import Meter

    return Meter.objects.of(ctx).get(asset_id=asset_id).id


def test_offered_claimed_and_handed_over(tenant, later):
    ctx = tenant.owner
    here, there = site(ctx, "Pier 4"), site(ctx, "Pier 5")
    target = room(ctx, there, "Spare hall")
    made = found_after(tenant, later, location_id=room(ctx, here))
    giver = tenant.person("planner", scopes=[{"by": "location", "target_id": here}])
    taker = tenant.person("team_leader", name="Sun", scopes=[{"by": "location", "target_id": there}])
    row = finding(ctx, made)
    with pytest.raises(NotVisible):
        get_finding(taker, row.id)
    idle.offer(giver, finding_id=row.id, remark="Good as new")
    assert set(get_finding(taker, row.id)["actions"]) == {"claim", "dismiss"}
    idle.claim(taker, finding_id=row.id, location_id=target)
    with pytest.raises(WrongState):
        idle.claim(ctx, finding_id=row.id, location_id=target)
    with pytest.raises(NotGranted):
        idle.hand_over(taker, finding_id=row.id)
    idle.hand_over(giver, finding_id=row.id, reference="TR-9")
    asset = Asset.objects.of(ctx).get(id=made)
    assert (asset.location_id, asset.state) == (target, "idle")
    ended = IdleFinding.objects.of(ctx).get(id=row.id)
    assert (ended.state, ended.claimed_by_name) == ("redeployed", "Sun")
    assert papers_of(ctx, made)[0]["to_location"] == "Spare hall"


def test_use_ends_it_and_what_was_kept_is_not_found_again(tenant, later):
    ctx = tenant.owner
    used, kept = found_after(tenant, later), found_after(tenant, later, 201)
    assert IdleFinding.objects.of(ctx).filter(ended_at=None).count() == 2
    life.restore(ctx, asset_id=used)
    assert IdleFinding.objects.of(ctx).get(asset_id=used).ended_because == "restore"
    with pytest.raises(Invalid):
        idle.dismiss(ctx, finding_id=finding(ctx, kept).id, reason=" ")
    idle.dismiss(ctx, finding_id=finding(ctx, kept).id, reason="Spare for the winter")
    assert watch() == 0


def test_a_claim_can_be_given_up_and_an_offer_ends(tenant, later):
    ctx = tenant.owner
    made = found_after(tenant, later)
    row, place = finding(ctx, made), room(ctx, site(ctx))
    with pytest.raises(Invalid):
        idle.offer(ctx, finding_id=row.id, until_on="2020-01-01")
    with pytest.raises(Invalid):
        idle.hand_over(ctx, finding_id=row.id)
    idle.offer(ctx, finding_id=row.id, until_on=clock.today("UTC") + timedelta(days=2))
    idle.claim(ctx, finding_id=row.id, location_id=place)
    idle.release(ctx, finding_id=row.id)
    assert finding(ctx, made).claimed_location_id is None
    later(110)
    with pytest.raises(Refusal) as refused:
        idle.claim(ctx, finding_id=row.id, location_id=place)
    assert refused.value.code == "assets.offer_over"


def test_rules_are_set_once_and_removed(tenant, other):
    ctx = tenant.owner
    first, second = idle.set_rule(ctx, days=10), idle.set_rule(ctx, days=20)
    assert first.id == second.id
    with pytest.raises(NotVisible):
        idle.remove_rule(other.owner, rule_id=first.id)
    idle.remove_rule(ctx, rule_id=first.id)
    for days in (0, -1, 10_000):
        with pytest.raises(Invalid):
            idle.set_rule(ctx, days=days)
    with pytest.raises(NotGranted):
        idle.set_rule(tenant.person("engineer"), days=5)


def test_an_acquisition_is_no_idle_finding(tenant, later):
    ctx = tenant.owner
    made = pump(ctx, state="planned")
    acquisition.receive(ctx, asset_id=made)
    later(300)
    assert watch() == 0
