"""The jobs that write an organisation into a file, and bring one in from a file."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from trunnion.attach.commands import contents as places
from trunnion.identity.commands import membership
from trunnion.kernel import clock
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.database import writing
from trunnion.kernel.errors import NotGranted, Refusal
from trunnion.kernel.jobs import Progress, task
from trunnion.kernel.listing.exports import path_of
from trunnion.kernel.words import say

from . import inward, outward
from .commands import IMPORT
from .emptiness import check_empty


@task(outward.TASK)
def export(ctx: Context, progress: Progress, lists: bool = False) -> dict[str, Any]:
    """Writes everything, with the rights that its originator has at the time; killed half way it begins again."""
    if not ctx.may(outward.TASK):
        raise NotGranted(outward.TASK)
    path = path_of(progress.job.id)
    made = outward.write(ctx, path, lists=lists, told=progress)
    # Whoever fetches it must still have the right to it then.
    return {"name": f"organisation-{clock.today(ctx.zone)}.zip", "permission": outward.TASK, **made}


@task(IMPORT)
def import_(ctx: Context, progress: Progress, package: str) -> dict[str, Any]:
    """Brings an organisation in, all of it or nothing; whoever did becomes an owner of it."""
    if not ctx.may(IMPORT):
        raise NotGranted(IMPORT)
    check_empty(ctx)
    path = places.waiting(package)
    try:
        found = _bring(ctx, progress, path)
    except Refusal as refusal:
        # Nothing was written, and trying again would not help: whoever sent the file is told in words.
        return {"refused": " ".join(_in_words(refusal, ctx.language))}
    finally:
        with suppress(FileNotFoundError):
            path.unlink()
    return {
        "organisation_id": found.organisation_id, "name": found.name, "rows": found.rows, "files": found.files,
        "entries": found.entries, "linked": found.linked,
    }  # fmt: skip


def _bring(ctx: Context, progress: Progress, path: Path) -> inward.Arrived:
    # Nobody else takes the job over once the rows are there: its lease is renewed along with them.
    with writing(), transaction.atomic():
        found = inward.read(path, link_people=True, told=progress.live)
        if ctx.actor_id is not None:
            _take_over(ctx, found.organisation_id, ctx.actor_id)
        progress(found.rows, found.rows)
    return found


def _in_words(refusal: Refusal, language: str) -> Iterator[str]:
    yield say(f"refusal.{refusal.code}", language, **refusal.facts)
    for one in refusal.errors:
        yield say(f"refusal.{one.code}", language, **one.facts)


def _take_over(ctx: Context, organisation_id: UUID, user_id: UUID) -> None:
    there = system(organisation_id, Door.IMPORT, on_behalf_of=ctx.actor_name)
    membership.take_over(there, user_id=user_id)
