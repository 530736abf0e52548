"""Pictures lose where they were taken, stand upright, and never unpack beyond the limit."""

import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PIL import Image

from trunnion.attach import pictures, storage
from trunnion.kernel.errors import Invalid

from .builders import huge_png, jpeg, png, stored, telling_exif


def kept(card, tenant, suffix=""):
    from trunnion.attach.models import File

    return storage.path_of(File.objects.of(tenant.owner).get(id=card.id).sha256, suffix)


def test_position_and_maker_go_time_and_orientation_stay(tenant):
    ctx = tenant.owner.with_(zone="Asia/Shanghai")
    card = stored(ctx, "IMG_1.jpg", jpeg((640, 480), telling_exif()))
    assert (card.width, card.height) == (480, 640)
    assert card.taken_at == datetime(2026, 3, 4, 5, 6, 7, tzinfo=timezone(timedelta(hours=8)))
    with Image.open(kept(card, tenant)) as image:
        assert not image.getexif()
        assert image.size == (480, 640)
    assert b"Maker" not in kept(card, tenant).read_bytes()


def test_the_cameras_own_offset_counts(tenant):
    exif = telling_exif()
    exif.get_ifd(0x8769)[0x9011] = "+00:00"
    card = stored(tenant.owner.with_(zone="Asia/Shanghai"), "IMG_1.jpg", jpeg(exif=exif))
    assert card.taken_at == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_a_picture_that_tells_nothing_is_kept_byte_by_byte(tenant):
    data = png((50, 40), "red")
    assert kept(stored(tenant.owner, "scheme.png", data), tenant).read_bytes() == data


@pytest.mark.parametrize("format_", ["PNG", "WEBP", "TIFF"])
def test_other_formats_lose_their_position_too(tenant, format_):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, format_, exif=telling_exif().tobytes())
    card = stored(tenant.owner, f"x.{format_.lower()}", out.getvalue())
    with Image.open(kept(card, tenant)) as image:
        assert not image.getexif().get_ifd(0x8825)
        assert image.getexif().get(0x010F) is None


def test_a_small_picture_lies_beside(tenant):
    card = stored(tenant.owner, "wide.jpg", jpeg((2000, 1000)))
    with Image.open(kept(card, tenant, ".webp")) as small:
        assert small.size == (400, 200)
        assert small.format == "WEBP"


def test_a_palette_with_transparency_survives_cleaning(tenant):
    out = io.BytesIO()
    image = Image.new("P", (20, 20), 1)
    image.putpalette([0, 0, 0, 0, 255, 0, 0, 255], "RGBA")
    image.save(out, "PNG", exif=telling_exif().tobytes())
    card = stored(tenant.owner, "sign.png", out.getvalue())
    with Image.open(kept(card, tenant)) as cleaned:
        assert cleaned.convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 255)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (huge_png(), "image_too_many_pixels"),
        (huge_png(8000, 7000), "image_too_many_pixels"),
        (jpeg()[:300], "image_damaged"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "image_damaged"),
    ],
)
def test_bombs_and_broken_pictures_are_refused(tenant, data, code):
    with pytest.raises(Invalid) as refused:
        stored(tenant.owner, "photo.jpg", data)
    assert refused.value.errors[0].code == code


def test_a_signature_is_a_real_picture_with_strokes():
    assert pictures.check_strokes(png((200, 80), strokes=True)) == (200, 80)
    for data, code in (
        (b"\x89PNG\r\n", "signature_not_png"),
        (jpeg(), "signature_not_png"),
        (png((200, 80)), "signature_blank"),
        (huge_png(), "image_too_many_pixels"),
    ):
        with pytest.raises(Invalid) as refused:
            pictures.check_strokes(data)
        assert refused.value.errors[0].code == code
