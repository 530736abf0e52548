"""Verbs of acceptance: what was delivered is checked and signed for, and what is wrong with it goes on a list."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.models import LifecycleDocument
from trunnion.assets.types.cards import AssetDone
from trunnion.assets.types.kinds import AcceptanceResult
from trunnion.assets.types.lines import PointLine
from trunnion.attach.commands import signature
from trunnion.attach.types import Meaning
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError, Invalid, Refusal
from trunnion.kernel.inputs import Day, Instant, Line, Name
from trunnion.kernel.policies import take

from . import defect
from .effects import failed_points
from .going import go
from .papers import Facts

Points = Annotated[list[PointLine], Field(max_length=200)]
Picture = Annotated[str, Field(max_length=1_400_000)]
MEANINGS = {
    AcceptanceResult.PASSED: Meaning.ACCEPTED,
    AcceptanceResult.WITH_RESERVATIONS: Meaning.ACCEPTED_WITH_REMARKS,
    AcceptanceResult.FAILED: Meaning.REFUSED,
}


@command("assets.asset.accept", secret=("signature_png_base64",))
def accept(
    ctx: Context, asset_id: UUID, at: Instant | None = None, remark: Line = "", paper_file_id: UUID | None = None,
    points: Points | None = None, with_reservations: bool = False, reference: Line = "",
    remedy_until_on: Day | None = None, signer_name: Name | None = None, signature_png_base64: Picture = "",
) -> AssetDone:  # fmt: skip
    """Accepts what was delivered; a point that did not pass is refused unless it is accepted with reservations.

    What did not pass is a defect from then on, to be put right by `remedy_until_on`. Whoever accepts may sign:
    themselves, or as `signer_name` in front of their screen.
    """
    checked = points or []
    facts = acceptance(checked, with_reservations, reference)
    if not with_reservations:
        defect.refuse_open(ctx, [asset_id], checked)
    done = go(ctx, asset_id, "accept", at, remark, paper_file_id, None, facts)
    _file(ctx, done, checked, remedy_until_on)
    sign(ctx, done, facts.result, at, signer_name, signature_png_base64)
    return done


@command("assets.asset.fail_acceptance", secret=("signature_png_base64",))
def fail_acceptance(
    ctx: Context, asset_id: UUID, points: Points, at: Instant | None = None, remark: Line = "",
    paper_file_id: UUID | None = None, reference: Line = "", remedy_until_on: Day | None = None,
    signer_name: Name | None = None, signature_png_base64: Picture = "",
) -> AssetDone:  # fmt: skip
    """Records what did not pass; the asset stays received until it passes or goes back."""
    facts = Facts(external_number=reference[:200], result=AcceptanceResult.FAILED, points=tuple(points))
    if not failed_points(facts):
        raise Invalid.field("/points", "assets.no_failed_point")
    done = go(ctx, asset_id, "fail_acceptance", at, remark, paper_file_id, None, facts)
    _file(ctx, done, points, remedy_until_on)
    sign(ctx, done, facts.result, at, signer_name, signature_png_base64)
    return done


def acceptance(points: list[PointLine], with_reservations: bool, reference: str) -> Facts:
    """What an acceptance form says; refuses to pass over a point that did not pass."""
    facts = Facts(external_number=reference[:200], points=tuple(points), result=AcceptanceResult.PASSED)
    failed = failed_points(facts)
    if failed and not with_reservations:
        raise Refusal("assets.points_failed", points=list(failed))
    if failed:
        return replace(facts, result=AcceptanceResult.WITH_RESERVATIONS)
    return facts


def _file(ctx: Context, done: AssetDone, points: list[PointLine], due_on: date | None) -> None:
    if due_on is not None and all(point.is_passed for point in points):
        raise Invalid.field("/remedy_until_on", "assets.no_failed_point")
    if done.document_id is not None:
        defect.note(ctx, [done.id], done.document_id, points, due_on)


def sign(
    ctx: Context, done: AssetDone, result: str, at: datetime | None, signer: str | None, picture: str
) -> None:
    """Puts a drawn name under the form that a move was made by; a name alone is none."""
    if not picture:
        if signer is not None:
            raise Invalid.field("/signature_png_base64", "field.missing")
        return
    if done.document_id is None:
        return
    document = take(ctx, LifecycleDocument, done.document_id)
    name = signer or ctx.actor_name or ctx.on_behalf_of or "-"
    try:
        signed = signature.sign(
            ctx, kind=LifecycleDocument.kind, row_id=document.id, signer_name=name,
            meaning=MEANINGS[AcceptanceResult(result)], image_png_base64=picture, remark=document.remark, signed_at=at,
            is_actor=signer is None,
        )  # fmt: skip
    except Invalid as refused:
        errors = [
            FieldError(e.pointer.replace("/image_png_base64", "/signature_png_base64"), e.code, e.facts)
            for e in refused.errors
        ]
        raise Invalid(refused.code, errors=errors, **refused.facts) from None
    document.signer_name, document.signature_id = name, signed.id
    document.save()
