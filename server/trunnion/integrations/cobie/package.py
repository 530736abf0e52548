"""The zip container of a workbook, examined before any parser opens it: sizes, extents and error cells."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from types import MappingProxyType
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from trunnion.integrations.cobie.types import WorkbookRefused

_CHUNK = 1 << 20
_OVERLAP = 16_384
_LONGEST_FORMULA = 12_000
_LOCAL_HEADER = 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_RATIO_FROM = 4 << 20

# Every pattern is bounded: hostile input must not make them slow. Any attribute `r` counts as a place, wherever it
# stands: the parser allocates the whole rectangle and ends the process when that fails.
_PLACE = re.compile(rb"(?<![\w:.-])r\s*=\s*[\"']\s*([A-Za-z]{0,8})(\d{0,12})")
# The parser reserves as much memory as such an attribute promises.
_PROMISED_COUNT = re.compile(rb"[cC]ount\s*=\s*[\"']\s*\+?\d{8}")
_BLANKS = re.compile(rb"\s{4096}")
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]{0,300}?\bt=[\"']e[\"'][^<>]{0,300})>")
_REFERENCE = re.compile(rb"\br=[\"']([A-Za-z]{1,3})(\d+)[\"']")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be; above any real handover, below what would hurt the server."""

    file_bytes: int = 200 << 20
    unpacked_bytes: int = 1 << 30
    entries: int = 2_000
    ratio: int = 250
    cells: int = 8_000_000
    errors: int = 20_000


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a worksheet reaches, and its error cells by (row, column), both counted from one."""

    rows: int
    columns: int
    errors: Mapping[tuple[int, int], str]


class Package:
    """A workbook's container whose sizes have been measured, not believed."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._entries = _directory(content, limits)
        _measure(self, self._entries, limits)
        self.parts, self.from_1904 = self._worksheets()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of one entry, never more than its directory declares."""
        return _inflated(self._content, self._entries[name])

    def extent(self, sheet: str) -> Extent:
        """Scan one worksheet; refuses one whose far corner would ask for absurd memory."""
        rows, columns = 0, 0
        errors: dict[tuple[int, int], str] = {}
        tail = b""
        for chunk in self.chunks(self.parts[sheet]):
            data = tail + chunk
            # Columns and rows repeat a great deal: each is turned into a number once.
            found = _PLACE.findall(data)
            letters, digits = ({one[at] for one in found} for at in (0, 1))
            rows = max([rows, *(int(row or b"0") for row in digits)])
            columns = max([columns, *map(column_number, letters)])
            if b't="e"' in data or b"t='e'" in data:
                for seen, (place, text) in enumerate(_error_cells(data)):
                    if max(seen, len(errors)) >= self._limits.errors:
                        raise WorkbookRefused("cobie.too_many_errors", sheet=sheet, limit=self._limits.errors)
                    if text is not None:
                        errors[place] = text
            tail = data[-_OVERLAP:]
        if max(rows, 1) * max(columns, 1) > self._limits.cells:
            raise WorkbookRefused("cobie.sheet_too_large", sheet=sheet, rows=rows, columns=columns)
        return Extent(rows, columns, MappingProxyType(errors))

    def _worksheets(self) -> tuple[Mapping[str, str], bool]:
        """Worksheet name -> entry of the container, and whether days count from 1904."""
        targets: dict[str, str] = {}
        for tag, attributes in self._elements("xl/_rels/workbook.xml.rels"):
            if tag == "Relationship":
                target = attributes.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
                targets[attributes.get("Id", "")] = path
        found: dict[str, str] = {}
        from_1904 = False
        for tag, attributes in self._elements("xl/workbook.xml"):
            if tag == "workbookPr":
                from_1904 = attributes.get("date1904", "0") in ("1", "true")
            if tag == "sheet":
                relation = next((v for k, v in attributes.items() if k.endswith("}id")), "")
                path = targets.get(relation, "")
                if path in self._entries:
                    found[attributes.get("name", "")] = path
        return MappingProxyType(found), from_1904

    def _elements(self, name: str) -> list[tuple[str, dict[str, str]]]:
        if name not in self._entries:
            raise WorkbookRefused("cobie.not_a_workbook")
        try:
            root = fromstring(b"".join(self.chunks(name)), forbid_dtd=True)
        except DefusedXmlException as problem:
            raise WorkbookRefused("cobie.unsafe_xml") from problem
        except (ParseError, LookupError, ValueError) as problem:
            raise WorkbookRefused("cobie.not_a_workbook") from problem
        return [(element.tag.rpartition("}")[2], dict(element.attrib)) for element in root.iter()]


def _directory(content: bytes, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    if len(content) > limits.file_bytes:
        raise WorkbookRefused("cobie.file_too_large", bytes=len(content), limit_bytes=limits.file_bytes)
    if content.startswith(_OLE):
        raise WorkbookRefused("cobie.old_or_encrypted")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as problem:
        raise WorkbookRefused("cobie.not_a_workbook") from problem
    if len(entries) > limits.entries:
        raise WorkbookRefused("cobie.too_many_entries", entries=len(entries), limit=limits.entries)
    by_name = {entry.filename: entry for entry in entries}
    if len(by_name) != len(entries):
        raise WorkbookRefused("cobie.damaged", entry=_repeated(entries))
    return by_name


def _repeated(entries: list[zipfile.ZipInfo]) -> str:
    names = [entry.filename for entry in entries]
    return next(name for name in names if names.count(name) > 1)


def _measure(package: Package, entries: dict[str, zipfile.ZipInfo], limits: Limits) -> None:
    """First what the directory declares, then what the entries really unpack to."""
    total = sum(entry.file_size for entry in entries.values())
    if total > limits.unpacked_bytes:
        raise WorkbookRefused("cobie.unpacks_too_large", bytes=total, limit_bytes=limits.unpacked_bytes)
    for entry in entries.values():
        if entry.flag_bits & _ENCRYPTED:
            raise WorkbookRefused("cobie.old_or_encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise WorkbookRefused("cobie.damaged", entry=entry.filename)
        if entry.file_size > _RATIO_FROM and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise WorkbookRefused("cobie.packed_too_tightly", entry=entry.filename, limit=limits.ratio)
    for name in entries:
        tail = b""
        for number, chunk in enumerate(package.chunks(name)):
            data = tail + chunk
            if name.endswith((".xml", ".rels")) and _is_unsafe(name, data, first=number == 0):
                raise WorkbookRefused("cobie.unsafe_xml")
            tail = data[-_OVERLAP:]


def _is_unsafe(name: str, data: bytes, *, first: bool) -> bool:
    if first and b"\x00" in data[:4]:
        return True
    promises = "/worksheets/" not in name and _PROMISED_COUNT.search(data) is not None
    return promises or _BLANKS.search(data) is not None


def _inflated(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack by hand, because a forged size would otherwise be believed here and ignored by the parser."""
    start = entry.header_offset
    header = content[start : start + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise WorkbookRefused("cobie.damaged", entry=entry.filename)
    start += _LOCAL_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(content)[start : start + entry.compress_size]
    size, checksum = 0, 0
    try:
        for chunk in _pieces(packed, entry.compress_type):
            size += len(chunk)
            checksum = zlib.crc32(chunk, checksum)
            if size > entry.file_size:
                raise WorkbookRefused("cobie.damaged", entry=entry.filename)
            yield chunk
    except zlib.error as problem:
        raise WorkbookRefused("cobie.damaged", entry=entry.filename) from problem
    if size != entry.file_size or checksum != entry.CRC:
        raise WorkbookRefused("cobie.damaged", entry=entry.filename)


def _pieces(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _CHUNK):
            yield bytes(packed[start : start + _CHUNK])
        return
    inflater = zlib.decompressobj(-15)
    rest: bytes | memoryview = packed
    while not inflater.eof:
        chunk = inflater.decompress(rest, _CHUNK)
        rest = inflater.unconsumed_tail
        if not chunk and not rest:
            break
        yield chunk
    if not inflater.eof:
        raise zlib.error


def _error_cells(data: bytes) -> Iterator[tuple[tuple[int, int], str | None]]:
    """Places with their error; no text where the value stands in the next chunk (which overlaps this one)."""
    for cell in _ERROR_CELL.finditer(data):
        place = _REFERENCE.search(b" " + cell[1])
        row, column = (int(place[2]), column_number(place[1])) if place is not None else (0, 0)
        value = data.find(b"v>", cell.end(), cell.end() + _LONGEST_FORMULA)
        end = data.find(b"<", value)
        text = data[value + 2 : end].decode("ascii", "replace") if value >= 0 and end >= 0 else None
        yield (row, column), text


def column_number(letters: bytes) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """1 is `A`, 27 is `AA`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
