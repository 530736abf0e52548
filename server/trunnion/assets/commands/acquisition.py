"""Verbs on an asset that is coming: requested, ordered, received, and handed from site to site."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import AssetCreated
from trunnion.assets.models import Asset
from trunnion.assets.types.cards import AssetDone, RequestDone
from trunnion.assets.types.kinds import AssetState
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Amount, Currency, Day, Instant, Line, Name
from trunnion.kernel.policies import refer
from trunnion.kernel.unit import about, about_many, emit

from .effects import effect_of
from .going import go, go_many
from .moves import place_of, record_move, stand_in
from .numbering import new_numbers
from .papers import Facts
from .qr import issue_all

Quantity = Annotated[int, Field(ge=1, le=200)]


@command("assets.asset.request")
def request(
    ctx: Context, asset_id: UUID, at: Instant | None = None, remark: Line = "", paper_file_id: UUID | None = None,
    amount: Amount | None = None, currency: Currency | None = None, needed_on: Day | None = None,
) -> AssetDone:  # fmt: skip
    """Asks for a planned asset, with a reason and what it is likely to cost."""
    facts = Facts(amount=amount, currency=currency or "", due_on=needed_on)
    return go(ctx, asset_id, "request", at, remark, paper_file_id, None, facts)


@command("assets.asset.request_new")
def request_new(
    ctx: Context, name: Name, quantity: Quantity = 1, model_id: UUID | None = None, location_id: UUID | None = None,
    remark: Line = "", amount: Amount | None = None, currency: Currency | None = None, needed_on: Day | None = None,
    owner_party_id: UUID | None = None, paper_file_id: UUID | None = None,
) -> RequestDone:  # fmt: skip
    """Plans several assets and asks for them on one paper; `amount` is what they cost together."""
    refer(ctx, "catalog.model", model_id, "/model_id")
    refer(ctx, "parties.party", owner_party_id, "/owner_party_id")
    place = place_of(ctx, location_id, None)
    if place.location is None and ctx.scope.location_ids is not None:
        raise Invalid.field("/location_id", "assets.location_needed")
    now, numbers = clock.now(), new_numbers(ctx, quantity)
    facts: dict[str, Any] = {"name": name, "model_id": model_id, "owner_party_id": owner_party_id}
    rows = [Asset(number=n, state=AssetState.PLANNED, state_since_at=now, **facts) for n in numbers]
    for row in rows:
        stand_in(row, place)
        row.save()
        record_move(ctx, row, "create", "", now, "", None).save()
        emit(AssetCreated(asset_id=row.id, number=row.number, state=row.state))
    issue_all(ctx, rows)
    about(Asset.kind, rows[0].id)
    about_many()
    written = Facts(
        remark=remark, file_id=paper_file_id, amount=amount, currency=currency or "", due_on=needed_on,
        to_location_id=location_id, model_id=model_id, quantity=quantity,
    )  # fmt: skip
    done = go_many(ctx, [row.id for row in rows], "request", None, written, None)
    return RequestDone(
        rows[0].id, done[0].version, done[0].number, done[0].state, [d.id for d in done], done[0].approval_id
    )


@command("assets.asset.order")
def order(
    ctx: Context, asset_id: UUID, at: Instant | None = None, remark: Line = "", paper_file_id: UUID | None = None,
    reference: Line = "", supplier_party_id: UUID | None = None, amount: Amount | None = None,
    currency: Currency | None = None, expected_on: Day | None = None,
) -> AssetDone:  # fmt: skip
    """Says that the asset was ordered: by which purchase order, from whom, for how much."""
    facts = Facts(
        amount=amount, currency=currency or "", external_number=reference[:200], party_id=supplier_party_id,
        due_on=expected_on,
    )  # fmt: skip
    return go(ctx, asset_id, "order", at, remark, paper_file_id, effect_of(ctx, "order", facts), facts)


@command("assets.asset.receive")
def receive(
    ctx: Context, asset_id: UUID, at: Instant | None = None, remark: Line = "", paper_file_id: UUID | None = None,
    reference: Line = "",
) -> AssetDone:  # fmt: skip
    """Says that the asset arrived, with the number of its delivery note, and awaits acceptance."""
    return go(
        ctx, asset_id, "receive", at, remark, paper_file_id, None, Facts(external_number=reference[:200])
    )


@command("assets.asset.transfer")
def transfer(
    ctx: Context, asset_id: UUID, location_id: UUID | None = None, position_id: UUID | None = None,
    owner_party_id: UUID | None = None, user_party_id: UUID | None = None, at: Instant | None = None,
    remark: Line = "", paper_file_id: UUID | None = None, reference: Line = "",
    residual_value: Amount | None = None, currency: Currency | None = None,
) -> AssetDone:  # fmt: skip
    """Hands an asset, with its parts, to another site, owner or user; its state and its history stay."""
    place = place_of(ctx, location_id, position_id)
    if not place and owner_party_id is None and user_party_id is None:
        raise Invalid.field("/location_id", "assets.transfer_nowhere")
    facts = Facts(
        amount=residual_value, currency=currency or "", external_number=reference[:200],
        to_location_id=place.location.id if place.location else None, to_position_id=position_id,
        to_owner_id=owner_party_id, to_user_id=user_party_id,
    )  # fmt: skip
    return go(ctx, asset_id, "transfer", at, remark, paper_file_id, effect_of(ctx, "transfer", facts), facts)
