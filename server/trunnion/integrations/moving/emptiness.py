"""Whether an installation is still unused: only then an organisation is brought in from the web."""

from typing import Any

from trunnion.identity.queries import count_members, list_organisations
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal
from trunnion.kernel.policies import KINDS

# What people would miss; what every new organisation is given, such as roles and codes, does not count.
_COUNTED = {
    "assets": "assets.asset", "places": "assets.location", "orders": "work.order", "parties": "parties.party",
    "items": "catalog.item", "requests": "service.request", "files": "attach.file",
}  # fmt: skip


def check_empty(ctx: Context) -> None:
    """Raises Refusal that says what is here already."""
    others = [one.name for one in list_organisations() if one.id != ctx.organisation_id]
    if others:
        raise Refusal("archive.others_here", count=len(others))
    found = counts(ctx)
    if any(found.values()):
        raise Refusal("archive.not_empty", **found)


def counts(ctx: Context) -> dict[str, Any]:
    """How much of each kind there is, and how many people besides the owner."""
    with reading(ctx.organisation_id):
        found: dict[str, Any] = {n: KINDS[kind].objects.of(ctx).count() for n, kind in _COUNTED.items()}
        return found | {"people": max(count_members(ctx) - 1, 0)}
