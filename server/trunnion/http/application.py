"""One process's application: the event stream in the loop, everything else in threads that keep their database."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from django.db import connection
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from trunnion.kernel.turns import Turns

from .feed import events
from .packing import packed

# Threads wait for slow lines; how many of them compute is a matter of turns.
THREADS = 16
# PostgreSQL works in processes of its own, while which others may compute.
AT_ONCE = 1 if connection.vendor == "sqlite" else 2
# What is larger, or of unknown length, is read while it comes.
READ_AHEAD = 1 << 20
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# Two libraries describe the same protocols by types of their own.
_django: Any = get_wsgi_application()
_turns = Turns(AT_ONCE)


def in_turn(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answers when it is this request's turn; its body is read before, so that a slow line holds nobody up."""
    length = environ.get("CONTENT_LENGTH") or "0"
    is_streamed = "HTTP_TRANSFER_ENCODING" in environ or not length.isdecimal() or int(length) > READ_AHEAD
    if is_streamed or environ.get("CONTENT_TYPE", "").startswith("multipart/"):
        return _answer(environ, start_response)
    if int(length):
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))
    return packed(environ, start_response, _take_turn)


def _take_turn(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    with _turns.turn():
        return _answer(environ, start_response)


def _answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    answered: Iterable[bytes] = _django(environ, start_response)
    return answered


_in_turn: Any = in_turn
_threads: Any = WSGIMiddleware(_in_turn, workers=THREADS)

application = Starlette(
    routes=[
        # Every method: a wrong one is refused there, as a problem document.
        Route("/api/events", events, methods=list(METHODS)),
        Mount("/", _threads),
    ]
)
