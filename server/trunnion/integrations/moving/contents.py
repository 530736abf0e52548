"""The contents of files inside a container: copied out with an index, proved and put in their place."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from trunnion.attach.commands import contents
from trunnion.kernel.errors import Refusal
from trunnion.kernel.portable.container import Damaged, Reader, Writer

INDEX = "files/index.jsonl"
TABLE = "attach.file"
# Small pictures and photos are packed already; trying again costs time and wins nothing.
_MOST = 10 * 1024**3


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One content: the name it lies under, its digest and size."""

    name: str
    sha256: str
    size: int


class Wanted:
    """The names of the contents that rows name, gathered while the rows pass."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def see(self, row: Any) -> None:
        """Notes what a row of the table of files names."""
        get = row.get if isinstance(row, dict) else lambda name: getattr(row, name)
        self.names.update(contents.names_of(str(get("sha256")), bool(get("has_thumbnail"))))


def copy_out(writer: Writer, names: Iterable[str], told: Callable[[int], None]) -> tuple[int, list[str]]:
    """Copies contents into the container; returns how many, and which were not on the disk."""
    entries: list[Entry] = []
    missing: list[str] = []
    for done, name in enumerate(sorted(names)):
        try:
            source = contents.path_of(name).open("rb")
        except FileNotFoundError:
            missing.append(name)
            continue
        with source:
            made = writer.copy(member_of(name), source, listed=False)
        entries.append(Entry(name, made.sha256, made.size))
        told(done)
    with writer.member(INDEX) as out:
        for entry in entries:
            out.line(msgspec.json.encode(entry) + b"\n")
    # What lies under a digest and is something else is as good as lost.
    false = [e.name for e in entries if not contents.is_thumbnail(e.name) and e.sha256 != e.name]
    return len(entries), [*missing, *false]


def member_of(name: str) -> str:
    """Where a content stands in a container."""
    return f"files/{name[:2]}/{name}"


def index(reader: Reader) -> dict[str, Entry]:
    """The contents that a container says it holds, by their names."""
    found: dict[str, Entry] = {}
    for line in reader.lines(INDEX):
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except (msgspec.DecodeError, msgspec.ValidationError) as fault:
            raise Damaged(INDEX, "unfit") from fault
        bare = entry.name.removesuffix(".webp")
        is_digest = len(bare) == 64 and all(c in "0123456789abcdef" for c in bare)
        if not is_digest or (bare == entry.name and entry.sha256 != bare) or entry.name in found:
            raise Damaged(INDEX, "name")
        found[entry.name] = entry
    return found


def prove(reader: Reader, entries: dict[str, Entry]) -> None:
    """Reads every content once and compares its digest."""
    for entry in entries.values():
        for _ in reader.chunks(member_of(entry.name), entry.sha256):
            pass


def put_in(reader: Reader, entries: Iterable[Entry]) -> Iterator[str]:
    """Puts contents in their place one by one; names each that was not there before."""
    for entry in entries:
        content = reader.chunks(member_of(entry.name), entry.sha256)
        if contents.put(entry.name, entry.sha256, content, _MOST):
            yield entry.name


def check_complete(wanted: set[str], held: set[str], missing: Iterable[str]) -> None:
    """Refuses rows whose content is not there, and contents that no row names."""
    lost = sorted(wanted - held - set(missing))
    if lost:
        raise Refusal("archive.content_missing", name=lost[0], count=len(lost))
    strange = sorted(held - wanted)
    if strange:
        raise Damaged(member_of(strange[0]), "not_listed")
