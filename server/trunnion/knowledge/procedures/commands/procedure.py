"""Verbs on a procedure: begin one, say what it is for."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, TypeAdapter, ValidationError

from trunnion.catalog.queries import find_models, list_classes
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given, invalid
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.inputs import Name, Prose
from trunnion.kernel.numbers import next_number, series_of
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit
from trunnion.knowledge.procedures import tables
from trunnion.knowledge.procedures.events import ProcedureCreated
from trunnion.knowledge.procedures.models import Procedure, ProcedureModel, ProcedureVersion
from trunnion.knowledge.procedures.rules import check_steps
from trunnion.knowledge.procedures.stored import packed
from trunnion.knowledge.procedures.types.cards import Classes, Models, ProcedureDone, Purposes, VersionState
from trunnion.knowledge.procedures.types.steps import Steps

SERIES = series_of("SOP", Procedure.kind)
Table = Annotated[str, Field(min_length=1, max_length=1_000_000)]
_STEPS: TypeAdapter[Steps] = TypeAdapter(Steps)


@command("knowledge.procedure.create")
def create(
    ctx: Context, name: Name, description: Prose = "", purposes: Purposes = [],  # noqa: B006
    classes: Classes = [], model_ids: Models = [], steps: Steps = (),  # noqa: B006
) -> ProcedureDone:  # fmt: skip
    """Begins a procedure with its first draft."""
    return _begin(ctx, name, description, purposes, classes, model_ids, steps)


@command("knowledge.procedure.bring_in", secret=("table",))
def bring_in(ctx: Context, name: Name, table: Table) -> ProcedureDone:
    """Begins a procedure from a table of steps."""
    try:
        steps = _STEPS.validate_python(tables.read(table))
    except ValidationError as error:
        refused = invalid(error)
        found = [FieldError(f"/steps{e.pointer}", e.code, e.facts) for e in refused.errors]
        raise Invalid(refused.code, errors=found) from None
    return _begin(ctx, name, "", [], [], [], steps)


@command("knowledge.procedure.edit")
def edit(
    ctx: Context, procedure_id: UUID, name: Name = UNSET, description: Prose = UNSET, purposes: Purposes = UNSET,
    classes: Classes = UNSET, model_ids: Models = UNSET,
) -> ProcedureDone:  # fmt: skip
    """Changes what a procedure is called and what it is proposed for; its steps have versions of their own."""
    row = take(ctx, Procedure, procedure_id)
    changes = given(name=name, description=description, purposes=purposes, classes=classes)
    _check_classes(ctx, changes.get("classes", []))
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()
    if model_ids is not UNSET:
        _set_models(ctx, row, model_ids)
    return ProcedureDone(row.id, row.version, row.id, row.number, row.newest_no)


def _begin(
    ctx: Context, name: str, description: str, purposes: Purposes, classes: Classes, model_ids: Models, steps: Steps
) -> ProcedureDone:  # fmt: skip
    check_steps(steps)
    _check_no_files(steps)
    _check_classes(ctx, classes)
    row = Procedure(
        number=next_number(ctx, SERIES), name=name, description=description, purposes=list(dict.fromkeys(purposes)),
        classes=list(dict.fromkeys(classes)),
    )  # fmt: skip
    row.save()
    _set_models(ctx, row, model_ids)
    first = ProcedureVersion(
        procedure=row, no=1, state=VersionState.DRAFT, steps=packed(steps), written_at=clock.now(),
        written_by_id=ctx.actor_id, written_by_name=ctx.actor_name,
    )  # fmt: skip
    first.save()
    emit(ProcedureCreated(procedure_id=row.id, number=row.number))
    return ProcedureDone(row.id, row.version, row.id, row.number, 1)


def _check_no_files(steps: Steps) -> None:
    """Nothing hangs yet on a procedure that is only begun."""
    for index, step in enumerate(steps):
        if step.file_id is not None:
            raise Invalid.field(f"/steps/{index}/file_id", "procedure.file_elsewhere", step=step.title)


def _check_classes(ctx: Context, classes: Classes) -> None:
    if not classes:
        return
    known = {card.code for card in list_classes(ctx)}
    for index, code in enumerate(classes):
        if code not in known:
            raise Invalid.field(f"/classes/{index}", "procedure.class_unknown", given=code)


def _set_models(ctx: Context, row: Procedure, model_ids: Models) -> None:
    known = find_models(ctx, set(model_ids))
    for index, model_id in enumerate(model_ids):
        if model_id not in known:
            raise Invalid.field(f"/model_ids/{index}", "reference_unknown", kind="catalog.model")
    held = {one.model_id: one for one in ProcedureModel.objects.of(ctx).filter(procedure_id=row.id)}
    for model_id, one in held.items():
        if model_id not in known:
            one.delete()
    for model_id in dict.fromkeys(model_ids):
        if model_id not in held:
            ProcedureModel(procedure=row, model_id=model_id).save()
