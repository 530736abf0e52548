"""The asset's file: everything that ever happened to it, from this room and from those above, in one answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from trunnion.assets.models import Asset, Defect, Installation, Meter
from trunnion.assets.policies import is_customer
from trunnion.attach import queries as attached
from trunnion.kernel import additions, history
from trunnion.kernel.context import Context
from trunnion.kernel.mergeable import family_of
from trunnion.kernel.policies import get

from . import certificates, papers
from . import history as own
from .assets import get_asset
from .codes import get_code

Read = Callable[[Context, UUID], list[Any]]
MOST_ENTRIES = 200
# By which a section's rows are put in order, the first that all of them have.
_DAYS = (
    "at", "moved_at", "from_at", "reported_at", "detected_at", "occurred_on", "issued_on", "dated_at", "assessed_on",
    "created_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the file: its name, the grant that reading it takes, and how it is read."""

    name: str
    permission: str
    read: Read
    for_customers: bool = False


SECTIONS: dict[str, Section] = {}


def file_section(
    name: str, permission: str = "assets.asset.read", *, for_customers: bool = False
) -> Callable[[Read], Read]:
    """Registers `function(ctx, asset_id) -> list` as a part of the file; rooms above add theirs the same way."""

    def register(read: Read) -> Read:
        SECTIONS[name] = Section(name, permission, read, for_customers)
        return read

    return register


def get_file(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """The asset and each section that the actor may read."""
    asset = get_asset(ctx, asset_id)
    outside = is_customer(ctx)
    family = family_of(ctx, Asset.kind, [asset_id])
    read = [s for s in SECTIONS.values() if ctx.may(s.permission) or (outside and s.for_customers)]
    return {
        "id": asset["id"],
        "version": asset["version"],
        "asset": additions.complete(ctx, Asset.kind, asset),
        "code": None if outside else get_code(ctx, asset_id),
        "sections": {section.name: _told(ctx, section, family) for section in read},
    }


def _told(ctx: Context, section: Section, family: list[UUID]) -> list[Any]:
    """A section of an asset and of those that were merged into it: each row once, newest first where it has a day."""
    rows = section.read(ctx, family[0])
    if len(family) == 1:
        return rows
    rows = [row for asset_id in family for row in section.read(ctx, asset_id)]
    found = list({_of(row, "id") or index: row for index, row in enumerate(rows)}.values())
    key = next((k for k in _DAYS if found and all(_of(row, k) for row in found)), None)
    return found if key is None else sorted(found, key=lambda row: _of(row, key), reverse=True)


def _of(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name, None)


file_section("moves")(own.moves_of)
file_section("installations", for_customers=True)(own.installations_of)
file_section("parts", for_customers=True)(own.parts_of)
file_section("relations")(own.relations_of)
file_section("groups")(own.groups_of)
file_section("meters", "assets.meter.read")(own.meters_of)
file_section("intervals", "assets.interval.read")(own.list_intervals)
file_section("assessments")(own.assessments_of)
file_section("conditions")(papers.conditions_of)
file_section("papers", "assets.lifecycle_document.read")(papers.papers_of)
file_section("defects", "assets.defect.read")(papers.defects_of)
file_section("approvals", "assets.lifecycle_document.read")(papers.approvals_of)
file_section("idle_findings", "assets.idle_finding.read")(papers.idle_findings_of)
file_section("certificates", "assets.certificate.read")(certificates.certificates_of)


@file_section("attributes")
def attributes(ctx: Context, asset_id: UUID) -> list[Any]:
    """The typed facts."""
    return attached.attributes_of(ctx, Asset.kind, asset_id)


@file_section("documents", for_customers=True)
def documents(ctx: Context, asset_id: UUID) -> list[Any]:
    """The photos and papers."""
    return attached.files_of(ctx, Asset.kind, asset_id)


@file_section("comments", for_customers=True)
def comments(ctx: Context, asset_id: UUID) -> list[Any]:
    """What people said."""
    return attached.comments_of(ctx, Asset.kind, asset_id)


@file_section("references")
def references(ctx: Context, asset_id: UUID) -> list[Any]:
    """What other systems call it."""
    return attached.references_of(ctx, Asset.kind, asset_id)


@file_section("history")
def journal(ctx: Context, asset_id: UUID) -> list[Any]:
    """Every verb that touched the asset, its meters, its installations or its defects, with before and after."""
    asset = get(ctx, Asset, asset_id)
    ids = [asset.id]
    for model in (Meter, Installation, Defect):
        ids += model.objects.of(ctx).filter(asset_id=asset.id).values_list("id", flat=True)
    return history.of_records(ctx, ids, MOST_ENTRIES)
