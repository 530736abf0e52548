"""How long films are, by what their containers say."""

import pytest

from trunnion.attach import films, media

from .films import mp4, webm


@pytest.mark.parametrize(
    ("data", "name", "type_", "seconds"),
    [
        (mp4(30), "a.mp4", "video/mp4", 30),
        (mp4(31.5, b"qt  "), "a.mov", "video/quicktime", 31.5),
        (webm(12.5), "a.webm", "video/webm", 12.5),
        (webm(None), "a.webm", "video/webm", None),
        (mp4(30)[:60], "a.mp4", "video/mp4", None),
    ],
)
def test_containers_tell_their_type_and_length(tmp_path, data, name, type_, seconds):
    path = tmp_path / "film"
    path.write_bytes(data)
    assert media.recognise(path, name) == type_
    assert films.seconds_of(path, type_) == seconds


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 50, b"\x1a\x45\xdf\xa3\xff" * 20, b"\x00\x00\x00\x01moov" * 9]
)
def test_nonsense_tells_nothing(tmp_path, data):
    path = tmp_path / "film"
    path.write_bytes(data)
    for type_ in ("video/mp4", "video/webm"):
        assert films.seconds_of(path, type_) is None
