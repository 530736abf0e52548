"""Verbs on a version of a procedure: written, submitted, approved by somebody else, sent back, revised, retired."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.attach.queries import files_of
from trunnion.identity.queries import users_with
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit
from trunnion.knowledge.procedures.events import VersionApproved, VersionRetired, VersionSubmitted
from trunnion.knowledge.procedures.models import Procedure, ProcedureVersion
from trunnion.knowledge.procedures.rules import check_steps
from trunnion.knowledge.procedures.states import VERSION
from trunnion.knowledge.procedures.stored import packed, unpacked
from trunnion.knowledge.procedures.types.cards import ProcedureDone, VersionState
from trunnion.knowledge.procedures.types.steps import Steps

Reason = Annotated[Line, Field(min_length=1)]
OPEN = (VersionState.DRAFT, VersionState.IN_REVIEW)


@command("knowledge.procedure_version.write")
def write(ctx: Context, version_id: UUID, steps: Steps, change: Line = "") -> ProcedureDone:
    """Writes the steps of a draft, and what is new in it; what nobody could do is refused with the step named."""
    row = take(ctx, ProcedureVersion, version_id)
    VERSION.target("write", row.state)
    check_steps(steps)
    hanging = {file.file_id for file in files_of(ctx, Procedure.kind, row.procedure_id)}
    for index, step in enumerate(steps):
        if step.file_id is not None and step.file_id not in hanging:
            raise Invalid.field(f"/steps/{index}/file_id", "procedure.file_elsewhere", step=step.title)
    row.steps, row.change = packed(steps), change
    row.written_at, row.written_by_id, row.written_by_name = clock.now(), ctx.actor_id, ctx.actor_name
    row.save()
    return _done(row, row.procedure)


@command("knowledge.procedure_version.submit")
def submit(ctx: Context, version_id: UUID) -> ProcedureDone:
    """Asks for somebody else's approval."""
    row = take(ctx, ProcedureVersion, version_id)
    target = VERSION.target("submit", row.state)
    if not row.steps:
        raise Refusal("procedure.empty")
    # A step may have been in order when it was written, by rules that have changed since.
    check_steps(unpacked(row.steps))
    row.submitted_at, row.submitted_by_id, row.remark = clock.now(), ctx.actor_id, ""
    procedure = _move(row, target)
    emit(VersionSubmitted(procedure_id=procedure.id, version_id=row.id, no=row.no))
    return _done(row, procedure)


@command("knowledge.procedure_version.approve")
def approve(ctx: Context, version_id: UUID) -> ProcedureDone:
    """Puts a version in force; the one before it is replaced. Whoever wrote or submitted it cannot, unless alone."""
    row = take(ctx, ProcedureVersion, version_id)
    target = VERSION.target("approve", row.state)
    if ctx.actor_id in (row.written_by_id, row.submitted_by_id) and _has_others(ctx):
        raise Refusal("procedure.own_approval")
    before = ProcedureVersion.objects.of(ctx).filter(
        procedure_id=row.procedure_id, state__in=[VersionState.APPROVED, VersionState.RETIRED]
    )
    for one in before:
        supersede(ctx, one.id)
    row.approved_at, row.approved_by_name = clock.now(), ctx.actor_name
    procedure = _move(row, target, approved_no=row.no)
    emit(VersionApproved(procedure_id=procedure.id, version_id=row.id, no=row.no))
    return _done(row, procedure)


@command("knowledge.procedure_version.supersede")
def supersede(ctx: Context, version_id: UUID) -> None:
    """Lets a newer version take this one's place."""
    row = take(ctx, ProcedureVersion, version_id)
    row.state = VERSION.target("supersede", row.state)
    row.save()


@command("knowledge.procedure_version.send_back")
def send_back(ctx: Context, version_id: UUID, reason: Reason) -> ProcedureDone:
    """Gives a version back to whoever writes it, and says what is wrong with it."""
    row = take(ctx, ProcedureVersion, version_id)
    target = VERSION.target("send_back", row.state)
    row.remark = reason
    return _done(row, _move(row, target))


@command("knowledge.procedure_version.revise")
def revise(ctx: Context, version_id: UUID) -> ProcedureDone:
    """Begins the next version with the steps of this one, which stays in force until then."""
    row = take(ctx, ProcedureVersion, version_id)
    VERSION.target("revise", row.state)
    procedure = row.procedure
    if procedure.newest_state in OPEN:
        raise Refusal("procedure.open_already", no=procedure.newest_no)
    fresh = ProcedureVersion(
        procedure=procedure, no=procedure.newest_no + 1, state=VersionState.DRAFT, steps=row.steps,
        written_at=clock.now(), written_by_id=ctx.actor_id, written_by_name=ctx.actor_name,
    )  # fmt: skip
    fresh.save()
    _show(procedure, fresh)
    return _done(fresh, procedure)


@command("knowledge.procedure_version.retire")
def retire(ctx: Context, version_id: UUID, reason: Reason) -> ProcedureDone:
    """Says that this is not done any more; orders that have it keep it."""
    row = take(ctx, ProcedureVersion, version_id)
    target = VERSION.target("retire", row.state)
    was_in_force = row.state == VersionState.APPROVED
    row.remark = reason
    procedure = _move(row, target, **({"approved_no": None} if was_in_force else {}))
    emit(VersionRetired(procedure_id=procedure.id, version_id=row.id, no=row.no))
    return _done(row, procedure)


def _has_others(ctx: Context) -> bool:
    able = users_with(ctx, "knowledge.procedure_version.approve")
    return any(user_id != ctx.actor_id for user_id in able)


def _move(row: ProcedureVersion, state: str, **shown: int | None) -> Procedure:
    row.state = state
    row.save()
    procedure: Procedure = row.procedure
    for name, value in shown.items():
        setattr(procedure, name, value)
    _show(procedure, row)
    return procedure


def _show(procedure: Procedure, row: ProcedureVersion) -> None:
    """Keeps what the lists show of a procedure beside it."""
    if row.no >= procedure.newest_no:
        procedure.newest_no, procedure.newest_state = row.no, row.state
    procedure.save()


def _done(row: ProcedureVersion, procedure: Procedure) -> ProcedureDone:
    return ProcedureDone(row.id, row.version, procedure.id, procedure.number, row.no)
