"""Checks, failures and follow-ups."""

from datetime import timedelta
from typing import Any

import pytest

from trunnion.catalog.models import EquipmentClass
from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, NotVisible, WrongState
from trunnion.kernel.ids import uuid7
from trunnion.knowledge.commands import archive
from trunnion.knowledge.models import FailureCode
from trunnion.knowledge.procedures.types.questions import TaskResult
from trunnion.work import queries
from trunnion.work.commands import failure, follow_up, order, task
from trunnion.work.models import Failure, FollowUp, Task
from trunnion.work.types import OrderState, Priority

MINUTE = timedelta(minutes=1)


def test_checks_stand_in_order_and_are_answered(shop):
    made = shop.order(tasks=["Look", "Listen"]).id
    task.add(shop.owner, made, titles=["Feel"], instruction="With the back of the hand")
    rows = list(Task.objects.of(shop.owner).order_by("position"))
    assert [(r.position, r.title) for r in rows] == [(1, "Look"), (2, "Listen"), (3, "Feel")]
    task.answer(shop.owner, rows[0].id, result=TaskResult.FAIL, note="Oil")
    task.answer(shop.owner, rows[0].id, result=TaskResult.PASS)
    rows[0].refresh_from_db()
    assert (rows[0].result, rows[0].note, rows[0].answered_by_name) == ("pass", "", "Wang")
    task.drop(shop.owner, rows[1].id)
    assert Task.objects.of(shop.owner).count() == 2


def test_checks_are_refused_where_the_work_is_over(shop):
    made = shop.order(tasks=["Look"]).id
    for verb in ("start", "complete"):
        shop.do(verb, made)
    row = Task.objects.of(shop.owner).get()
    for attempt in (
        lambda: task.answer(shop.owner, row.id, result=TaskResult.PASS),
        lambda: task.drop(shop.owner, row.id),
        lambda: task.add(shop.owner, made, titles=["More"]),
    ):
        with pytest.raises(WrongState):
            attempt()
    with pytest.raises(Invalid):
        task.answer(shop.owner, row.id, result="maybe")  # type: ignore[arg-type]


def test_a_failure_has_each_code_in_a_field_of_its_own(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    done = failure.record(
        shop.engineer,
        made,
        mode="ELP",
        mechanism="1.1",
        cause="unknown",
        detection="planned_maintenance",
        part="Seal",
    )
    row = Failure.objects.of(shop.owner).get()
    assert (row.asset_id, row.mode.code, row.mechanism.code, row.activity_id) == (
        shop.pump,
        "ELP",
        "1.1",
        None,
    )
    assert row.detected_at == shop.row(made).reported_at
    failure.edit(shop.engineer, done.id, cause=None, activity="replace", restored_at=clock.now())
    shown = queries.get_order(shop.engineer, made)["failures"][0]
    assert (shown["cause_code"], shown["activity_code"], shown["part"]) == (None, "replace", "Seal")


def test_codes_come_from_their_list_and_fit_the_class(shop):
    from trunnion.assets.commands import asset
    from trunnion.catalog.commands import model

    pumps = EquipmentClass.objects.of(shop.owner).get(code="PU")
    kind = model.create(shop.owner, name="NK 50", equipment_class_id=pumps.id)
    pump = asset.create(shop.owner, name="Pump 9", model_id=kind.id).id
    made = shop.order(asset_id=pump).id
    elsewhere = next(
        c for c in FailureCode.objects.of(shop.owner).filter(list="mode") if not {"PU", "*"} & set(c.classes)
    )
    for codes, pointer, why in (
        ({"mode": "XXX"}, "/mode", "failure_code.unknown"),
        ({"mode": elsewhere.code}, "/mode", "failure_code.not_for_class"),
        ({"mode": "FTS", "cause": "replace"}, "/cause", "failure_code.unknown"),
    ):
        with pytest.raises(Invalid) as refused:
            failure.record(shop.owner, made, **codes)
        assert [(e.pointer, e.code) for e in refused.value.errors] == [(pointer, why)]
    archive(shop.owner, FailureCode.objects.of(shop.owner).get(list="mode", code="FTS").id)
    with pytest.raises(Invalid):
        failure.record(shop.owner, made, mode="FTS")
    failure.record(shop.owner, made, mode="UNK")


def test_a_failure_begins_is_noticed_is_mended(shop):
    made, now = shop.in_state(OrderState.IN_PROGRESS), clock.now()
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"began_at": now, "detected_at": now - MINUTE}, "/detected_at"),
        ({"detected_at": now - MINUTE, "restored_at": now - 2 * MINUTE}, "/restored_at"),
        ({"detected_at": now + 60 * MINUTE}, "/detected_at"),
    )
    for times, pointer in wrong:
        with pytest.raises(Invalid) as refused:
            failure.record(shop.owner, made, mode="UNK", **times)
        assert refused.value.errors[0].pointer == pointer
    assert not Failure.objects.of(shop.owner).exists()


def test_several_failures_one_withdrawn_even_after_closing(shop):
    made = shop.in_state(OrderState.CLOSED)
    first = failure.record(shop.owner, made, mode="UNK").id
    failure.record(shop.owner, made, mode="OTH")
    failure.withdraw(shop.owner, first)
    assert [f.mode.code for f in Failure.objects.of(shop.owner)] == ["OTH"]
    with pytest.raises(WrongState):
        failure.record(shop.owner, shop.in_state(OrderState.REJECTED), mode="UNK")


def test_an_order_leads_to_another(shop):
    made = shop.in_state(OrderState.CLOSED)
    after = follow_up.create(
        shop.owner, made, title="Replace the coupling", priority=Priority.HIGH, reason="Worn"
    )
    row = shop.row(after.id)
    assert (row.asset_id, row.location_id, row.source, row.state) == (
        shop.pump,
        shop.site,
        "follow_up",
        "requested",
    )
    assert queries.get_order(shop.owner, made)["follow_ups"][0]["number"] == after.number
    assert queries.get_order(shop.owner, after.id)["origin"]["row_id"] == made
    assert FollowUp.objects.of(shop.owner).get().reason == "Worn"
    with pytest.raises(WrongState):
        follow_up.create(shop.owner, shop.in_state(OrderState.CANCELLED), title="x")


def test_lines_of_others_are_not_there(shop, other):
    made = shop.order(tasks=["Look"]).id
    line = failure.record(shop.owner, made, mode="UNK").id
    check = Task.objects.of(shop.owner).get().id
    for attempt in (
        lambda: task.answer(other.owner, check, result=TaskResult.PASS),
        lambda: failure.withdraw(other.owner, line),
        lambda: follow_up.create(other.owner, made, title="x"),
        lambda: task.drop(other.owner, uuid7()),
        lambda: order.approve(other.owner, made),
    ):
        with pytest.raises(NotVisible):
            attempt()
