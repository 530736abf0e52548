"""Who comes in, by what, from where; what they may see of versions; and what every answer carries."""

import gzip
import json
import os
from datetime import timedelta

import pytest
from django.test import Client

from trunnion.http import pages
from trunnion.identity.commands import membership, role, token
from trunnion.identity.commands.session import Caller, sign_in
from trunnion.identity.models import Session, User
from trunnion.identity.rules import TRIES_PER_PAIR
from trunnion.identity.tests.builders import PASSWORD
from trunnion.kernel import clock
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import Entry

from .test_problems import JSON, THINGS, post, problem

SIGN_IN = "/api/identity/sign-in"
ME = "/api/identity/me"


def made(client: Client, name: str = "pump", **headers: str) -> dict:
    return json.loads(post(client, f"{THINGS}/create", {"name": name}, headers=headers).content)


def test_signing_in_sets_a_cookie_that_pages_cannot_read(tenant, stranger, settings):
    for base, name, secure in (("http://x", "trunnion", ""), ("https://x", "__Host-trunnion", True)):
        settings.BASE_URL = base
        response = post(stranger, SIGN_IN, {"email": tenant.owner_email, "password": PASSWORD})
        cookie = response.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
            True,
            "Lax",
            "/",
            "",
        )
        assert cookie["secure"] == secure
        assert response.cookies[f"{name}-device"]["httponly"]
        assert cookie.value not in response.content.decode()
        assert ("Strict-Transport-Security" in response) == bool(secure)


def test_strangers_get_no_further(stranger):
    problem(stranger.get(ME), 401, "not_signed_in")
    problem(stranger.get(THINGS), 401, "not_signed_in")
    problem(post(stranger, f"{THINGS}/create", {"name": "x"}), 401, "not_signed_in")
    stranger.cookies["trunnion"] = "forged"
    problem(stranger.get(ME), 401, "not_signed_in")


def test_unknown_and_wrong_answer_alike(tenant, stranger):
    bodies = []
    for email in (tenant.owner_email, "nobody@example.org"):
        told = problem(
            post(stranger, SIGN_IN, {"email": email, "password": "wrong password"}), 401, "sign_in_wrong"
        )
        bodies.append(told | {"trace": ""})
    assert bodies[0] == bodies[1]


def test_too_many_tries_say_when_to_come_again(tenant, stranger):
    for _ in range(TRIES_PER_PAIR):
        post(stranger, SIGN_IN, {"email": tenant.owner_email, "password": "wrong password"})
    response = post(stranger, SIGN_IN, {"email": tenant.owner_email, "password": PASSWORD})
    told = problem(response, 429, "too_many_attempts")
    assert int(response["Retry-After"]) == told["facts"]["retry_after"] > 0
    elsewhere = Client(REMOTE_ADDR="10.9.9.9")
    assert post(elsewhere, SIGN_IN, {"email": tenant.owner_email, "password": PASSWORD}).status_code == 200


def test_headers_that_anybody_can_write_do_not_change_the_address(tenant, stranger):
    for n in range(TRIES_PER_PAIR + 1):
        response = post(
            stranger, SIGN_IN, {"email": tenant.owner_email, "password": "wrong password"},
            headers={"X-Forwarded-For": f"10.0.0.{n}", "X-Real-IP": f"10.0.0.{n}", "Forwarded": f"for=10.0.0.{n}"},
        )  # fmt: skip
    assert response.status_code == 429


def test_a_browser_in_which_one_signed_in_is_not_locked_out(tenant, owner):
    attacker = Client()
    for _ in range(TRIES_PER_PAIR + 1):
        post(attacker, SIGN_IN, {"email": tenant.owner_email, "password": "wrong password"})
    post(owner, "/api/identity/sign-out", {})
    assert owner.cookies["trunnion"].value == ""
    assert post(owner, SIGN_IN, {"email": tenant.owner_email, "password": PASSWORD}).status_code == 200


def test_signing_out_ends_this_session_only(tenant, owner):
    second = tenant.client()
    cookie = owner.cookies["trunnion"].value
    assert post(owner, "/api/identity/sign-out", {}).status_code == 200
    owner.cookies["trunnion"] = cookie
    problem(owner.get(ME), 401, "not_signed_in")
    assert second.get(ME).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_changing_call_by_cookie_comes_from_our_own_pages(tenant, owner, method):
    forged = Client()
    forged.cookies = owner.cookies
    path = "/api/system/health"
    problem(getattr(forged, method)(path), 403, "cross_site")
    problem(getattr(forged, method)(path, headers={"X-Trunnion-Door": "api"}), 403, "cross_site")
    assert forged.get(ME).status_code == 200
    for door in ("web", "field", "portal"):
        assert getattr(forged, method)(path, headers={"X-Trunnion-Door": door}).status_code == 405


def test_another_sites_page_signs_nobody_in(tenant, stranger):
    body = {"email": tenant.owner_email, "password": PASSWORD}
    problem(post(stranger, SIGN_IN, body, headers={"Sec-Fetch-Site": "cross-site"}), 403, "cross_site")
    problem(post(stranger, SIGN_IN, json.dumps(body), content_type="text/plain"), 415, "content_type_wrong")
    assert post(stranger, SIGN_IN, body, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_the_door_is_written_into_the_journal(tenant, owner, program):
    for door in ("web", "field", "portal"):
        made(owner, door, **{"X-Trunnion-Door": door})
    client, _ = program("playground.thing.create")
    made(client, "api", **{"X-Trunnion-Door": "web"})
    enter_organisation(tenant.id)
    doors = Entry.objects.filter(verb="playground.thing.create").order_by("id").values_list("door", flat=True)
    assert list(doors) == ["web", "field", "portal", "api"]


def test_a_token_does_what_it_lists_and_its_owner_may(tenant, program):
    client, _ = program("playground.thing.create", "playground.maker.*")
    assert made(client)["version"] == 1
    problem(client.get(THINGS), 403, "not_granted")
    assert client.get("/api/playground/makers").status_code == 200
    role.create(
        tenant.owner, key="weak", name="Weak", grants=["playground.thing.read", "identity.token.issue"]
    )
    weak = tenant.person("weak")
    client, _ = program("*", ctx=weak)
    assert client.get(THINGS).status_code == 200
    problem(post(client, f"{THINGS}/create", {"name": "x"}), 403, "not_granted")
    told = json.loads(client.get(ME).content)
    assert (told["door"], told["grants"]) == ("api", ["identity.token.issue", "playground.thing.read"])
    membership.edit(tenant.owner, tenant.membership_of(weak).id, roles=["storekeeper"])
    problem(client.get(THINGS), 403, "not_granted")
    membership.deactivate(tenant.owner, tenant.membership_of(weak).id)
    problem(client.get(THINGS), 401, "not_signed_in")


def test_a_token_that_does_not_hold_is_refused_even_beside_a_good_cookie(tenant, owner, program, monkeypatch):
    client, kept = program("playground.thing.read")
    assert client.get(THINGS).status_code == 200
    for bad in ("x", "", "trn_", "A" * 5000):
        for caller in (Client(), owner):
            problem(caller.get(ME, headers={"Authorization": f"Bearer {bad}"}), 401, "token_wrong")
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=91))
    problem(client.get(THINGS), 401, "token_wrong")
    monkeypatch.setattr(clock, "now", lambda: at)
    token.revoke(tenant.owner, kept.id)
    problem(client.get(THINGS), 401, "token_wrong")


def test_a_token_ends_no_session_and_changes_no_account(tenant, owner, program):
    client, _ = program("playground.thing.read")
    assert post(client, "/api/identity/sign-out", {}).status_code == 200
    assert owner.get(ME).status_code == 200
    problem(post(client, "/api/identity/me/prefer", {"language": "zh-CN"}), 403, "not_granted")
    passwords = {"current": PASSWORD, "new": "another 电池 horse"}
    problem(post(client, "/api/identity/me/password", passwords), 403, "not_granted")


def test_a_record_carries_its_version_and_an_edit_must_name_it(owner):
    row = made(owner)
    path = f"{THINGS}/{row['id']}"
    first = owner.get(path)
    assert (first["ETag"], json.loads(first.content)["version"]) == ('"1"', 1)
    edit = json.dumps({"count": 5})
    problem(owner.patch(path, edit, content_type=JSON), 428, "version_needed")
    second = owner.patch(path, edit, content_type=JSON, headers={"If-Match": '"1"'})
    assert (second.status_code, second["ETag"]) == (200, '"2"')
    told = problem(
        owner.patch(path, edit, content_type=JSON, headers={"If-Match": '"1"'}), 412, "stale_version"
    )
    assert told["facts"] == {"seen": 1, "current": 2}
    assert (
        owner.patch(path, '{"count": 6}', content_type=JSON, headers={"If-Match": 'W/"2"'}).status_code == 200
    )
    assert owner.patch(path, '{"count": 7}', content_type=JSON, headers={"If-Match": "*"}).status_code == 200
    problem(post(owner, f"{path}/use", {}, headers={"If-Match": '"1"'}), 412, "stale_version")
    told = json.loads(owner.get(path).content)
    assert (told["count"], told["version"], told["state"]) == (7, 4, "new")


def test_a_verb_answers_again_to_its_key(owner):
    first = made(owner, **{"Idempotency-Key": "k-1"})
    assert made(owner, **{"Idempotency-Key": "k-1"}) == first
    other = post(owner, f"{THINGS}/create", {"name": "fan"}, headers={"Idempotency-Key": "k-1"})
    problem(other, 422, "key_reused")


def test_actions_follow_state_and_grants(tenant, owner):
    row = made(owner)
    path = f"{THINGS}/{row['id']}"
    assert json.loads(owner.get(path).content)["actions"] == ["use", "drop", "polish"]
    role.create(
        tenant.owner, key="weak", name="Weak", grants=["playground.thing.read", "playground.thing.find"]
    )
    weak = tenant.person("weak")
    client = tenant.client(User.objects.get(id=weak.actor_id).email)
    assert json.loads(client.get(path).content)["actions"] == []
    post(owner, f"{path}/drop", {})
    assert json.loads(client.get(path).content)["actions"] == ["find"]
    told = problem(post(owner, f"{path}/use", {}), 409, "wrong_state")
    assert told["facts"] == {"state": "gone", "verb": "use", "legal": ["find"]}


def test_a_list_is_exported_and_fetched_by_its_asker_only(tenant, owner):
    made(owner, "=1+1")
    queued = post(owner, f"{THINGS}/export", {"format": "csv", "columns": "name"})
    assert queued.status_code == 202
    path = f"/api/jobs/{json.loads(queued.content)['job_id']}"
    assert json.loads(owner.get(path).content)["state"] == "done"
    got = owner.get(f"{path}/file")
    assert b"'=1+1" in b"".join(got.streaming_content)
    assert got["Content-Disposition"].startswith("attachment; filename=")
    colleague = tenant.person("administrator")
    client = tenant.client(User.objects.get(id=colleague.actor_id).email)
    for part in ("", "/file"):
        problem(client.get(path + part), 404, "not_found")
    problem(post(client, f"{path}/cancel", {}), 404, "not_found")


ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/app/",
        "/app/x/y",
        "/field/",
        "/q/abc",
        "/p/abc",
        "/nope",
        "/static/nope",
        ME,
        THINGS,
        "/api/nope",
        "/api/system/health",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_answer_carries_the_headers(owner, path, method):
    response = getattr(owner, method)(path)
    assert {name: response[name] for name in ALWAYS} == ALWAYS
    policy = response["Content-Security-Policy"]
    for part in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe-eval'" not in policy.replace("wasm-unsafe-eval", "")
    assert "script-src 'self' 'unsafe-inline'" not in policy
    assert "Server" not in response
    if path.startswith("/api/"):
        assert response["Cache-Control"] == "no-store"


def test_each_page_has_a_nonce_of_its_own(stranger):
    policies = {stranger.get("/app/")["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


NOT_SERVED = (
    "../api.py", "..%2f..%2fsettings.py", "/etc/passwd", "%2fetc%2fpasswd", "....//api.py", "x%00.js", "%00", "//x",
    "a" * 5000, ".built", "console/.built", "~root/.bashrc", "con\\..\\..", "console/../../api.py", "console",
    "%2e%2e/api.py",
)  # fmt: skip


@pytest.mark.parametrize("path", NOT_SERVED, ids=range(len(NOT_SERVED)))
def test_nothing_but_built_files_is_served(stranger, tmp_path, monkeypatch, path):
    root = tmp_path / "static"
    (root / "console").mkdir(parents=True)
    for name in (".built", "console/.built", "console/app.js"):
        (root / name).write_text("x")
    (tmp_path / "api.py").write_text("secret")
    monkeypatch.setattr(pages, "ROOT", root)
    assert stranger.get(f"/static/{path}").status_code == 404
    served = stranger.get("/static/console/app.js")
    assert (served.status_code, served["Content-Type"]) == (200, "text/javascript")


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("br", False),
        ("", False),
    ],
)
def test_files_are_packed_for_whoever_can_unpack_them(stranger, tmp_path, monkeypatch, accepted, is_packed):
    root = tmp_path / "static"
    (root / "console" / "assets").mkdir(parents=True)
    text = "export const day = 'Monday'\n" * 100
    (root / "console" / "assets" / "day-1.js").write_text(text)
    (root / "console" / "assets" / "photo-1.png").write_bytes(b"x" * 1000)
    monkeypatch.setattr(pages, "ROOT", root)
    answer = stranger.get("/static/console/assets/day-1.js", headers={"Accept-Encoding": accepted})
    assert (answer.get("Content-Encoding") == "gzip", answer["Vary"]) == (is_packed, "Accept-Encoding")
    body = gzip.decompress(answer.content) if is_packed else answer.content
    assert (body.decode(), len(answer.content) < 200) == (text, is_packed)
    assert answer["Cache-Control"] == pages.FOR_EVER
    photo = stranger.get("/static/console/assets/photo-1.png", headers={"Accept-Encoding": accepted})
    assert (photo.get("Content-Encoding"), photo.get("Vary")) == (None, None)


def test_a_file_that_was_built_anew_is_packed_anew(stranger, tmp_path, monkeypatch):
    root = tmp_path / "static"
    root.mkdir()
    monkeypatch.setattr(pages, "ROOT", root)
    for n, text in enumerate(("before", "after")):
        (root / "app.js").write_text(text)
        os.utime(root / "app.js", ns=(n + 1, n + 1))
        answer = stranger.get("/static/app.js", headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(answer.content).decode() == text


def test_the_engineers_worker_comes_from_the_path_that_it_reaches(stranger, tmp_path, monkeypatch):
    root = tmp_path / "static"
    (root / "field").mkdir(parents=True)
    for name, kind in (
        ("worker.js", "text/javascript"),
        ("field.webmanifest", "application/manifest+json"),
        ("reader.wasm", "application/wasm"),
    ):
        (root / "field" / name).write_text("x")
        monkeypatch.setattr(pages, "ROOT", root)
        path = "/field/worker.js" if name == "worker.js" else f"/static/field/{name}"
        answer = stranger.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["Cache-Control"] == "no-cache"


def test_a_link_out_of_the_built_folder_is_not_followed(stranger, tmp_path, monkeypatch):
    root = tmp_path / "static"
    root.mkdir()
    (tmp_path / "secret").write_text("secret")
    (root / "way-out").symlink_to(tmp_path / "secret")
    monkeypatch.setattr(pages, "ROOT", root)
    assert stranger.get("/static/way-out").status_code == 404


def test_a_session_seen_from_another_organisation_is_nobody(tenant, other):
    opened = sign_in(tenant.owner_email, PASSWORD, Caller())
    Session.objects.filter(id=opened.session_id).update(organisation_id=other.id)
    client = Client()
    client.cookies["trunnion"] = opened.token
    problem(client.get(ME), 401, "not_signed_in")
