"""The asset's file: everything that ever happened to it, from this room and from those above, in one answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from trunnion.assets.models import Asset, Installation, Meter
from trunnion.assets.policies import is_customer
from trunnion.attach import queries as attached
from trunnion.kernel import history
from trunnion.kernel.context import Context
from trunnion.kernel.policies import get

from . import certificates, papers
from . import history as own
from .assets import get_asset
from .codes import get_code

Read = Callable[[Context, UUID], list[Any]]
MOST_ENTRIES = 200


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
    read = [s for s in SECTIONS.values() if ctx.may(s.permission) or (outside and s.for_customers)]
    return {
        "id": asset["id"],
        "version": asset["version"],
        "asset": asset,
        "code": None if outside else get_code(ctx, asset_id),
        "sections": {section.name: section.read(ctx, asset_id) for section in read},
    }


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
    """Every verb that touched the asset, its meters or its installations, with before and after."""
    asset = get(ctx, Asset, asset_id)
    ids = [asset.id]
    for model in (Meter, Installation):
        ids += model.objects.of(ctx).filter(asset_id=asset.id).values_list("id", flat=True)
    return history.of_records(ctx, ids, MOST_ENTRIES)
