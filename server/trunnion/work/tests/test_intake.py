"""An order comes in, is put right, approved or refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from trunnion.kernel.context import Door
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Stale
from trunnion.kernel.ids import uuid7
from trunnion.kernel.models import Entry
from trunnion.work.commands import order
from trunnion.work.models import Downtime, Order
from trunnion.work.types import OrderKind, OrderState, Priority


def test_an_order_takes_its_place_from_the_asset_and_is_requested_at_once(shop):
    made = shop.order(is_stopped=True, priority=Priority.HIGH)
    row = shop.row(made.id)
    assert (made.number, made.state) == ("WO-000001", OrderState.REQUESTED)
    assert (row.location_id, row.reporter_name, row.source) == (shop.site, "Wang", "desk")
    assert row.maintenance_type == "corrective_immediate"
    assert row.reported_at is not None
    assert "SN-77" in row.subject_words
    assert Downtime.objects.of(shop.owner).get().ended_at is None


def test_numbers_are_never_used_twice(shop):
    assert [shop.order().number for _ in range(3)] == ["WO-000001", "WO-000002", "WO-000003"]


def test_a_draft_stops_no_machine_until_it_is_submitted(shop):
    made = shop.order(is_stopped=True, as_draft=True)
    assert made.state == OrderState.DRAFT
    assert not Downtime.objects.of(shop.owner).exists()
    order.submit(shop.owner, made.id)
    assert Downtime.objects.of(shop.owner).count() == 1


@pytest.mark.parametrize("field", ["asset_id", "position_id", "location_id", "customer_id", "team_id"])
def test_what_is_not_there_is_named_and_nothing_is_written(shop, field):
    named: dict[str, Any] = {field: uuid7()}
    with pytest.raises(Invalid) as refused:
        order.create(shop.owner, title="Ghost", **named)
    assert [(e.pointer, e.code) for e in refused.value.errors] == [(f"/{field}", "reference_unknown")]
    assert not Order.objects.of(shop.owner).exists()


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"title": "  "}, "/title"),
        ({"title": "x" * 201}, "/title"),
        ({"kind": "breakdown"}, "/kind"),
        ({"priority": 1}, "/priority"),
        ({"due_at": "tomorrow"}, "/due_at"),
        ({"due_at": datetime.now(UTC).replace(tzinfo=None)}, "/due_at"),
        ({"reported_at": datetime.now(UTC) + timedelta(days=1)}, "/reported_at"),
        ({"planned_until_at": datetime.now(UTC)}, "/planned_until_at"),
        ({"tasks": [""]}, "/tasks/0"),
    ],
)
def test_bad_input_names_the_field(shop, facts, pointer):
    with pytest.raises(Invalid) as refused:
        shop.order(**facts)
    assert refused.value.errors[0].pointer == pointer
    assert not Order.objects.of(shop.owner).exists()


@pytest.mark.parametrize(
    ("door", "source"),
    [(Door.FIELD, "field"), (Door.PORTAL, "customer"), (Door.API, "api"), (Door.WEB, "desk")],
)
def test_the_door_tells_the_source(shop, door, source):
    made = order.create(shop.owner.with_(door=door), title="Seen on my round")
    assert shop.row(made.id).source == source


def test_an_edit_keeps_what_is_not_given(shop):
    made = shop.order(symptom="drip", priority=Priority.LOW)
    order.edit(shop.owner, made.id, title="Gland drips", priority=Priority.URGENT, kind=OrderKind.INSPECTION)
    row = shop.row(made.id)
    assert (row.title, row.symptom, row.priority_rank, row.work_kind) == (
        "Gland drips",
        "drip",
        4,
        "inspection",
    )


def test_another_kind_is_another_type_and_what_was_done_is_never_emptied(shop):
    made = shop.in_state(OrderState.COMPLETED)
    order.edit(shop.owner, made, kind=OrderKind.INSPECTION)
    assert shop.row(made).maintenance_type == "predetermined"
    with pytest.raises(Invalid) as refused:
        order.edit(shop.owner, made, remedy="")
    assert refused.value.errors[0].pointer == "/remedy"
    order.edit(shop.owner, made, remedy="Seal and bearing replaced")


def test_another_asset_brings_its_own_place_and_lets_the_first_one_run(shop):
    from trunnion.assets.commands import asset

    other = asset.create(shop.owner, name="Fan 1").id
    made = shop.order(is_stopped=True)
    order.edit(shop.owner, made.id, asset_id=other)
    row = shop.row(made.id)
    assert (row.asset_id, row.location_id) == (other, None)
    assert "Fan 1" in row.subject_words
    stood = Downtime.objects.of(shop.owner).order_by("id").values_list("asset_id", "ended_at")
    assert [(asset_id, ended is None) for asset_id, ended in stood] == [(shop.pump, False), (other, True)]


def test_a_place_of_ones_own_wins_over_the_assets(shop):
    from trunnion.assets.commands import location
    from trunnion.assets.types.kinds import LocationKind

    yard = location.create(shop.owner, kind=LocationKind.SITE, name="Yard").id
    made = shop.order(location_id=yard)
    assert shop.row(made.id).location_id == yard


def test_an_edit_of_an_older_version_is_refused(shop):
    made = shop.order()
    order.approve(shop.owner, made.id)
    with pytest.raises(Stale):
        order.edit(shop.owner.with_(seen_version=1), made.id, title="Late")


def test_approval_and_rejection_are_acknowledged(shop):
    yes, no = shop.order(), shop.order()
    order.approve(shop.owner, yes.id)
    order.reject(shop.owner, no.id, reason="Belongs to the landlord")
    assert shop.row(yes.id).acknowledged_at is not None
    assert (shop.row(no.id).state, shop.row(no.id).end_reason) == ("rejected", "Belongs to the landlord")
    with pytest.raises(Invalid):
        order.reject(shop.owner, yes.id, reason="")


def test_wrong_role_and_other_organisation(shop, other):
    made = shop.order()
    with pytest.raises(NotGranted):
        order.approve(shop.engineer, made.id)
    with pytest.raises(NotVisible):
        order.approve(other.owner, made.id)
    with pytest.raises(NotVisible):
        order.approve(shop.owner, uuid7())


def test_a_kiosk_reports_without_seeing_anything(shop):
    kiosk = shop.tenant.person("kiosk")
    made = order.create(kiosk, title="Broken", asset_id=shop.pump, is_stopped=True)
    assert made.state == OrderState.REQUESTED
    with pytest.raises(NotGranted):
        order.cancel(kiosk, made.id, reason="x")


def test_the_same_key_makes_one_order(shop):
    ctx = shop.owner.with_(key="phone-1")
    assert order.create(ctx, title="Once") == order.create(ctx, title="Once")
    assert Order.objects.of(shop.owner).count() == 1


def test_every_verb_leaves_one_entry_about_the_order(shop):
    made = shop.order(is_stopped=True, tasks=["Look", "Listen"])
    order.approve(shop.owner, made.id)
    entries = Entry.objects.filter(organisation_id=shop.tenant.id, subject_id=made.id).order_by("id")
    assert list(entries.values_list("verb", "events")) == [
        ("work.order.create", "work.order.created,work.downtime.begun"),
        ("work.order.approve", "work.order.approved"),
    ]
