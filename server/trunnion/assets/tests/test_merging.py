"""Two records of one machine: what follows, what stays as history, what stands in the way, and the way back."""

from datetime import date, timedelta

import pytest

from trunnion.assets.commands import asset, group, interval, life, merging, placing, qr, reading, relation
from trunnion.assets.models import Asset, Installation, Meter, StateInterval
from trunnion.assets.queries import assets, duplicates, file, find_asset_by_token
from trunnion.assets.queries.deadlines import due_soon
from trunnion.assets.queries.scans import resolve
from trunnion.assets.types.kinds import IntervalState
from trunnion.attach.commands import comment, reference
from trunnion.catalog.commands import equipment_class, model
from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, Merged, NotGranted, Refusal
from trunnion.kernel.journal import enter_organisation

from . import builders as make

KIND = "assets.asset"


@pytest.fixture
def owner(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


@pytest.fixture
def pair(owner):
    """One pump entered twice at one place; the second has a meter, a part, a place in a system and a past."""
    place = make.building(owner, make.site(owner))
    stays = make.pump(owner, "Feed pump", location_id=place, serial="SN-1")
    gone = make.pump(
        owner, "Feed pump 2", location_id=place, serial="SN-01", barcode="B-77", price=100, currency="EUR"
    )
    for row_id in (stays, gone):
        make.hour_counter(owner, row_id)
    meter = Meter.objects.of(owner).get(asset_id=gone)
    reading.record(owner, meter.id, 5)
    asset.put_under(owner, make.pump(owner, "Motor"), gone)
    system = group.create(owner, "Cooling water").id
    group.add(owner, system, [gone])
    relation.create(owner, "feeds", gone, make.pump(owner, "Tank"))
    interval.begin(owner, gone, IntervalState.UNPLANNED_DOWN)
    comment.add(owner, KIND, gone, "Hums")
    reference.set_(owner, KIND, gone, "erp", "4711")
    return gone, stays


def state(ctx):
    facts = [f.attname for f in Asset._meta.concrete_fields if f.attname not in ("version", "changed_at")]
    return [list(Asset.objects.of(ctx).order_by("id").values_list(*facts))] + [
        list(rows.order_by("id").values_list("id", "asset_id", "until_at"))
        for rows in (Installation.objects.of(ctx), StateInterval.objects.of(ctx))
    ] + [list(Meter.objects.of(ctx).order_by("id").values_list("id", "asset_id"))]  # fmt: skip


def token_of(ctx, asset_id):
    return qr.live_code(ctx, Asset.objects.of(ctx).get(id=asset_id)).token


def test_all_is_in_one_file_and_comes_apart_again(owner, pair):
    gone, stays = pair
    before = state(owner)
    own, theirs = (file.get_file(owner, i)["sections"] for i in (gone, stays))
    done = merging.merge(owner, gone, stays)
    assert (done.id, sorted(done.taken)) == (stays, ["barcode", "currency", "price"])
    told = file.get_file(owner, stays)["sections"]
    for name in ("moves", "installations", "intervals", "meters", "groups", "relations", "parts", "comments"):
        assert len(told[name]) == len(own[name]) + len(theirs[name]), name
    assert [r.identifier for r in told["references"]] == ["4711"]
    assert [m["id"] for m in file.get_file(owner, stays)["asset"]["merged"]] == [gone]
    # History is not rewritten: it is read with the one that stays.
    assert StateInterval.objects.of(owner).filter(asset_id=gone).exists()
    assert not StateInterval.objects.of(owner).filter(asset_id=gone, until_at=None).exists()

    assert merging.unmerge(owner, gone).kept == []
    assert state(owner) == before
    assert {k: len(v) for k, v in file.get_file(owner, gone)["sections"].items() if k != "history"} == {
        k: len(v) for k, v in own.items() if k != "history"
    }


def test_old_numbers_labels_and_filters_lead_to_the_one_that_stays(owner, pair, tenant):
    gone, stays = pair
    number = Asset.objects.of(owner).get(id=gone).number
    label = token_of(owner, gone)
    merging.merge(owner, gone, stays)
    assert find_asset_by_token(label) == (tenant.id, stays)
    assert find_asset_by_token(token_of(owner, stays)) == (tenant.id, stays)
    for text in (label, number, "SN-01", "B-77", "4711"):
        told = resolve(owner, text)
        assert [m["asset_id"] for m in told["matches"]] == [stays], text
    client = tenant.client()
    rows = client.get("/api/assets/assets", {"search": "SN-01"}).json()["rows"]
    assert [r["id"] for r in rows] == [str(stays)]
    asked = '{"field": "asset_id", "op": "eq", "value": "%s"}'
    for listing, least in (("moves", 2), ("installations", 2), ("intervals", 1)):
        rows = client.get(f"/api/assets/{listing}", {"filter": asked % stays}).json()["rows"]
        assert len(rows) >= least, listing
        assert str(gone) in {r["asset_id"] for r in rows}, listing
    enter_organisation(tenant.id)
    assert assets.get_asset(owner, gone)["merged_into_id"] == stays
    assert assets.get_asset(owner, gone)["actions"] == ["unmerge"]
    with pytest.raises(Merged):
        life.take_out(owner, gone)
    merging.unmerge(owner, gone)
    assert find_asset_by_token(label) == (tenant.id, gone)


def test_one_place_is_left_and_two_places_are_refused(owner):
    site = make.site(owner)
    here, there = make.building(owner, site), make.building(owner, site, "Workshop")
    position = make.pump_position(owner, here)
    one = make.pump(owner, position_id=position)
    two, three = make.pump(owner, location_id=there), make.pump(owner)
    with pytest.raises(Refusal) as caught:
        merging.merge(owner, one, two)
    assert caught.value.code == "assets.merge_both_installed"
    assert caught.value.facts["other_place"] == "Workshop"
    # What stands nowhere yet takes the place over, and gives it back.
    merging.merge(owner, one, three)
    assert Installation.objects.of(owner).get(until_at=None, position_id=position).asset_id == three
    assert Asset.objects.of(owner).get(id=three).position_id == position
    merging.unmerge(owner, one)
    assert Installation.objects.of(owner).get(until_at=None, position_id=position).asset_id == one
    assert Asset.objects.of(owner).get(id=three).position_id is None
    stored = make.pump(owner, location_id=there)
    placing.remove(owner, stored)
    with pytest.raises(Refusal) as caught:
        merging.merge(owner, one, stored)
    assert caught.value.code == "assets.merge_only_gone_installed"


def test_no_pair_is_refused_in_words(owner, other, tenant):
    one, two = make.pump(owner), make.pump(owner)
    part = make.pump(owner, "Motor")
    asset.put_under(owner, part, one)
    with pytest.raises(Invalid):
        merging.merge(owner, one, one)
    for gone, into in ((one, part), (part, one)):
        with pytest.raises(Refusal) as caught:
            merging.merge(owner, gone, into)
        assert caught.value.code == "merge.one_within_the_other"
    pumps, lifts = (equipment_class.create(owner, code=c, name_en=c, name_zh=c).id for c in ("PXX", "LXX"))
    for row_id, class_id in ((one, pumps), (two, lifts)):
        made = model.create(owner, name=f"M {class_id}", equipment_class_id=class_id)
        asset.edit(owner, row_id, model_id=made.id)
    with pytest.raises(Refusal) as caught:
        merging.merge(owner, one, two)
    assert (caught.value.code, caught.value.facts["class"]) == ("assets.merge_other_class", "PXX")
    enter_organisation(other.id)
    foreign = make.pump(other.owner)
    enter_organisation(tenant.id)
    with pytest.raises(Invalid) as caught:
        merging.merge(owner, one, foreign)
    assert caught.value.errors[0].code == "reference_unknown"
    with pytest.raises(NotGranted):
        merging.merge(tenant.person("engineer"), one, part)
    assert not Asset.objects.of(owner).filter(merged_into__isnull=False).exists()


def test_facts_that_belong_together_are_taken_together(owner):
    one = make.pump(owner, warranty_until_on=date(2027, 1, 1), price=5, currency="EUR")
    two = make.pump(owner, warranty_from_on=date(2028, 1, 1), price=7, currency="CNY")
    done = merging.merge(owner, one, two, take=["price"])
    assert sorted(done.taken) == ["currency", "price"]
    row = Asset.objects.of(owner).get(id=two)
    assert (row.price, row.currency, row.warranty_until_on) == (5, "EUR", None)


def test_preview_and_pairs(owner, pair, tenant):
    gone, stays = pair
    client = tenant.client()
    told = client.get(f"/api/assets/assets/{gone}/merge_preview?into_id={stays}").json()
    lines = {(f["kind"], f["column"]): (f["following"], f["staying"]) for f in told["followed"]}
    assert lines["assets.meter", "asset"] == (0, 1)
    assert lines["assets.group_member", "asset"] == (1, 0)
    assert told["obstacles"] == []
    enter_organisation(tenant.id)
    kind = make.pump_model(owner)
    for row_id in pair:
        asset.edit(owner, row_id, model_id=kind, serial="sn-1")
    rows = client.get("/api/assets/assets/duplicate_pairs").json()["rows"]
    assert [(r["one"]["id"], r["other"]["id"], r["rules"]) for r in rows] == [
        (str(stays), str(gone), ["serial_and_model"])
    ]
    enter_organisation(tenant.id)
    merging.merge(owner, gone, stays)
    assert duplicates.list_pairs(owner)["rows"] == []


def test_over_the_api(owner, pair, tenant):
    gone, stays = pair
    path = f"/api/assets/assets/{gone}"
    client = tenant.client()
    done = client.post(f"{path}/merge", {"into_id": str(stays), "take": ["serial"]}, "application/json")
    assert done.status_code == 200, done.content
    assert "serial" in done.json()["taken"]
    back = client.post(f"{path}/unmerge", {}, "application/json")
    assert (back.status_code, back.json()["kept"]) == (200, [])


def test_nobody_is_warned_about_a_record_that_was_merged(owner):
    soon = clock.today("UTC") + timedelta(days=5)
    one, two = (make.pump(owner, warranty_until_on=soon) for _ in range(2))
    assert {d.asset_id for d in due_soon(owner)} == {one, two}
    merging.merge(owner, one, two)
    assert {d.asset_id for d in due_soon(owner)} == {two}
