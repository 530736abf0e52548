"""Verbs on saved views."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from trunnion.identity.models import Role
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.encoding import encode
from trunnion.kernel.errors import Invalid, NotGranted, Refusal
from trunnion.kernel.inputs import Line
from trunnion.kernel.listing import page
from trunnion.kernel.policies import refer, take

from .models import View
from .policies import SHARE, may_change
from .queries import readable
from .types import Audience, Density

Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]*$")
]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,99}$")]
Columns = Annotated[list[Key], Field(max_length=100)]
Sort = Annotated[str, StringConstraints(pattern=r"^(-?[a-z][a-z0-9_.]{0,99}(,|$)){0,3}$")]
Group = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_.]{0,99})?$")]
Tree = dict[str, Any] | None


@command("identity.view.create")
def create(
    ctx: Context, listing: Line, name: Title, columns: Columns = [], filter: Tree = None,  # noqa: B006
    search: Line = "", sort: Sort = "", group: Group = "", density: Density = Density.NORMAL,
) -> Done:  # fmt: skip
    """Keeps a way of looking at a list, for oneself until it is shared."""
    view = View(
        listing=listing, name=name, owner_id=ctx.person_id, columns=columns, filter=filter, search=search, sort=sort,
        group=group, density=density,
    )  # fmt: skip
    _check(ctx, view, {"columns", "filter", "sort", "group"})
    view.save()
    return Done(view.id, view.version)


@command("identity.view.edit")
def edit(
    ctx: Context, view_id: UUID, name: Title = UNSET, columns: Columns = UNSET, filter: Tree = UNSET,
    search: Line = UNSET, sort: Sort = UNSET, group: Group = UNSET, density: Density = UNSET,
) -> Done:  # fmt: skip
    """Changes a view."""
    view = _taken(ctx, view_id)
    changes = given(
        name=name, columns=columns, filter=filter, search=search, sort=sort, group=group, density=density
    )
    for field, value in changes.items():
        setattr(view, field, value)
    _check(ctx, view, set(changes))
    view.save()
    return Done(view.id, view.version)


@command("identity.view.share")
def share(ctx: Context, view_id: UUID, audience: Audience, role_id: UUID | None = None) -> Done:
    """Shows a view to a role or to everybody, or takes it back to its owner; it never shows more than one may see."""
    view = _taken(ctx, view_id)
    if (audience == Audience.ROLE) != (role_id is not None):
        raise Invalid.field("/role_id", "view.role_with_audience")
    if view.is_default and audience != Audience.EVERYBODY:
        raise Refusal("view.default_is_everybody_s")
    refer(ctx, Role.kind, role_id, "/role_id")
    view.audience, view.role_id = audience, role_id
    view.save()
    return Done(view.id, view.version)


@command("identity.view.set_default")
def set_default(ctx: Context, view_id: UUID, is_default: bool = True) -> Done:
    """Makes a view the one that a list opens with in the whole organisation, or no longer."""
    view = take(ctx, View, view_id)
    if is_default:
        for other in View.objects.of(ctx).filter(listing=view.listing, is_default=True).exclude(id=view.id):
            other.is_default = False
            other.save()
        view.audience, view.role_id = Audience.EVERYBODY, None
    view.is_default = is_default
    view.save()
    return Done(view.id, view.version)


@command("identity.view.remove")
def remove(ctx: Context, view_id: UUID) -> None:
    """Removes a view."""
    _taken(ctx, view_id).delete()


def _taken(ctx: Context, view_id: UUID) -> View:
    view = take(ctx, View, view_id)
    if not may_change(ctx, view):
        raise NotGranted(SHARE)
    return view


def _check(ctx: Context, view: View, changed: set[str]) -> None:
    """Refuses a view that its maker could not ask the list for."""
    listing = readable(ctx, view.listing)
    if listing is None:
        raise Invalid.field("/listing", "view.listing_unknown", listing=view.listing)
    ask = page.Ask(
        filter=encode(view.filter).decode() if view.filter and "filter" in changed else None,
        sort=view.sort if view.sort and "sort" in changed else None,
        columns=",".join(view.columns) if view.columns and "columns" in changed else None,
    )
    page.check(ctx, listing, ask)
    if "group" in changed and view.group and listing.extended(ctx).column(view.group) is None:
        raise Invalid.field("/group", "listing.column_unknown", unknown=[view.group])
