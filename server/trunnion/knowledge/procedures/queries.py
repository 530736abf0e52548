"""Reads of procedures: the list, one with its versions, those that are proposed, and what an order keeps."""

from typing import Any
from uuid import UUID

from trunnion.attach.queries import files_of
from trunnion.catalog.queries import find_models
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import get, visible
from trunnion.kernel.shape import shaped
from trunnion.knowledge.rules import is_offered

from . import tables
from .models import Procedure, ProcedureModel, ProcedureVersion
from .rules import proposed_for
from .states import VERSION
from .stored import unpacked
from .types.cards import FrozenProcedure, ProcedureCard, VersionState

READ = declare("knowledge.procedure.read")
_STATES = "state.knowledge.procedure_version"
PROCEDURES = Listing(
    name="knowledge.procedures",
    model=Procedure,
    permission=READ,
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("number", path="number", sort="number"),
        Column("name", path="name", sort="name_key"),
        Column("approved_no", Type.NUMBER, path="approved_no"),
        Column("newest_no", Type.NUMBER, path="newest_no"),
        Column("newest_state", Type.CHOICE, path="newest_state", choices=VersionState, words=_STATES),
        Column("changed_at", Type.INSTANT, path="changed_at"),
    ),
)
VERSION_FIELDS = (
    "id", "version", "no", "state", "change", "remark", "written_at", "written_by_name", "submitted_at",
    "approved_at", "approved_by_name",
)  # fmt: skip
# The best proposal first.
_RANKS = {"model": 0, "class": 1, "any": 2}


def get_procedure(ctx: Context, procedure_id: UUID) -> dict[str, Any]:
    """One procedure with all its versions, newest first, each with what may be done with it."""
    row = get(ctx, Procedure, procedure_id)
    versions = ProcedureVersion.objects.of(ctx).filter(procedure_id=row.id).order_by("-no")
    shown = shaped(versions, *VERSION_FIELDS, "steps")
    for one in shown:
        one["actions"] = _actions(ctx, row, one["state"])
    model_ids = set(
        ProcedureModel.objects.of(ctx).filter(procedure_id=row.id).values_list("model_id", flat=True)
    )
    models = sorted(find_models(ctx, model_ids).values(), key=lambda card: card.name)
    return {
        "id": row.id, "version": row.version, "number": row.number, "name": row.name, "description": row.description,
        "purposes": row.purposes, "classes": row.classes, "approved_no": row.approved_no,
        "models": [{"id": card.id, "name": card.name} for card in models], "versions": shown,
        "files": files_of(ctx, Procedure.kind, row.id),
        "actions": ["edit"] if ctx.may("knowledge.procedure.edit") else [],
    }  # fmt: skip


def get_portable(ctx: Context, version_id: UUID) -> dict[str, Any]:
    """A version as a file that another house can bring in: names and steps, without the pictures that stay here."""
    row = get(ctx, ProcedureVersion, version_id)
    steps = [{k: v for k, v in step.items() if k != "file_id"} for step in row.steps]
    procedure = row.procedure
    return {
        "name": procedure.name, "description": procedure.description, "purposes": procedure.purposes, "steps": steps,
    }  # fmt: skip


def get_table(ctx: Context, version_id: UUID, language: str) -> tuple[str, str]:
    """What the table of a version's steps is called, and the table."""
    row = get(ctx, ProcedureVersion, version_id)
    return f"{row.procedure.number}-{row.no}.csv", tables.written(unpacked(row.steps), language)


def list_proposed(ctx: Context, model_id: UUID | None, class_code: str, purpose: str) -> list[ProcedureCard]:
    """The procedures in force that fit such work on such an asset: made for its model, its class, or for all."""
    rows = visible(ctx, Procedure).exclude(approved_no=None)
    found = {r.id: r for r in rows if not r.purposes or purpose in r.purposes}
    models: dict[UUID, set[UUID]] = {}
    of_models = ProcedureModel.objects.of(ctx).filter(procedure_id__in=found)
    for procedure_id, one in of_models.values_list("procedure_id", "model_id"):
        models.setdefault(procedure_id, set()).add(one)
    fits = {
        i: proposed_for(
            models.get(i, set()), row.classes, model_id, bool(class_code) and is_offered(row.classes, class_code)
        )
        for i, row in found.items()
    }  # fmt: skip
    return _cards(ctx, {i: fit for i, fit in fits.items() if fit}, found)


def _cards(ctx: Context, fits: dict[UUID, str], rows: dict[UUID, Procedure]) -> list[ProcedureCard]:
    versions = ProcedureVersion.objects.of(ctx).filter(procedure_id__in=fits, state=VersionState.APPROVED)
    cards = [
        ProcedureCard(
            rows[i].id, rows[i].number, rows[i].name, version_id, no, len(steps), fits[i]
        )
        for i, version_id, no, steps in versions.values_list("procedure_id", "id", "no", "steps")
    ]  # fmt: skip
    return sorted(cards, key=lambda card: (_RANKS[card.fits], rows[card.id].name_key, card.number))


def get_frozen(ctx: Context, procedure_id: UUID) -> FrozenProcedure:
    """The version in force, whole; refuses a procedure that has none."""
    row = visible(ctx, Procedure).filter(id=procedure_id).first()
    if row is None:
        raise Invalid.field("/procedure_id", "reference_unknown", kind=Procedure.kind)
    version = (
        ProcedureVersion.objects.of(ctx).filter(procedure_id=row.id, state=VersionState.APPROVED).first()
    )
    if version is None:
        raise Invalid.field("/procedure_id", "procedure.not_in_force", number=row.number)
    return FrozenProcedure(row.id, row.number, row.name, version.id, version.no, unpacked(version.steps))


def _actions(ctx: Context, row: Procedure, state: str) -> list[str]:
    legal = VERSION.actions(ctx, state)
    is_open = row.newest_state in (VersionState.DRAFT, VersionState.IN_REVIEW)
    hidden = {"supersede", *(["revise"] if is_open else [])}
    return [verb for verb in legal if verb not in hidden]
