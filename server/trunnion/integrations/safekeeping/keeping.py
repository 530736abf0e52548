"""The copies of an installation on its disk: made each night, proved, thinned out; and how all that is going."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings

from trunnion.identity.queries import list_organisations
from trunnion.kernel import clock, health
from trunnion.kernel.health import Finding, State
from trunnion.kernel.jobs import Progress

from . import making, proving, rules

PREFIX, FORM = "trunnion-", "%Y%m%d-%H%M%SZ"
STATE, OFF = "state.json", "off"


class Known(msgspec.Struct):
    """What is known of the copies so far."""

    proved_at: datetime | None = None
    failed_at: datetime | None = None
    reason: str = ""
    file: str = ""
    missing: int = 0


def is_off() -> bool:
    """Whether the operator has switched the nightly copy off, by a file of that name among the backups."""
    return (proving.home() / OFF).exists()


def is_due() -> bool:
    """Whether the nightly copy is to be made now."""
    first = next(iter(list_organisations()), None)
    if first is None or is_off():
        return False
    zone = ZoneInfo(first.zone)
    newest = max(copies().values(), default=None)
    return rules.is_due(newest and newest.astimezone(zone), clock.now().astimezone(zone))


def copies() -> dict[Path, datetime]:
    """The copies made so far, with the moment of each."""
    found = {}
    for path in proving.home().glob(f"{PREFIX}*.zip"):
        try:
            found[path] = datetime.strptime(path.stem, PREFIX + FORM).replace(tzinfo=UTC)
        except ValueError:
            # Somebody put it there by hand: it is theirs.
            continue
    return found


def keep_one(progress: Progress | making.Told) -> dict[str, Any]:
    """Makes a copy, restores it into a scratch place, compares, and removes the copies that are of no more use."""
    folder = proving.home()
    proving.remove_scratch(folder)
    path = folder / f"{PREFIX}{clock.now().strftime(FORM)}.zip"
    try:
        made = making.make(path, progress)
        proving.prove(path)
    except BaseException as fault:
        note_failure(f"{type(fault).__name__}: {fault}", path.name)
        raise
    _note(
        proved_at=clock.now(), failed_at=None, reason="", file=path.name, missing=len(made["missing_files"])
    )
    thin_out()
    return {"file": path.name, **made}


def note_failure(reason: str, file: str = "") -> None:
    """Notes why a copy could not be made, for the health check to tell until a good one is there."""
    _note(failed_at=clock.now(), reason=reason[:500], file=file)


def thin_out() -> list[Path]:
    """Removes the copies that are too many; returns which."""
    made = copies()
    stays = rules.kept(list(made.values()))
    gone = [path for path, at in made.items() if at not in stays]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def state() -> Known:
    """How the nightly copies are going."""
    try:
        return msgspec.json.decode((proving.home() / STATE).read_bytes(), type=Known)
    except (FileNotFoundError, msgspec.DecodeError, msgspec.ValidationError):
        return Known()


def _note(**facts: Any) -> None:
    known = msgspec.structs.replace(state(), **facts)
    part = proving.home() / f"{STATE}.new"
    part.write_bytes(msgspec.json.encode(known))
    part.replace(proving.home() / STATE)


@health.look
def findings() -> Iterator[Finding]:
    """What the health check says about the copies."""
    yield finding()


def finding() -> Finding:
    """How the copies are going, in one look."""
    known, now = state(), clock.now()
    if known.failed_at is not None:
        return Finding("backup", State.BROKEN, "backup_failed", {"reason": known.reason})
    if is_off():
        file = settings.ENVIRONMENT.home / "backups" / OFF
        return Finding("backup", State.OK, "backup_off", {"file": str(file)})
    if known.missing:
        return Finding("backup", State.BROKEN, "backup_incomplete", {"count": known.missing})
    if known.proved_at is None:
        oldest = next(iter(list_organisations()), None)
        is_young = oldest is None or now - oldest.created_at < rules.STALE
        return Finding("backup", State.OK if is_young else State.WARNING, "backup_none")
    age = now - known.proved_at
    facts = {"file": known.file, "hours": round(age.total_seconds() / 3600)}
    is_fresh = age < rules.STALE
    return Finding("backup", State.OK if is_fresh else State.WARNING, "backup", facts)
