"""Jobs are leased, fenced, repeated, called off, and run with the rights that their originator has by then."""

import threading
from datetime import timedelta

import pytest

from trunnion.kernel import clock, history, jobs, queue, upkeep, wake, worker
from trunnion.kernel.context import system
from trunnion.kernel.errors import NotGranted, NotSignedIn, NotVisible, Refusal
from trunnion.kernel.models import Attempt, Job, Replay, Schedule
from trunnion.kernel.models.jobs import DELIVERY, JobState

from .builders import in_threads, person, thing
from .playground import commands


@pytest.fixture
def ran(monkeypatch) -> list:
    """What the task `playground.note` was called with."""
    seen: list = []

    def note(ctx, progress, **arguments) -> str:
        seen.append((ctx, arguments))
        return "noted"

    monkeypatch.setitem(jobs.TASKS, "playground.note", note)
    monkeypatch.setattr(jobs, "_context_source", [])
    return seen


@pytest.fixture
def clockwork(monkeypatch):
    """Turns the clock forward."""

    def forward(**gap: float) -> None:
        at = clock.now() + timedelta(**gap)
        monkeypatch.setattr(clock, "now", lambda: at)

    return forward


def job(job_id) -> Job:
    return Job.objects.get(id=job_id)


def test_a_job_runs_once_and_answers(here, ran):
    job_id = jobs.enqueue(here, "playground.note", word="深")
    worker.settle([])
    worker.settle([])
    assert [arguments for _, arguments in ran] == [{"word": "深"}]
    told = jobs.get_job(here, job_id)
    assert (told["state"], told["result"], told["error"]) == ("done", "noted", "")
    with pytest.raises(NotVisible):
        jobs.get_job(person(here.organisation_id), job_id)


def test_the_same_unique_key_is_queued_once(here, there, ran):
    first = jobs.enqueue(here, "playground.note", unique_key="today")
    assert jobs.enqueue(here, "playground.note", unique_key="today") == first
    assert jobs.enqueue(there, "playground.note", unique_key="today") != first


def test_a_job_of_a_refused_verb_does_not_exist(here, ran, monkeypatch):
    monkeypatch.setattr(commands, "emit", lambda event: jobs.enqueue(here, "playground.note") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        thing(here)
    assert not Job.objects.exists()


def test_rights_withdrawn_while_a_job_waited_stop_it(here, ran, monkeypatch):
    def gone(organisation_id, actor_id):
        raise NotSignedIn

    waiting = jobs.enqueue(here, "playground.note")
    monkeypatch.setattr(jobs, "_context_source", [gone])
    worker.settle([])
    assert ran == []
    assert (job(waiting).state, job(waiting).error.split()[0]) == (JobState.PARKED, "not_signed_in")
    assert [j["id"] for j in history.parked_jobs(here)] == [waiting]


def test_a_job_has_the_rights_of_the_moment(here, ran, monkeypatch):
    monkeypatch.setattr(jobs, "_context_source", [lambda o, a: here.granting(["playground.thing.read"])])
    jobs.enqueue(here.with_(language="zh-CN", zone="Asia/Shanghai"), "playground.note")
    worker.settle([])
    ctx = ran[0][0]
    assert ctx.grants == {"playground.thing.read"}
    assert (ctx.door, ctx.language, ctx.zone) == ("job", "zh-CN", "Asia/Shanghai")


def test_a_refusal_parks_a_job_at_once_and_a_fault_repeats_it(here, ran, monkeypatch):
    def refused(ctx, progress) -> None:
        raise NotGranted("playground.thing.read")

    monkeypatch.setitem(jobs.TASKS, "playground.refused", refused)
    monkeypatch.setitem(jobs.TASKS, "playground.faulty", lambda ctx, progress: 1 / 0)
    no, fault = (jobs.enqueue(here, f"playground.{name}") for name in ("refused", "faulty"))
    worker.settle([])
    assert (job(no).state, job(no).attempts) == (JobState.PARKED, 1)
    assert (job(fault).state, job(fault).attempts) == (JobState.READY, 1)
    assert jobs.get_job(here, fault)["error"] == "ZeroDivisionError: division by zero"


def test_a_lapsed_lease_passes_the_job_on_and_fences_the_sleeper(here, ran, clockwork):
    job_id = jobs.enqueue(here, "playground.note")
    (sleeper,) = jobs.lease()
    assert jobs.lease() == []
    clockwork(seconds=61)
    (second,) = jobs.lease()
    assert (second.id, second.fence) == (job_id, sleeper.fence + 1)
    assert not jobs.renew(sleeper)
    with pytest.raises(jobs.LostLease):
        jobs.Progress(sleeper)(1, 2)
    with pytest.raises(jobs.LostLease):
        jobs.finish(sleeper)
    jobs.fail(sleeper, "too late")
    jobs.finish(second, "mine")
    assert (job(job_id).state, job(job_id).result) == (JobState.DONE, '"mine"')


def test_a_report_renews_the_lease(here, ran, clockwork):
    jobs.enqueue(here, "playground.note")
    (running,) = jobs.lease()
    clockwork(seconds=50)
    jobs.Progress(running)(3, 10)
    clockwork(seconds=50)
    assert jobs.lease() == []
    assert (job(running.id).progress_done, job(running.id).progress_total) == (3, 10)


def test_a_job_that_kills_its_workers_is_parked_in_the_end(here, ran, clockwork):
    job_id = jobs.enqueue(here, "playground.note")
    for _ in range(jobs.MAX_ATTEMPTS):
        assert len(jobs.lease()) == 1
        clockwork(seconds=61)
    assert jobs.lease() == []
    assert (job(job_id).state, job(job_id).error) == (JobState.PARKED, "worker_lost")


def test_nothing_is_taken_behind_a_task(here, ran):
    for _ in range(3):
        jobs.enqueue(here, "playground.note")
    Job(task=DELIVERY, arguments="{}", run_at=clock.now(), created_at=clock.now()).save()
    assert [len(jobs.lease(10)) for _ in range(5)] == [1, 1, 1, 1, 0]


def test_a_courier_takes_deliveries_only(here, ran):
    jobs.enqueue(here, "playground.note")
    for _ in range(3):
        Job(task=DELIVERY, arguments="{}", run_at=clock.now(), created_at=clock.now()).save()
    assert [j.task for j in jobs.lease(10, deliveries_only=True)] == [DELIVERY] * 3
    assert jobs.lease(10, deliveries_only=True) == []


def test_a_job_can_be_called_off_before_and_while_it_runs(here, ran, monkeypatch):
    waiting = jobs.enqueue(here, "playground.note")
    upkeep.cancel(here, waiting)
    worker.settle([])
    assert (job(waiting).state, ran) == (JobState.CANCELLED, [])
    reached = []

    def long(ctx, progress) -> None:
        for step in range(3):
            progress(step, 3)
            reached.append(step)
            upkeep.cancel(ctx, progress.job.id)

    monkeypatch.setitem(jobs.TASKS, "playground.long", long)
    monkeypatch.setattr(jobs, "_context_source", [lambda o, a: here])
    running = jobs.enqueue(here, "playground.long")
    worker.settle([])
    assert (job(running).state, reached) == (JobState.CANCELLED, [0])
    with pytest.raises(NotVisible):
        upkeep.cancel(person(here.organisation_id), running)


def test_only_a_parked_job_of_ones_own_organisation_is_given_another_life(here, there, ran, monkeypatch):
    waiting = jobs.enqueue(here, "playground.note")
    with pytest.raises(NotVisible):
        upkeep.retry(here, waiting)
    Job.objects.filter(id=waiting).update(state=JobState.PARKED, attempts=8)
    with pytest.raises(NotVisible):
        upkeep.retry(there, waiting)
    upkeep.retry(here, waiting)
    worker.settle([])
    assert job(waiting).state == JobState.DONE


def test_a_schedule_starts_its_task_once_in_each_interval(db, monkeypatch, clockwork):
    monkeypatch.setattr(jobs, "SCHEDULES", {"playground.hourly": ("playground.hourly", timedelta(hours=1))})
    counts = []
    for _ in range(4):
        jobs.tick()
        jobs.tick()
        counts.append(Job.objects.filter(task="playground.hourly").count())
        clockwork(minutes=31)
    assert counts == [0, 0, 1, 1]
    clockwork(days=3)
    jobs.tick()
    assert Job.objects.filter(task="playground.hourly").count() == 2


def test_what_is_spent_is_swept_away(here, clockwork):
    thing(here.with_(key="k-1"))
    Attempt(bucket="x", window_until=clock.now()).save()
    done = Job(task="x", arguments="{}", state=JobState.DONE, run_at=clock.now(), created_at=clock.now())
    done.finished_at = clock.now()
    done.save()
    clockwork(days=13)
    assert upkeep.sweep(None) == 1
    clockwork(days=50)
    assert upkeep.sweep(None) == 2
    assert not any(rows.exists() for rows in (Attempt.objects, Replay.objects, Job.objects.filter(task="x")))


@pytest.mark.django_db(transaction=True)
def test_workers_beside_each_other_never_run_the_same_job(monkeypatch):
    seen, lock = [], threading.Lock()

    def note(ctx, progress, number: int) -> None:
        with lock:
            seen.append(number)

    monkeypatch.setitem(jobs.TASKS, "playground.note", note)
    ctx = system(person().organisation_id)
    for number in range(30):
        jobs.enqueue(ctx, "playground.note", number=number)

    def work() -> None:
        while due := jobs.lease(3):
            for one in due:
                worker.run(one)

    assert in_threads(*[work] * 4) == [None] * 4
    assert sorted(seen) == list(range(30))
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


@pytest.mark.django_db(transaction=True)
def test_schedulers_beside_each_other_start_a_task_once(monkeypatch):
    monkeypatch.setattr(jobs, "SCHEDULES", {"playground.hourly": ("playground.hourly", timedelta(hours=1))})
    Schedule(name="playground.hourly", next_at=clock.now()).save()
    assert in_threads(*[jobs.tick] * 6) == [None] * 6
    assert Job.objects.filter(task="playground.hourly").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_task_that_never_reports_keeps_its_lease(monkeypatch):
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr(jobs, "_context_source", [])
    taken = []

    def silent(ctx, progress) -> None:
        for _ in range(8):
            threading.Event().wait(0.2)
            taken.extend(jobs.lease())

    monkeypatch.setitem(jobs.TASKS, "playground.silent", silent)
    job_id = jobs.enqueue(person(), "playground.silent")
    worker.run(jobs.lease()[0])
    assert (job(job_id).state, taken) == (JobState.DONE, [])


@pytest.mark.django_db(transaction=True)
def test_a_worker_thread_delivers_what_is_committed(settings, monkeypatch):
    settings.TRUNNION_DELIVERY = "worker"
    done = threading.Event()
    monkeypatch.setitem(jobs.TASKS, "playground.note", lambda ctx, progress: done.set())
    monkeypatch.setattr(jobs, "_context_source", [])
    at_work = worker.Worker()
    at_work.start()
    try:
        jobs.enqueue(person(), "playground.note")
        wake.wake()
        assert done.wait(10)
    finally:
        at_work.stop()
        at_work.join(10)
    assert not at_work.is_alive()


def test_the_queue_tells_what_is_open_and_why_something_failed(here, there, ran, monkeypatch):
    def broken(ctx, progress) -> None:
        raise Refusal("too_large", most=3)

    monkeypatch.setitem(jobs.TASKS, "playground.broken", broken)
    failed = jobs.enqueue(here.with_(actor_name="王芳"), "playground.broken")
    jobs.enqueue(there, "playground.note")
    worker.settle([])
    waiting = jobs.enqueue(here, "playground.note")
    told = queue.list_jobs(here)
    assert [(r["id"], r["state"]) for r in told["rows"]] == [(waiting, "ready")]
    assert told["counts"] == {"ready": 1, "parked": 1}
    (row,) = queue.list_jobs(here, queue.Group.PARKED, queue.Sort.TASK)["rows"]
    assert (row["id"], row["asked_by"]) == (failed, "王芳")
    assert row["reason"] == {"code": "too_large", "facts": {"most": 3}}
    assert queue.list_jobs(here, queue.Group.PARKED, queue.Sort.DELIVERY)["rows"] == []
    assert queue.list_jobs(here, queue.Group.DONE)["rows"] == []


def test_the_queue_is_told_in_pages(here, ran):
    made = [jobs.enqueue(here, "playground.note") for _ in range(5)]
    seen, before = [], None
    for _ in range(3):
        page = queue.list_jobs(here, before=before, limit=2)
        seen += [row["id"] for row in page["rows"]]
        before = page["next"]
    assert (seen, before) == (sorted(made, reverse=True), None)


def test_reasons_that_cannot_be_read_are_told_without_facts():
    assert queue.reason_of("") is None
    assert queue.reason_of("worker_lost")["code"] == "worker_lost"
    assert queue.reason_of("label.gone {'id': UUID('x')}") == {"code": "label.gone", "facts": {}}
    broken = queue.reason_of("Traceback ...\nKeyError: 'x'\n")
    assert broken == {"code": "broke_down", "facts": {"last": "KeyError: 'x'"}}


def test_anybodys_job_is_stopped_but_no_delivery(here, there, ran):
    boss = person(here.organisation_id)
    waiting = jobs.enqueue(here, "playground.note")
    with pytest.raises(NotGranted):
        upkeep.stop(person(here.organisation_id, grants=frozenset()), job_id=waiting)
    with pytest.raises(NotVisible):
        upkeep.stop(boss, job_id=jobs.enqueue(there, "playground.note"))
    upkeep.stop(boss, job_id=waiting)
    assert job(waiting).state == JobState.CANCELLED
    with pytest.raises(Refusal, match="job_ended"):
        upkeep.stop(boss, job_id=waiting)
    owed = Job(
        organisation_id=here.organisation_id, task=DELIVERY, arguments="{}", run_at=clock.now(),
        created_at=clock.now(),
    )  # fmt: skip
    owed.save()
    with pytest.raises(Refusal, match="delivery_stays"):
        upkeep.stop(boss, job_id=owed.id)
    assert job(owed.id).state == JobState.READY
