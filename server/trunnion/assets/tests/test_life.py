"""An asset's life: every move is legal, dated, in order, and leaves its row."""

import pytest

from trunnion.assets.commands import acceptance, acquisition, assessing, asset, life, placing
from trunnion.assets.models import Asset, AssetMove, Installation
from trunnion.assets.queries.assets import get_asset
from trunnion.assets.queries.history import moves_of
from trunnion.assets.tests.builders import hours, pump, pump_model, room, site
from trunnion.assets.types.kinds import AssetState, Disposal
from trunnion.kernel import clock, history
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, WrongState


def state(ctx, asset_id):
    return Asset.objects.of(ctx).get(id=asset_id).state


def planned(ctx, **facts):
    return pump(ctx, state=AssetState.PLANNED, **facts)


def test_from_plan_to_scrap(tenant):
    ctx = tenant.owner
    place = room(ctx, site(ctx))
    made = planned(ctx)
    for verb in (acquisition.request, acquisition.order, acquisition.receive, acceptance.accept):
        verb(ctx, asset_id=made)
    placing.store(ctx, asset_id=made, location_id=place)
    placing.install(ctx, asset_id=made, location_id=place)
    for verb in (life.commission, life.stand_by, life.lay_idle, life.restore, life.take_out, life.repair):
        verb(ctx, asset_id=made)
    life.restore(ctx, asset_id=made)
    life.decommission(ctx, asset_id=made, remark="Worn out")
    life.dispose(ctx, asset_id=made, disposal=Disposal.SCRAPPED)
    found = get_asset(ctx, made)
    assert (found["state"], found["disposal"], found["actions"][:1]) == (
        "disposed",
        "scrapped",
        ["reinstate"],
    )
    assert Installation.objects.of(ctx).get(asset_id=made).until_at is not None
    shown = moves_of(ctx, made)
    assert [m["to_state"] for m in reversed(shown)] == [
        "planned", "requested", "ordered", "received", "accepted", "in_store", "installing", "in_service", "standby",
        "idle", "in_service", "out_of_order", "under_repair", "in_service", "decommissioned", "disposed",
    ]  # fmt: skip
    assert (shown[1]["remark"], shown[1]["actor_name"]) == ("Worn out", "Wang")


def test_a_move_is_journalled_and_announced(tenant):
    ctx = tenant.owner
    made = pump(ctx)
    life.lay_idle(ctx, asset_id=made)
    entry = history.of_record(ctx, made)[0]
    assert (entry["verb"], entry["events"]) == ("assets.asset.lay_idle", ["assets.asset.laid_idle"])
    assert entry["changes"][0]["fields"]["state"] == ["in_service", "idle"]


def test_what_the_table_does_not_know_is_refused(tenant):
    ctx = tenant.owner
    made = planned(ctx)
    with pytest.raises(WrongState) as refused:
        life.commission(ctx, asset_id=made)
    assert refused.value.facts["legal"] == ["request", "order", "receive", "withdraw"]
    assert (state(ctx, made), AssetMove.objects.of(ctx).filter(asset_id=made).count()) == ("planned", 1)


def test_moves_are_dated_in_order(tenant):
    ctx = tenant.owner
    made = pump(ctx)
    Asset.objects.of(ctx).get(id=made)
    for at in (hours(-24 * 400), hours(24 * 365 * 30)):
        with pytest.raises(Invalid) as refused:
            life.lay_idle(ctx, asset_id=made, at=at)
        assert refused.value.errors[0].pointer == "/at"
    life.lay_idle(ctx, asset_id=made, at=clock.now())
    assert state(ctx, made) == "idle"


def test_a_planned_asset_can_be_given_up_and_a_disposal_taken_back(tenant):
    ctx = tenant.owner
    made = planned(ctx)
    life.withdraw(ctx, asset_id=made)
    assert get_asset(ctx, made)["disposal"] == "withdrawn"
    life.reinstate(ctx, asset_id=made)
    assert (state(ctx, made), get_asset(ctx, made)["disposal"]) == ("decommissioned", "")
    with pytest.raises(Invalid):
        life.dispose(ctx, asset_id=made, disposal=Disposal.WITHDRAWN)


def test_the_warranty_begins_with_service(tenant):
    ctx = tenant.owner
    made = pump(ctx, state=AssetState.ACCEPTED, model_id=pump_model(ctx, warranty_parts_months=24))
    life.commission(ctx, asset_id=made)
    row = Asset.objects.of(ctx).get(id=made)
    assert row.warranty_from_on == row.in_service_on
    assert row.warranty_until_on.year == row.in_service_on.year + 2
    agreed = pump(ctx, state=AssetState.ACCEPTED, model_id=row.model_id, warranty_until_on="2031-01-01")
    life.commission(ctx, asset_id=agreed)
    assert Asset.objects.of(ctx).get(id=agreed).warranty_from_on is None


def test_facts_are_edited_and_checked(tenant):
    ctx = tenant.owner
    made = pump(ctx, price="1200.50", currency="CNY", condition="good")
    asset.edit(ctx, asset_id=made, name="Feed pump 1", condition=None, serial="SN 7")
    row = Asset.objects.of(ctx).get(id=made)
    assert (row.name, row.condition, row.serial, str(row.price)) == ("Feed pump 1", "", "SN 7", "1200.5")
    for facts, pointer in (
        ({"currency": None}, "/currency"),
        ({"model_id": made}, "/model_id"),
        ({"owner_party_id": made}, "/owner_party_id"),
        ({"warranty_from_on": "2026-02-01", "warranty_until_on": "2026-01-01"}, "/warranty_until_on"),
        ({"made_on": "2026-02-01", "installed_on": "2026-01-01"}, "/installed_on"),
        ({"condition": "shiny"}, "/condition"),
        ({"price": -1}, "/price"),
    ):
        with pytest.raises(Invalid) as refused:
            asset.edit(ctx, asset_id=made, **facts)
        assert refused.value.errors[0].pointer == pointer
    with pytest.raises(Invalid):
        pump(ctx, state=AssetState.DISPOSED)


def test_an_assembly_is_no_part_of_its_part(tenant):
    ctx = tenant.owner
    whole, part, screw = pump(ctx, "Pump set"), pump(ctx, "Motor"), pump(ctx, "Bearing")
    asset.put_under(ctx, asset_id=part, parent_id=whole)
    asset.put_under(ctx, asset_id=screw, parent_id=part)
    for parent in (whole, part, screw):
        with pytest.raises(Invalid) as refused:
            asset.put_under(ctx, asset_id=whole, parent_id=parent)
        assert refused.value.errors[0].code == "assets.asset_cycle"
    asset.put_under(ctx, asset_id=part)
    asset.put_under(ctx, asset_id=whole, parent_id=screw)


def test_the_latest_assessment_is_the_class(tenant):
    ctx = tenant.owner
    made = pump(ctx)
    assessing.assess(ctx, asset_id=made, level="a", assessed_on="2026-05-01")
    assessing.assess(ctx, asset_id=made, level="c", assessed_on="2025-05-01")
    assert Asset.objects.of(ctx).get(id=made).criticality == "a"
    for facts in ({"scores": {"safety": 6}}, {"level": "z"}, {"assessed_on": "2099-01-01"}, {"level": None}):
        with pytest.raises(Invalid):
            assessing.assess(ctx, **{"asset_id": made, "level": "a", **facts})


def test_who_may_not_and_whose_it_is_not(tenant, other):
    made = pump(tenant.owner)
    with pytest.raises(NotGranted):
        life.lay_idle(tenant.person("engineer"), asset_id=made)
    with pytest.raises(NotVisible):
        life.lay_idle(other.owner, asset_id=made)
    with pytest.raises(Invalid):
        pump(other.owner, parent_id=made)
    assert state(tenant.owner, made) == "in_service"
