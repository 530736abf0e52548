"""OGC API - Features, part 1: places, segments and assets for map programs, to be read page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime

from trunnion.assets.queries import mapped
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.encoding import encode
from trunnion.kernel.errors import NotVisible, Refusal
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check
from trunnion.kernel.words import say

from . import writer
from .definition import document
from .shape import meets

ROOT = "/ogc"
READ = "assets.location.read"
USUAL, MOST = 100, 1000
CONFORMS = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "geojson", "oas30")
)
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_KNOWN = frozenset({"bbox", "datetime", "limit", "cursor", "f"})
_SEGMENTS = ("linear_segment",)


class BadQuery(Refusal):
    """A parameter that the standard wants to be answered with 400."""

    status = 400


class NoCollection(Refusal):
    """A collection that is not there (404)."""

    status = 404


@dataclass(frozen=True, slots=True)
class Collection:
    """What is listed under a name: how it is read, who may, how one becomes a feature."""

    permission: str
    read: Callable[[Context, mapped.Window], list[Any]]
    feature: Callable[[Any], dict[str, Any]]
    kinds: tuple[str, ...] = ()


COLLECTIONS: Mapping[str, Collection] = {
    "locations": Collection(READ, mapped.places, writer.place),
    "segments": Collection(READ, mapped.places, writer.place, _SEGMENTS),
    "assets": Collection("assets.asset.read", mapped.assets, writer.asset),
}


def mount(room: Room) -> None:
    """The routes of the standard, below the room's own address."""
    one = f"{ROOT}/collections/{{collection}}"
    for path, view in (
        (ROOT, landing), (f"{ROOT}/conformance", conformance), (f"{ROOT}/api", definition),
        (f"{ROOT}/collections", collections), (one, collection), (f"{one}/items", items),
        (f"{one}/items/{{feature}}", item),
    ):  # fmt: skip
        room.plain("GET", path, view, READ)


def landing(request: HttpRequest) -> HttpResponse:
    """What there is, with links to it."""
    ctx = _context(request)
    links = [
        _link(request, "self", ""), _link(request, "conformance", "/conformance"),
        _link(request, "service-desc", "/api", "application/vnd.oai.openapi+json;version=3.0"),
        _link(request, "data", "/collections"),
    ]  # fmt: skip
    words = {name: say(f"text.integrations.ogc.{name}", ctx.language) for name in ("title", "description")}
    return _json({**words, "links": links})


def conformance(request: HttpRequest) -> HttpResponse:
    """The parts of the standard that are kept."""
    _context(request)
    return _json({"conformsTo": CONFORMS})


def definition(request: HttpRequest) -> HttpResponse:
    """These routes as an OpenAPI 3.0 document."""
    _context(request)
    body = document(request.build_absolute_uri(_base(request)), tuple(COLLECTIONS))
    return HttpResponse(encode(body), content_type="application/vnd.oai.openapi+json;version=3.0")


def collections(request: HttpRequest) -> HttpResponse:
    """The collections that the actor may read."""
    ctx = _context(request)
    listed = [_described(request, ctx, name) for name, one in COLLECTIONS.items() if ctx.may(one.permission)]
    return _json({"links": [_link(request, "self", "/collections")], "collections": listed})


def collection(request: HttpRequest, collection: str) -> HttpResponse:
    """One collection."""
    ctx = _context(request)
    _known(ctx, collection)
    return _json(_described(request, ctx, collection))


def items(request: HttpRequest, collection: str) -> HttpResponse:
    """A page of features, read in one query; `next` leads on as long as there are more."""
    ctx = _context(request, _KNOWN)
    known = _known(ctx, collection)
    limit, boxes = _limit(request), _boxes(request)
    since, until = _interval(request)
    window = mapped.Window(
        kinds=known.kinds, boxes=boxes, since=since, until=until, after=_cursor(request), limit=limit + 1
    )
    with reading(ctx.organisation_id):
        rows = known.read(ctx, window)
    page = rows[:limit]
    shown = [row for row in page if not boxes or row.geometry is None or meets(row.geometry, _floats(boxes))]
    path = f"/collections/{collection}/items"
    links = [_link(request, "self", path, writer.MEDIA_TYPE, _asked(request))]
    if len(rows) > limit:
        asked = {**_asked(request), "cursor": str(page[-1].id)}
        links.append(_link(request, "next", path, writer.MEDIA_TYPE, asked))
    body = {
        "type": "FeatureCollection", "links": links, "timeStamp": clock.now(), "numberReturned": len(shown),
        "features": [known.feature(row) for row in shown],
    }  # fmt: skip
    return _json(body, writer.MEDIA_TYPE)


def item(request: HttpRequest, collection: str, feature: str) -> HttpResponse:
    """One feature."""
    ctx = _context(request)
    known = _known(ctx, collection)
    try:
        wanted = UUID(feature)
    except ValueError:
        raise NotVisible from None
    with reading(ctx.organisation_id):
        rows = known.read(ctx, mapped.Window(ids=[wanted], kinds=known.kinds))
    if not rows:
        raise NotVisible
    path = f"/collections/{collection}"
    links = [
        _link(request, "self", f"{path}/items/{wanted}", writer.MEDIA_TYPE),
        _link(request, "collection", path),
    ]
    return _json({**known.feature(rows[0]), "links": links}, writer.MEDIA_TYPE)


def _context(request: HttpRequest, known: frozenset[str] = frozenset({"f"})) -> Context:
    ctx = context_of(request)
    check(ctx, READ)
    for name in request.GET:
        if name not in known:
            raise BadQuery(
                "ogc.bad_parameter", name=name, value=request.GET[name][:100], expected=", ".join(known)
            )
    if request.GET.get("f", "json") not in ("json", "geojson"):
        raise BadQuery("ogc.bad_parameter", name="f", value=request.GET["f"][:100], expected="json")
    return ctx


def _known(ctx: Context, name: str) -> Collection:
    found = COLLECTIONS.get(name)
    if found is None:
        raise NoCollection("ogc.no_such_collection", name=name[:100], known=", ".join(COLLECTIONS))
    check(ctx, found.permission)
    return found


def _described(request: HttpRequest, ctx: Context, name: str) -> dict[str, Any]:
    path = f"/collections/{name}"
    links = [_link(request, "self", path), _link(request, "items", f"{path}/items", writer.MEDIA_TYPE)]
    title = say(f"text.integrations.ogc.{name}", ctx.language)
    return {"id": name, "title": title, "itemType": "feature", "crs": [CRS84], "links": links}


def _limit(request: HttpRequest) -> int:
    text = request.GET.get("limit", str(USUAL))
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 9 and int(text) >= 1):
        raise BadQuery("ogc.bad_parameter", name="limit", value=text[:100], expected=f"1 .. {MOST}")
    return min(int(text), MOST)


def _cursor(request: HttpRequest) -> UUID | None:
    text = request.GET.get("cursor")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BadQuery("ogc.bad_parameter", name="cursor", value=str(text)[:100], expected="next") from None


def _boxes(request: HttpRequest) -> tuple[mapped.Box, ...]:
    """The box of `bbox`; one that spans the antimeridian is two."""
    text = request.GET.get("bbox")
    if text is None:
        return ()
    wrong = BadQuery("ogc.bad_parameter", name="bbox", value=text[:100], expected="west,south,east,north")
    try:
        found = [Decimal(part.strip()) for part in text.split(",")]
    except InvalidOperation:
        raise wrong from None
    if len(found) not in (4, 6) or not all(one.is_finite() for one in found):
        raise wrong
    half = len(found) // 2
    west, south, east, north = found[0], found[1], found[half], found[half + 1]
    if south > north or not all(abs(one) <= 180 for one in (west, east)) or max(abs(south), abs(north)) > 90:
        raise wrong
    if west <= east:
        return ((west, south, east, north),)
    return (west, south, Decimal(180), north), (Decimal(-180), south, east, north)


def _floats(boxes: tuple[mapped.Box, ...]) -> tuple[tuple[float, float, float, float], ...]:
    return tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in boxes)


def _interval(request: HttpRequest) -> tuple[datetime | None, datetime | None]:
    """When the record was made: an instant, or an interval that may be open at an end."""
    text = request.GET.get("datetime")
    if text is None:
        return None, None
    parts = text.split("/")
    if len(parts) > 2 or all(part in ("", "..") for part in parts):
        raise _wrong_time(text)
    first, last = _instant(parts[0], text), _instant(parts[-1], text)
    if first is not None and last is not None and first > last:
        raise _wrong_time(text)
    return first, last


def _instant(part: str, whole: str) -> datetime | None:
    if part in ("", ".."):
        return None
    try:
        # A plus sign that was not escaped arrives as a blank.
        found = parse_datetime(part.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise _wrong_time(whole)
    return found


def _wrong_time(text: str) -> BadQuery:
    expected = "2026-01-31T00:00:00Z, 2026-01-01T00:00:00Z/.."
    return BadQuery("ogc.bad_parameter", name="datetime", value=text[:100], expected=expected)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in request.GET}


def _base(request: HttpRequest) -> str:
    path = request.path
    return path[: path.index(f"/integrations{ROOT}")] + f"/integrations{ROOT}"


def _link(
    request: HttpRequest,
    rel: str,
    path: str,
    media: str = "application/json",
    query: Mapping[str, str] | None = None,
) -> dict[str, str]:
    address = request.build_absolute_uri(_base(request) + path)
    return {"rel": rel, "type": media, "href": f"{address}?{urlencode(query)}" if query else address}


def _json(body: Any, media: str = "application/json") -> HttpResponse:
    return HttpResponse(encode(body), content_type=media)
