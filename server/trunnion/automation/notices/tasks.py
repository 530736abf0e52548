"""The clock's work of notices: work that failed is told, and what nobody needs any more is removed."""

from datetime import timedelta
from uuid import UUID

from trunnion.identity.queries import users_with
from trunnion.kernel import clock, journal
from trunnion.kernel.context import Context, system
from trunnion.kernel.database import reading
from trunnion.kernel.jobs import Progress, every
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import DELIVERY, JobState

from .commands import MOST_AT_ONCE, tell, tidy
from .models import Notice
from .reaching import reached
from .types import What, Word

JOB = "kernel.job"
LOOKS_AFTER_JOBS = "kernel.job.read"
LOOK_BACK = timedelta(days=1)
MOST_JOBS = 200
KEEP_READ = timedelta(days=90)
KEEP_UNREAD = timedelta(days=365)


@every(timedelta(minutes=1), "automation.failed_jobs")
def tell_failed(progress: Progress) -> int:
    """Tells who had asked for work that failed; of deliveries, who looks after the queue."""
    told = 0
    for organisation_id in journal.organisations():
        ctx = system(organisation_id)
        with reading(organisation_id):
            waiting = [(*one, job.task) for job in _failed(organisation_id) for one in _of(ctx, job)]
        for person_id, word, task in waiting:
            tell(
                ctx, recipient_id=person_id, what=word.what, kind=word.kind, row_id=word.row_id, title=task,
                source=word.source,
            )  # fmt: skip
            told += 1
        progress(told, told)
    return told


def _failed(organisation_id: UUID) -> list[Job]:
    since = clock.now() - LOOK_BACK
    rows = Job.objects.filter(organisation_id=organisation_id, state=JobState.PARKED, run_at__gte=since)
    return list(rows.order_by("id")[:MOST_JOBS])


def _of(ctx: Context, job: Job) -> list[tuple[UUID, Word]]:
    is_delivery = job.task == DELIVERY or job.actor_id is None
    # Events that did not arrive come in swarms: all of them are one card.
    about = ctx.organisation_id if is_delivery else job.id
    word = Word(What.JOB, JOB, about, f"job:{job.id.hex}:{job.fence}", title=job.task)
    people = users_with(ctx, LOOKS_AFTER_JOBS) if is_delivery else [job.actor_id]
    return [(person_id, word) for person_id, _ in reached(ctx, people, word)]


@every(timedelta(days=1), "automation.old_notices")
def remove_old(progress: Progress) -> int:
    """Removes what was read three months ago, and what nobody read in a year."""
    gone, now = 0, clock.now()
    for organisation_id in journal.organisations():
        ctx = system(organisation_id)
        while True:
            with reading(organisation_id):
                rows = Notice.objects.of(ctx)
                old = rows.filter(read_at__lt=now - KEEP_READ) | rows.filter(last_at__lt=now - KEEP_UNREAD)
                ids = list(old.order_by("id").values_list("id", flat=True)[:MOST_AT_ONCE])
            if not ids:
                break
            gone += tidy(ctx, notice_ids=ids).marked
            progress(gone, gone)
    return gone
