"""Counts and times every answer for the operator, by room and kind of status, never by record or person."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from trunnion.kernel.metrics import counter, durations

from .refusals import API

ANSWERS = counter("trunnion_answers_total", "Answers by room, method and kind of status.")
TIMES = durations("trunnion_answer_seconds", "How long answers took, by room.")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Measured:
    """The outermost layer: what it sees is what callers wait for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        room = _room(request.path, response.status_code)
        TIMES.took(time.perf_counter() - began, room=room)
        method = request.method if request.method in METHODS else "other"
        ANSWERS.add(room=room, method=str(method), status=f"{response.status_code // 100}xx")
        return response


def _room(path: str, status: int) -> str:
    # What does not exist is one label, or anybody could make as many as they like.
    if not path.startswith(API):
        return "pages"
    word = path.removeprefix(API).partition("/")[0]
    return word if word.isidentifier() and status != 404 else "other"
