"""Pictures: opened within limits, freed of where they were taken, turned upright, made small for lists."""

import io
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from trunnion.kernel.errors import Invalid

MOST_PIXELS = 50_000_000
MOST_SIGNATURE_PIXELS = 4_000_000
LARGE_PIXELS = 16_000_000
SMALL = 400
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
# Pillow warns at its limit and refuses at twice of it: so it refuses where we do, and has nothing to warn of.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
warnings.simplefilter("ignore", Image.DecompressionBombWarning)
# A large picture takes half a gigabyte while it is turned: one at a time.
_large = threading.Lock()
# What may tell where, by whom or with what a picture was taken.
_TELLING = (
    "exif",
    "xmp",
    "photoshop",
    "comment",
    "XML:com.adobe.xmp",
    "Raw profile type exif",
    "Raw profile type iptc",
)
_ORIENTATION, _TAKEN, _OFFSET = 0x0112, 0x9003, 0x9011


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be kept; `cleaned` is None where the original holds nothing that had to go."""

    cleaned: Path | None
    thumbnail: Path
    width: int
    height: int
    taken_at: datetime | None


def prepare(path: Path, zone: str, beside: Callable[[], Path]) -> Prepared:
    """Reads a picture and writes what is kept of it to new files; raises Invalid when it is too large or broken."""
    with _refusing(), Image.open(path, formats=FORMATS) as image:
        _check_size(image, MOST_PIXELS)
        with _large if image.width * image.height > LARGE_PIXELS else nullcontext():
            taken_at = _taken_at(image, zone)
            upright = image.getexif().get(_ORIENTATION, 1) == 1
            cleaned = None if upright and not _tells(image) else _clean(image, beside())
            thumbnail, (width, height) = _shrink(path, beside())
    return Prepared(cleaned, thumbnail, width, height, taken_at)


def check_strokes(data: bytes) -> tuple[int, int]:
    """Width and height of a signature's picture; raises Invalid unless it is a real PNG with strokes."""
    with (
        _refusing("/image_png_base64", "signature_not_png"),
        Image.open(io.BytesIO(data), formats=("PNG",)) as image,
    ):
        _check_size(image, MOST_SIGNATURE_PIXELS, "/image_png_base64")
        image.load()
        flat = Image.new("RGBA", image.size, "white")
        flat.alpha_composite(image.convert("RGBA"))
        low, high = flat.convert("L").getextrema()
        if not isinstance(low, (int, float)) or not isinstance(high, (int, float)) or high - low < 32:
            raise Invalid.field("/image_png_base64", "signature_blank")
        return image.size


@contextmanager
def _refusing(pointer: str = "/file", code: str = "image_damaged") -> Iterator[None]:
    try:
        yield
    except Image.DecompressionBombError:
        raise Invalid.field(
            pointer, "image_too_many_pixels", most_megapixels=MOST_PIXELS // 1_000_000
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError):
        raise Invalid.field(pointer, code) from None


def _check_size(image: Image.Image, most: int, pointer: str = "/file") -> None:
    width, height = image.size
    frames = getattr(image, "n_frames", 1)
    if width * height > most or width * height * min(frames, 1000) > most * 20:
        raise Invalid.field(
            pointer, "image_too_many_pixels", most_megapixels=most // 1_000_000, width=width, height=height
        )


def _tells(image: Image.Image) -> bool:
    return bool(image.getexif()) or any(image.info.get(key) for key in _TELLING) or image.format == "MPO"


def _clean(image: Image.Image, target: Path) -> Path:
    """Writes the picture anew: upright, with its colour profile, without anything else that came along."""
    profile = image.info.get("icc_profile")
    kept = {"icc_profile": profile} if profile else {}
    format_ = "JPEG" if image.format == "MPO" else image.format or "PNG"
    if getattr(image, "n_frames", 1) > 1 and format_ in ("GIF", "WEBP", "TIFF", "PNG"):
        extra = {"compression": "tiff_deflate"} if format_ == "TIFF" else {}
        image.save(target, format_, save_all=True, exif=b"", xmp=b"", **kept, **extra)
        return target
    # The copy is no longer bound to its file, and so knows nothing but its pixels and what is left in `info`.
    plain = ImageOps.exif_transpose(image)
    plain.info = {key: value for key, value in plain.info.items() if key == "transparency"}
    image.close()
    options: dict[str, Any] = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}}.get(format_, {})
    plain.save(target, format_, **kept, **options)
    return target


def _shrink(path: Path, target: Path) -> tuple[Path, tuple[int, int]]:
    with Image.open(path, formats=FORMATS) as image:
        width, height = image.size
        if image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8):
            width, height = height, width
        # A JPEG can be read at an eighth of its size; the others are read whole.
        image.draft("RGB", (SMALL, SMALL))
        small = image if image.mode in ("L", "RGB", "RGBA") else image.convert(_plain_mode(image))
        small.thumbnail((SMALL, SMALL))
        small = ImageOps.exif_transpose(small)
        small = small.convert(_plain_mode(small))
        small.info.clear()
        small.save(target, "WEBP", quality=80, method=4)
    return target, (width, height)


def _plain_mode(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def _taken_at(image: Image.Image, zone: str) -> datetime | None:
    inner = image.getexif().get_ifd(ExifTags.IFD.Exif)
    text = str(inner.get(_TAKEN) or "").strip("\x00 ")
    offset = str(inner.get(_OFFSET) or "").strip("\x00 ")
    try:
        if offset:
            return datetime.strptime(f"{text}{offset}", "%Y:%m:%d %H:%M:%S%z")
        # Most cameras know the wall clock only: the sender's zone is the best guess.
        return datetime.strptime(text, "%Y:%m:%d %H:%M:%S").replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
