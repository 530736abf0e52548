"""Makes pictures, documents and records for the tests of attach and of the rooms above."""

import base64
import io
import struct
import zipfile
import zlib
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from trunnion.attach.commands import file
from trunnion.attach.types import FileCard
from trunnion.kernel.context import Context
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.policies import KINDS

KIND = "identity.role"


def entered(ctx: Context) -> Context:
    """The same context; PostgreSQL shows its organisation's rows to the reads that follow."""
    enter_organisation(ctx.organisation_id)
    return ctx


def record(ctx: Context, key: str = "owner") -> UUID:
    """A record of a lower room that things can stick to: a role, seen by whoever may read roles."""
    entered(ctx)
    return KINDS[KIND].objects.of(ctx).get(key=key).id


def jpeg(size: tuple[int, int] = (640, 480), exif: Image.Exif | None = None, colour: Any = "teal") -> bytes:
    """A photograph."""
    out = io.BytesIO()
    options = {"exif": exif.tobytes()} if exif else {}
    Image.new("RGB", size, colour).save(out, "JPEG", **options)
    return out.getvalue()


def telling_exif() -> Image.Exif:
    """What a telephone writes: turned to the right, taken at a time, and where."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2026:03:04 05:06:07"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (31.0, 13.0, 49.0), "E", (121.0, 28.0, 25.0)
    return exif


def png(size: tuple[int, int] = (40, 30), colour: Any = "white", strokes: bool = False) -> bytes:
    """A drawing, with a line across when asked for."""
    out = io.BytesIO()
    image = Image.new("RGB", size, colour)
    if strokes:
        ImageDraw.Draw(image).line((0, 0, *size), fill="black", width=3)
    image.save(out, "PNG")
    return out.getvalue()


def huge_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A small file that says it unpacks to gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def zipped(*names: str) -> bytes:
    """An archive with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


def strokes64() -> str:
    """A signature as a client sends it."""
    return base64.b64encode(png((200, 80), strokes=True)).decode()


def stored(ctx: Context, name: str = "pump.jpg", data: bytes | None = None, **more: Any) -> FileCard:
    """A file that was taken in."""
    return file.store(ctx, name, [data or jpeg()], **more)
