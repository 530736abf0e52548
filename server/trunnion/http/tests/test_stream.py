"""The event stream tells each listener what they may know of, from where they left off, until they may no more."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from django.db import connections

from trunnion.http import feed
from trunnion.http.application import application
from trunnion.identity.commands import membership, role, session
from trunnion.identity.models import Session, User
from trunnion.identity.tests.builders import PASSWORD, Tenant, found_tenant
from trunnion.kernel import stream
from trunnion.kernel.tests.playground import commands
from trunnion.kernel.words import catalogue

pytestmark = pytest.mark.django_db(transaction=True)
READ = ["playground.thing.read"]


class Listener:
    """One open stream: what came of it, message by message."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.text = ""
        self.ended = asyncio.Event()
        self.left = asyncio.Event()

    async def receive(self) -> dict:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            self.text += message.get("body", b"").decode()

    def told(self) -> list[tuple[str, str, dict]]:
        """The messages so far: id, event, data."""
        found = []
        for block in self.text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "data" in lines:
                found.append((lines.get("id", ""), lines["event"], json.loads(lines["data"])))
        return found

    async def wait_for(self, enough: Callable[["Listener"], bool], seconds: float = 8) -> None:
        async with asyncio.timeout(seconds):
            while not enough(self):  # noqa: ASYNC110  (what it waits for is in a database)
                await asyncio.sleep(0.02)


@asynccontextmanager
async def listening(
    cookie: str = "", query: str = "", method: str = "GET", **headers: str
) -> AsyncIterator[Listener]:
    """Opens the stream as a server would, and hangs up in the end."""
    sent = {"cookie": f"trunnion={cookie}", **{k.lower().replace("_", "-"): v for k, v in headers.items()}}
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method,
        "path": "/api/events", "raw_path": b"/api/events", "root_path": "", "scheme": "http",
        "query_string": query.encode(), "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 80),
        "headers": [(k.encode(), v.encode()) for k, v in sent.items() if v],
    }  # fmt: skip
    listener = Listener()
    task = asyncio.create_task(application(scope, listener.receive, listener.send))
    task.add_done_callback(lambda _: listener.ended.set())
    try:
        await listener.wait_for(lambda one: bool(one.text) or one.ended.is_set())
        yield listener
    finally:
        listener.left.set()
        await asyncio.wait_for(task, 10)


@pytest.fixture
def tenant(transactional_db) -> Tenant:
    return found_tenant("Harbour Hospital")


@pytest.fixture(autouse=True)
def _prompt(monkeypatch):
    monkeypatch.setattr(feed, "LOOK_EVERY", 0.1)
    monkeypatch.setattr(feed, "bell", feed.Bell())
    # The threads behind a stream keep their connections, and a test's database could not be removed.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


def cookie_of(tenant: Tenant, email: str = "") -> str:
    return session.sign_in(email or tenant.owner_email, PASSWORD, session.Caller()).token


async def aside(work: Callable, *args, **kwargs):
    """Does something in a thread that leaves no connection behind."""

    def tidily():
        try:
            return work(*args, **kwargs)
        finally:
            connections.close_all()

    return await asyncio.to_thread(tidily)


def run(story) -> None:
    asyncio.run(story())


def test_what_happens_is_told_at_once_with_the_version(tenant):
    cookie = cookie_of(tenant)

    async def story() -> None:
        async with listening(cookie) as one:
            assert (one.status, one.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
            assert one.headers["cache-control"] == "no-store"
            assert "frame-ancestors 'none'" in one.headers["content-security-policy"]
            made = await aside(commands.create, tenant.owner, "pump")
            await aside(commands.edit, tenant.owner, made.id, name="fan")
            await one.wait_for(lambda o: len(o.told()) == 2)
            (first, name, data), (second, verb, later) = one.told()
            assert (name, verb) == ("playground.thing.made", "playground.thing.edit")
            assert int(second) == int(first) + 1
            assert data["subject_kind"] == "playground.thing"
            assert data["subject_id"] == later["subject_id"] == str(made.id)
            assert (later["version"], later["actor_name"]) == (2, "Wang")
            assert "pump" not in one.text

    run(story)


def test_a_listener_resumes_where_it_left_off_and_not_before(tenant):
    cookie = cookie_of(tenant)
    for name in "abc":
        commands.create(tenant.owner, name)
    newest = stream.head(tenant.id)

    async def story() -> None:
        for resume in ({"Last_Event_ID": str(newest - 2)}, {"query": f"after={newest - 2}"}):
            async with listening(cookie, **resume) as one:
                await one.wait_for(lambda o: len(o.told()) == 2)
                assert [int(i) for i, _, _ in one.told()] == [newest - 1, newest]
        for fresh in ({}, {"Last_Event_ID": "x"}, {"Last_Event_ID": "-1"}, {"Last_Event_ID": "9" * 30}):
            async with listening(cookie, **fresh) as one:
                await aside(commands.create, tenant.owner, "d")
                await one.wait_for(lambda o: len(o.told()) == 1)
        async with listening(cookie, Last_Event_ID=str(10**14)) as one:
            await aside(commands.create, tenant.owner, "e")
            await one.wait_for(lambda o: len(o.told()) == 1)

    run(story)


def test_each_listener_is_told_what_they_may_see(tenant):
    other = found_tenant("Canary Works")
    role.create(tenant.owner, key="reader", name="Reader", grants=READ)
    role.create(tenant.owner, key="blind", name="Blind", grants=["playground.maker.read"])
    cookies = {}
    for key in ("reader", "blind"):
        ctx = tenant.person(key)
        cookies[key] = cookie_of(tenant, User.objects.get(id=ctx.actor_id).email)
    cookies["foreign"] = cookie_of(other)

    async def story() -> None:
        async with (
            listening(cookies["reader"]) as reader,
            listening(cookies["blind"]) as blind,
            listening(cookies["foreign"]) as foreign,
        ):
            await aside(commands.create, tenant.owner, "pump")
            await reader.wait_for(lambda o: len(o.told()) == 1)
            await asyncio.sleep(0.3)
            assert (blind.told(), foreign.told()) == ([], [])

    run(story)


def test_a_long_backlog_that_one_may_not_see_is_passed_quickly(tenant, monkeypatch):
    monkeypatch.setattr(stream, "BATCH", 2)
    monkeypatch.setattr(feed, "LOOK_EVERY", 5.0)
    role.create(tenant.owner, key="blind", name="Blind", grants=["playground.maker.read"])
    ctx = tenant.person("blind")
    cookie = cookie_of(tenant, User.objects.get(id=ctx.actor_id).email)
    for n in range(20):
        commands.create(tenant.owner, f"pump {n}")
    maker = commands.create_maker(tenant.owner, "ACME")

    async def story() -> None:
        async with listening(cookie, Last_Event_ID="1") as one:
            await one.wait_for(lambda o: len(o.told()) == 1, seconds=4)
            assert one.told()[0][2]["subject_id"] == str(maker.id)

    run(story)


@pytest.mark.parametrize("how", ["signed out", "deactivated", "expired"])
def test_a_stream_ends_with_its_session(tenant, how):
    ctx = tenant.person("administrator")
    opened = session.sign_in(User.objects.get(id=ctx.actor_id).email, PASSWORD, session.Caller())

    def end() -> None:
        if how == "signed out":
            session.end(ctx, opened.session_id)
        elif how == "deactivated":
            membership.deactivate(tenant.owner, tenant.membership_of(ctx).id)
        else:
            Session.objects.filter(id=opened.session_id).update(
                expires_at=opened.expires_at.replace(year=2000)
            )

    async def story() -> None:
        async with listening(opened.token) as one:
            assert not one.ended.is_set()
            await aside(end)
            await asyncio.wait_for(one.ended.wait(), 5)

    run(story)


def test_rights_that_are_withdrawn_act_on_an_open_stream(tenant):
    role.create(tenant.owner, key="reader", name="Reader", grants=READ)
    ctx = tenant.person("reader")
    cookie = cookie_of(tenant, User.objects.get(id=ctx.actor_id).email)
    member = tenant.membership_of(ctx).id

    async def story() -> None:
        async with listening(cookie) as one:
            await aside(commands.create, tenant.owner, "seen")
            await one.wait_for(lambda o: len(o.told()) == 1)
            await aside(membership.edit, tenant.owner, member, roles=["storekeeper"])
            await aside(commands.create, tenant.owner, "unseen")
            await asyncio.sleep(0.4)
            assert len(one.told()) == 1
            assert not one.ended.is_set()

    run(story)


@pytest.mark.parametrize(
    ("cookie", "headers", "method", "status", "code"),
    [
        ("", {}, "GET", 401, "not_signed_in"),
        ("forged", {}, "GET", 401, "not_signed_in"),
        ("", {"Authorization": "Bearer x"}, "GET", 401, "token_wrong"),
        ("", {}, "POST", 405, "method_unknown"),
        ("", {}, "DELETE", 405, "method_unknown"),
    ],
)
def test_who_may_not_listen_is_told_as_everywhere(tenant, cookie, headers, method, status, code):
    async def story() -> None:
        async with listening(cookie, method=method, Accept_Language="zh", **headers) as one:
            told = json.loads(one.text)
            assert (one.status, told["code"]) == (status, code)
            assert one.headers["content-type"] == "application/problem+json"
            assert one.headers["x-frame-options"] == "DENY"
            assert told["title"] == catalogue()["zh-CN"][f"refusal.{code}"].replace("{allowed}", "GET")

    run(story)


def test_a_quiet_stream_shows_that_it_lives(tenant, monkeypatch):
    monkeypatch.setattr(feed, "HEARTBEAT", 0.2)
    cookie = cookie_of(tenant)

    async def story() -> None:
        async with listening(cookie) as one:
            await one.wait_for(lambda o: o.text.count(": alive") >= 2)

    run(story)
