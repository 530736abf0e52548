"""Verbs on an asset's plain facts: register, edit, put under an assembly."""

from typing import Any
from uuid import UUID

from trunnion.assets.events import AssetCreated, AssetRenamed
from trunnion.assets.models import Asset
from trunnion.assets.types.cards import AssetDone
from trunnion.assets.types.kinds import AssetState, Condition, Criticality
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Amount, Currency, Day, Line, Name, Prose
from trunnion.kernel.policies import refer, take, visible
from trunnion.kernel.unit import emit

from .assessing import state_classes
from .moves import (
    Place,
    check_empty,
    installed_at,
    is_standing,
    open_installation,
    place_of,
    record_move,
    stand_in,
)
from .naming import assign, held, named
from .numbering import new_numbers
from .qr import issue_for

MOST_DEPTH = 30
PARTIES = ("owner_party_id", "user_party_id", "supplier_party_id")
CLASSES = ("criticality", "condition")
CHOICES = (*CLASSES, "currency")
# By these an asset is called, in lists and in the search.
NAMES = ("name", "tag", "serial")


@command("assets.asset.create")
def create(
    ctx: Context, name: Name, model_id: UUID | None = None, location_id: UUID | None = None,
    position_id: UUID | None = None, parent_id: UUID | None = None, state: AssetState = AssetState.IN_SERVICE,
    tag: Line = "", serial: Line = "", barcode: Line = "", batch: Line = "", description: Prose = "",
    made_on: Day | None = None, owner_party_id: UUID | None = None, user_party_id: UUID | None = None,
    supplier_party_id: UUID | None = None, criticality: Criticality | None = None, condition: Condition | None = None,
    purchased_on: Day | None = None, price: Amount | None = None, currency: Currency | None = None,
    installed_on: Day | None = None, in_service_on: Day | None = None, warranty_from_on: Day | None = None,
    warranty_until_on: Day | None = None, expected_end_on: Day | None = None,
) -> AssetDone:  # fmt: skip
    """Registers an asset in the state in which it is found, and gives it a QR code."""
    facts = given(
        name=name, model_id=model_id, tag=tag, serial=serial, barcode=barcode, batch=batch, description=description,
        made_on=made_on, owner_party_id=owner_party_id, user_party_id=user_party_id,
        supplier_party_id=supplier_party_id, criticality=criticality, condition=condition, purchased_on=purchased_on,
        price=price, currency=currency, installed_on=installed_on, in_service_on=in_service_on,
        warranty_from_on=warranty_from_on, warranty_until_on=warranty_until_on, expected_end_on=expected_end_on,
    )  # fmt: skip
    row = Asset(state=state, state_since_at=clock.now(), parent=named(ctx, Asset, parent_id, "/parent_id"))
    assign(row, plain(facts))
    check_facts(ctx, row, facts)
    made = _register(ctx, row, place_of(ctx, location_id, position_id))
    state_classes(ctx, [row], [{name: facts[name] for name in CLASSES if facts[name]}])
    return made


def _register(ctx: Context, row: Asset, place: Place) -> AssetDone:
    if place.location is None and ctx.scope.location_ids is not None:
        raise Invalid.field("/location_id", "assets.location_needed")
    if row.state == AssetState.DISPOSED:
        raise Invalid.field("/state", "assets.not_disposed")
    stand_in(row, place)
    row.number = new_numbers(ctx, 1)[0]
    if place.position is not None:
        check_empty(ctx, place.position, row)
    row.save()
    now = row.state_since_at
    record_move(ctx, row, "create", "", now, "", None).save()
    if place and is_standing(row.state):
        open_installation(ctx, row, place, installed_at(ctx, row, place, now))
    issue_for(ctx, row)
    emit(AssetCreated(asset_id=row.id, number=row.number, state=row.state))
    return done(row)


@command("assets.asset.edit")
def edit(
    ctx: Context, asset_id: UUID, name: Name = UNSET, model_id: UUID | None = UNSET, tag: Line = UNSET,
    serial: Line = UNSET, barcode: Line = UNSET, batch: Line = UNSET, description: Prose = UNSET,
    made_on: Day | None = UNSET, owner_party_id: UUID | None = UNSET, user_party_id: UUID | None = UNSET,
    supplier_party_id: UUID | None = UNSET, criticality: Criticality | None = UNSET,
    condition: Condition | None = UNSET, purchased_on: Day | None = UNSET, price: Amount | None = UNSET,
    currency: Currency | None = UNSET, installed_on: Day | None = UNSET, in_service_on: Day | None = UNSET,
    warranty_from_on: Day | None = UNSET, warranty_until_on: Day | None = UNSET, expected_end_on: Day | None = UNSET,
) -> AssetDone:  # fmt: skip
    """Changes plain facts of an asset; where it stands and where it is in its life are moves."""
    row = take(ctx, Asset, asset_id)
    shown, called = {name: getattr(row, name) for name in CLASSES}, names_of(row)
    facts = given(
        name=name, model_id=model_id, tag=tag, serial=serial, barcode=barcode, batch=batch, description=description,
        made_on=made_on, owner_party_id=owner_party_id, user_party_id=user_party_id,
        supplier_party_id=supplier_party_id, criticality=criticality, condition=condition, purchased_on=purchased_on,
        price=price, currency=currency, installed_on=installed_on, in_service_on=in_service_on,
        warranty_from_on=warranty_from_on, warranty_until_on=warranty_until_on, expected_end_on=expected_end_on,
    )  # fmt: skip
    assign(row, plain(facts))
    check_facts(ctx, row, facts)
    row.save()
    # A class that is stated here is an assessment of today, like any other.
    changed = {name: facts[name] for name in CLASSES if name in facts and (facts[name] or "") != shown[name]}
    state_classes(ctx, [row], [changed])
    if names_of(row) != called:
        emit(AssetRenamed(asset_ids=[row.id]))
    return done(row)


@command("assets.asset.put_under")
def put_under(ctx: Context, asset_id: UUID, parent_id: UUID | None = None) -> AssetDone:
    """Makes an asset a part of another one, or none of any."""
    row = take(ctx, Asset, asset_id)
    parent = None if parent_id is None else held(ctx, Asset, parent_id, "/parent_id")
    check_parent(ctx, row, parent)
    row.parent = parent
    row.save()
    return done(row)


def done(row: Asset) -> AssetDone:
    """The answer of a verb on an asset."""
    return AssetDone(row.id, row.version, row.number, str(row.state))


def names_of(row: Asset) -> tuple[str, ...]:
    """What an asset is called."""
    return tuple(getattr(row, name) for name in NAMES)


def plain(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the table keeps them: no choice made is an empty text."""
    return {name: value or "" if name in CHOICES else value for name, value in facts.items()}


def check_facts(ctx: Context, row: Asset, facts: dict[str, Any], pointer: str = "") -> None:
    """Refuses unknown parties and models, a price without a currency, and days in the wrong order."""
    refer(ctx, "catalog.model", facts.get("model_id"), f"{pointer}/model_id")
    for party in PARTIES:
        refer(ctx, "parties.party", facts.get(party), f"{pointer}/{party}")
    check_days(row, pointer)


def check_days(row: Asset, pointer: str = "") -> None:
    """Refuses a price without a currency, and days in the wrong order."""
    if row.price is not None and not row.currency:
        raise Invalid.field(f"{pointer}/currency", "field.missing")
    if row.warranty_from_on and row.warranty_until_on and row.warranty_until_on < row.warranty_from_on:
        raise Invalid.field(f"{pointer}/warranty_until_on", "assets.warranty_order")
    if row.made_on and row.installed_on and row.installed_on < row.made_on:
        raise Invalid.field(f"{pointer}/installed_on", "assets.installed_before_made")


def check_parent(ctx: Context, row: Asset, parent: Asset | None) -> None:
    """Refuses an assembly that is a part of its own part."""
    step, depth = parent, 0
    while step is not None:
        depth += 1
        if step.id == row.id or depth > MOST_DEPTH:
            raise Invalid.field("/parent_id", "assets.asset_cycle", most=MOST_DEPTH)
        step = Asset.objects.of(ctx).filter(id=step.parent_id).first() if step.parent_id else None


def parts_of(ctx: Context, asset: Asset) -> list[Asset]:
    """The parts of an assembly, and theirs."""
    found: list[Asset] = []
    level = [asset.id]
    for _ in range(MOST_DEPTH):
        rows = list(visible(ctx, Asset).filter(parent_id__in=level))
        if not rows:
            break
        found += rows
        level = [row.id for row in rows]
    return found
