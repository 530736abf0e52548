"""An organisation out of a container into this installation: all of it, proved, in one transaction, or nothing."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from trunnion.attach.commands import contents as places
from trunnion.identity.queries import list_organisations
from trunnion.kernel import journal, verification, walls
from trunnion.kernel.database import writing
from trunnion.kernel.errors import Refusal
from trunnion.kernel.portable import load, series, state
from trunnion.kernel.portable.container import Damaged, Reader, check_room
from trunnion.kernel.portable.shape import Table, tables

from . import contents, people
from .outward import CONTENT, NUMBERS, Told


class Arrived(msgspec.Struct, frozen=True):
    """An organisation that came in."""

    organisation_id: UUID
    name: str
    rows: int
    files: int
    entries: int
    linked: int


def read(path: Path, *, link_people: bool = False, told: Told = lambda *_: None) -> Arrived:
    """Brings the organisation of a container in; raises Refusal and leaves nothing when anything does not hold."""
    with Reader(path) as reader:
        state.check_format(reader.manifest, CONTENT)
        lenient = state.is_older(reader.manifest)
        organisation_id, name = _organisation(reader)
        entries = contents.index(reader)
        _check_members(reader, entries)
        check_room(reader, settings.ENVIRONMENT.home)
        placed: list[str] = []
        try:
            # Sweeping rests until the rows that name the contents are there.
            with places.held():
                placed.extend(contents.put_in(reader, entries.values()))
                return _store(reader, organisation_id, name, entries, link_people, lenient, told)
        except BaseException:
            places.take_back(placed)
            raise


def _organisation(reader: Reader) -> tuple[UUID, str]:
    try:
        about = reader.manifest["organisation"]
        found = UUID(about["id"]), str(about["name"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refusal("archive.unreadable") from None
    if any(one.id == found[0] for one in list_organisations()):
        raise Refusal("archive.organisation_known", name=found[1])
    return found


def _check_members(reader: Reader, entries: dict[str, contents.Entry]) -> None:
    reader.check_names({contents.member_of(name) for name in entries})
    known = {t.member for t in tables()} | {NUMBERS, contents.INDEX, "README.txt"}
    strange = [m for m in reader.members if m not in known and not m.startswith("lists/")]
    if strange:
        raise Damaged(strange[0], "not_listed")


def _store(
    reader: Reader, organisation_id: UUID, name: str, entries: dict[str, contents.Entry], link_people: bool,
    lenient: bool, told: Told,
) -> Arrived:  # fmt: skip
    total = sum(m["rows"] for m in reader.members.values())
    wanted, done, linked = contents.Wanted(), 0, people.Linked()
    try:
        with writing(), transaction.atomic():
            journal.enter_organisation(organisation_id)
            with load.walls_down(connection):
                for table in (t for t in tables() if t.member in reader.members):
                    rows = _rows(reader, table, organisation_id, linked, link_people, lenient, wanted)
                    done += load.store(connection, table, rows)
                    told(done, total)
                series.write(connection, organisation_id, _numbers(reader))
                load.strays(connection, organisation_id)
            contents.check_complete(wanted.names, set(entries), _missing(reader))
            count = _proved(organisation_id)
            if absent := walls.missing():
                raise Refusal("archive.walls_missing", wall=absent[0])
    except IntegrityError as fault:
        raise Refusal("archive.reference_lost", table="", field="", rows=0) from fault
    return Arrived(organisation_id, name, done, len(entries), count, len(linked.ids))


def _rows(
    reader: Reader, table: Table, organisation_id: UUID, linked: people.Linked, link_people: bool, lenient: bool,
    wanted: contents.Wanted,
) -> Iterator[Any]:  # fmt: skip
    lines: Iterable[bytes] = reader.lines(table.member)
    if not table.is_journal:
        # The journal keeps the ids under which it was sealed.
        lines = linked.renamed(lines)
    rows = load.rows(table, lines, organisation_id, lenient=lenient)
    if not table.is_owned:
        rows = people.known(table, rows, organisation_id, linked, link_people)
    for row in rows:
        if table.name == contents.TABLE:
            wanted.see(row)
        yield row


def _missing(reader: Reader) -> list[str]:
    found = reader.manifest.get("missing_files", [])
    if not isinstance(found, list):
        raise Refusal("archive.unreadable")
    return [str(one) for one in found]


def _numbers(reader: Reader) -> dict[str, int]:
    try:
        found = msgspec.json.decode(b"".join(reader.chunks(NUMBERS)), type=dict[str, int])
    except (msgspec.DecodeError, msgspec.ValidationError) as fault:
        raise Damaged(NUMBERS, "unfit") from fault
    if not all(s.isascii() and s.isalnum() and len(s) <= 20 and 0 <= n < 2**62 for s, n in found.items()):
        raise Damaged(NUMBERS, "unfit")
    return found


def _proved(organisation_id: UUID) -> int:
    """Seals what was committed and not sealed when the container was made, then walks the whole chain."""
    while journal.seal(organisation_id):
        pass
    count, fault = verification.verify(organisation_id)
    if fault is not None:
        raise Refusal("archive.journal_broken", sequence=fault.sequence, reason=fault.reason)
    return count
