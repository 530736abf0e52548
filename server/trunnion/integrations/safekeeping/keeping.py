"""The copies of an installation on its disk: made each night, proved, thinned out; and how all that is going."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings

from trunnion.identity.queries import list_organisations
from trunnion.kernel import clock
from trunnion.kernel.health import Finding
from trunnion.kernel.jobs import Progress

from . import making, proving, rules

PREFIX, FORM = "trunnion-", "%Y%m%d-%H%M%SZ"
STATE, OFF = "state.json", "off"
FIX = "look at the reason, free space or mend it, then run `trunnion backup --night`"


class State(msgspec.Struct):
    """What is known of the copies so far."""

    proved_at: datetime | None = None
    failed_at: datetime | None = None
    reason: str = ""
    file: str = ""


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
        _note(failed_at=clock.now(), reason=f"{type(fault).__name__}: {fault}"[:500], file=path.name)
        raise
    reason = f"{len(made['missing_files'])} contents are missing" if made["missing_files"] else ""
    _note(proved_at=clock.now(), failed_at=None, reason=reason, file=path.name)
    thin_out()
    return {"file": path.name, **made}


def thin_out() -> list[Path]:
    """Removes the copies that are too many; returns which."""
    made = copies()
    stays = rules.kept(list(made.values()))
    gone = [path for path, at in made.items() if at not in stays]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def state() -> State:
    """How the nightly copies are going."""
    try:
        return msgspec.json.decode((proving.home() / STATE).read_bytes(), type=State)
    except (FileNotFoundError, msgspec.DecodeError, msgspec.ValidationError):
        return State()


def _note(**facts: Any) -> None:
    known = msgspec.structs.replace(state(), **facts)
    part = proving.home() / f"{STATE}.new"
    part.write_bytes(msgspec.json.encode(known))
    part.replace(proving.home() / STATE)


def finding() -> Finding:
    """What `trunnion check` says about the copies."""
    known, now = state(), clock.now()
    if known.failed_at is not None:
        return Finding("backup", False, f"the last one failed: {known.reason}", FIX)
    if is_off():
        return Finding("backup", True, f"switched off by {settings.ENVIRONMENT.home / 'backups' / OFF}")
    if known.reason:
        return Finding("backup", False, known.reason, "put the files back from an older copy; see backup.md")
    if known.proved_at is None:
        oldest = next(iter(list_organisations()), None)
        is_young = oldest is None or now - oldest.created_at < rules.STALE
        return Finding(
            "backup", is_young, "none yet", "is `trunnion serve` running? or run `trunnion backup --night`"
        )
    age = now - known.proved_at
    fact = f"{known.file}, restored and compared {age.total_seconds() / 3600:.0f} h ago"
    return Finding(
        "backup", age < rules.STALE, fact, "is `trunnion serve` running? or run `trunnion backup --night`"
    )
