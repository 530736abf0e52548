"""One process's application: the event stream in the loop, everything else in threads that keep their database."""

from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from .feed import events

THREADS = 8
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# Two libraries describe the same protocols by types of their own.
_django: Any = get_wsgi_application()
_threads: Any = WSGIMiddleware(_django, workers=THREADS)

application = Starlette(
    routes=[
        # Every method: a wrong one is refused there, as a problem document.
        Route("/api/events", events, methods=list(METHODS)),
        Mount("/", _threads),
    ]
)
