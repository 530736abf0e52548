"""What is packed on its way, and what never is."""

import gzip

import pytest

from trunnion.http.packing import LEAST, packed


def answered(headers, content, accepted="gzip, br"):
    """Status, headers and body as a server hands them on."""
    told = {}

    def answer(environ, start_response):
        start_response("200 OK", [*headers, ("Content-Length", str(len(content)))])
        return [content[:10], content[10:]]

    def start(status, headers, exc_info=None):
        told.update(status=status, **{name.lower(): value for name, value in headers})

    body = b"".join(packed({"HTTP_ACCEPT_ENCODING": accepted}, start, answer))
    return told, body


def test_a_large_answer_is_packed_for_whoever_can_unpack_it():
    content = b'{"rows": []}' * LEAST
    told, body = answered([("Vary", "Accept-Encoding")], content)
    assert (told["content-encoding"], told["content-length"]) == ("gzip", str(len(body)))
    assert gzip.decompress(body) == content
    assert len(body) < len(content) / 10


@pytest.mark.parametrize(
    ("headers", "size", "accepted"),
    [
        ([], LEAST * 2, "gzip"),
        ([("Vary", "Cookie")], LEAST * 2, "gzip"),
        ([("Vary", "Accept-Encoding"), ("Content-Encoding", "gzip")], LEAST * 2, "gzip"),
        ([("Vary", "Accept-Encoding")], LEAST - 1, "gzip"),
        ([("Vary", "Accept-Encoding")], LEAST * 2, "gzip;q=0, identity"),
        ([("Vary", "Accept-Encoding")], LEAST * 2, ""),
    ],
)
def test_everything_else_goes_as_it_is(headers, size, accepted):
    content = b"x" * size
    told, body = answered(headers, content, accepted)
    assert (body, told["content-length"]) == (content, str(size))
    assert told.get("content-encoding") == dict(headers).get("Content-Encoding")


def test_lists_ask_for_it_and_what_holds_secrets_does_not(tenant):
    client = tenant.client()
    assert client.get("/api/assets/assets")["Vary"] == "Accept-Encoding"
    for path in ("identity/me", "identity/tokens"):
        answer = client.get(f"/api/{path}")
        assert answer.status_code == 200, path
        assert "Vary" not in answer, path
