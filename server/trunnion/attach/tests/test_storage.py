"""Contents are kept whole or not at all, once each."""

import hashlib

import pytest
from django.conf import settings

from trunnion.attach import storage
from trunnion.kernel.errors import Invalid


def incoming():
    return list(settings.ENVIRONMENT.folder("incoming").iterdir())


def test_a_content_lies_under_its_digest():
    content = storage.receive([b"one ", b"two"])
    target = storage.keep(content)
    assert target == storage.path_of(content.sha256)
    assert target.read_bytes() == b"one two"
    assert target.parts[-3:] == (content.sha256[:2], content.sha256[2:4], content.sha256)
    assert content.sha256 == hashlib.sha256(b"one two").hexdigest()


def test_equal_contents_lie_there_once():
    first = storage.keep(storage.receive([b"the same"]))
    second = storage.keep(storage.receive([b"the ", b"same"]))
    assert first == second
    assert incoming() == []


def test_a_stream_that_breaks_leaves_nothing():
    def broken():
        yield b"begin"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        storage.receive(broken())
    assert incoming() == []


def test_a_stream_that_never_ends_is_cut():
    def endless():
        while True:
            yield b"x" * 4096

    with pytest.raises(Invalid) as refused:
        storage.receive(endless(), most=10_000)
    assert refused.value.errors[0].code == "file_too_large"
    assert incoming() == []


def test_nothing_is_no_file():
    with pytest.raises(Invalid) as refused:
        storage.receive([])
    assert refused.value.errors[0].code == "file_empty"
