"""The clock's work of attach: what a killed upload left behind goes."""

import time
from datetime import timedelta

from django.conf import settings

from trunnion.kernel.jobs import Progress, every

# No upload takes a day; whatever is older belongs to nobody.
OLD = timedelta(hours=24)


@every(timedelta(hours=6), "attach.sweep")
def sweep(progress: Progress) -> int:
    """Removes what lies in the incoming folder for longer than any upload lasts."""
    before, swept = time.time() - OLD.total_seconds(), 0
    for path in settings.ENVIRONMENT.folder("incoming").iterdir():
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            swept += 1
    progress(swept, swept)
    return swept
