"""Who is at the door: turns a cookie or a token into a context, and refuses forged cross-site calls."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from trunnion.identity.commands.session import seen
from trunnion.identity.commands.token import used
from trunnion.identity.queries import context_of_user, session_by_token, token_by_secret, view_as
from trunnion.kernel import clock
from trunnion.kernel.context import Context, Door
from trunnion.kernel.errors import NotSignedIn, Refusal
from trunnion.kernel.permissions import expand
from trunnion.kernel.web.answers import problem
from trunnion.kernel.web.cookies import name as cookie_name

from .refusals import API, Unavailable, retold

log = logging.getLogger("trunnion.http")
SAFE = ("GET", "HEAD", "OPTIONS")
DOOR_HEADER = "X-Trunnion-Door"
VIEW_HEADER = "X-Trunnion-View-As"
BROWSER_DOORS = {Door.WEB, Door.FIELD, Door.PORTAL}


class CrossSite(Refusal):
    """A changing request by cookie without the header that only our own pages can send (403)."""

    status = 403

    def __init__(self) -> None:
        super().__init__("cross_site", header=DOOR_HEADER)


class ViewOnly(Refusal):
    """Somebody who looks as another member tried to change something (403)."""

    status = 403

    def __init__(self, name: str) -> None:
        super().__init__("view_only", name=name)


class Doors:
    """Puts `request.ctx` on requests to the API whose caller is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(API):
            return self.get_response(request)
        try:
            refuse_cross_site(request)
            request.ctx = identify(request)  # type: ignore[attr-defined]
        except Refusal as refusal:
            return problem(request, refusal)
        except (OperationalError, InterfaceError):
            log.exception("nobody can be identified without the database")
            return problem(request, Unavailable())
        return retold(request, self.get_response(request))


def refuse_cross_site(request: HttpRequest) -> None:
    """Refuses what a browser says another site's page sent: signing somebody in unasked, above all."""
    if request.method not in SAFE and request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise CrossSite


def identify(request: HttpRequest) -> Context | None:
    """The caller's context; None for a stranger. Raises NotSignedIn for a token that does not hold."""
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer "):
        return _by_token(bearer.removeprefix("Bearer ").strip())
    cookie = request.COOKIES.get(cookie_name())
    return _by_cookie(request, cookie) if cookie else None


def _by_token(secret: str) -> Context:
    now = clock.now()
    found = token_by_secret(secret, now)
    if found is None:
        raise NotSignedIn("token_wrong")
    ctx = context_of_user(found.user, found.organisation_id, Door.API)
    used(found.id, now)
    return ctx.granting(ctx.grants & expand(found.permissions))


def _by_cookie(request: HttpRequest, cookie: str) -> Context | None:
    now = clock.now()
    found = session_by_token(cookie, now)
    if found is None:
        return None
    door = request.headers.get(DOOR_HEADER, "")
    if request.method not in SAFE and door not in BROWSER_DOORS:
        raise CrossSite
    seen(found, now)
    request.session_id = found.id  # type: ignore[attr-defined]
    try:
        ctx = context_of_user(
            found.user, found.organisation_id, Door(door) if door in BROWSER_DOORS else Door.WEB, found
        )
    except NotSignedIn:
        return None
    shown = request.headers.get(VIEW_HEADER)
    return _looking_as(request, ctx, shown) if shown else ctx


def _looking_as(request: HttpRequest, ctx: Context, membership_id: str) -> Context:
    """What another member sees, for whoever may look as them; nothing can be changed that way."""
    found = view_as(ctx, membership_id)
    if request.method not in SAFE:
        raise ViewOnly(found.actor_name)
    return found
