"""Every no is a problem document: of ours, of the framework, of the database."""

import json

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from trunnion.http import kernel_api
from trunnion.kernel.ids import uuid7
from trunnion.kernel.words import catalogue

JSON = "application/json"
FIELDS = {"type", "title", "status", "code", "facts", "errors", "trace"}
THINGS = "/api/playground/things"


def problem(response, status: int, code: str) -> dict:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    told = json.loads(response.content)
    assert set(told) == FIELDS
    assert (told["status"], told["code"], told["type"]) == (status, code, f"/problems/{code}")
    assert f"refusal.{code}" in catalogue()["zh-CN"]
    for line in told["errors"]:
        assert set(line) == {"pointer", "code", "facts", "detail"}
        assert f"refusal.{line['code']}" in catalogue()["en"], line
    return told


def post(client: Client, path: str, body: object, **more):
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(path, data, content_type=more.pop("content_type", JSON), **more)


@pytest.mark.parametrize(
    "path", ["/api/", "/api/nope", "/api/playground/nope/deeper", "/api/system/x/y", "/api//"]
)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch", "head", "options", "trace"])
def test_no_such_route(owner, path, method):
    response = getattr(owner, method)(path)
    assert response.status_code == 404
    if method != "head":
        problem(response, 404, "not_found")


@pytest.mark.parametrize("method", ["put", "delete", "patch", "head", "options", "post"])
def test_no_such_method(owner, stranger, method):
    for client in (owner, stranger):
        response = getattr(client, method)("/api/system/health")
        assert response.status_code == 405
        assert response["Allow"] == "GET"
        if method != "head":
            told = problem(response, 405, "method_unknown")
            assert told["facts"] == {"allowed": "GET"}


BODIES = [
    (b"{", "field.json_invalid"),
    (b"\xff\xfe", "field.json_invalid"),
    (b'{"name": "\\ud800"}', "field.json_invalid"),
    (b"[" * 100_000, "field.json_invalid"),
    (b'{"a":' * 60_000, "field.json_invalid"),
    (b'{"name": "x", "count": 1' + b"0" * 5000 + b"}", None),
    (b'{"name": "x", "amount": 1e999}', None),
    (b'{"name": "x", "amount": NaN}', "field.json_invalid"),
    (b"null", None),
    (b"[]", None),
    (b'"text"', None),
    (b"5", None),
    (b"", None),
]


@pytest.mark.parametrize(("body", "code"), BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_input(owner, body, code):
    told = problem(post(owner, f"{THINGS}/create", body), 422, "invalid_input")
    assert told["errors"]
    if code:
        assert [(e["pointer"], e["code"]) for e in told["errors"]] == [("", code)]


def test_each_wrong_field_is_named_in_the_callers_language(owner):
    body = {"name": " ", "count": "many", "seen_at": "2026-01-01T00:00:00", "grade": "superb", "a/b": 1}
    told = problem(post(owner, f"{THINGS}/create", body), 422, "invalid_input")
    assert {e["pointer"]: e["code"] for e in told["errors"]} == {
        "/name": "field.string_too_short",
        "/count": "field.int_parsing",
        "/seen_at": "field.timezone_aware",
        "/grade": "field.enum",
        "/a~1b": "field.extra_forbidden",
    }
    stranger = Client(headers={"X-Trunnion-Door": "web", "Accept-Language": "zh-CN,en;q=0.5"})
    told = problem(post(stranger, "/api/identity/sign-in", {}), 422, "invalid_input")
    assert {e["pointer"]: e["detail"] for e in told["errors"]} == {"/email": "必填。", "/password": "必填。"}


def test_nested_fields_are_named_by_their_place(owner):
    body = {"name": "press", "parts": [{"name": "bolt", "amount": "1"}, {"name": "", "amount": "-1"}]}
    told = problem(post(owner, "/api/playground/things/build", body), 422, "invalid_input")
    assert {e["pointer"] for e in told["errors"]} == {"/parts/1/name", "/parts/1/amount"}


def test_wrong_ids_and_questions_are_named(owner):
    told = problem(owner.get(f"{THINGS}/not-an-id"), 422, "invalid_input")
    assert told["errors"][0]["pointer"] == "/path/thing_id"
    told = problem(owner.get(THINGS, {"limit": "many"}), 422, "invalid_input")
    assert told["errors"][0]["pointer"] == "/limit"
    told = problem(owner.get(THINGS, {"filter": "{"}), 422, "invalid_input")
    assert told["errors"][0]["pointer"] == "/filter"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"]
)
def test_content_of_another_kind(owner, kind):
    told = problem(
        post(owner, f"{THINGS}/create", '{"name": "x"}', content_type=kind), 415, "content_type_wrong"
    )
    assert told["facts"] == {"expected": JSON}


def test_content_that_is_too_large(owner):
    problem(post(owner, f"{THINGS}/create", json.dumps({"name": "x" * 6_000_000})), 413, "too_large")


@pytest.mark.parametrize(
    ("headers", "pointer"),
    [
        ({"Idempotency-Key": "k" * 101}, "/headers/Idempotency-Key"),
        ({"If-Match": "abc"}, "/headers/If-Match"),
        ({"If-Match": '"99999999999"'}, "/headers/If-Match"),
        ({"X-Device-Time": "yesterday"}, "/headers/X-Device-Time"),
        ({"X-Device-Time": "0001-01-01T00:00:00+14:00"}, "/headers/X-Device-Time"),
        ({"X-Device-Time": "2026-01-01T00:00:00"}, "/headers/X-Device-Time"),
    ],
)
def test_headers_that_cannot_be_read(owner, headers, pointer):
    told = problem(post(owner, f"{THINGS}/create", {"name": "x"}, headers=headers), 422, "invalid_input")
    assert [e["pointer"] for e in told["errors"]] == [pointer]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_gone(owner, stranger, monkeypatch, error):
    def gone(*args, **kwargs):
        raise error("gone")

    monkeypatch.setattr(kernel_api.database, "ping", gone)
    problem(stranger.get("/api/system/health"), 503, "database_unavailable")
    monkeypatch.setattr("trunnion.http.doors.session_by_token", gone)
    problem(owner.get("/api/identity/me"), 503, "database_unavailable")


def test_a_mistake_of_ours_tells_nothing_of_itself(owner, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(kernel_api.database, "ping", broken)
    response = owner.get("/api/system/health")
    problem(response, 500, "internal_error")
    assert b"secret inside" not in response.content
    assert any("the secret inside" in str(r.exc_info) for r in caplog.records)
    monkeypatch.setattr("trunnion.http.doors.session_by_token", broken)
    owner.raise_request_exception = False
    response = owner.get("/api/identity/me")
    problem(response, 500, "internal_error")
    assert b"secret inside" not in response.content


@pytest.mark.parametrize("path", ["/nope", "/static/nope.js", "/static/", "/admin/", "/app.php", "/.env"])
def test_pages_that_are_not_there_are_told_in_plain_words(stranger, path):
    response = stranger.get(path, headers={"Accept-Language": "zh"})
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == catalogue()["zh-CN"]["refusal.not_found"]


def test_the_same_missing_and_foreign_record(owner, tenant, other):
    made = json.loads(post(other.client(), f"{THINGS}/create", {"name": "theirs"}).content)
    for verb in ("", "/use", "/remove", "/turn", "/lock"):
        answers = []
        for row_id in (made["id"], str(uuid7())):
            body = {"": None, "/turn": {"amount": 1}, "/lock": {"password": "x"}}.get(verb, {})
            path = f"{THINGS}/{row_id}{verb}"
            response = owner.get(path) if body is None else post(owner, path, body)
            told = problem(response, 404, "not_found")
            told["trace"] = ""
            told["length"] = len(response.content)
            headers = {k: v for k, v in response.items() if k != "Content-Security-Policy"}
            answers.append((told, headers))
        assert answers[0] == answers[1]
    edit = owner.patch(f"{THINGS}/{made['id']}", "{}", content_type=JSON, headers={"If-Match": '"1"'})
    problem(edit, 404, "not_found")
