"""The security headers of every answer."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
    "Reporting-Endpoints": 'policy="/policy-report"',
}


def policy(nonce: str) -> str:
    """The content security policy: everything from here, styles by nonce, scanners' WebAssembly allowed."""
    return (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
        f"style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' blob: data:; "
        "media-src 'self' blob:; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'self'; object-src 'none'; report-uri /policy-report; report-to policy"
    )


def always() -> dict[str, str]:
    """The headers of an answer of the API that does not pass the middleware."""
    return {**COMMON, "Content-Security-Policy": policy("none"), **_transport(), "Cache-Control": "no-store"}


def _transport() -> dict[str, str]:
    secure = settings.BASE_URL.startswith("https://")
    return {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if secure else {}


class SecurityHeaders:
    """Puts the headers on each answer, errors included, and gives pages their nonce."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        for name, value in (COMMON | _transport()).items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy(nonce))
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
