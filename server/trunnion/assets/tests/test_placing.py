"""Where an asset stands is dated, never twice at once, and a position holds one asset."""

import pytest

from trunnion.assets.commands import asset, placing, position
from trunnion.assets.models import Asset, Installation
from trunnion.assets.queries import get_asset_card
from trunnion.assets.queries.places import get_position
from trunnion.assets.tests.builders import floor, pump, pump_position, room, site
from trunnion.assets.types.kinds import AssetState
from trunnion.kernel.errors import Invalid, NotVisible, Refusal


@pytest.fixture
def hall(tenant):
    """Two rooms of a site."""
    top = site(tenant.owner)
    return room(tenant.owner, top, "North"), room(tenant.owner, top, "South")


def rows(ctx, asset_id):
    return list(Installation.objects.of(ctx).filter(asset_id=asset_id).order_by("from_at"))


def test_a_registered_asset_stands_since_its_installation(tenant, hall):
    ctx = tenant.owner
    made = pump(ctx, location_id=hall[0], installed_on="2024-05-01")
    (only,) = rows(ctx, made)
    # Midnight of the day in the site's zone, Shanghai.
    assert only.from_at.isoformat() == "2024-04-30T16:00:00+00:00"
    stored = pump(ctx, location_id=hall[0], state=AssetState.IN_STORE)
    assert rows(ctx, stored) == []


def test_a_relocation_closes_and_opens(tenant, hall):
    ctx = tenant.owner
    made = pump(ctx, location_id=hall[0])
    placing.move(ctx, asset_id=made, location_id=hall[1], remark="Closer")
    first, second = rows(ctx, made)
    assert (first.location_id, second.location_id, first.until_at) == (*hall, second.from_at)
    assert get_asset_card(ctx, made).place == "Pier 4 > South"
    with pytest.raises(Refusal) as refused:
        placing.move(ctx, asset_id=made, location_id=hall[1])
    assert refused.value.code == "assets.stands_there"
    with pytest.raises(Invalid) as refused:
        placing.move(ctx, asset_id=made, location_id=hall[0], at=first.from_at)
    assert refused.value.errors[0].pointer == "/at"
    with pytest.raises(Invalid):
        placing.move(ctx, asset_id=made)


def test_a_position_holds_one_asset_and_remembers_all(tenant, hall):
    ctx = tenant.owner
    role = pump_position(ctx, hall[0])
    old, new = pump(ctx, "Old", position_id=role), pump(ctx, "New", state=AssetState.IN_STORE)
    with pytest.raises(Refusal) as refused:
        placing.install(ctx, asset_id=new, position_id=role)
    assert (refused.value.code, refused.value.facts["number"]) == ("assets.position_filled", "A-000001")
    placing.remove(ctx, asset_id=old, location_id=hall[1])
    placing.install(ctx, asset_id=new, position_id=role)
    row = Asset.objects.of(ctx).get(id=old)
    assert (row.state, row.position_id, row.location_id) == ("in_store", None, hall[1])
    assert Asset.objects.of(ctx).get(id=new).location_id == hall[0]
    assert [(i["name"], i["until_at"] is None) for i in get_position(ctx, role)["installations"]] == [
        ("New", True), ("Old", False),
    ]  # fmt: skip
    with pytest.raises(Refusal):
        position.retire(ctx, position_id=role)
    with pytest.raises(Refusal):
        placing.remove(ctx, asset_id=pump(ctx))


def test_parts_go_along(tenant, hall):
    ctx = tenant.owner
    whole = pump(ctx, "Pump set", location_id=hall[0])
    motor = pump(ctx, "Motor", location_id=hall[0], parent_id=whole)
    bearing = pump(ctx, "Bearing", location_id=hall[0], parent_id=motor)
    spare = pump(ctx, "Spare rotor", location_id=hall[1], parent_id=whole, state=AssetState.IN_STORE)
    attic = floor(ctx, site(ctx, "Attic"))
    placing.move(ctx, asset_id=whole, location_id=attic)
    where = {a.name: a.location_id for a in Asset.objects.of(ctx)}
    assert where == {"Pump set": attic, "Motor": attic, "Bearing": attic, "Spare rotor": hall[1]}
    assert [i.until_at is None for i in rows(ctx, bearing)] == [False, True]
    placing.remove(ctx, asset_id=whole)
    assert {a.name: a.state for a in Asset.objects.of(ctx)}["Bearing"] == "in_store"
    placing.install(ctx, asset_id=whole, location_id=hall[0])
    assert {a.name: a.state for a in Asset.objects.of(ctx)}["Motor"] == "installing"
    assert (motor, spare, rows(ctx, bearing)[-1].location_id) == (motor, spare, hall[0])


def test_a_position_moves_with_what_fills_it(tenant, hall):
    ctx = tenant.owner
    role = pump_position(ctx, hall[0])
    made = pump(ctx, position_id=role)
    position.move(ctx, position_id=role, location_id=hall[1])
    assert Asset.objects.of(ctx).get(id=made).location_id == hall[1]
    with pytest.raises(Invalid) as refused:
        pump(ctx, position_id=role, location_id=hall[0])
    assert refused.value.errors[0].code == "assets.position_elsewhere"


def test_positions_are_kept_in_order(tenant, other, hall):
    ctx = tenant.owner
    upper = pump_position(ctx, hall[0], "P-100")
    lower = position.create(ctx, name="Impeller", code="P-100-1", parent_id=upper).id
    with pytest.raises(Invalid) as refused:
        pump_position(ctx, hall[0], "P-100")
    assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == ("/code", "duplicate")
    with pytest.raises(Invalid) as refused:
        position.edit(ctx, position_id=upper, parent_id=lower)
    assert refused.value.errors[0].code == "assets.position_cycle"
    position.edit(ctx, position_id=lower, name="Impeller 1", criticality="b", parent_id=None)
    position.retire(ctx, position_id=lower)
    with pytest.raises(Invalid) as refused:
        pump(ctx, position_id=lower)
    assert refused.value.errors[0].code == "assets.position_retired"
    position.reinstate(ctx, position_id=lower)
    with pytest.raises(NotVisible):
        position.retire(other.owner, position_id=lower)
    # Codes are an organisation's own.
    pump_position(other.owner, site(other.owner), "P-100")


def test_an_edit_does_not_move(tenant, hall):
    with pytest.raises(TypeError):
        asset.edit(tenant.owner, asset_id=pump(tenant.owner), location_id=hall[0])
