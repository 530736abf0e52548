"""Takes away what the journal holds of a person who was forgotten, a few hundred entries at a time."""

import json
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Subquery

from trunnion.kernel import jobs
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading, writing
from trunnion.kernel.models import Entry, Job, Payload
from trunnion.kernel.models.jobs import DELIVERY, JobState
from trunnion.kernel.upkeep import erase
from trunnion.kernel.verification import ERASURE

from .commands import TASK
from .forgotten import Forgotten

STEP = 500
ROUNDS = 3


class StillDelivering(Exception):
    """An entry must stay whole until everybody who listens was told of it; the job is tried again later."""


@jobs.task(TASK)
def erase_journal(
    ctx: Context, progress: jobs.Progress, sealed: str, reason: str, number: int = 0
) -> dict[str, int]:
    """Erases until nothing is left; whatever runs again goes on where it was."""
    known, done = Forgotten.of(sealed), 0
    while True:
        with reading(ctx.organisation_id):
            found, has_waiting = _entries(ctx.organisation_id, known)
        if not found:
            break
        done += erase(ctx, found, reason=reason)
        progress(done, done)
    if has_waiting:
        _once_more(ctx, known.membership_id, sealed, reason, number + 1)
    return {"erased": done}


def _once_more(ctx: Context, member_id: UUID, sealed: str, reason: str, number: int) -> None:
    # Behind the deliveries that are queued already; where those fail, after the pause of a failed job.
    if number > ROUNDS:
        raise StillDelivering
    with writing(), transaction.atomic():
        key = f"erase-{member_id.hex}-{number}"
        jobs.enqueue(ctx, TASK, unique_key=key, sealed=sealed, reason=reason, number=number)


def _entries(organisation_id: UUID, known: Forgotten) -> tuple[list[UUID], bool]:
    """What can be erased now, and whether something must wait."""
    kept = Payload.objects.filter(organisation_id=organisation_id, erased_at=None)
    named = kept.filter(
        Q(body__contains=_written(known.email))
        # Somebody else may have the same name: an entry must speak of this person as well.
        | Q(body__contains=_written(known.name))
        & (
            Q(body__contains=str(known.user_id))
            | Q(body__contains=str(known.membership_id))
            | Q(body__contains=_written(known.alias))
        )
    )
    entries = Entry.objects.filter(organisation_id=organisation_id).exclude(verb=ERASURE)
    theirs = entries.filter(
        Q(actor_id=known.user_id, id__in=Subquery(kept.values("entry_id")))
        | Q(id__in=Subquery(named.values("entry_id")))
    )
    open_ = Job.objects.filter(
        organisation_id=organisation_id, task=DELIVERY, state__in=[JobState.READY, JobState.RUNNING]
    )
    waiting = {UUID(key.partition(":")[0]) for key in open_.values_list("unique_key", flat=True) if key}
    ready = theirs.filter(sequence__isnull=False).exclude(id__in=waiting)
    found = list(ready.order_by("sequence").values_list("id", flat=True)[:STEP])
    is_behind = theirs.filter(Q(sequence__isnull=True) | Q(id__in=waiting)).exists()
    return found, is_behind


def _written(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
