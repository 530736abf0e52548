"""Makes the shortest films that say how long they are."""

import struct


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def mp4(seconds: float, brand: bytes = b"isom", filling: int = 2_000) -> bytes:
    """An MP4 or QuickTime container with its header at the end, as telephones write it."""
    header = struct.pack(">IIIII", 0, 0, 0, 1000, int(seconds * 1000)) + bytes(80)
    kind = _box(b"ftyp", brand + bytes(4) + brand)
    return kind + _box(b"mdat", bytes(range(256)) * (filling // 256)) + _box(b"moov", _box(b"mvhd", header))


def webm(seconds: float | None) -> bytes:
    """A WebM container; what browsers record says nothing of its length."""
    said = b"" if seconds is None else b"\x44\x89\x88" + struct.pack(">d", seconds * 1000)
    info = b"\x2a\xd7\xb1\x83\x0f\x42\x40" + said
    head = b"\x42\x82\x84webm"
    inside = b"\x15\x49\xa9\x66" + bytes([0x80 | len(info)]) + info
    start = b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(head)]) + head
    return start + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + inside + bytes(500)
