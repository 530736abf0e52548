"""Verbs on QR codes: issue, reissue, revoke; a token is never used twice."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import CodeIssued, CodeRevoked
from trunnion.assets.models import Asset, QrCode, QrToken
from trunnion.assets.rules.codes import BITS, PATH, digest_of
from trunnion.assets.types.cards import CodeDone
from trunnion.identity.types import Done
from trunnion.kernel import clock, writer
from trunnion.kernel.among import AT_ONCE, among
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.errors import Refusal
from trunnion.kernel.ids import token as new_token
from trunnion.kernel.inputs import Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .naming import rows_by_id

Ids = Annotated[list[UUID], Field(max_length=20_000)]


@command("assets.qr.issue")
def issue(ctx: Context, asset_id: UUID) -> CodeDone:
    """Gives an asset a QR code; one that has a live code keeps it."""
    asset = take(ctx, Asset, asset_id)
    return answer(live_code(ctx, asset) or issue_for(ctx, asset))


@command("assets.qr.reissue")
def reissue(ctx: Context, asset_id: UUID, reason: Line = "") -> CodeDone:
    """Gives an asset a fresh QR code; the label in use leads nowhere from now on."""
    asset = take(ctx, Asset, asset_id)
    standing = live_code(ctx, asset)
    if standing is not None:
        revoke_code(ctx, standing, reason)
    return answer(issue_for(ctx, asset))


@command("assets.qr.revoke")
def revoke(ctx: Context, asset_id: UUID, reason: Line = "") -> Done:
    """Makes an asset's label lead nowhere."""
    asset = take(ctx, Asset, asset_id)
    standing = live_code(ctx, asset)
    if standing is None:
        raise Refusal("assets.no_code")
    revoke_code(ctx, standing, reason)
    return Done(standing.id, standing.version)


@command("assets.qr.issue_many")
def issue_many(ctx: Context, asset_ids: Ids) -> Ensured:
    """Gives many assets QR codes, so that their labels can be printed on one sheet."""
    assets = rows_by_id(ctx, Asset, asset_ids)
    if len(assets) < len(set(asset_ids)):
        raise Refusal("assets.some_unknown", count=len(set(asset_ids)) - len(assets))
    return issue_all(ctx, list(assets.values()))


def issue_for(ctx: Context, asset: Asset) -> QrCode:
    """Makes and stores a live code."""
    code = QrCode(asset=asset, token=new_token(BITS), issued_at=clock.now())
    code.save()
    index_of(ctx, code).save(force_insert=True)
    emit(CodeIssued(asset_id=asset.id))
    return code


def issue_all(ctx: Context, assets: list[Asset]) -> Ensured:
    """Makes codes for those assets that have none."""
    have: dict[UUID, UUID] = {}
    ids = [a.id for a in assets]
    for start in range(0, len(ids), AT_ONCE):
        own = among(ids[start : start + AT_ONCE])
        live = QrCode.objects.of(ctx).filter(asset_id__in=own, revoked_at=None)
        have.update(live.values_list("asset_id", "id"))
    now = clock.now()
    fresh = [QrCode.fresh(asset=a, token=new_token(BITS), issued_at=now) for a in assets if a.id not in have]
    QrCode.objects.bulk_create(fresh)
    lines = [(digest_of(code.token), ctx.organisation_id, code.asset_id, False) for code in fresh]
    writer.insert_plain(QrToken, lines)
    return Ensured([code.id for code in fresh], len(fresh), 0, len(have))


def answer(code: QrCode) -> CodeDone:
    """The code as its issuer sees it."""
    return CodeDone(code.id, code.version, code.asset_id, code.token, PATH + code.token)


def index_of(ctx: Context, code: QrCode) -> QrToken:
    """The way to a code for those who have no account."""
    return QrToken(digest=digest_of(code.token), organisation_id=ctx.organisation_id, asset_id=code.asset_id)


def live_code(ctx: Context, asset: Asset) -> QrCode | None:
    """The code that leads to an asset now."""
    return QrCode.objects.of(ctx).filter(asset_id=asset.id, revoked_at=None).first()


def revoke_code(ctx: Context, code: QrCode, reason: str) -> None:
    """Makes a code lead nowhere; whoever scans it is told so, and nothing else."""
    code.revoked_at, code.revoked_because = clock.now(), reason
    code.save()
    index = QrToken.objects.filter(digest=digest_of(code.token), organisation_id=ctx.organisation_id)
    index.update(asset_id=None, is_revoked=True)
    emit(CodeRevoked(asset_id=code.asset_id))
