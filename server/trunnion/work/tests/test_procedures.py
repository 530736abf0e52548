"""An order follows a procedure: its steps are frozen, asked as they depend on each other, and compared over time."""

from decimal import Decimal

import pytest

from trunnion.assets.commands import meter
from trunnion.assets.queries.history import meters_of
from trunnion.attach.commands import file
from trunnion.attach.queries import files_of
from trunnion.attach.tests.builders import jpeg
from trunnion.kernel.errors import Invalid, NotVisible, Refusal, WrongState
from trunnion.knowledge.procedures.commands import version
from trunnion.knowledge.procedures.tests.builders import STEPS, approved, newest
from trunnion.knowledge.procedures.types.cards import Purpose
from trunnion.work import queries
from trunnion.work.commands import follow_up, procedure, task
from trunnion.work.models import FollowUp, Order, Task
from trunnion.work.types import OrderKind


@pytest.fixture
def sop(shop):
    return approved(shop.tenant)


@pytest.fixture
def job(shop, sop):
    made = shop.in_state("in_progress")
    procedure.attach(shop.owner, made, sop.id)
    return made


def checks(shop, order_id):
    rows = Task.objects.of(shop.owner).filter(order_id=order_id).order_by("position")
    return {row.step_key: row for row in rows}


def complete(shop, order_id):
    return shop.do("complete", order_id, ctx=shop.engineer)


def test_every_kind_of_order_is_a_purpose():
    assert [*Purpose] == [*OrderKind]


def test_steps_become_checks_and_stay_as_they_were(shop, sop, job):
    shown = queries.get_order(shop.owner, job)
    assert [t["title"] for t in shown["tasks"]] == [s["title"] for s in STEPS]
    assert (shown["procedures"][0]["number"], shown["procedures"][0]["no"]) == ("SOP-000001", 1)
    second = version.revise(shop.owner, newest(shop.tenant, sop.id).id)
    version.write(shop.owner, second.id, steps=STEPS[:1])
    version.submit(shop.owner, second.id)
    version.approve(shop.tenant.person("manager"), second.id)
    assert len(queries.get_order(shop.owner, job)["tasks"]) == 4
    later = shop.order().id
    procedure.attach(shop.owner, later, sop.id)
    assert queries.get_order(shop.owner, later)["procedures"][0]["no"] == 2
    assert len(queries.get_order(shop.owner, later)["tasks"]) == 1


def test_repeats_are_checks_of_their_own(shop):
    thrice = approved(shop.tenant, ({"key": "gap", "title": "Gap", "asks": "number", "repeats": 3},))
    made = shop.order(tasks=["Look"]).id
    procedure.attach(shop.owner, made, thrice.id)
    rows = Task.objects.of(shop.owner).order_by("position").values_list("position", "title", "repeat")
    assert list(rows) == [(1, "Look", 0), (2, "Gap", 1), (3, "Gap", 2), (4, "Gap", 3)]


def test_completing_asks_for_what_the_procedure_asks(shop, job):
    rows = checks(shop, job)
    with pytest.raises(Refusal) as refused:
        complete(shop, job)
    assert refused.value.code == "order.checks_open"
    assert refused.value.facts == {"titles": ["Bearing temperature"], "count": 1}
    # What is hot is asked only where it is too hot.
    task.answer(shop.engineer, rows["temp"].id, value="92")
    with pytest.raises(Refusal) as refused:
        complete(shop, job)
    assert refused.value.facts["titles"] == ["What is hot?"]
    with pytest.raises(Invalid) as why:
        task.answer(shop.engineer, rows["why"].id, result="skipped")
    assert [(e.pointer, e.code) for e in why.value.errors] == [("/note", "task.reason_needed")]
    task.answer(shop.engineer, rows["why"].id, result="skipped", note="Too loud to tell")
    complete(shop, job)


def test_what_is_not_asked_holds_nobody_up(shop, job):
    rows = checks(shop, job)
    with pytest.raises(Invalid) as must:
        task.answer(shop.engineer, rows["temp"].id, result="skipped", note="No time")
    assert must.value.errors[0].code == "task.must_be_answered"
    with pytest.raises(Invalid) as read:
        task.answer(shop.engineer, rows["safe"].id, result="pass")
    assert read.value.errors[0].code == "task.nothing_asked"
    task.answer(shop.engineer, rows["temp"].id, value="60")
    complete(shop, job)
    assert queries.get_report(shop.owner, job, "en").content[:5] == b"%PDF-"


def test_a_procedure_is_attached_once_and_taken_off_while_nothing_is_answered(shop, sop, job):
    with pytest.raises(Invalid) as twice:
        procedure.attach(shop.owner, job, sop.id)
    assert twice.value.errors[0].code == "order.procedure_twice"
    held = queries.get_order(shop.owner, job)["procedures"][0]["id"]
    procedure.detach(shop.engineer, held)
    assert not Task.objects.of(shop.owner).exists()
    procedure.attach(shop.engineer, job, sop.id)
    task.answer(shop.engineer, checks(shop, job)["temp"].id, value="60")
    with pytest.raises(Refusal) as answered:
        procedure.detach(shop.engineer, queries.get_order(shop.owner, job)["procedures"][0]["id"])
    assert answered.value.code == "order.procedure_answered"
    done = shop.in_state("completed")
    with pytest.raises(WrongState):
        procedure.attach(shop.owner, done, sop.id)


def test_fitting_procedures_are_proposed_until_attached(shop, sop):
    made = shop.in_state("in_progress")
    approved(shop.tenant, name="Inspections only", purposes=["inspection"])
    found = queries.list_procedures(shop.engineer, made)["proposed"]
    assert [(one.id, one.fits) for one in found] == [(sop.id, "any")]
    procedure.attach(shop.engineer, made, sop.id)
    assert queries.list_procedures(shop.engineer, made)["proposed"] == []


def test_a_failed_check_is_followed_by_an_order_that_says_what_was_seen(shop, job):
    row = checks(shop, job)["temp"]
    task.answer(shop.engineer, row.id, value="92", note="Smells burnt")
    made = follow_up.create(shop.engineer, job, title="Bearing runs hot", task_id=row.id)
    assert shop.row(made.id).description == ("Bearing temperature: 92 °C\nLimits: 10 to 80 °C\nSmells burnt")
    assert FollowUp.objects.of(shop.owner).get().task_id == row.id
    other = shop.order(tasks=["Look"]).id
    foreign = Task.objects.of(shop.owner).get(order_id=other).id
    with pytest.raises(Invalid) as refused:
        follow_up.create(shop.engineer, job, title="x", task_id=foreign)
    assert refused.value.errors[0].pointer == "/task_id"


def test_a_picture_of_the_fault_goes_along(shop):
    pictured = approved(shop.tenant, ({"key": "p", "title": "Coupling", "asks": "photo"},))
    job = shop.in_state("in_progress")
    procedure.attach(shop.owner, job, pictured.id)
    row = checks(shop, job)["p"]
    stored = file.store(shop.engineer, "coupling.jpg", [jpeg()])
    task.answer(shop.engineer, row.id, file_id=stored.id, result="flag")
    made = follow_up.create(shop.engineer, job, title="Coupling is worn", task_id=row.id)
    assert [f.file_id for f in files_of(shop.owner, Order.kind, made.id)] == [stored.id]


def test_a_meter_reading_stands_in_the_meters_ledger(shop):
    hours = meter.create(shop.owner, asset_id=shop.pump, name="Running hours", kind="counter", unit="h").id
    steps = (
        {"key": "h", "title": "Hours", "asks": "meter", "meter": "running HOURS"},
        {"key": "k", "title": "Strokes", "asks": "meter", "meter": "Strokes"},
    )
    job = shop.in_state("in_progress")
    procedure.attach(shop.owner, job, approved(shop.tenant, steps).id)
    rows = checks(shop, job)
    assert (rows["h"].unit, rows["h"].meter_id) == ("h", hours)
    assert (rows["k"].asks, rows["k"].meter_id) == ("number", None)
    task.answer(shop.engineer, rows["h"].id, value="512")
    assert meters_of(shop.owner, shop.pump)[0]["last_value"] == Decimal(512)
    again = shop.in_state("in_progress")
    procedure.attach(shop.owner, again, approved(shop.tenant, steps, name="Again").id)
    with pytest.raises(Invalid):
        task.answer(shop.engineer, checks(shop, again)["h"].id, value="12")
    assert checks(shop, again)["h"].result == ""


def test_answers_are_compared_over_time(shop, sop):
    for value in ("60", "71.5", "92"):
        job = shop.in_state("in_progress")
        procedure.attach(shop.owner, job, sop.id)
        task.answer(shop.engineer, checks(shop, job)["temp"].id, value=value)
    points = queries.get_trends(shop.owner, shop.pump)["points"]
    assert [(p["title"], p["unit"], p["high"]) for p in points] == [
        ("Bearing temperature", "°C", Decimal(80))
    ]
    assert [(a["number"], a["result"]) for a in points[0]["answers"]] == [
        (Decimal(60), "pass"), (Decimal("71.5"), "pass"), (Decimal(92), "fail"),
    ]  # fmt: skip


def test_those_of_others_are_not_there(shop, other, sop, job):
    held = queries.get_order(shop.owner, job)["procedures"][0]["id"]
    for attempt in (
        lambda: procedure.detach(other.owner, held),
        lambda: procedure.attach(other.owner, job, sop.id),
        lambda: queries.get_trends(other.owner, shop.pump),
        lambda: queries.list_procedures(other.owner, job),
    ):
        with pytest.raises(NotVisible):
            attempt()
