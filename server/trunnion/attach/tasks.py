"""The clock's work of attach: what belongs to nobody goes."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from trunnion.kernel import clock, journal
from trunnion.kernel.context import system
from trunnion.kernel.database import reading
from trunnion.kernel.jobs import Progress, every

from . import parts, storage
from .commands import file, upload
from .models import File, Upload

# No upload takes a day; whatever is older and unused belongs to nobody.
OLD = timedelta(hours=24)
STEP = 500


@every(timedelta(hours=6), "attach.sweep")
def sweep(progress: Progress) -> int:
    """Removes what a killed upload left in the incoming folder, and what guests sent and never reported."""
    swept = 0
    for path in settings.ENVIRONMENT.folder("incoming").iterdir():
        if path.is_file() and _is_old(path):
            path.unlink(missing_ok=True)
            swept += 1
    for organisation_id in journal.organisations():
        swept += file.discard(system(organisation_id), before=clock.now() - OLD)
    progress(swept, swept)
    return swept


@every(timedelta(hours=1), "attach.expire_uploads")
def expire_uploads(progress: Progress) -> int:
    """Removes uploads that nobody finished in time, and pieces that no upload names any more."""
    swept = 0
    for organisation_id in journal.organisations():
        for upload_id in upload.expire(system(organisation_id), before=clock.now()):
            parts.drop(upload_id)
            swept += 1
    swept += _sweep_pieces()
    progress(swept, swept)
    return swept


def _sweep_pieces() -> int:
    old = {path.stem: path for path in parts.folder().iterdir() if path.is_file() and _is_old(path)}
    for organisation_id in journal.organisations():
        with reading(organisation_id):
            for row_id in Upload.objects.of(organisation_id).values_list("id", flat=True):
                old.pop(str(row_id), None)
    for path in old.values():
        path.unlink(missing_ok=True)
    return len(old)


@every(timedelta(days=1), "attach.sweep_contents")
def sweep_contents(progress: Progress) -> int:
    """Removes contents that no row of any organisation names: their verb failed, or their row is gone."""
    organisations = journal.organisations()
    swept = seen = 0
    for portion in _portions():
        unused = {path.name for path in portion}
        for organisation_id in organisations:
            with reading(organisation_id):
                rows = File.objects.of(organisation_id).filter(sha256__in=list(unused))
                unused -= set(rows.values_list("sha256", flat=True))
        if storage.is_held():
            # A copy of an earlier moment is being made, in which a row may still name one of these.
            return swept
        for path in portion:
            # An upload of the same content meanwhile has made the file young again.
            if path.name in unused and _is_old(path):
                path.unlink(missing_ok=True)
                path.with_name(path.name + storage.THUMBNAIL).unlink(missing_ok=True)
                swept += 1
        seen += len(portion)
        progress(seen, seen)
    return swept


def _portions() -> Iterator[list[Path]]:
    portion: list[Path] = []
    for path in settings.ENVIRONMENT.folder("files").glob("*/*/*"):
        if not path.name.endswith(storage.THUMBNAIL) and _is_old(path):
            portion.append(path)
            if len(portion) == STEP:
                yield portion
                portion = []
    if portion:
        yield portion


def _is_old(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - OLD.total_seconds()
