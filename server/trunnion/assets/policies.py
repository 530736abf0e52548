"""What each actor sees of places and assets: a part of the location tree, the things of some customers, or all."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from trunnion.kernel.context import Context
from trunnion.kernel.policies import seen, sees, visible

from .models import (
    AcceptancePoint,
    Asset,
    AssetGroup,
    AssetGroupMember,
    AssetMove,
    AssetRelation,
    Certificate,
    ConditionAssessment,
    CriticalityAssessment,
    DeadlineNotice,
    Defect,
    IdleFinding,
    Installation,
    LifecycleDocument,
    LifecycleDocumentLine,
    Location,
    LocationGroup,
    LocationGroupMember,
    Meter,
    MeterReading,
    Position,
    QrCode,
    StateInterval,
)
from .types.kinds import IdleState

NOTHING = Q(pk__in=[])


def within(ctx: Context, location_ids: Iterable[UUID], path_field: str = "path") -> Q:
    """The condition "stands in one of these subtrees": a range of the path's index for each of them."""
    paths = Location.objects.of(ctx).filter(id__in=list(location_ids)).values_list("path", flat=True)
    found = NOTHING
    for path in paths:
        found |= Q(**{f"{path_field}__startswith": path})
    return found


def is_customer(ctx: Context) -> bool:
    """Whether the actor may see assets as a customer only."""
    return ctx.may("assets.asset.read_customer") and not ctx.may("assets.asset.read")


def parties_of(ctx: Context) -> frozenset[UUID] | None:
    """The parties whose assets the actor sees; None for all. A customer without a party sees none."""
    if ctx.scope.party_ids is None and is_customer(ctx):
        return frozenset()
    return ctx.scope.party_ids


def is_narrowed(ctx: Context) -> bool:
    """Whether the actor sees less than the whole organisation."""
    return ctx.scope.location_ids is not None or parties_of(ctx) is not None


def _of_parties(parties: frozenset[UUID]) -> Q:
    return Q(owner_party_id__in=parties) | Q(user_party_id__in=parties)


@sees(Asset)
def assets(ctx: Context) -> Q:
    """Assets in the actor's part of the tree that belong to, or are used by, the actor's customers."""
    found = Q()
    if ctx.scope.location_ids is not None:
        found &= within(ctx, ctx.scope.location_ids, "location__path")
    parties = parties_of(ctx)
    return found if parties is None else found & _of_parties(parties)


@sees(Location)
def locations(ctx: Context) -> Q:
    """The actor's subtrees; of a customer, the places where their assets stand."""
    found = Q()
    if ctx.scope.location_ids is not None:
        found &= within(ctx, ctx.scope.location_ids)
    parties = parties_of(ctx)
    if parties is not None:
        theirs = Asset.objects.of(ctx).filter(_of_parties(parties), location_id=OuterRef("pk"))
        found &= Q(Exists(theirs))
    return found


@sees(Position)
def positions(ctx: Context) -> Q:
    """Positions in the actor's part of the tree; of a customer, those that their assets fill."""
    found = Q()
    if ctx.scope.location_ids is not None:
        found &= within(ctx, ctx.scope.location_ids, "location__path")
    parties = parties_of(ctx)
    if parties is not None:
        found &= Q(Exists(Asset.objects.of(ctx).filter(_of_parties(parties), position_id=OuterRef("pk"))))
    return found


def _through_asset(ctx: Context, field: str) -> Q:
    if not is_narrowed(ctx):
        return Q()
    return Q(**{f"{field}__in": seen(ctx, Asset).values("id")})


@sees(Installation)
def installations(ctx: Context) -> Q:
    """Installations of visible assets."""
    return _through_asset(ctx, "asset_id")


@sees(AssetMove)
def moves(ctx: Context) -> Q:
    """Moves of visible assets."""
    return _through_asset(ctx, "asset_id")


@sees(AssetRelation)
def relations(ctx: Context) -> Q:
    """Relations of which both ends are visible."""
    return _through_asset(ctx, "source_id") & _through_asset(ctx, "target_id")


@sees(CriticalityAssessment)
def assessments(ctx: Context) -> Q:
    """Assessments of visible assets and positions."""
    if not is_narrowed(ctx):
        return Q()
    return _through_asset(ctx, "asset_id") | Q(position_id__in=visible(ctx, Position).values("id"))


@sees(StateInterval)
def intervals(ctx: Context) -> Q:
    """Intervals of visible assets."""
    return _through_asset(ctx, "asset_id")


@sees(Meter)
def meters(ctx: Context) -> Q:
    """Meters of visible assets."""
    return _through_asset(ctx, "asset_id")


@sees(MeterReading)
def readings(ctx: Context) -> Q:
    """Readings of visible assets' meters."""
    return _through_asset(ctx, "meter__asset_id")


@sees(QrCode)
def codes(ctx: Context) -> Q:
    """Codes of visible assets, and blank ones for the house's own people."""
    found = _through_asset(ctx, "asset_id")
    return found if not found or parties_of(ctx) is not None else found | Q(asset_id=None)


@sees(AssetGroupMember)
def group_members(ctx: Context) -> Q:
    """Visible assets' memberships."""
    return _through_asset(ctx, "asset_id")


@sees(AssetGroup)
def groups(ctx: Context) -> Q:
    """Systems that hold a visible asset, or none yet."""
    if not is_narrowed(ctx):
        return Q()
    members = AssetGroupMember.objects.of(ctx).filter(group_id=OuterRef("pk"))
    return Exists(members.filter(group_members(ctx))) | ~Exists(members)


@sees(LocationGroupMember)
def location_group_members(ctx: Context) -> Q:
    """Visible locations' memberships."""
    if not is_narrowed(ctx):
        return Q()
    return Q(location_id__in=visible(ctx, Location).values("id"))


@sees(LocationGroup)
def location_groups(ctx: Context) -> Q:
    """Zones that hold a visible location, or none yet."""
    if not is_narrowed(ctx):
        return Q()
    members = LocationGroupMember.objects.of(ctx).filter(group_id=OuterRef("pk"))
    return Exists(members.filter(location_group_members(ctx))) | ~Exists(members)


@sees(ConditionAssessment)
def condition_assessments(ctx: Context) -> Q:
    """Assessments of visible assets."""
    return _through_asset(ctx, "asset_id")


@sees(Certificate)
def certificates(ctx: Context) -> Q:
    """Certificates of visible assets."""
    return _through_asset(ctx, "asset_id")


@sees(DeadlineNotice)
def notices(ctx: Context) -> Q:
    """Warnings are the clock's own memory; who is narrowed sees none."""
    return NOTHING if is_narrowed(ctx) else Q()


@sees(LifecycleDocumentLine)
def document_lines(ctx: Context) -> Q:
    """Lines about visible assets."""
    return _through_asset(ctx, "asset_id")


@sees(LifecycleDocument)
def documents(ctx: Context) -> Q:
    """Papers about at least one visible asset."""
    if not is_narrowed(ctx):
        return Q()
    return Q(Exists(visible(ctx, LifecycleDocumentLine).filter(document_id=OuterRef("pk"))))


@sees(AcceptancePoint)
def points(ctx: Context) -> Q:
    """Checked points of visible papers."""
    if not is_narrowed(ctx):
        return Q()
    return Q(document_id__in=visible(ctx, LifecycleDocument).values("id"))


@sees(Defect)
def defects(ctx: Context) -> Q:
    """Defects of visible assets."""
    return _through_asset(ctx, "asset_id")


@sees(IdleFinding)
def idle_findings(ctx: Context) -> Q:
    """Findings about visible assets, and what other sites offer; to customers nothing is offered."""
    offered = Q(state__in=[IdleState.OFFERED, IdleState.CLAIMED]) if parties_of(ctx) is None else NOTHING
    return _through_asset(ctx, "asset_id") | offered if is_narrowed(ctx) else Q()
