"""Limits: how often something may be tried within a window, counted in the database so that it holds over processes."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from . import clock
from .database import writing
from .errors import TooMany
from .models import Attempt


def allow(bucket: str, most: int, window: timedelta, code: str = "too_many_attempts") -> None:
    """Counts one attempt; raises TooMany when the bucket is full until its window ends."""
    now = clock.now()
    with writing(), transaction.atomic():
        Attempt.objects.bulk_create(
            [Attempt(bucket=bucket[:200], window_until=now + window)], ignore_conflicts=True
        )
        row = Attempt.objects.select_for_update().get(bucket=bucket[:200])
        if row.window_until <= now:
            row.count, row.window_until = 0, now + window
        row.count += 1
        row.save(update_fields=["count", "window_until"])
    if row.count > most:
        raise TooMany(code, max(1, int((row.window_until - now).total_seconds())))


def forgive(bucket: str) -> None:
    """Takes one counted attempt back, because it was none: a sign-in that succeeded."""
    with writing():
        Attempt.objects.filter(bucket=bucket[:200], count__gt=0).update(count=F("count") - 1)
