"""The container of everything that leaves: a ZIP whose every byte is proved by digests, and read with mistrust."""

import hashlib
import os
import re
import shutil
import stat
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import msgspec

from trunnion.kernel.errors import Refusal

CHUNK = 1 << 20
MANIFEST = "manifest.json"
# Plain text gets about ten times smaller; what claims much more than that is made to fill a disk.
MOST_RATIO = 200
ALWAYS_FINE = 64 << 20
MOST_MANIFEST = 64 << 20
LONGEST_LINE = 64 << 20
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", re.ASCII)
# What stands before each content at the least.
_HEADER = 30
_SEAL = b"sha256:"
_SEAL_LENGTH = len(_SEAL) + 64
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class Damaged(Refusal):
    """A container is not what was written: which part, and what is wrong with it (422)."""

    status = 422

    def __init__(self, member: str, reason: str) -> None:
        super().__init__("archive.damaged", member=member, reason=reason)


class Member:
    """One member that is being written; counts and digests what passes."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self.size = 0
        self.rows = 0

    def write(self, data: bytes) -> None:
        """Adds bytes."""
        self._out.write(data)
        self._digest.update(data)
        self.size += len(data)

    def line(self, data: bytes) -> None:
        """Adds one row."""
        self.write(data)
        self.rows += 1

    def lines(self, data: bytes, count: int) -> None:
        """Adds rows."""
        self.write(data)
        self.rows += count

    @property
    def sha256(self) -> str:
        """The digest of what was written so far."""
        return self._digest.hexdigest()


class Writer:
    """Writes a container beside its place and puts it there whole, or leaves nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_name(path.name + ".part")
        self._zip: zipfile.ZipFile
        self.members: dict[str, dict[str, Any]] = {}
        self.manifest: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self._part.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
        os.close(handle)
        # Half the time of the usual level, for a tenth more of disk.
        self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=3)
        return self

    @contextmanager
    def member(self, name: str, *, packed: bool = True, listed: bool = True) -> Iterator[Member]:
        """A new member; `listed` ones stand in the manifest with size, rows and digest."""
        info = zipfile.ZipInfo(name, time.gmtime()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        with self._zip.open(info, "w", force_zip64=True) as out:
            made = Member(out)
            yield made
        if listed:
            self.members[name] = {"size": made.size, "rows": made.rows, "sha256": made.sha256}

    def copy(self, name: str, source: BinaryIO, *, packed: bool = False, listed: bool = True) -> Member:
        """A new member with the content of an open file."""
        with self.member(name, packed=packed, listed=listed) as out:
            while chunk := source.read(CHUNK):
                out.write(chunk)
        return out

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                body = msgspec.json.format(
                    msgspec.json.encode({**self.manifest, "members": self.members}), indent=1
                )
                with self.member(MANIFEST, listed=False) as out:
                    out.write(body)
                self._zip.comment = _SEAL + b"0" * 64
            self._zip.close()
            if kind is None:
                _seal(self._part)
                self._part.replace(self.path)
        finally:
            self._part.unlink(missing_ok=True)


def _seal(path: Path) -> None:
    with path.open("r+b") as file:
        digest = _digest_but_seal(file, path.stat().st_size)
        file.seek(-64, os.SEEK_END)
        file.write(digest.encode())
        file.flush()
        os.fsync(file.fileno())


def _digest_but_seal(file: BinaryIO, size: int) -> str:
    rolling, left = hashlib.sha256(), size - 64
    file.seek(0)
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        rolling.update(chunk)
        left -= len(chunk)
    return rolling.hexdigest()


class Reader:
    """Reads a container that may have been made to do harm; every way of it is refused in words."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            _check_seal(path)
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
            raise Refusal("archive.unreadable") from fault
        self._infos = _checked(self._zip.infolist())
        self.manifest = self._manifest()
        self.members: dict[str, dict[str, Any]] = self.manifest["members"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> set[str]:
        """Every member."""
        return set(self._infos)

    def _manifest(self) -> dict[str, Any]:
        info = self._infos.get(MANIFEST)
        if info is None or info.file_size > MOST_MANIFEST:
            raise Damaged(MANIFEST, "missing")
        try:
            found = msgspec.json.decode(b"".join(self.chunks(MANIFEST)))
            members = found["members"]
            fit = all(
                type(m["size"]) is int and type(m["rows"]) is int and type(m["sha256"]) is str
                for m in members.values()
            )
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as fault:
            raise Damaged(MANIFEST, "unfit") from fault
        if not fit:
            raise Damaged(MANIFEST, "unfit")
        return dict(found)

    def check_names(self, others: set[str]) -> None:
        """Refuses a member that neither the manifest nor `others` names, and one that is named and not there."""
        told = set(self.members) | others | {MANIFEST}
        strange = sorted(self.names() ^ told)
        if strange:
            raise Damaged(strange[0], "missing" if strange[0] in told else "not_listed")

    def chunks(self, name: str, sha256: str = "") -> Iterator[bytes]:
        """The content of a member, piece by piece; raises Damaged at its end where the digest differs."""
        info = self._infos.get(name)
        if info is None:
            raise Damaged(name, "missing")
        wanted = sha256 or self.members[name]["sha256"] if name != MANIFEST else ""
        rolling = hashlib.sha256()
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(CHUNK):
                    rolling.update(chunk)
                    yield chunk
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, zipfile.zlib.error) as fault:  # type: ignore[attr-defined]
            raise Damaged(name, "unreadable") from fault
        if wanted and rolling.hexdigest() != wanted:
            raise Damaged(name, "digest")

    def lines(self, name: str) -> Iterator[bytes]:
        """The rows of a member."""
        rest = b""
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_LINE:
                raise Damaged(name, "line_too_long")
            yield from whole
        if rest:
            raise Damaged(name, "line_broken")

    def place(self, name: str, target: Path, sha256: str = "") -> None:
        """Writes a member's content to a file that survives a power cut."""
        with target.open("wb") as out:
            for chunk in self.chunks(name, sha256):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())


def _check_seal(path: Path) -> None:
    size = path.stat().st_size
    if size < _SEAL_LENGTH:
        raise Refusal("archive.unreadable")
    with path.open("rb") as file:
        file.seek(-_SEAL_LENGTH, os.SEEK_END)
        seal = file.read()
        if not seal.startswith(_SEAL):
            raise Refusal("archive.unreadable")
        if _digest_but_seal(file, size).encode() != seal[len(_SEAL) :]:
            raise Damaged(path.name, "digest")


def _checked(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        kind = stat.S_IFMT(info.external_attr >> 16)
        odd = info.flag_bits & 0x1 or info.compress_type not in _PACKED or kind not in (0, stat.S_IFREG)
        if odd or not _NAME.fullmatch(info.orig_filename) or info.filename in found:
            raise Damaged(info.orig_filename[:200], "name")
        found[info.filename] = info
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        # One content that is counted many times is the shortest way to fill a disk.
        if info.header_offset < end:
            raise Damaged(info.filename, "name")
        end = info.header_offset + _HEADER + info.compress_size
    whole, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if whole > ALWAYS_FINE and whole > packed * MOST_RATIO:
        raise Refusal("archive.too_much", bytes=whole)
    return found


def check_room(reader: Reader, folder: Path) -> None:
    """Refuses a container that would not fit beside what is there."""
    needed = sum(m["size"] for m in reader.members.values()) + reader.path.stat().st_size
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise Refusal("archive.no_room", needed=needed, free=free)
