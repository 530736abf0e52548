"""Every route there is answers with the security headers, to strangers and to members; and reports count."""

import json
import logging
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from trunnion.http import headers, reports
from trunnion.http.api import mount
from trunnion.kernel.ids import uuid7
from trunnion.kernel.web.routes import ROUTES

mount()
PLACE = re.compile(r"\{(?:\w+:)?\w+\}")
DIRECTIVES = {
    "default-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'",
    "form-action": "'self'", "connect-src": "'self'", "report-uri": "/policy-report", "report-to": "policy",
}  # fmt: skip
# What is not under /api/, by an address that leads there.
PAGES = {
    "": "/", "policy-report": "/policy-report", "field/worker.js": "/field/worker.js", "^app(?:/.*)?$": "/app/orders",
    "^field(?:/.*)?$": "/field/", "^(?:q|p)/.*$": "/q/abc", "^portal(?:/.*)?$": "/portal/",
    "^static/(?P<path>.+)$": "/static/console/index.html",
}  # fmt: skip


def directives(policy: str) -> dict[str, str]:
    return {part.split()[0]: " ".join(part.split()[1:]) for part in policy.split(";")}


def lacking(response: Any) -> list[str]:
    """Which headers an answer does not carry, or carries wrongly."""
    wrong = [name for name, value in headers.COMMON.items() if response.get(name) != value]
    found = directives(response.get("Content-Security-Policy", "x x"))
    sealed = found.get("default-src") == "'none'" and "sandbox" in found
    if not sealed:
        wrong += [name for name, value in DIRECTIVES.items() if found.get(name) != value]
        scripts = found.get("script-src", "'unsafe-inline'")
        wrong += (
            ["script-src"] if re.search(r"'unsafe-inline'|(?<!wasm-)unsafe-eval|\*|https?:", scripts) else []
        )
        wrong += [] if "'nonce-" in found.get("style-src", "") else ["style-src"]
    if response.get("Strict-Transport-Security") != "max-age=31536000; includeSubDomains":
        wrong.append("Strict-Transport-Security")
    if response.get("Access-Control-Allow-Origin"):
        wrong.append("Access-Control-Allow-Origin")
    return wrong


def asked(client: Client, method: str, path: str) -> Any:
    address = PLACE.sub(str(uuid7()), path)
    body = {} if method == "GET" else {"data": "{}", "content_type": "application/json"}
    return client.generic(method, address, **body, headers={"Origin": "https://evil.example"})


@pytest.fixture(autouse=True)
def _secure(settings):
    settings.BASE_URL = "https://works.example.org"


def test_every_route_carries_the_headers_to_strangers(tenant):
    stranger = Client(headers={"X-Trunnion-Door": "web"})
    answers = {f"{r.method} {r.path}": asked(stranger, r.method, r.path) for r in ROUTES}
    assert len(answers) > 300
    assert {name: wrong for name, one in answers.items() if (wrong := lacking(one))} == {}
    stored = {name for name, one in answers.items() if "no-store" not in one.get("Cache-Control", "")}
    assert stored == set()


def test_every_reading_route_carries_the_headers_to_a_member(tenant):
    client = tenant.client()
    answers = {r.path: asked(client, "GET", r.path) for r in ROUTES if r.method == "GET"}
    assert sum(one.status_code == 200 for one in answers.values()) > 100
    assert {name: wrong for name, one in answers.items() if (wrong := lacking(one))} == {}


def test_every_page_carries_the_headers(db, client):
    patterns = {str(one.pattern) for one in get_resolver().url_patterns}
    assert patterns == {*PAGES, "api/"}, "a page without an address in this test"
    for path in (*PAGES.values(), "/nothing", "/api/nothing", "/static/../settings.py", "/app/\x00"):
        for method in ("GET", "HEAD", "POST", "PUT", "TRACE"):
            assert lacking(asked(client, method, path)) == [], (method, path)


def test_what_passes_no_middleware_carries_the_same(settings):
    told = headers.always()
    assert lacking(told) == []
    assert told["Cache-Control"] == "no-store"


def report(client: Client, body: Any, **headers: str) -> int:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.generic(
        "POST", "/policy-report", data=text, content_type="application/csp-report", headers=headers
    ).status_code  # fmt: skip


def stopped() -> float:
    return sum(value for _, _, value in reports.STOPPED.samples())


def test_a_report_is_counted_and_told_without_contents(db, client, caplog):
    before = stopped()
    older = {
        "csp-report": {"violated-directive": "script-src", "document-uri": "https://x/q/TOKEN-abc?s=SECRET"}
    }
    newer = [
        {
            "type": "csp-violation",
            "body": {"effectiveDirective": "img-src\n", "documentURL": "https://x/app/a"},
        }
    ]
    with caplog.at_level(logging.WARNING, logger="trunnion.security"):
        assert report(client, older, **{"Sec-Fetch-Site": "cross-site"}) == 204
        assert report(client, newer) == 204
    assert stopped() == before + 2
    assert [r.getMessage() for r in caplog.records] == [
        "content policy stopped script-src on /q",
        "content policy stopped img-src on /app",
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[" * 5000,
        b"[1, null, []]",
        b'{"csp-report": 5}',
        b"\xff\xfe",
        b'[{"body": {"documentURL": "http://["}}]',
    ],
)
def test_nonsense_is_no_report_and_no_fault(db, client, body):
    assert report(client, body) == 204


def test_reports_are_limited_in_size_and_number(db, client):
    assert report(client, b"x" * (reports.LARGEST + 1)) == 413
    assert client.get("/policy-report").status_code == 405
    statuses = [report(client, {}) for _ in range(reports.MOST + 2)]
    assert statuses == [204] * reports.MOST + [429] * 2
