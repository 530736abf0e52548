"""Which records labels are printed for: named ones, or those that a list's filter finds."""

from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.listing import page
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.permissions import opening
from trunnion.kernel.policies import KINDS, visible

from .registry import Subject

MOST = 10_000
STEP = 900


def chosen(
    ctx: Context, subject: Subject, ids: list[UUID] | None, filter: str | None, search: str | None
) -> list[UUID]:
    """The ids in the order in which they are printed; each must be visible to the actor."""
    if not any(ctx.may(name) for name in opening(subject.permission)):
        raise NotGranted(subject.permission)
    if (ids is None) == (filter is None and search is None):
        raise Invalid.field("/ids", "bulk.ids_or_filter")
    if ids is None:
        found = _matching(ctx, subject, filter, search)
    else:
        found = list(dict.fromkeys(ids))
        _check_visible(ctx, subject, found)
    if not found:
        raise Invalid.field("/filter" if ids is None else "/ids", "bulk.no_rows")
    return found


def _matching(ctx: Context, subject: Subject, filter: str | None, search: str | None) -> list[UUID]:
    listing = LISTINGS.get(subject.listing)
    if listing is None:
        raise Invalid.field("/filter", "bulk.ids_only")
    rows = page.matching(ctx, listing, page.Ask(filter=filter, search=search)).order_by(subject.order, "id")
    found = list(rows.values_list("id", flat=True)[: MOST + 1])
    if len(found) > MOST:
        raise Invalid.field("/filter", "label.too_many", most=MOST)
    return found


def _check_visible(ctx: Context, subject: Subject, ids: list[UUID]) -> None:
    if len(ids) > MOST:
        raise Invalid.field("/ids", "label.too_many", most=MOST)
    known: set[UUID] = set()
    for start in range(0, len(ids), STEP):
        rows = visible(ctx, KINDS[subject.kind]).filter(id__in=ids[start : start + STEP])
        known.update(rows.values_list("id", flat=True))
    for index, row_id in enumerate(ids):
        if row_id not in known:
            raise Invalid.field(f"/ids/{index}", "reference_unknown", kind=subject.kind)
