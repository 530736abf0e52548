"""The reference routes: the same answers by hand-written SQL and msgspec, behind the same sign-in and organisation."""

import msgspec
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import escape

from trunnion.kernel.database import reading
from trunnion.kernel.encoding import encode
from trunnion.kernel.web.request import context_of
from trunnion.urls import urlpatterns as own

COLUMNS = "o.id, o.number, o.title, o.state, o.priority, o.due_at, o.reported_at, a.number, a.name, l.name"
KEYS = (
    "id",
    "number",
    "title",
    "state",
    "priority",
    "due_at",
    "reported_at",
    "asset_number",
    "asset",
    "place",
)
FROM = (
    "FROM work_order o LEFT JOIN assets_asset a ON a.id = o.asset_id"
    " LEFT JOIN assets_location l ON l.id = a.location_id"
)

HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"></head><body><main><h1>{title}</h1>'
)


def _owner(ctx) -> object:  # type: ignore[no-untyped-def]
    return ctx.organisation_id if connection.vendor == "postgresql" else ctx.organisation_id.hex


def listing(request: HttpRequest) -> HttpResponse:
    """A hundred orders of one state, newest first, with two joined names."""
    ctx = context_of(request)
    with reading(ctx.organisation_id), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} {FROM} WHERE o.organisation_id = %s AND o.state = %s"
            " ORDER BY o.reported_at DESC, o.id DESC LIMIT 101",
            [_owner(ctx), "requested"],
        )
        rows = [dict(zip(KEYS, row, strict=True)) for row in cursor.fetchall()]
    return HttpResponse(
        encode({"rows": rows[:100], "next": None, "count": None}), content_type="application/json"
    )


def detail(request: HttpRequest, order_id) -> HttpResponse:  # type: ignore[no-untyped-def]
    """One order by its id."""
    ctx = context_of(request)
    key = order_id if connection.vendor == "postgresql" else order_id.hex
    with reading(ctx.organisation_id), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} {FROM} WHERE o.organisation_id = %s AND o.id = %s", [_owner(ctx), key]
        )
        row = cursor.fetchone()
    return HttpResponse(msgspec.json.encode(dict(zip(KEYS, map(str, row), strict=True))))


def page(request: HttpRequest) -> HttpResponse:
    """The same hundred orders as a page without styles and scripts: what this server and this browser need at least."""
    ctx = context_of(request)
    with reading(ctx.organisation_id), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} {FROM} WHERE o.organisation_id = %s ORDER BY o.reported_at DESC, o.id DESC LIMIT 100",
            [_owner(ctx)],
        )
        cells = "".join(
            f"<tr class=row>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row[1:])}</tr>"
            for row in cursor.fetchall()
        )
    return HttpResponse(HEAD.format(title="Orders") + f"<table>{cells}</table></main></body></html>")


def lines(_request: HttpRequest, count: int) -> HttpResponse:
    """So many lines of text in a box that scrolls."""
    text = "".join(f"<p>OLD-{i:06} Pump {i} leaks, requested, Room {i % 100:03}</p>" for i in range(count))
    return HttpResponse(
        HEAD.format(title="Lines")
        + f'<div class=box style="height:800px;overflow:auto">{text}</div></main></body></html>'
    )


def find(request: HttpRequest) -> HttpResponse:
    """Five machines by a piece of their serial number."""
    ctx = context_of(request)
    with reading(ctx.organisation_id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, name, serial FROM assets_asset WHERE organisation_id = %s AND serial LIKE %s LIMIT 5",
            [_owner(ctx), f"%{request.GET['q']}%"],
        )
        return HttpResponse(encode(cursor.fetchall()), content_type="application/json")


urlpatterns = [
    path("api/bench/orders", listing),
    path("api/bench/orders/<uuid:order_id>", detail),
    path("api/bench/page", page),
    path("api/bench/lines/<int:count>", lines),
    path("api/bench/find", find),
    *own,
]
