"""Each event reaches each handler, and its effect happens once, whatever goes wrong in between."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from trunnion.kernel import clock, delivery, events, history, jobs, worker
from trunnion.kernel.errors import Refusal
from trunnion.kernel.events import Event, Handler, gathered
from trunnion.kernel.models import Job, Payload
from trunnion.kernel.models.jobs import DELIVERY, JobState

from .builders import entries, thing
from .playground import commands
from .playground.events import ThingMade
from .playground.models import Thing, Turn


@pytest.fixture
def handled(monkeypatch):
    """Registers handlers for the length of a test; returns how."""

    def register(*runs) -> None:
        handlers = [Handler(f"playground.{run.__name__}", run) for run in runs]
        monkeypatch.setitem(events.HANDLERS, "playground.thing.made", handlers)

    return register


def turn_it(ctx, event: ThingMade) -> None:
    commands.turn(ctx, event.thing_id, Decimal(1))


def deliveries(ctx) -> list[Job]:
    return list(Job.objects.filter(task=DELIVERY, organisation_id=ctx.organisation_id).order_by("id"))


def later(monkeypatch, **gap: float) -> None:
    at = clock.now() + timedelta(**gap)
    monkeypatch.setattr(clock, "now", lambda: at)


def test_an_event_becomes_a_command_of_the_handler(here, handled):
    handled(turn_it)
    row = thing(here)
    assert Turn.objects.of(here).get().thing_id == row.id
    assert [j.state for j in deliveries(here)] == [JobState.DONE]
    made, turned = entries(here)
    assert (turned.door, turned.actor_id, turned.on_behalf_of) == ("job", None, "Li Wei")
    assert made.events == "playground.thing.made"


def test_each_handler_has_a_delivery_of_its_own(here, handled):
    def fails(ctx, event) -> None:
        raise ValueError("no")

    handled(turn_it, fails)
    thing(here)
    assert [j.state for j in deliveries(here)] == [JobState.DONE, JobState.READY]
    assert Turn.objects.of(here).count() == 1


def test_a_delivery_that_comes_twice_has_one_effect(here, handled):
    handled(turn_it)
    thing(here)
    job = deliveries(here)[0]
    worker.run(job)
    delivery.plan(entries(here)[:1])
    worker.settle([here.organisation_id])
    assert Turn.objects.of(here).count() == 1
    assert len(deliveries(here)) == 1


def test_a_kill_between_the_handler_and_its_mark_leaves_no_effect(here, handled, monkeypatch):
    handled(turn_it)

    class Killed(BaseException):
        """What no handler catches."""

    def killed(*args) -> None:
        raise Killed

    finish = jobs.finish
    monkeypatch.setattr(jobs, "finish", killed)
    with pytest.raises(Killed):
        thing(here)
    assert not Turn.objects.of(here).exists()
    assert [j.state for j in deliveries(here)] == [JobState.RUNNING]
    monkeypatch.setattr(jobs, "finish", finish)
    worker.settle([here.organisation_id])
    assert not Turn.objects.of(here).exists()
    later(monkeypatch, seconds=61)
    worker.settle([here.organisation_id])
    assert Turn.objects.of(here).count() == 1
    assert [j.state for j in deliveries(here)] == [JobState.DONE]


def test_a_failing_handler_is_tried_again_with_growing_pauses_and_then_parked(here, handled, monkeypatch):
    def fails(ctx, event) -> None:
        commands.turn(ctx, event.thing_id, Decimal(1))
        raise ValueError("the sensor is gone")

    handled(fails)
    thing(here)
    pauses = []
    for _ in range(jobs.MAX_ATTEMPTS - 1):
        job = deliveries(here)[0]
        assert job.state == JobState.READY
        pauses.append(round((job.run_at - clock.now()).total_seconds()))
        later(monkeypatch, seconds=pauses[-1] + 1)
        worker.settle([here.organisation_id])
    assert pauses == sorted(pauses)
    assert len(set(pauses)) == len(pauses)
    parked = history.parked_jobs(here)
    assert [(j["task"], j["attempts"]) for j in parked] == [(DELIVERY, jobs.MAX_ATTEMPTS)]
    assert "the sensor is gone" in parked[0]["error"]
    assert not Turn.objects.of(here).exists()
    handled(turn_it)
    Job.objects.update(arguments=parked[0]["arguments"].replace("playground.fails", "playground.turn_it"))
    assert jobs.retry(parked[0]["id"], here.organisation_id)
    worker.settle([here.organisation_id])
    assert Turn.objects.of(here).count() == 1


def test_a_refusal_of_a_handler_is_tried_again(here, handled):
    def refuses(ctx, event) -> None:
        raise Refusal("thing_refused", name=event.name)

    handled(refuses)
    thing(here)
    job = deliveries(here)[0]
    assert (job.state, job.attempts) == (JobState.READY, 1)
    assert job.error.startswith("thing_refused")


def test_a_handler_that_is_gone_or_an_erased_event_is_let_be(here, handled, monkeypatch):
    def fails(ctx, event) -> None:
        raise ValueError("no")

    handled(fails)
    thing(here, "a")
    thing(here, "b")
    Payload.objects.filter(entry_id=entries(here)[1].id).update(erased_at=clock.now(), body="")
    handled(turn_it)
    later(monkeypatch, seconds=100)
    worker.settle([here.organisation_id])
    assert {j.state for j in deliveries(here)} == {JobState.DONE}
    assert not Turn.objects.of(here).exists()


def test_an_event_of_an_undone_verb_reaches_nobody(here, handled):
    handled(turn_it)
    with pytest.raises(Refusal):
        commands.refuse(here, "pump")
    assert deliveries(here) == []


def test_a_handlers_own_events_are_delivered_too(here, handled, monkeypatch):
    def copy_once(ctx, event: ThingMade) -> None:
        if not event.name.endswith("copy"):
            commands.create(ctx, f"{event.name} copy")

    handled(copy_once)
    thing(here)
    assert set(Thing.objects.of(here).values_list("name", flat=True)) == {"pump", "pump copy"}
    assert [j.state for j in deliveries(here)] == [JobState.DONE] * 2


def test_events_of_one_verb_keep_their_order_and_content(here, handled):
    seen = []

    def note(ctx, event: ThingMade) -> None:
        seen.append((ctx.organisation_id, event))

    handled(note)
    made = commands.build(here, "press", [commands.Part("bolt", Decimal(1))])
    assert [e.name for _, e in seen] == ["press", "bolt"]
    assert seen[0] == (here.organisation_id, ThingMade(thing_id=made.id, name="press"))


def test_facts_that_gather_are_told_once_for_many(monkeypatch):
    monkeypatch.setattr(events, "EVENTS", {})

    class Called(Event, name="playground.thing.called", gathers="thing_ids", most=2):
        thing_ids: list[UUID]

    class Seen(Event, name="playground.thing.seen"):
        thing_id: UUID

    ids = [UUID(int=n) for n in range(4)]
    one, seen = Called(thing_ids=[ids[0]]), Seen(thing_id=ids[0])
    assert gathered([one, seen, Called(thing_ids=ids), seen]) == [
        Called(thing_ids=ids[:2]), Called(thing_ids=ids[2:]), seen, seen,
    ]  # fmt: skip
    assert gathered([]) == []
