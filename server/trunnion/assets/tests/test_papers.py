"""Moves with papers: what is written, what waits for agreement, what happens when it comes, and many at once."""

from decimal import Decimal

import pytest

from trunnion.assets.commands import acceptance, acquisition, life, paper, placing
from trunnion.assets.models import Asset, LifecycleDocument
from trunnion.assets.queries.assets import get_asset
from trunnion.assets.queries.papers import approvals_of, get_paper, papers_of
from trunnion.assets.tests.builders import customer, hours, pump, pump_model, room, site
from trunnion.assets.types.kinds import AssetState
from trunnion.assets.types.lines import PointLine
from trunnion.identity.approvals.commands import approval
from trunnion.identity.approvals.tests.builders import by_role, made_rule
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal
from trunnion.kernel.policies import visible

REQUEST, DISPOSE = "assets.asset.request", "assets.asset.dispose"


def state(ctx, asset_id):
    return Asset.objects.of(ctx).get(id=asset_id).state


def planned(ctx, **facts):
    return pump(ctx, state=AssetState.PLANNED, **facts)


@pytest.fixture
def zhao(tenant):
    return tenant.person("manager", name="Zhao")


def test_each_paper_says_what_it_should(tenant):
    ctx = tenant.owner
    made, maker = planned(ctx), customer(ctx, "Pump Works")
    acquisition.request(
        ctx, asset_id=made, remark="Second feed pump", amount=900, currency="EUR", needed_on="2027-01-01"
    )
    acquisition.order(
        ctx, asset_id=made, reference="PO-77", supplier_party_id=maker, amount=880, currency="EUR",
        expected_on="2026-12-24",
    )  # fmt: skip
    acquisition.receive(ctx, asset_id=made, reference="DN-3")
    acceptance.accept(ctx, asset_id=made, points=[PointLine("Nameplate", True), PointLine("Seal", True)])
    row = Asset.objects.of(ctx).get(id=made)
    assert (row.supplier_party_id, row.price, row.currency) == (maker, Decimal(880), "EUR")
    told = papers_of(ctx, made)
    assert [(p["verb"], p["state"], p["external_number"], p["amount"]) for p in reversed(told)] == [
        ("request", "done", "", Decimal(900)), ("order", "done", "PO-77", Decimal(880)),
        ("receive", "done", "DN-3", None),
        ("accept", "done", "", None),
    ]  # fmt: skip
    assert (told[0]["result"], [p["text"] for p in told[0]["points"]]) == ("passed", ["Nameplate", "Seal"])
    shown = get_asset(ctx, made)
    assert shown["waiting"] == []


def test_a_point_that_failed_is_not_passed_over(tenant):
    ctx = tenant.owner
    made = pump(ctx, state=AssetState.RECEIVED)
    bad = [PointLine("Nameplate", True), PointLine("Seal", False, "Leaks")]
    with pytest.raises(Refusal) as refused:
        acceptance.accept(ctx, asset_id=made, points=bad)
    assert (refused.value.code, refused.value.facts) == ("assets.points_failed", {"points": ["Seal"]})
    with pytest.raises(Invalid):
        acceptance.fail_acceptance(ctx, asset_id=made, points=bad[:1])
    assert acceptance.fail_acceptance(ctx, asset_id=made, points=bad).state == "received"
    assert papers_of(ctx, made)[0]["result"] == "failed"
    assert acceptance.accept(ctx, asset_id=made, points=bad, with_reservations=True).state == "accepted"
    assert papers_of(ctx, made)[0]["result"] == "with_reservations"


def test_a_request_over_the_limit_waits_and_goes_through_once(tenant, zhao):
    planner = tenant.person("planner", name="Chen")
    made_rule(tenant.owner, by_role(tenant.owner, "manager"), verb=REQUEST)
    small = acquisition.request_new(planner, name="Valve", amount=999, currency="EUR")
    assert (small.state, small.approval_id) == ("requested", None)
    asked = acquisition.request_new(
        planner,
        name="Feed pump",
        quantity=5,
        model_id=pump_model(tenant.owner),
        amount=50_000,
        currency="EUR",
    )
    assert (asked.state, len(asked.asset_ids), asked.approval_id is not None) == ("planned", 5, True)
    shown = get_asset(planner, asked.asset_ids[0])
    waiting = shown["waiting"][0]
    assert (waiting["verb"], waiting["reason"], waiting["waits_for"]) == (
        "request",
        "approval_pending",
        ["Zhao"],
    )
    assert "request" not in shown["actions"]
    with pytest.raises(Refusal) as refused:
        acquisition.request(planner, asset_id=asked.asset_ids[1], amount=10_000, currency="EUR")
    assert refused.value.code == "assets.approval_pending"
    approval.grant(zhao, approval_id=asked.approval_id)
    assert {state(planner, i) for i in asked.asset_ids} == {"requested"}
    document = papers_of(planner, asked.asset_ids[0])[0]
    assert (document["state"], document["quantity"], document["amount"]) == ("done", 5, Decimal(50_000))
    before = get_asset(planner, asked.asset_ids[0])["version"]
    paper.carry_out(tenant.owner, document_id=document["id"])
    assert get_asset(planner, asked.asset_ids[0])["version"] == before
    assert approvals_of(planner, asked.asset_ids[0])[0].state == "granted"
    assert len(get_paper(tenant.owner, document["id"])["assets"]) == 5


def test_refused_and_withdrawn_requests_move_nothing(tenant, zhao):
    planner = tenant.person("planner")
    made_rule(tenant.owner, by_role(tenant.owner, "manager"), verb=REQUEST)
    made = planned(tenant.owner)
    asked = acquisition.request(planner, asset_id=made, amount=2000, currency="EUR")
    approval.refuse(zhao, approval_id=asked.approval_id, remark="Not this year")
    assert (state(planner, made), papers_of(planner, made)[0]["state"]) == ("planned", "refused")
    again = acquisition.request(planner, asset_id=made, amount=2000, currency="EUR")
    approval.withdraw(planner, approval_id=again.approval_id)
    assert (state(planner, made), papers_of(planner, made)[0]["state"]) == ("planned", "withdrawn")


def test_what_moved_on_meanwhile_is_told(tenant, zhao):
    planner = tenant.person("planner")
    made_rule(tenant.owner, by_role(tenant.owner, "manager"), verb=REQUEST)
    made = planned(tenant.owner)
    asked = acquisition.request(planner, asset_id=made, amount=2000, currency="EUR")
    life.withdraw(tenant.owner, asset_id=made)
    approval.grant(zhao, approval_id=asked.approval_id)
    told = next(p for p in papers_of(planner, made) if p["verb"] == "request")
    assert (state(planner, made), told["state"], told["failed_because"]) == (
        "disposed",
        "failed",
        "assets.moved_on",
    )


def test_a_disposal_is_measured_by_its_price_where_nobody_appraised_it(tenant, zhao):
    planner = tenant.person("planner")
    made_rule(tenant.owner, by_role(tenant.owner, "manager"), verb=DISPOSE)
    dear = pump(tenant.owner, state=AssetState.DECOMMISSIONED, price=80_000, currency="EUR")
    bare = pump(tenant.owner, state=AssetState.DECOMMISSIONED)
    with pytest.raises(Invalid) as refused:
        life.dispose(planner, asset_id=bare, disposal="scrapped")
    assert refused.value.errors[0].code == "approval.amount_needed"
    asked = life.dispose(
        planner, asset_id=dear, disposal="sold", proceeds=120, currency="EUR", receiver_party_id=customer(tenant.owner),
        reference="SC-9",
    )  # fmt: skip
    assert asked.state == "decommissioned"
    approval.grant(zhao, approval_id=asked.approval_id)
    told = papers_of(planner, dear)[0]
    assert (told["amount"], told["proceeds"], told["party"], told["disposal"]) == (
        Decimal(80_000), Decimal(120), "Harbour Foods", "sold",
    )  # fmt: skip
    assert get_asset(planner, dear)["disposal"] == "sold"


def test_rules_go_by_place(tenant, zhao):
    here, there = site(tenant.owner, "Pier 4"), site(tenant.owner, "Pier 5")
    made_rule(
        tenant.owner,
        by_role(tenant.owner, "manager"),
        verb=REQUEST,
        scope_kind="assets.location",
        scope_id=here,
    )
    planner = tenant.person("planner")
    asked = acquisition.request_new(
        planner, name="A", location_id=room(tenant.owner, here), amount=5000, currency="EUR"
    )
    free = acquisition.request_new(
        planner, name="B", location_id=room(tenant.owner, there), amount=5000, currency="EUR"
    )
    assert (asked.approval_id is not None, free.approval_id) == (True, None)


def test_a_transfer_takes_place_parts_owner_and_history_along(tenant):
    ctx = tenant.owner
    here, there = room(ctx, site(ctx, "Pier 4")), room(ctx, site(ctx, "Pier 5"))
    made, owner = pump(ctx, location_id=here), customer(ctx)
    part = pump(ctx, "Motor", location_id=here, parent_id=made)
    life.lay_idle(ctx, asset_id=made)
    with pytest.raises(Invalid):
        acquisition.transfer(ctx, asset_id=made)
    acquisition.transfer(ctx, asset_id=made, location_id=there, owner_party_id=owner, reference="TR-1")
    row, follower = Asset.objects.of(ctx).get(id=made), Asset.objects.of(ctx).get(id=part)
    assert (row.location_id, row.owner_party_id, row.state, follower.location_id) == (
        there,
        owner,
        "idle",
        there,
    )
    told = papers_of(ctx, made)[0]
    assert (told["verb"], told["external_number"], told["to_owner"]) == ("transfer", "TR-1", "Harbour Foods")


def test_many_move_on_one_paper_or_none_does(tenant):
    ctx = tenant.owner
    rows = [planned(ctx) for _ in range(3)]
    done = paper.move_many(ctx, verb="order", asset_ids=rows, reference="PO-1", amount=300, currency="EUR")
    assert {d.state for d in done} == {"ordered"}
    assert LifecycleDocument.objects.of(ctx).filter(verb="order").count() == 1
    assert Asset.objects.of(ctx).get(id=rows[0]).price is None
    acquisition.receive(ctx, asset_id=rows[1])
    with pytest.raises(Invalid) as refused:
        paper.move_many(ctx, verb="receive", asset_ids=rows)
    assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == (
        "/asset_ids/1",
        "assets.move_not_legal",
    )
    assert [state(ctx, i) for i in rows] == ["ordered", "received", "ordered"]
    place = room(ctx, site(ctx))
    paper.move_many(ctx, verb="receive", asset_ids=[rows[0], rows[2]])
    paper.move_many(ctx, verb="store", asset_ids=rows, location_id=place)
    assert {Asset.objects.of(ctx).get(id=i).location_id for i in rows} == {place}
    for facts in (
        {"verb": "dispose"},
        {"verb": "order", "disposal": "sold"},
        {"asset_ids": []},
        {"verb": "sing"},
    ):
        with pytest.raises(Invalid):
            paper.move_many(ctx, **{"verb": "decommission", "asset_ids": rows, **facts})
    with pytest.raises(NotGranted):
        paper.move_many(tenant.person("buyer"), verb="decommission", asset_ids=rows)


def test_bad_papers_write_nothing(tenant, other):
    ctx = tenant.owner
    made = planned(ctx)
    for facts, pointer in (
        ({"amount": 5}, "/currency"),
        ({"amount": -1, "currency": "EUR"}, "/amount"),
        ({"currency": "euro"}, "/currency"),
        ({"at": hours(24 * 365 * 30)}, "/at"),
    ):
        with pytest.raises(Invalid) as refused:
            acquisition.request(ctx, asset_id=made, **facts)
        assert refused.value.errors[0].pointer == pointer
    with pytest.raises(Invalid):
        acquisition.order(ctx, asset_id=made, supplier_party_id=made)
    with pytest.raises(Invalid):
        acquisition.request_new(ctx, name="Pumps", quantity=0)
    with pytest.raises(NotVisible):
        acquisition.request(other.owner, asset_id=made)
    assert LifecycleDocument.objects.of(ctx).count() == 0


def test_papers_stay_within_the_part_that_one_sees(tenant):
    ctx = tenant.owner
    here, there = site(ctx, "Pier 4"), site(ctx, "Pier 5")
    for place in (here, there):
        placing.store(ctx, asset_id=pump(ctx, state=AssetState.ACCEPTED), location_id=room(ctx, place))
    narrowed = tenant.person("planner", scopes=[{"by": "location", "target_id": here}])
    assert visible(ctx, LifecycleDocument).count() == 2
    assert visible(narrowed, LifecycleDocument).count() == 1
