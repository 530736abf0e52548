"""A copy back into an empty installation, and the comparison of what came back with what was copied."""

from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from trunnion.identity.queries import has_people, list_organisations
from trunnion.integrations.moving import contents
from trunnion.kernel import journal, verification, walls
from trunnion.kernel.database import writing
from trunnion.kernel.errors import Refusal
from trunnion.kernel.portable import beside, load, series, state
from trunnion.kernel.portable.container import Reader, check_room
from trunnion.kernel.portable.shape import table
from trunnion.kernel.portable.snapshot import show

from . import stock
from .making import CONTENT, DATABASE, SECRET


class Restored(msgspec.Struct, frozen=True):
    """What came back."""

    rows: int
    files: int
    organisations: int


def check(reader: Reader) -> dict[str, contents.Entry]:
    """Refuses a container that is no copy of an installation or is not whole; returns the contents it holds."""
    state.check_format(reader.manifest, CONTENT)
    entries = contents.index(reader)
    reader.check_names({contents.member_of(name) for name in entries})
    return entries


def restore(path: Path) -> Restored:
    """Brings a copy into this installation, which must be empty; the database comes last: it can be run again."""
    with Reader(path) as reader:
        entries = check(reader)
        check_empty()
        check_room(reader, settings.ENVIRONMENT.home)
        if DATABASE in reader.members and connection.vendor != "sqlite":
            raise Refusal("backup.other_database", database="SQLite")
        for _ in contents.put_in(reader, entries.values()):
            pass
        if SECRET in reader.members:
            _place_secret(reader)
        if DATABASE in reader.members:
            _put_file(reader)
        else:
            _migrate()
            with writing(), transaction.atomic():
                with load.walls_down(connection):
                    put_rows(reader, connection)
                # A difference takes everything back.
                compare(reader, connection)
        _prove_journals()
        rows = sum(one["rows"] for one in reader.manifest["rows"].values())
        return Restored(rows, len(entries), len(list_organisations()))


def _put_file(reader: Reader) -> None:
    is_older = state.is_older(reader.manifest, adding_only=False)
    target = Path(settings.DATABASES["default"]["NAME"])
    part = target.with_name(target.name + ".part")
    try:
        unpack_database(reader, part)
        if not is_older:
            # The rows of an older program can be counted by that program only.
            with beside.opened(part) as unpacked:
                compare(reader, unpacked)
        connections.close_all()
        _forget(target)
        part.replace(target)
    finally:
        _forget(part)
    _migrate()


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    if walls.missing():
        walls.install()


def check_empty() -> None:
    """Refuses where anything lives already: a restore never mixes two installations."""
    tables = connection.introspection.table_names()
    if "identity_user" in tables and (has_people() or list_organisations()):
        raise Refusal("backup.not_empty", home=str(settings.ENVIRONMENT.home))


def _place_secret(reader: Reader) -> None:
    target = settings.ENVIRONMENT.home / SECRET
    part = target.with_name(SECRET + ".part")
    part.touch(mode=0o600)
    reader.place(SECRET, part)
    part.replace(target)


def unpack_database(reader: Reader, target: Path) -> None:
    """Puts the database file somewhere and lets SQLite itself look through it."""
    reader.place(DATABASE, target)
    if not beside.is_sound(target):
        raise Refusal("archive.damaged", member=DATABASE, reason="integrity")


def _forget(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def put_rows(reader: Reader, target: Any) -> None:
    """Stores every row of a copy in an empty database of this program's shape."""
    lenient = state.is_older(reader.manifest)
    owners: list[UUID] = []
    # In the order in which they were written: each after those that it points at.
    for name in reader.manifest["rows"]:
        owner, _, named = name.partition("/")
        organisation_id = None if owner == "installation" else UUID(owner)
        if organisation_id and organisation_id not in owners:
            owners.append(organisation_id)
            show(target, organisation_id)
            series.write(target, organisation_id, _numbers(reader, organisation_id))
        one = table(named)
        lines = reader.lines(f"rows/{name}.jsonl")
        load.store(target, one, load.rows(one, lines, organisation_id, lenient=lenient))


def _numbers(reader: Reader, organisation_id: UUID) -> dict[str, int]:
    body = b"".join(reader.chunks(f"rows/{organisation_id}/numbers.json"))
    return msgspec.json.decode(body, type=dict[str, int])


def compare(reader: Reader, target: Any) -> None:
    """Refuses where what stands in a database is not, row by row, what was copied."""
    wanted: stock.Digests = reader.manifest["rows"]
    found = stock.digests(target)
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name, _NOTHING) != found.get(name, _NOTHING):
            told = {"part": name, "copied": wanted.get(name, _NOTHING)["rows"]}
            raise Refusal("backup.differs", **told, found=found.get(name, _NOTHING)["rows"])


_NOTHING: dict[str, Any] = {"rows": 0, "sha256": ""}


def _prove_journals() -> None:
    for one in list_organisations():
        with transaction.atomic():
            journal.enter_organisation(one.id)
            _, fault = verification.verify(one.id)
        if fault is not None:
            raise Refusal("archive.journal_broken", sequence=fault.sequence, reason=fault.reason)
