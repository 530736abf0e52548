"""Two records that turn out to be one machine, and two again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from trunnion.assets.events import AssetMerged, AssetUnmerged
from trunnion.assets.models import (
    Asset,
    IdleFinding,
    Installation,
    LifecycleDocumentLine,
    QrCode,
    QrToken,
    StateInterval,
)
from trunnion.assets.rules.codes import digest_of
from trunnion.assets.types.kinds import AssetState, IdleState, PaperState
from trunnion.attach.queries import values_to_carry
from trunnion.kernel import clock, merging
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError
from trunnion.kernel.mergeable import family_of
from trunnion.kernel.merging import FactNames, Merged, Unmerged
from trunnion.kernel.unit import emit

from . import asset as assets
from .moves import is_standing
from .naming import STEP

# An interval is never without a length.
LEAST = timedelta(microseconds=1)


@command("assets.asset.merge")
def merge(ctx: Context, asset_id: UUID, into_id: UUID, take: FactNames = ()) -> Merged:  # type: ignore[assignment]
    """Merges an asset into another, which keeps its facts and takes over what it lacks; orders and papers follow.

    What happened to it stays with it and is told in the file of the one that stays; its labels lead there. `take` names
    facts of the asset that goes which win over those of the one that stays.
    """
    gone, stays = merging.both(ctx, Asset, asset_id, into_id)
    merging.refuse(obstacles(ctx, gone, stays))
    now = clock.now()
    _one_place(ctx, gone, stays, now)
    _end_open(ctx, gone, now)
    done = merging.merge(gone, stays, take, partial(_complete, ctx, gone, stays))
    _labels_lead_to(ctx, stays.id)
    emit(AssetMerged(asset_id=gone.id, into_id=stays.id))
    return done


@command("assets.asset.unmerge")
def unmerge(ctx: Context, asset_id: UUID) -> Unmerged:
    """Takes a merge back: the asset stands for itself again, with all that had gone along and was not changed since."""
    into_id = Asset.objects.of(ctx).filter(id=asset_id).values_list("merged_into_id", flat=True).first()
    done = merging.unmerge(ctx, Asset, asset_id)
    _labels_lead_to(ctx, asset_id)
    emit(AssetUnmerged(asset_id=asset_id, from_id=into_id))
    return done


def obstacles(ctx: Context, gone: Any, stays: Any) -> Iterator[FieldError]:
    """What stands in the way of a merge."""
    numbers = {"number": gone.number, "other": stays.number}
    if stays.state == AssetState.DISPOSED and gone.state != AssetState.DISPOSED:
        yield FieldError("/into_id", "assets.merge_into_disposed", {"number": stays.number})
    if merging.within(ctx, stays, gone.id) or merging.within(ctx, gone, stays.id):
        yield FieldError("/into_id", "merge.one_within_the_other")
    if not _may_be_one_kind(gone, stays):
        classes = {"class": _class(gone).code, "other_class": _class(stays).code}
        yield FieldError("/into_id", "assets.merge_other_class", numbers | classes)
    yield from _of_places(ctx, gone, stays, numbers)
    waiting = LifecycleDocumentLine.objects.of(ctx).filter(document__state=PaperState.PENDING)
    for one in (gone, stays):
        if waiting.filter(asset_id=one.id).exists():
            yield FieldError("/into_id", "assets.merge_waiting", {"number": one.number})


def _class(asset: Asset) -> Any:
    return asset.model.equipment_class if asset.model is not None else None


def _may_be_one_kind(gone: Asset, stays: Asset) -> bool:
    """Two classes are of one machine where one is the other, or lies beneath it."""
    one, other = _class(gone), _class(stays)
    if one is None or other is None:
        return True
    return bool(one.path.startswith(other.path) or other.path.startswith(one.path))


def _open(ctx: Context, asset: Asset) -> Installation | None:
    rows = Installation.objects.of(ctx).filter(asset_id=asset.id, until_at=None)
    return rows.select_related("location", "position").first()


def _of_places(ctx: Context, gone: Asset, stays: Asset, numbers: dict[str, str]) -> Iterator[FieldError]:
    own, theirs = _open(ctx, gone), _open(ctx, stays)
    if own is None:
        return
    if theirs is None:
        later = Installation.objects.of(ctx).filter(asset_id=stays.id, until_at__gt=own.from_at)
        if not is_standing(stays.state) or later.exists():
            yield FieldError("/into_id", "assets.merge_only_gone_installed", numbers)
        return
    positions = {own.position_id, theirs.position_id} - {None}
    if own.location_id != theirs.location_id or len(positions) > 1:
        places = {"place": _name(own), "other_place": _name(theirs)}
        yield FieldError("/into_id", "assets.merge_both_installed", numbers | places)


def _name(place: Installation) -> str:
    names = (place.location.name if place.location else "", place.position.code if place.position else "")
    return " / ".join(name for name in names if name)


def _one_place(ctx: Context, gone: Asset, stays: Asset, now: datetime) -> None:
    """One of the two stands there from now on: the one that stays."""
    own, theirs = _open(ctx, gone), _open(ctx, stays)
    if own is None:
        if theirs is None and stays.location_id is None and stays.position_id is None:
            stays.location_id = gone.location_id
        return
    if theirs is None:
        own.asset_id = stays.id
        own.save()
        stays.location_id, stays.position_id = own.location_id, own.position_id
        return
    own.until_at = max(now, own.from_at + LEAST)
    own.save()
    if theirs.position_id is None and own.position_id is not None:
        theirs.position_id = stays.position_id = own.position_id
        theirs.save()


def _end_open(ctx: Context, gone: Asset, now: datetime) -> None:
    """What still ran for the asset that goes ends: from now on the other one is watched."""
    for interval in StateInterval.objects.of(ctx).filter(asset_id=gone.id, until_at=None, superseded_at=None):
        interval.until_at = max(now, interval.from_at + LEAST)
        interval.save()
    for finding in IdleFinding.objects.of(ctx).filter(asset_id=gone.id, ended_at=None):
        finding.state, finding.ended_at = IdleState.ENDED, now
        finding.save()


def _complete(ctx: Context, gone: Asset, stays: Asset) -> None:
    assets.check_days(stays)
    carried = values_to_carry(ctx, gone, stays)
    if carried:
        assets.edit(ctx, stays.id, custom=carried)  # type: ignore[call-arg]


def _labels_lead_to(ctx: Context, asset_id: UUID) -> None:
    """Whoever scans a label of an asset, or of one that was merged into it, without an account comes to it."""
    family = family_of(ctx, Asset.kind, [asset_id])
    codes = (
        QrCode.objects.of(ctx).filter(asset_id__in=family, revoked_at=None).values_list("token", flat=True)
    )
    digests = [digest_of(token) for token in codes]
    for start in range(0, len(digests), STEP):
        tokens = QrToken.objects.filter(organisation_id=ctx.organisation_id)
        tokens.filter(digest__in=digests[start : start + STEP]).update(asset_id=asset_id)
