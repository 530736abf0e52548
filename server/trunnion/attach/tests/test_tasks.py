"""What belongs to nobody goes; what anybody has stays."""

import os
import time

import pytest
import time_machine
from django.conf import settings

from trunnion.attach import storage, tasks
from trunnion.attach.commands import file
from trunnion.attach.models import File
from trunnion.kernel.context import Door, system

from .builders import KIND, jpeg, record, stored

LONG_AGO = time.time() - 100_000


def sweep(task):
    return task(lambda done, total: None)


def aged(path):
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_orphans_of_killed_uploads_go(tenant):
    folder = settings.ENVIRONMENT.folder("incoming")
    (folder / "fresh").write_bytes(b"x")
    (folder / "old").write_bytes(b"x")
    aged(folder / "old")
    sweep(tasks.sweep)
    assert [p.name for p in folder.iterdir()] == ["fresh"]
    (folder / "fresh").unlink()


def test_guests_uploads_that_nobody_used_go(tenant):
    with time_machine.travel(LONG_AGO):
        guest = system(tenant.id, Door.PORTAL)
        unused = stored(guest, proof="a" * 64)
        used = stored(guest, proof="a" * 64)
        file.claim(guest, [used.id], "a" * 64, KIND, record(tenant.owner))
    own = stored(tenant.owner)
    sweep(tasks.sweep)
    left = set(File.objects.of(tenant.id).values_list("id", flat=True))
    assert left == {used.id, own.id}
    assert unused.id not in left


@pytest.fixture
def _own_files(tmp_path, monkeypatch):
    monkeypatch.setattr(type(settings.ENVIRONMENT), "folder", lambda self, name: _made(tmp_path / name))


def _made(path):
    path.mkdir(exist_ok=True)
    return path


@pytest.mark.usefixtures("_own_files")
def test_contents_without_a_row_go_with_their_small_picture(tenant, other):
    for owner, colour in ((tenant.owner, "red"), (other.owner, "green")):
        card = stored(owner, data=jpeg(colour=colour))
        aged(storage.path_of(File.objects.of(owner).get(id=card.id).sha256))
    orphan = aged(storage.keep(storage.receive([b"nobody's"])))
    (orphan.parent / (orphan.name + ".webp")).write_bytes(b"small")
    young = storage.keep(storage.receive([b"on its way"]))
    assert sweep(tasks.sweep_contents) == 1
    assert not list(orphan.parent.iterdir())
    assert young.exists()
    assert len(list(orphan.parent.parent.parent.glob("*/*/*"))) == 5
