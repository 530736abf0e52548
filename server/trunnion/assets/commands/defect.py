"""Verbs on defects: what acceptance forms find wrong, until it is put right or accepted as it is."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import DefectFound, DefectRemedied, DefectReopened, DefectWaived
from trunnion.assets.models import Defect
from trunnion.assets.states import DEFECTS
from trunnion.assets.types.kinds import DefectState
from trunnion.assets.types.lines import PointLine
from trunnion.attach.queries import get_file
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.inputs import Instant, Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .naming import at_or_now

Reason = Annotated[Line, Field(min_length=1)]


@command("assets.defect.remedy")
def remedy(
    ctx: Context, defect_id: UUID, at: Instant | None = None, remark: Line = "", file_id: UUID | None = None
) -> Done:
    """Says that what was wrong is put right."""
    row = _end(ctx, defect_id, "remedy", at, remark, file_id)
    emit(DefectRemedied(defect_id=row.id, asset_id=row.asset_id))
    return Done(row.id, row.version)


@command("assets.defect.waive")
def waive(
    ctx: Context, defect_id: UUID, remark: Reason, at: Instant | None = None, file_id: UUID | None = None
) -> Done:
    """Accepts what is wrong as it is, with a reason."""
    row = _end(ctx, defect_id, "waive", at, remark, file_id)
    emit(DefectWaived(defect_id=row.id, asset_id=row.asset_id))
    return Done(row.id, row.version)


@command("assets.defect.reopen")
def reopen(ctx: Context, defect_id: UUID, remark: Reason) -> Done:
    """Says that what was ended is still wrong, and why."""
    row = take(ctx, Defect, defect_id)
    row.state = DEFECTS.target("reopen", row.state)
    row.ended_at, row.ended_document, row.ended_by_name, row.ended_remark = None, None, "", ""
    row.remark = remark
    row.save()
    emit(DefectReopened(defect_id=row.id, asset_id=row.asset_id))
    return Done(row.id, row.version)


def _end(
    ctx: Context, defect_id: UUID, verb: str, at: datetime | None, remark: str, file_id: UUID | None
) -> Defect:
    row = take(ctx, Defect, defect_id)
    state = DEFECTS.target(verb, row.state)
    if file_id is not None:
        get_file(ctx, file_id)
    row.state, row.ended_at, row.ended_by_name = state, at_or_now(at), ctx.actor_name
    row.ended_remark, row.file_id = remark, file_id
    row.save()
    return row


def refuse_open(ctx: Context, asset_ids: list[UUID], points: list[PointLine]) -> None:
    """Refuses to accept without reservations what earlier forms found wrong and nobody has looked at since."""
    looked_at = {point.text for point in points}
    rows = Defect.objects.of(ctx).filter(asset_id__in=asset_ids, state=DefectState.OPEN).order_by("id")
    left = [text for text in rows.values_list("text", flat=True) if text not in looked_at]
    if left:
        raise Refusal("assets.defects_open", defects=left)


def note(
    ctx: Context, asset_ids: list[UUID], document_id: UUID, points: list[PointLine], due_on: date | None
) -> None:
    """Brings the defects of assets in line with a form: what failed is open, what passed on a new look is put right."""
    open_ = Defect.objects.of(ctx).filter(asset_id__in=asset_ids, state=DefectState.OPEN)
    known = {(row.asset_id, row.text): row for row in open_}
    for point in {point.text: point for point in points}.values():
        for asset_id in asset_ids:
            row = known.get((asset_id, point.text))
            if point.is_passed:
                _passed(ctx, row, document_id, point.remark)
            elif row is None:
                _found(asset_id, document_id, point, due_on)
            elif due_on is not None and due_on != row.due_on:
                row.due_on = due_on
                row.save()


def _passed(ctx: Context, row: Defect | None, document_id: UUID, remark: str) -> None:
    if row is None:
        return
    row.state, row.ended_at, row.ended_by_name = DefectState.REMEDIED, clock.now(), ctx.actor_name
    row.ended_document_id, row.ended_remark = document_id, remark
    row.save()
    emit(DefectRemedied(defect_id=row.id, asset_id=row.asset_id))


def _found(asset_id: UUID, document_id: UUID, point: PointLine, due_on: date | None) -> None:
    row = Defect(
        asset_id=asset_id, document_id=document_id, text=point.text, remark=point.remark, state=DefectState.OPEN,
        due_on=due_on,
    )  # fmt: skip
    row.save()
    emit(DefectFound(defect_id=row.id, asset_id=asset_id, document_id=document_id, due_on=due_on))
