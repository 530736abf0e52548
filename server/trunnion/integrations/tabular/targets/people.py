"""Rows that become labour resources."""

from collections.abc import Sequence
from uuid import UUID

from trunnion.integrations.tabular.declare import Field, Kind, Target, Writing, target
from trunnion.kernel.context import Context
from trunnion.parties.types import PartyRole
from trunnion.workforce.commands import labour_resource
from trunnion.workforce.types import ResourceKind, ResourceLine

from .lookups import party_as


def _write(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = [ResourceLine(id=row.id, **{"name": row.before.get("name", ""), **row.values}) for row in rows]
    return labour_resource.ensure_many(ctx, lines).ids


LABOUR = target(Target(
    name="labour", kind="workforce.labour_resource", permission="workforce.labour_resource.ensure_many",
    listing="workforce.labour_resources", keys=("code", "name"), write=_write,
    fields=(
        Field("name", required=True, most=200), Field("code", most=60, unique=True), Field("phone", most=60),
        Field("kind", Kind.CHOICE, choices=ResourceKind, words="choice.workforce.labour_resource.kind",
              path="resource_kind"),
        Field("party_id", Kind.REFERENCE, lookup=party_as(PartyRole.CONTRACTOR)),
    ),
))  # fmt: skip
