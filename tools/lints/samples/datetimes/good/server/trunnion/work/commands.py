"""Starts orders."""

import datetime as dt
from datetime import UTC, date, datetime

from trunnion.kernel import clock


def times(seconds, zone, parts):
    return [
        clock.now(),
        datetime.now(UTC),
        datetime.now(tz=zone),
        datetime(2026, 11, 21, tzinfo=UTC),
        datetime(2026, 11, 21, 9, 30, 0, 0, zone),
        datetime(*parts, tzinfo=zone),
        datetime.fromtimestamp(seconds, UTC),
        dt.datetime.now(dt.UTC),
        date(2026, 11, 21),
        datetime(1899, 12, 30),  # allow(naive-datetime): the workbook's own day zero, no instant
    ]
