"""Imports: thousands of rows in one entry; the same lines again change nothing."""

from datetime import date

import pytest

from trunnion.assets.commands import asset_batch, group, location_batch, position, position_batch
from trunnion.assets.models import Asset, AssetMove, Installation, Location, QrCode
from trunnion.assets.queries import get_location_card
from trunnion.assets.queries.history import get_group
from trunnion.assets.tests.builders import pump, room, site
from trunnion.assets.types.kinds import AssetState, LocationKind
from trunnion.assets.types.lines import AssetLine, GroupLine, LocationLine, PositionLine
from trunnion.kernel import history
from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.models import Entry

K = LocationKind
TREE = [
    LocationLine(K.SPACE, "Pump room", parent_line=2, code="B-01"),
    LocationLine(K.SITE, "Pier 4", zone="Asia/Shanghai"),
    LocationLine(K.FLOOR, "Basement", parent_line=3),
    LocationLine(K.BUILDING, "Boiler house", parent_line=1),
    LocationLine(K.SPACE, "Store", parent_line=2),
]


def counts(done):
    return (done.created, done.changed, done.same)


def test_a_tree_comes_in_once(tenant):
    ctx = tenant.owner
    first = location_batch.ensure_many(ctx, lines=TREE)
    assert counts(first) == (5, 0, 0)
    assert get_location_card(ctx, first.ids[0]).place == "Pier 4 > Boiler house > Basement > Pump room"
    assert get_location_card(ctx, first.ids[0]).zone == "Asia/Shanghai"
    again = location_batch.ensure_many(ctx, lines=TREE)
    assert (counts(again), again.ids) == ((0, 0, 5), first.ids)
    changed = [LocationLine(K.SPACE, "Pump room 1", id=first.ids[0], parent_id=first.ids[1]), *TREE[1:]]
    third = location_batch.ensure_many(ctx, lines=changed)
    assert counts(third) == (0, 1, 4)
    assert get_location_card(ctx, first.ids[0]).place == "Pier 4 > Pump room 1"


def test_a_batch_is_one_entry(tenant):
    ctx = tenant.owner
    before = Entry.objects.filter(organisation_id=tenant.id).count()
    done = location_batch.ensure_many(
        ctx, lines=[*TREE, *(LocationLine(K.SPACE, f"Room {i}", parent_line=2) for i in range(60))]
    )
    assert Entry.objects.filter(organisation_id=tenant.id).count() == before + 1
    assert history.of_record(ctx, done.ids[-1])[0]["changes"][0]["op"] == "create"


@pytest.mark.parametrize(
    ("lines", "pointer"),
    [
        ([LocationLine(K.FLOOR, "F", parent_line=7)], "/lines/0/parent_line"),
        ([LocationLine(K.SPACE, "A", parent_line=1), LocationLine(K.SPACE, "B", parent_line=0)], "/lines"),
        ([LocationLine(K.SPACE, "A"), LocationLine(K.FLOOR, "B", parent_line=0)], "/lines/1/parent_id"),
        ([LocationLine(K.SITE, "A"), LocationLine(K.SITE, "B", lon=1)], "/lines/1/lat"),
    ],
)
def test_one_bad_line_refuses_the_whole(tenant, lines, pointer):
    with pytest.raises(Invalid) as refused:
        location_batch.ensure_many(tenant.owner, lines=lines)
    assert refused.value.errors[0].pointer == pointer
    assert not Location.objects.of(tenant.owner).exists()


def test_assets_come_in_with_their_places(tenant):
    ctx = tenant.owner
    where = room(ctx, site(ctx))
    role = position.create(ctx, name="Pump 1", code="P-1", location_id=where).id
    lines = [
        AssetLine("Motor", parent_line=1, location_id=where),
        AssetLine(
            "Pump set", serial="S-1", location_id=where, installed_on=date(2024, 5, 1), criticality="a"
        ),
        AssetLine("Filler", position_id=role),
        AssetLine("Spare", state=AssetState.IN_STORE, location_id=where),
    ]
    done = asset_batch.ensure_many(ctx, lines=lines)
    assert counts(done) == (4, 0, 0)
    rows = [Asset.objects.of(ctx).get(id=i) for i in done.ids]
    assert [r.number for r in rows] == ["A-000001", "A-000002", "A-000003", "A-000004"]
    assert (rows[0].parent_id, rows[2].location_id, rows[3].state) == (rows[1].id, where, "in_store")
    assert Installation.objects.of(ctx).count() == 3
    assert AssetMove.objects.of(ctx).count() == 4
    assert QrCode.objects.of(ctx).count() == 4


def test_assets_again_change_only_what_differs(tenant):
    ctx = tenant.owner
    top = site(ctx)
    one, two = room(ctx, top, "One"), room(ctx, top, "Two")
    first = asset_batch.ensure_many(
        ctx, lines=[AssetLine("A", location_id=one), AssetLine("B", location_id=one)]
    )
    lines = [
        AssetLine("A", id=first.ids[0], location_id=one),
        AssetLine("B2", id=first.ids[1], location_id=two),
    ]
    assert counts(asset_batch.ensure_many(ctx, lines=lines)) == (0, 1, 1)
    assert Installation.objects.of(ctx).filter(asset_id=first.ids[1]).count() == 2
    assert counts(asset_batch.ensure_many(ctx, lines=lines)) == (0, 0, 2)


def test_bad_asset_lines_are_named(tenant, other):
    ctx, foreign = tenant.owner, pump(other.owner)
    for line, pointer in (
        (AssetLine("A", id=foreign), "/lines/0/id"),
        (AssetLine("A", location_id=foreign), "/lines/0/location_id"),
        (AssetLine("A", position_id=foreign), "/lines/0/position_id"),
        (AssetLine("A", model_id=foreign), "/lines/0/model_id"),
        (AssetLine("A", owner_party_id=foreign), "/lines/0/owner_party_id"),
        (AssetLine("A", parent_id=foreign), "/lines/0/parent_id"),
        (AssetLine("A", parent_line=0), "/parent_id"),
        (AssetLine("A", price="1"), "/lines/0/currency"),
    ):
        with pytest.raises(Invalid) as refused:
            asset_batch.ensure_many(ctx, lines=[line])
        assert refused.value.errors[0].pointer == pointer
    assert not Asset.objects.of(ctx).exists()


def test_positions_and_systems_come_in_once(tenant):
    ctx = tenant.owner
    where, thing = room(ctx), pump(ctx)
    lines = [PositionLine("Pump 1", code="P-1", location_id=where), PositionLine("Pump 2", code="P-2")]
    assert counts(position_batch.ensure_many(ctx, lines=lines)) == (2, 0, 0)
    assert counts(
        position_batch.ensure_many(ctx, lines=[PositionLine("Pump one", code="P-1"), lines[1]])
    ) == (
        0,
        1,
        1,
    )
    systems = [GroupLine("Chilled water", member_ids=(thing,)), GroupLine("Steam")]
    first = group.ensure_many(ctx, lines=systems)
    assert (counts(first), counts(group.ensure_many(ctx, lines=systems))) == ((2, 0, 0), (0, 0, 2))
    assert [m["name"] for m in get_group(ctx, first.ids[0])["members"]] == ["Feed pump"]
    zones = group.ensure_zones(ctx, lines=[GroupLine("Fire zone 1", member_ids=(where,))])
    assert counts(zones) == (1, 0, 0)
    with pytest.raises(Invalid):
        group.ensure_many(ctx, lines=[GroupLine("Steam", member_ids=(where,))])


def test_who_may_not_brings_in_nothing(tenant):
    with pytest.raises(NotGranted):
        asset_batch.ensure_many(tenant.person("engineer"), lines=[AssetLine("A")])
