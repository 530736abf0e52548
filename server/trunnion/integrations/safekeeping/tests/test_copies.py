"""A copy holds one moment while others write, is proved by restoring it, and tells of one flipped byte anywhere."""

import os
import random
import threading
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection, connections

from trunnion.attach.commands import contents as places
from trunnion.attach.models import File
from trunnion.identity.tests.builders import found_tenant
from trunnion.integrations.moving.tests.builders import doctored, living
from trunnion.integrations.safekeeping import apart, keeping, making, proving, restoring, tasks
from trunnion.kernel import jobs, worker
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import JobState
from trunnion.kernel.portable.container import Reader

pytestmark = pytest.mark.django_db(transaction=True)
FLIPS = 60


@pytest.fixture
def shop():
    for old in proving.home().iterdir():
        old.unlink()
    living(found_tenant("Canary Works"))
    return living(found_tenant("Harbour Hospital"))


@pytest.fixture
def copy(shop, tmp_path):
    path = tmp_path / "copy.zip"
    making.make(path)
    return path


def test_a_copy_is_proved_and_nothing_is_left_behind(copy):
    proving.prove(copy)
    assert [p.name for p in copy.parent.iterdir()] == [copy.name]


def test_a_flipped_byte_is_found_wherever_it_is(copy):
    good = copy.read_bytes()
    dice = random.Random(7)
    for place in [0, len(good) - 1, len(good) - 65, *(dice.randrange(len(good)) for _ in range(FLIPS))]:
        body = bytearray(good)
        body[place] ^= 1 << dice.randrange(8)
        copy.write_bytes(bytes(body))
        with pytest.raises(Refusal, match=r"archive\.(damaged|unreadable)"):
            Reader(copy)
    copy.write_bytes(good[:-100])
    with pytest.raises(Refusal):
        Reader(copy)


def test_a_row_that_was_changed_is_found_by_its_digest(copy):
    def change(parts, manifest):
        name = next(n for n in manifest["rows"] if n.endswith("work.order"))
        manifest["rows"][name]["sha256"] = "0" * 64

    with pytest.raises(Refusal, match=r"backup\.differs"):
        proving.prove(doctored(copy, change))


def test_it_is_one_moment_though_others_write(shop, tmp_path):
    ended = threading.Event()

    def write():
        while not ended.is_set():
            shop.order(title="Meanwhile")
        connections.close_all()

    other = threading.Thread(target=write)
    other.start()
    try:
        for number in range(2):
            path = tmp_path / f"{number}.zip"
            making.make(path)
            proving.prove(path)
    finally:
        ended.set()
        other.join()


def test_a_content_that_is_lost_is_told(shop, tmp_path):
    with reading(shop.tenant.id):
        sha256 = File.objects.of(shop.tenant.id).get().sha256
    body = places.path_of(sha256).read_bytes()
    places.path_of(sha256).unlink()
    try:
        assert making.make(tmp_path / "a.zip")["missing_files"] == [sha256]
        keeping.keep_one(lambda *_: None)
        found = keeping.finding()
        assert (found.fine, found.fact()) == (False, "1 contents are missing")
    finally:
        places.path_of(sha256).write_bytes(body)


def test_nothing_is_restored_over_what_lives(copy):
    with pytest.raises(Refusal, match=r"backup\.not_empty"):
        restoring.restore(copy)


@pytest.mark.usefixtures("elsewhere")
def test_each_night_one_is_made_and_proved(shop, monkeypatch):
    monkeypatch.setattr(keeping, "is_due", lambda: True)
    job = scheduled()
    worker.run(job)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    assert len(keeping.copies()) == 1
    assert keeping.finding().fine
    (proving.home() / "off").touch()
    assert "Switched off" in keeping.finding().fact()
    monkeypatch.undo()
    assert not keeping.is_due()


def test_a_copy_that_does_not_prove_good_is_told(shop, monkeypatch):
    real = making.make

    def damaged(path, told):
        made = real(path, told)
        body = bytearray(path.read_bytes())
        body[len(body) // 3] ^= 4
        path.write_bytes(bytes(body))
        return made

    monkeypatch.setattr(making, "make", damaged)
    with pytest.raises(Refusal, match=r"archive\.damaged"):
        keeping.keep_one(lambda *_: None)
    found = keeping.finding()
    assert not found.fine
    assert "archive.damaged" in found.fact()
    assert found.fix()


@pytest.mark.usefixtures("elsewhere")
def test_a_failure_is_parked_and_told_until_a_good_one(shop, monkeypatch):
    monkeypatch.setattr(keeping, "is_due", lambda: True)
    with reading(shop.tenant.id):
        content = places.path_of(File.objects.of(shop.tenant.id).get().sha256)
    body = content.read_bytes()
    content.unlink()
    content.mkdir()
    try:
        worker.run(scheduled())
        job = Job.objects.get(task=tasks.TASK, state=JobState.PARKED)
        assert "IsADirectoryError" in job.error
        assert "IsADirectoryError" in keeping.finding().fact()
    finally:
        content.rmdir()
        content.write_bytes(body)
    worker.run(scheduled())
    assert keeping.finding().fine
    assert not Job.objects.filter(task=tasks.TASK, state=JobState.PARKED).exists()


@pytest.mark.usefixtures("elsewhere", "shop")
def test_a_process_that_was_killed_is_told_as_well(monkeypatch):
    monkeypatch.setattr(keeping, "is_due", lambda: True)
    monkeypatch.setattr(apart, "COMMAND", ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"))
    worker.run(scheduled())
    assert "signal 9" in Job.objects.get(task=tasks.TASK, state=JobState.PARKED).error
    assert "signal 9" in keeping.finding().fact()
    monkeypatch.setattr(apart, "COMMAND", ("-c", "raise SystemExit('the disk is gone')"))
    worker.run(scheduled())
    assert "the disk is gone" in keeping.finding().fact()


@pytest.mark.usefixtures("elsewhere", "shop")
def test_it_makes_way_for_others_and_ends_with_who_asked(monkeypatch):
    priorities = []

    def told(_done, _total):
        priorities.extend(os.getpriority(os.PRIO_PROCESS, pid) for pid in children())
        raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        apart.keep_one(told)
    assert priorities == [min(os.nice(0) + apart.NICE, 19)]
    assert children() == []
    made = apart.keep_one(lambda *_: None)
    assert made["rows"] > 100
    assert made["peak_mib"] > 20


def children():
    """The processes that this one has started and that still run."""
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [int(pid) for one in found for pid in one.read_text().split()]


@pytest.fixture
def elsewhere(monkeypatch):
    """Processes of their own find the database of the tests."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{named['NAME']}"
    else:
        own = urlsplit(os.environ["TRUNNION_DATABASE_URL"])
        url = urlunsplit(own._replace(path=f"/{named['NAME']}"))
    monkeypatch.setenv("TRUNNION_DATABASE_URL", url)
    monkeypatch.setenv("TRUNNION_HOME", str(settings.ENVIRONMENT.home))


def scheduled():
    """The night's job, taken by a worker."""
    from trunnion.kernel import clock

    Job.objects.create(task=tasks.TASK, arguments="{}", run_at=clock.now(), created_at=clock.now())
    return next(j for j in jobs.lease(20) if j.task == tasks.TASK)


def test_sweeping_rests_while_a_copy_is_made():
    from trunnion.attach import storage

    assert not storage.is_held()
    with places.held():
        assert storage.is_held()
    assert not storage.is_held()
    assert settings.ENVIRONMENT.folder("holds").exists()
