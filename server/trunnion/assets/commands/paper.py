"""Verbs on papers: many assets on one, and what happens when those who must agree have decided."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import DocumentCarriedOut, DocumentGivenUp
from trunnion.assets.models import Asset, LifecycleDocument, LifecycleDocumentLine
from trunnion.assets.types.cards import AssetDone
from trunnion.assets.types.kinds import AcceptanceResult, BulkVerb, Disposal, PaperState
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.inputs import Amount, Currency, Day, Instant, Line, Name
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from . import acceptance, defect
from .effects import effect_of, warranty_begins
from .going import Change, check_still_legal, go_many, move_all
from .life import check_disposal
from .moves import Place, close_installation, place_of, stand_in
from .papers import Facts

Ids = Annotated[list[UUID], Field(min_length=1, max_length=500)]


@command("assets.asset.move_many", secret=("signature_png_base64",))
def move_many(
    ctx: Context, verb: BulkVerb, asset_ids: Ids, at: Instant | None = None, remark: Line = "",
    paper_file_id: UUID | None = None, reference: Line = "", amount: Amount | None = None,
    proceeds: Amount | None = None, currency: Currency | None = None, party_id: UUID | None = None,
    expected_on: Day | None = None, disposal: Disposal | None = None, location_id: UUID | None = None,
    signer_name: Name | None = None, signature_png_base64: acceptance.Picture = "",
) -> list[AssetDone]:  # fmt: skip
    """Makes one move with many assets on one paper, all of them or none; amounts are of all together.

    An acceptance may be signed.
    """
    if not ctx.may(f"assets.asset.{verb}"):
        raise NotGranted(f"assets.asset.{verb}")
    if (verb == BulkVerb.DISPOSE) != (disposal is not None):
        raise Invalid.field("/disposal", "assets.disposal_needed")
    check_disposal(disposal or "")
    facts = Facts(
        amount=amount, proceeds=proceeds, currency=currency or "", external_number=reference[:200], party_id=party_id,
        due_on=expected_on, disposal=disposal or "", to_location_id=location_id,
        result=AcceptanceResult.PASSED if verb == BulkVerb.ACCEPT else "",
    ).with_(remark, paper_file_id)  # fmt: skip
    change = _change(ctx, verb, facts, len(set(asset_ids)))
    if verb == BulkVerb.ACCEPT:
        defect.refuse_open(ctx, asset_ids, [])
    elif signer_name is not None or signature_png_base64:
        raise Invalid.field("/signature_png_base64", "assets.not_signed_for")
    done = go_many(ctx, asset_ids, str(verb), at, facts, change)
    if verb == BulkVerb.ACCEPT:
        acceptance.sign(ctx, done[0], facts.result, at, signer_name, signature_png_base64)
    return done


def _change(ctx: Context, verb: BulkVerb, facts: Facts, count: int) -> Change | None:
    if verb == BulkVerb.COMMISSION:
        return warranty_begins(ctx)
    if verb != BulkVerb.STORE:
        return effect_of(ctx, str(verb), facts, count)
    place = place_of(ctx, facts.to_location_id, None)

    def keep(row: Asset, moment: datetime) -> None:
        close_installation(ctx, row, moment)
        stand_in(row, place or Place(row.location))

    return keep


@command("assets.lifecycle_document.carry_out")
def carry_out(ctx: Context, document_id: UUID) -> Done:
    """Makes the move that waited; once it is made, or given up, nothing more happens."""
    document = take(ctx, LifecycleDocument, document_id)
    if document.state != PaperState.PENDING:
        return Done(document.id, document.version)
    rows = _assets(ctx, document)
    check_still_legal(rows, document.verb)
    document.state, document.dated_at = PaperState.DONE, clock.now()
    document.save()
    change = effect_of(ctx, document.verb, document, len(rows))
    paper = (document.remark, document.file_id)
    move_all(ctx, rows, document.verb, document.dated_at, paper, document, change)
    emit(DocumentCarriedOut(document_id=document.id, verb=document.verb))
    return Done(document.id, document.version)


@command("assets.lifecycle_document.give_up")
def give_up(ctx: Context, document_id: UUID, state: PaperState, because: Line = "") -> Done:
    """Notes that the move that waited will not be made, and why."""
    document = take(ctx, LifecycleDocument, document_id)
    if document.state == PaperState.PENDING:
        document.state, document.failed_because = state, because[:100]
        document.save()
        emit(DocumentGivenUp(document_id=document.id, verb=document.verb, state=state))
    return Done(document.id, document.version)


def _assets(ctx: Context, document: LifecycleDocument) -> list[Asset]:
    lines = LifecycleDocumentLine.objects.of(ctx).filter(document_id=document.id).order_by("asset_id")
    return [take(ctx, Asset, asset_id) for asset_id in lines.values_list("asset_id", flat=True)]
