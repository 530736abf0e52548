"""Verbs on blank codes: printed before anybody knows for what, bound to an asset by scanning."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from trunnion.assets.events import BlankCodesIssued, CodeBound, CodeUnbound
from trunnion.assets.models import Asset, QrCode, QrToken
from trunnion.assets.rules.codes import BITS, digest_of, new_short_code
from trunnion.assets.rules.scans import understand
from trunnion.assets.types.cards import BlankDone, CodeDone
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotVisible, Refusal
from trunnion.kernel.ids import token as new_token
from trunnion.kernel.inputs import Line
from trunnion.kernel.policies import take, visible
from trunnion.kernel.unit import emit

from .qr import answer, index_of, live_code, revoke_code

MOST = 5000
Scanned = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


@command("assets.qr.issue_blank")
def issue_blank(ctx: Context, count: Annotated[int, Field(ge=1, le=MOST)]) -> BlankDone:
    """Makes codes that belong to no asset yet, to be printed in store."""
    now = clock.now()
    fresh = [QrCode(token=new_token(BITS), short_code=short, issued_at=now) for short in _short_codes(count)]
    QrCode.objects.bulk_create(fresh)
    QrToken.objects.bulk_create([index_of(ctx, code) for code in fresh])
    emit(BlankCodesIssued(count=count))
    return BlankDone([code.id for code in fresh])


@command("assets.qr.bind")
def bind(ctx: Context, asset_id: UUID, code: Scanned, replaces: bool = False) -> CodeDone:
    """Makes a blank code the label of an asset, by scanning or typing it.

    An asset that has a label keeps it, unless the new one shall replace it.
    """
    asset = take(ctx, Asset, asset_id)
    row = _named(ctx, code)
    if row.asset_id == asset.id:
        return answer(row)
    if row.asset_id is not None:
        # Who may not see the other asset is not told which one it is.
        other = visible(ctx, Asset).filter(id=row.asset_id).values_list("number", flat=True).first()
        raise Invalid.field("/code", "assets.code_bound", asset=other or "–")
    standing = live_code(ctx, asset)
    if standing is not None:
        if not replaces:
            raise Refusal("assets.has_code", number=asset.number)
        revoke_code(ctx, standing, "")
    row.asset, row.bound_at = asset, clock.now()
    row.save()
    QrToken.objects.filter(digest=digest_of(row.token)).update(asset_id=asset.id)
    emit(CodeBound(asset_id=asset.id, code_id=row.id))
    return answer(row)


@command("assets.qr.unbind")
def unbind(ctx: Context, asset_id: UUID) -> Done:
    """Makes the code that was bound to an asset blank again: it was put to the wrong one, or is taken off."""
    asset = take(ctx, Asset, asset_id)
    row = live_code(ctx, asset)
    if row is None or row.bound_at is None:
        raise Refusal("assets.not_bound", number=asset.number)
    row.asset, row.bound_at = None, None
    row.save()
    QrToken.objects.filter(digest=digest_of(row.token)).update(asset_id=None)
    emit(CodeUnbound(asset_id=asset.id, code_id=row.id))
    return Done(row.id, row.version)


@command("assets.qr.void")
def void(ctx: Context, qr_id: UUID, reason: Line = "") -> Done:
    """Makes one code lead nowhere, blank or not: a lost sheet, a torn label."""
    row = take(ctx, QrCode, qr_id)
    if row.revoked_at is not None:
        raise Refusal("assets.code_revoked")
    revoke_code(ctx, row, reason)
    return Done(row.id, row.version)


def _named(ctx: Context, text: str) -> QrCode:
    """The code that was scanned or typed, locked; a foreign one is as unknown as an invented one."""
    read = understand(text)
    rows = visible(ctx, QrCode)
    found = rows.filter(token=read.token).first() if read.token else None
    if found is None and read.short_code:
        found = rows.filter(short_code=read.short_code).first()
    if found is None:
        raise Invalid.field("/code", "assets.code_unknown")
    try:
        row: QrCode = take(ctx, QrCode, found.id)
    except NotVisible:
        raise Invalid.field("/code", "assets.code_unknown") from None
    if row.revoked_at is not None:
        raise Invalid.field("/code", "assets.code_revoked")
    return row


def _short_codes(count: int) -> list[str]:
    """So many different ones; that nobody has one already is the table's to say."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[new_short_code()] = None
    return list(found)
