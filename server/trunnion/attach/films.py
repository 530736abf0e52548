"""How long a film is, read from the few bytes of its container that say so; None where they do not."""

import struct
from pathlib import Path
from typing import BinaryIO

MOST_BOXES = 2_000
# Ids of Matroska elements: the containers that are entered, and the two facts that are read.
_SEGMENT, _INFO = 0x18538067, 0x1549A966
_SCALE, _DURATION = 0x2AD7B1, 0x4489
_DEFAULT_SCALE = 1_000_000


def seconds_of(path: Path, media_type: str) -> float | None:
    """The length of an MP4, QuickTime, 3GP, WebM or Matroska film in seconds."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if media_type in ("video/mp4", "video/quicktime", "video/3gpp"):
                return _of_boxes(file, 0, size)
            if media_type in ("video/webm", "video/x-matroska"):
                return _of_elements(file, size)
    except (OSError, struct.error, ValueError, OverflowError, IndexError):
        return None
    return None


def _of_boxes(file: BinaryIO, start: int, end: int) -> float | None:
    at = start
    for _ in range(MOST_BOXES):
        if at + 8 > end:
            return None
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        inner = at + 8
        if length == 1:
            length, inner = struct.unpack(">Q", file.read(8))[0], at + 16
        if name == b"moov":
            return _of_boxes(file, inner, at + length)
        if name == b"mvhd":
            return _of_header(file)
        if length < 8:
            return None
        at += length
    return None


def _of_header(file: BinaryIO) -> float | None:
    is_long = file.read(4)[0] == 1
    layout = ">QQIQ" if is_long else ">IIII"
    _, _, scale, duration = struct.unpack(layout, file.read(struct.calcsize(layout)))
    unknown = (1 << 64) - 1 if is_long else (1 << 32) - 1
    return duration / scale if scale and duration and duration != unknown else None


def _of_elements(file: BinaryIO, size: int) -> float | None:
    at, scale, duration, end = 0, _DEFAULT_SCALE, None, size
    for _ in range(MOST_BOXES):
        if at >= end:
            break
        file.seek(at)
        name, length = _number(file, marked=True), _number(file, marked=False)
        inner = file.tell()
        if name == _SEGMENT:
            at = inner
            continue
        if name == _INFO:
            at, end = inner, min(size, inner + length)
            continue
        if name == _SCALE:
            scale = int.from_bytes(file.read(length), "big")
        elif name == _DURATION:
            duration = struct.unpack(">f" if length == 4 else ">d", file.read(length))[0]
        at = inner + length
    return None if duration is None else float(duration) * scale / 1e9


def _number(file: BinaryIO, *, marked: bool) -> int:
    """A number of variable length; an id keeps the bit that tells its length."""
    first = file.read(1)[0]
    width = 9 - first.bit_length()
    if width > 8:
        raise ValueError("no such number")
    value = first if marked else first & ((1 << (8 - width)) - 1)
    return int.from_bytes(bytes([value]) + file.read(width - 1), "big")
