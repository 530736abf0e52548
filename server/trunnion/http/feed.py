"""The event stream's door: one ASGI endpoint that keeps thousands of quiet connections open."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections
from django.http import HttpRequest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from trunnion.kernel import stream, wake
from trunnion.kernel.context import Context
from trunnion.kernel.encoding import encode
from trunnion.kernel.errors import NotSignedIn, Refusal
from trunnion.kernel.turns import Turns
from trunnion.kernel.web.answers import problem
from trunnion.kernel.web.cookies import name as cookie_name

from .doors import identify
from .headers import always
from .refusals import MethodUnknown, Unavailable

HEARTBEAT = 15.0
# What another process committed is noticed at the latest after this pause.
LOOK_EVERY = 1.0


def _ring_in(loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
    # A loop that has ended has nobody left to wake.
    if not loop.is_closed():
        loop.call_soon_threadsafe(ring)


class Bell:
    """Rings in the event loop whenever a thread of this process has sealed something."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hangs the bell into the running loop, once."""
        if self._loop is None:
            self._loop = loop
            wake.listen(partial(_ring_in, loop, self._ring))

    def _ring(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def wait(self, seconds: float) -> None:
        """Until it rings, or for so long."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            self._waiting.discard(future)


bell = Bell()
_looks = Turns()


async def events(request: Request) -> Response:
    """`GET /api/events`: resumes behind Last-Event-ID, begins now without one."""
    if request.method != "GET":
        return _refused(request, MethodUnknown("GET"), {"Allow": "GET"})
    bell.attach(asyncio.get_running_loop())
    try:
        ctx = await _apart(_caller, request)
        if ctx is None:
            raise NotSignedIn
    except Refusal as refusal:
        return _refused(request, refusal)
    except (OperationalError, InterfaceError):
        return _refused(request, Unavailable())
    last = request.headers.get("Last-Event-ID") or request.query_params.get("after") or ""
    start = int(last) if last.isdecimal() and len(last) < 16 else None
    headers = {**always(), "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(request, ctx, start), media_type="text/event-stream", headers=headers)


def _refused(request: Request, refusal: Refusal, headers: dict[str, str] | None = None) -> Response:
    told = problem(_as_django(request), refusal)
    headers = {**always(), **(headers or {})}
    return Response(told.content, told.status_code, headers, told["Content-Type"])


async def _told(request: Request, ctx: Context, start: int | None) -> AsyncIterator[bytes]:
    newest = await _apart(stream.head, ctx.organisation_id)
    # A mark from beyond the newest entry belongs to another time, before a restored backup: it begins now.
    reached = newest if start is None else min(start, newest)
    yield f"retry: 2000\nid: {reached}\n: ready\n\n".encode()
    quiet = 0.0
    while not await request.is_disconnected():
        before = reached
        found, reached = await _apart(_look, request, reached)
        if found is None:
            return
        for message in found:
            yield _frame(message)
        if reached > before:
            quiet = 0.0
            continue
        await bell.wait(LOOK_EVERY)
        quiet += LOOK_EVERY
        if quiet >= HEARTBEAT:
            quiet = 0.0
            yield f": alive\nid: {reached}\n\n".encode()


async def _apart(work: Callable[..., Any], *args: Any) -> Any:
    """Does what asks the database in a thread, which lets a connection go that has become too old."""

    def tidily() -> Any:
        # However many streams an event wakes, they look one after the other and answers are not slowed.
        with _looks.turn():
            try:
                return work(*args)
            finally:
                close_old_connections()

    return await run_in_threadpool(tidily)


def _look(request: Request, reached: int) -> tuple[list[dict[str, Any]] | None, int]:
    # The caller is identified anew at each look, so that withdrawn rights act at once on an open stream.
    try:
        ctx = _caller(request)
        if ctx is None:
            return None, reached
        return stream.after(ctx, reached)
    except Refusal:
        return None, reached


def _caller(request: Request) -> Context | None:
    return identify(_as_django(request))


def _as_django(request: Request) -> HttpRequest:
    asked = HttpRequest()
    asked.method = "GET"
    asked.META = {"REMOTE_ADDR": request.client.host if request.client else ""}
    for name in ("Authorization", "Accept-Language"):
        if value := request.headers.get(name):
            asked.META[f"HTTP_{name.upper().replace('-', '_')}"] = value
    cookie = request.cookies.get(cookie_name())
    if cookie:
        asked.COOKIES[cookie_name()] = cookie
    return asked


def _frame(message: dict[str, Any]) -> bytes:
    body = encode(message["data"])
    lines = b"".join(
        b"event: " + name.encode() + b"\ndata: " + body + b"\n\n" for name in message["events"][:-1]
    )
    last = message["events"][-1].encode()
    return lines + b"id: " + str(message["id"]).encode() + b"\nevent: " + last + b"\ndata: " + body + b"\n\n"
