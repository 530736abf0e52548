"""Reads of saved views: the list of them, and one opened with what of it its reader may be shown."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.encoding import encode
from trunnion.kernel.errors import Invalid
from trunnion.kernel.listing import filters
from trunnion.kernel.listing.columns import LISTINGS, Column, Listing, Type
from trunnion.kernel.permissions import opening
from trunnion.kernel.policies import get
from trunnion.kernel.words import say

from .models import View
from .policies import may_change
from .types import Audience, Density, Dropped, OpenView

READ = "identity.view.read"
VIEWS = Listing(
    name="identity.views",
    model=View,
    permission=READ,
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("listing", path="listing"),
        Column(
            "audience", Type.CHOICE, path="audience", choices=Audience, words="choice.identity.view.audience"
        ),
        Column("role_id", Type.REFERENCE, path="role_id", refers_to="identity.role", hidden=True),
        Column("owner_id", Type.ID, path="owner_id"),
        Column("is_default", Type.BOOLEAN, path="is_default"),
        Column("density", Type.CHOICE, path="density", choices=Density, words="choice.identity.view.density"),
    ),
)


def get_view(ctx: Context, view_id: UUID) -> OpenView:
    """A view as its reader may use it; what is gone or kept from them is left out and named."""
    view = get(ctx, View, view_id)
    listing = readable(ctx, view.listing)
    dropped: list[Dropped] = []
    columns: list[str] = []
    tree, sort, group = None, "", ""
    if listing is None:
        dropped.append(_left(ctx, "listing", view.listing))
    else:
        shown = listing.extended(ctx)
        columns = [key for key in view.columns if shown.column(key) is not None]
        dropped += [_left(ctx, "column", key) for key in view.columns if key not in columns]
        tree = _kept(ctx, shown, view.filter, dropped)
        sort = ",".join(_sorted(ctx, shown, view.sort, dropped))
        group = view.group if shown.column(view.group) else ""
        if view.group and not group:
            dropped.append(_left(ctx, "group", view.group))
    return OpenView(
        view.id, view.version, view.name, view.listing, columns, tree, view.search, sort, group, view.density,
        view.audience, view.role_id, view.owner_id, view.owner_id == ctx.actor_id, view.is_default,
        may_change(ctx, view), dropped,
    )  # fmt: skip


def readable(ctx: Context, name: str) -> Listing | None:
    """The list of this name where the actor may read it."""
    listing = LISTINGS.get(name)
    if listing is None or not any(ctx.may(p) for p in opening(listing.permission)):
        return None
    return listing


def _kept(ctx: Context, listing: Listing, node: Any, dropped: list[Dropped]) -> Any:
    """The filter without the terms that cannot be asked any more; None where nothing is left."""
    if not isinstance(node, dict):
        return None
    for joiner in ("and", "or"):
        if isinstance(node.get(joiner), list):
            parts = [_kept(ctx, listing, part, dropped) for part in node[joiner]]
            left = [part for part in parts if part is not None]
            return {joiner: left} if left else None
    try:
        filters.parse(listing, encode(node).decode())
    except Invalid:
        dropped.append(_left(ctx, "filter", str(node.get("field", ""))))
        return None
    return node


def _sorted(ctx: Context, listing: Listing, sort: str, dropped: list[Dropped]) -> Iterator[str]:
    for part in filter(None, sort.split(",")):
        column = listing.column(part.removeprefix("-"))
        if column is None or column.sort is None:
            dropped.append(_left(ctx, "sort", part.removeprefix("-")))
        else:
            yield part


def _left(ctx: Context, part: str, key: str) -> Dropped:
    return Dropped(part, key, say(f"view.dropped.{part}", ctx.language, key=key))
