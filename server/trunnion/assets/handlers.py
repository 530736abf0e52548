"""Reactions of assets: a move that waited for approval is made when it is granted, and given up when it is not."""

from uuid import UUID

from trunnion.identity.approvals.events import ApprovalGranted, ApprovalRefused, ApprovalWithdrawn
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.events import on

from .commands import paper
from .models import LifecycleDocument
from .types.kinds import PaperState


@on(ApprovalGranted)
def approval_granted(ctx: Context, event: ApprovalGranted) -> None:
    """The move is made in the name of who asked for it; where it is not legal any more, the paper says so."""
    if event.subject_kind != LifecycleDocument.kind:
        return
    asker = _as_asker(ctx, event.subject_id)
    try:
        paper.carry_out(asker, document_id=event.subject_id)
    except Refusal as refusal:
        paper.give_up(asker, document_id=event.subject_id, state=PaperState.FAILED, because=refusal.code)


@on(ApprovalRefused)
def approval_refused(ctx: Context, event: ApprovalRefused) -> None:
    """Nothing moves."""
    if event.subject_kind == LifecycleDocument.kind:
        paper.give_up(ctx, document_id=event.subject_id, state=PaperState.REFUSED)


@on(ApprovalWithdrawn)
def approval_withdrawn(ctx: Context, event: ApprovalWithdrawn) -> None:
    """Nothing moves."""
    if event.subject_kind == LifecycleDocument.kind:
        paper.give_up(ctx, document_id=event.subject_id, state=PaperState.WITHDRAWN)


def _as_asker(ctx: Context, document_id: UUID) -> Context:
    found = (
        LifecycleDocument.objects.of(ctx).filter(id=document_id).values_list("actor_id", "actor_name").first()
    )
    return ctx.with_(actor_id=found[0], actor_name=found[1]) if found else ctx
