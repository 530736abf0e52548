"""Starts orders."""

import datetime as dt
from datetime import date, datetime
from datetime import datetime as moment


def times(seconds):
    return [
        datetime.now(),  # bad
        datetime.now(None),  # bad
        datetime.now(tz=None),  # bad
        datetime.utcnow(),  # bad
        datetime.today(),  # bad
        datetime(2026, 11, 21),  # bad
        datetime(2026, 11, 21, tzinfo=None),  # bad
        datetime.fromtimestamp(seconds),  # bad
        dt.datetime.now(),  # bad
        dt.date.today(),  # bad
        date.today(),  # bad
        moment.now(),  # bad
    ]
