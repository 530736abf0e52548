"""The process's ASGI application: the event stream in the loop, everything else in threads that keep their database."""

import os
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trunnion.settings")

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from starlette.applications import Starlette
from starlette.routing import Mount, Route

THREADS = 8

wsgi = get_wsgi_application()


def _events() -> Callable[..., Any]:
    from trunnion.http.events import events

    return events


application = Starlette(
    routes=[
        Route("/api/events", _events(), methods=["GET"]),
        Mount("/", WSGIMiddleware(wsgi, workers=THREADS)),
    ]
)
