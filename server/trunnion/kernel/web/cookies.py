"""The session cookie, and the address that limits count by."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def name() -> str:
    """The cookie's name; over HTTPS its prefix ties it to this host and to secure transport."""
    return "__Host-trunnion" if settings.BASE_URL.startswith("https://") else "trunnion"


def put(response: HttpResponse, token: str, expires_at: datetime) -> HttpResponse:
    """Sets the cookie of a session."""
    response.set_cookie(
        name(), token, expires=expires_at, httponly=True, samesite="Lax", path="/",
        secure=settings.BASE_URL.startswith("https://"),
    )  # fmt: skip
    return response


def put_device(response: HttpResponse, proof: str, life: timedelta) -> HttpResponse:
    """Lets this browser be known again; it opens nothing by itself."""
    response.set_cookie(
        f"{name()}-device", proof, max_age=life, httponly=True, samesite="Lax", path="/",
        secure=settings.BASE_URL.startswith("https://"),
    )  # fmt: skip
    return response


def device_of(request: HttpRequest) -> str:
    """By what this browser is known."""
    return request.COOKIES.get(f"{name()}-device", "")


def clear(response: HttpResponse) -> HttpResponse:
    """Removes the cookie."""
    response.delete_cookie(name(), path="/", samesite="Lax")
    return response


def address_of(request: HttpRequest) -> str:
    """The caller's address as the server itself saw it; headers that anybody can write do not count."""
    return str(request.META.get("REMOTE_ADDR", ""))
