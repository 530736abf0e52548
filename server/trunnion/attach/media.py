"""What a content is, told by its bytes; its name is believed only where that does no harm."""

import codecs
import mmap
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePath

import filetype

from trunnion.kernel.errors import Invalid

HEAD = 8192
# What these would do on a reader's computer is never what a maintenance record needs.
_RUN_OR_INSTALL = """
exe com scr pif bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta msi msp mst cpl dll sys jar class apk app dmg
deb rpm sh bash lnk url reg inf chm docm xlsm xlam pptm dotm xltm ppam iso vhd appx
"""
DANGEROUS = frozenset(_RUN_OR_INSTALL.split())
_PROGRAMS = (
    b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf", b"#!/", b"#! /",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
_ACTIVE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg)\b", re.IGNORECASE)
_LOW = re.compile(rb"[\x00-\x08]")
_OFFICE_IN_ZIP = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OLD_OFFICE = {
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook", "wps": "application/vnd.ms-works", "vsd": "application/vnd.visio",
}  # fmt: skip
_OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_TEXTS = {"csv": "text/csv", "json": "application/json", "xml": "application/xml"}


@dataclass(frozen=True, slots=True)
class Media:
    """A media type that is taken in, and the endings its names may have; the first one is appended where none fits."""

    type: str
    endings: tuple[str, ...]


def _known(lines: str) -> dict[str, Media]:
    found = {}
    for line in lines.strip().splitlines():
        type_, *endings = line.split()
        found[type_] = Media(type_, tuple(endings))
    return found


KNOWN = _known("""
image/jpeg jpg jpeg jpe jfif
image/png png
image/webp webp
image/gif gif
image/bmp bmp
image/tiff tif tiff
image/svg+xml svg
image/vnd.dwg dwg
application/pdf pdf
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.oasis.opendocument.text odt
application/vnd.oasis.opendocument.spreadsheet ods
application/vnd.oasis.opendocument.presentation odp
application/msword doc
application/vnd.ms-excel xls
application/vnd.ms-powerpoint ppt
application/vnd.ms-outlook msg
application/vnd.ms-works wps
application/vnd.visio vsd
application/rtf rtf
application/epub+zip epub
application/zip zip
application/x-7z-compressed 7z
application/gzip gz
application/json json geojson ifcjson
application/xml xml ifcxml gml kml xsd
text/html html htm xhtml
text/csv csv
text/plain txt log md tsv ifc stp step dxf nc gcode tap cnc ini cfg yaml yml toml igs iges st awl
video/mp4 mp4 m4v
video/quicktime mov qt
video/webm webm
video/x-matroska mkv
video/3gpp 3gp
video/x-msvideo avi
audio/mpeg mp3
audio/mp4 m4a
audio/aac aac
audio/amr amr
audio/ogg ogg oga opus
audio/x-wav wav
audio/x-flac flac
""")
SHOWN_INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
PICTURES = SHOWN_INLINE | {"image/bmp", "image/tiff"}
FILMS = frozenset(type_ for type_ in KNOWN if type_.startswith("video/"))
RECORDINGS = frozenset(type_ for type_ in KNOWN if type_.startswith("audio/"))
SEEN_OR_HEARD = PICTURES | FILMS | RECORDINGS
# Played in its place, where nothing in it can run; everything else is a download.
IN_PLACE = SHOWN_INLINE | FILMS | RECORDINGS
_SAME = {
    "audio/wav": "audio/x-wav", "audio/x-m4a": "audio/mp4", "video/x-m4v": "video/mp4", "audio/m4a": "audio/mp4",
    "audio/opus": "audio/ogg", "application/ogg": "audio/ogg", "text/xml": "application/xml",
    "audio/wave": "audio/x-wav", "audio/flac": "audio/x-flac",
}  # fmt: skip


def recognise(path: Path, name: str) -> str:
    """The media type of a stored content; raises Invalid for programs and for what nobody could open."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    ending = ending_of(name)
    if ending in DANGEROUS or _is_program(head):
        raise Invalid.field("/file", "file_dangerous", name=name)
    found = _by_signature(path, head, ending) or _by_text(path, head, ending)
    if found is None or found not in KNOWN:
        raise Invalid.field("/file", "file_type_unknown", name=name, found=found or "")
    return found


def _is_program(head: bytes) -> bool:
    # A text may begin with the letters MZ; a program for Windows never goes without a zero byte.
    return head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and b"\x00" in head)


def is_film(name: str) -> bool:
    """Whether a name's ending promises a film."""
    return any(ending_of(name) in KNOWN[type_].endings for type_ in FILMS)


def ending_of(name: str) -> str:
    """The ending of a name, without the dot, in small letters."""
    return PurePath(name).suffix.removeprefix(".").casefold()


def _by_signature(path: Path, head: bytes, ending: str) -> str | None:
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if _holds(path, _OLD_MACROS):
            raise Invalid.field("/file", "file_has_macros")
        return _OLD_OFFICE.get(ending)
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path)
    if head.startswith(b"AC10"):
        return "image/vnd.dwg"
    if head.startswith(b"{\\rtf"):
        return "application/rtf"
    guessed = filetype.guess(head)
    found = None if guessed is None else _SAME.get(guessed.mime, guessed.mime)
    # Two letters such as BM begin a bitmap and many a text; every binary format has a low byte soon.
    is_binary = found == "application/pdf" or _LOW.search(head) is not None
    return found if is_binary and found in KNOWN else None


def _holds(path: Path, part: bytes) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(part) >= 0


def _inside_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist()[:5000])
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
                return packed.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise Invalid.field("/file", "file_damaged") from None
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Invalid.field("/file", "file_has_macros")
    return next((media for part, media in _OFFICE_IN_ZIP.items() if part in names), "application/zip")


def _by_text(path: Path, head: bytes, ending: str) -> str | None:
    if not _is_text(path):
        return None
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode()
    if found := _ACTIVE.search(head):
        return "image/svg+xml" if found.group().lower().endswith(b"svg") else "text/html"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "application/xml"
    return _TEXTS.get(ending, "text/plain")


def _encodings(path: Path) -> tuple[str, ...]:
    # What spreadsheets call Unicode text begins with such a mark; without it the zero bytes speak against a text.
    with path.open("rb") as file:
        marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return ("utf-16",) if marked else ("utf-8", "gb18030")


def _is_text(path: Path) -> bool:
    # Read in steps: a text of 50 MB need not stand in memory twice.
    for encoding in _encodings(path):
        try:
            with path.open(encoding=encoding) as file:
                while piece := file.read(1 << 20):
                    if "\x00" in piece:
                        return False
        except UnicodeDecodeError:
            continue
        return True
    return False
