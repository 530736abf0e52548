"""The worker: seals what was committed, starts what the clock asks for, and runs leased jobs."""

import logging
import threading
import time
import traceback
from uuid import UUID

from django.db import close_old_connections, connection, transaction

from . import delivery, jobs, journal, wake
from .database import writing
from .errors import Refusal
from .models import Job
from .models.jobs import DELIVERY

log = logging.getLogger("trunnion.worker")
SCAN_EVERY = 5.0
_settling = threading.local()


def run(job: Job) -> None:
    """Does one leased job; a delivery and its mark are one transaction, so that its effect happens once."""
    try:
        if job.task == DELIVERY:
            with writing(), transaction.atomic():
                journal.enter_organisation(job.organisation_id)  # type: ignore[arg-type]
                delivery.deliver(job)
                jobs.finish(job)
        else:
            with jobs.kept(job):
                result = jobs.run_task(job)
            with writing():
                jobs.finish(job, result)
    except (jobs.LostLease, jobs.Cancelled):
        log.info("job %s is no longer ours", job.id)
    except Refusal as refusal:
        # A refusal will not become a yes by itself: it is shown at once instead of being tried again.
        jobs.fail(job, f"{refusal.code} {refusal.facts}", park=job.task != DELIVERY)
    except Exception:
        log.exception("job %s %s failed", job.id, job.task)
        jobs.fail(job, traceback.format_exc())


def seal_all(organisations: list[UUID]) -> int:
    """Seals the waiting entries of these organisations (PostgreSQL; SQLite seals as it writes)."""
    if connection.vendor == "sqlite":
        return 0
    sealed = 0
    for organisation_id in organisations:
        while batch := journal.seal(organisation_id):
            sealed += len(batch)
    return sealed


def settle(organisations: list[UUID], limit: int = 1000) -> None:
    """Seals and delivers everything that is due, in this thread: for tests and the command line."""
    if getattr(_settling, "busy", False):
        return
    _settling.busy = True
    try:
        for _ in range(limit):
            seal_all(organisations)
            due = jobs.lease(20)
            for job in due:
                run(job)
            if not due:
                return
    finally:
        _settling.busy = False


class Worker(threading.Thread):
    """One worker thread; any number may run, in any number of processes on PostgreSQL.

    A courier does nothing but seal and deliver, so that no event waits behind a long task.
    """

    def __init__(self, name: str = "worker", *, courier: bool = False) -> None:
        super().__init__(name=name, daemon=True)
        self.stopping = threading.Event()
        self.courier = courier
        self._scanned = 0.0

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                if not self.step():
                    wake.wait(0.5)
            except Exception:
                log.exception("the worker stumbled and goes on")
                close_old_connections()
                self.stopping.wait(1.0)

    def step(self) -> bool:
        """One round; returns whether there was anything to do."""
        waiting = wake.dirty()
        if time.monotonic() - self._scanned > SCAN_EVERY:
            # What a killed process had committed but not sealed is found here.
            self._scanned = time.monotonic()
            waiting = journal.organisations()
            jobs.tick()
        if seal_all(waiting):
            wake.wake()
        due = jobs.lease(10, deliveries_only=self.courier)
        for job in due:
            run(job)
        return bool(due)

    def stop(self) -> None:
        """Asks the thread to end after its present job."""
        self.stopping.set()
        wake.wake()
