"""One process's application: the event stream in the loop, everything else in threads that keep their database."""

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from .events import events

THREADS = 8

application = Starlette(
    routes=[
        Route("/api/events", events, methods=["GET"]),
        Mount("/", WSGIMiddleware(get_wsgi_application(), workers=THREADS)),
    ]
)
