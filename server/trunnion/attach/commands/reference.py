"""Verbs on external references: what other systems call a record."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.attach.models import ExternalRef
from trunnion.attach.subjects import STEP, check_subjects, get_subject
from trunnion.attach.types import Batch, Foreign, Kind, ReferenceLine
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about

Lines = Annotated[list[ReferenceLine], Field(max_length=200_000)]


@command("attach.reference.set")
def set_(
    ctx: Context, kind: Kind, row_id: UUID, scheme: Foreign, identifier: Foreign, system: Foreign = "",
    object_type: Foreign = "",
) -> Done:  # fmt: skip
    """Says what another system calls a record; one name means one record while it is valid."""
    about(kind, row_id)
    get_subject(ctx, kind, row_id)
    line = ReferenceLine(kind, row_id, scheme, system, object_type, identifier)
    found = _standing(ctx, [line]).get(_key(line))
    if found is None:
        found = _row(line, "")
        found.save()
    elif (found.subject_kind, found.subject_id) != (kind, row_id):
        raise Invalid.field("/identifier", "reference_taken", identifier=identifier)
    return Done(found.id, found.version)


@command("attach.reference.set_many")
def set_many(ctx: Context, lines: Lines) -> Batch:
    """The same for many records at once; one that is taken by another record refuses the whole."""
    for kind in {line.kind for line in lines}:
        check_subjects(ctx, kind, {line.row_id for line in lines if line.kind == kind})
    standing = _standing(ctx, lines)
    fresh: dict[tuple[str, ...], ExternalRef] = {}
    for index, line in enumerate(lines):
        key = _key(line)
        found = standing.get(key) or fresh.get(key)
        if found is None:
            fresh[key] = _row(line, f"/lines/{index}")
        elif (found.subject_kind, found.subject_id) != (line.kind, line.row_id):
            raise Invalid.field(f"/lines/{index}/identifier", "reference_taken", identifier=line.identifier)
    ExternalRef.objects.bulk_create(fresh.values(), batch_size=1000)
    return Batch(created=len(fresh), changed=0, same=len(lines) - len(fresh))


@command("attach.reference.end")
def end(ctx: Context, reference_id: UUID) -> Done:
    """Says that the other system no longer calls the record so; the name is free again."""
    row = take(ctx, ExternalRef, reference_id)
    about(row.subject_kind, row.subject_id)
    if row.valid_to_at is None:
        row.valid_to_at = clock.now()
        row.save()
    return Done(row.id, row.version)


def _key(line: ReferenceLine) -> tuple[str, ...]:
    return (line.scheme, line.system, line.object_type, line.identifier)


def _row(line: ReferenceLine, pointer: str) -> ExternalRef:
    for name in ("scheme", "identifier"):
        if not getattr(line, name):
            raise Invalid.field(f"{pointer}/{name}", "field.missing")
    return ExternalRef(
        subject_kind=line.kind, subject_id=line.row_id, scheme=line.scheme, system=line.system,
        object_type=line.object_type, identifier=line.identifier, valid_from_at=clock.now(),
    )  # fmt: skip


def _standing(ctx: Context, lines: list[ReferenceLine]) -> dict[tuple[str, ...], ExternalRef]:
    found: dict[tuple[str, ...], ExternalRef] = {}
    named = list({line.identifier for line in lines})
    for i in range(0, len(named), STEP):
        for row in ExternalRef.objects.of(ctx).filter(identifier__in=named[i : i + STEP], valid_to_at=None):
            found[row.scheme, row.system, row.object_type, row.identifier] = row
    return found
