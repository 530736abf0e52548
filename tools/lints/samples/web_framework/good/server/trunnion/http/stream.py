"""Speaks for the room."""

from starlette.responses import Response
