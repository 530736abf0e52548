"""Verbs on purchase orders until they are with the supplier: draft, ask, approve, order, change, give up."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.identity.approvals.commands import approval
from trunnion.identity.approvals.queries import approvable, find_rule
from trunnion.identity.approvals.types import Ask
from trunnion.identity.queries import get_organisation
from trunnion.inventory.commands.posting import open_store
from trunnion.inventory.purchasing import events
from trunnion.inventory.purchasing.models import PurchaseLine, PurchaseOrder
from trunnion.inventory.purchasing.states import PURCHASE, PurchaseState
from trunnion.inventory.purchasing.types import ForeignId, LineAsk, PurchaseDone
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Currency, Day, Line, Name
from trunnion.kernel.numbers import next_number, series_of
from trunnion.kernel.policies import refer, take
from trunnion.kernel.unit import emit

from .expecting import tell_those_who_wait
from .lines import write_lines

SERIES = series_of("PO", PurchaseOrder.kind)
ORDER = "inventory.purchase_order.order"
Lines = Annotated[list[LineAsk], Field(min_length=1, max_length=200)]
approvable(ORDER)


@command("inventory.purchase_order.create")
def create(
    ctx: Context, store_id: UUID, lines: Lines, party_id: UUID | None = None, currency: Currency | None = None,
    expected_on: Day | None = None, remark: Line = "",
) -> PurchaseDone:  # fmt: skip
    """Drafts a purchase for a store; who supplies it may be chosen later."""
    row = _drafted(ctx, store_id, party_id, currency, expected_on=expected_on, remark=remark)
    write_lines(ctx, row, lines)
    return done(row)


def _drafted(
    ctx: Context, store_id: UUID, party_id: UUID | None, currency: str | None, **facts: Any
) -> PurchaseOrder:
    store = open_store(ctx, store_id)
    refer(ctx, "parties.party", party_id, "/party_id")
    row = PurchaseOrder(
        number=next_number(ctx, SERIES), state=PURCHASE.initial, party_id=party_id, store=store,
        currency=currency or get_organisation(ctx.organisation_id).currency, asked_by_id=ctx.actor_id,
        asked_by_name=ctx.actor_name, **facts,
    )  # fmt: skip
    row.save()
    return row


@command("inventory.purchase_order.edit")
def edit(
    ctx: Context,
    order_id: UUID,
    party_id: UUID | None = UNSET,
    expected_on: Day | None = UNSET,
    remark: Line = UNSET,
) -> PurchaseDone:
    """Changes a purchase's plain facts; whom it is ordered of only while it is a draft."""
    row = take(ctx, PurchaseOrder, order_id)
    PURCHASE.target("edit", row.state)
    changes = given(party_id=party_id, expected_on=expected_on, remark=remark)
    if "party_id" in changes and changes["party_id"] != row.party_id:
        if row.state != PurchaseState.DRAFT:
            raise Invalid.field("/party_id", "purchase.supplier_stays", number=row.number)
        refer(ctx, "parties.party", party_id, "/party_id")
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()
    if "expected_on" in changes:
        tell_those_who_wait(ctx, row)
    return done(row)


@command("inventory.purchase_order.set_lines")
def set_lines(ctx: Context, order_id: UUID, lines: Lines) -> PurchaseDone:
    """Says anew what is to be bought."""
    row = take(ctx, PurchaseOrder, order_id)
    PURCHASE.target("set_lines", row.state)
    write_lines(ctx, row, lines)
    return done(row)


@command("inventory.purchase_order.request")
def request(ctx: Context, order_id: UUID, reason: Line = "") -> PurchaseDone:
    """Asks that it be bought: it waits for approval where a rule for its amount says so, else it is approved."""
    row = take(ctx, PurchaseOrder, order_id)
    target = PURCHASE.target("request", row.state)
    rule_id = find_rule(ctx, ORDER, row.amount, row.currency)
    emit(
        events.PurchaseRequested(order_id=row.id, number=row.number, amount=row.amount, currency=row.currency)
    )
    if rule_id is None:
        row.state = target
        emit(events.PurchaseApproved(order_id=row.id, number=row.number))
    else:
        asked = Ask(row.kind, row.id, ORDER, row.number, row.amount, row.currency, reason)
        row.state, row.approval_id = PurchaseState.REQUESTED, approval.ask(ctx, rule_id, asked).id
    row.save()
    return done(row)


@command("inventory.purchase_order.approve")
def approve(ctx: Context, order_id: UUID) -> PurchaseDone:
    """Notes that all who had to agree did."""
    return _answered(ctx, order_id, "approve")


@command("inventory.purchase_order.refuse")
def refuse(ctx: Context, order_id: UUID) -> PurchaseDone:
    """Notes that somebody did not agree, or nobody asks any more: it is a draft again."""
    return _answered(ctx, order_id, "refuse")


def _answered(ctx: Context, order_id: UUID, verb: str) -> PurchaseDone:
    row = take(ctx, PurchaseOrder, order_id)
    if row.state == PurchaseState.REQUESTED:
        row.state = PURCHASE.target(verb, row.state)
        row.save()
        if verb == "approve":
            emit(events.PurchaseApproved(order_id=row.id, number=row.number))
    return done(row)


@command("inventory.purchase_order.revise")
def revise(ctx: Context, order_id: UUID) -> PurchaseDone:
    """Makes an approved purchase a draft again, to be changed and approved anew."""
    row = take(ctx, PurchaseOrder, order_id)
    row.state = PURCHASE.target("revise", row.state)
    row.save()
    return done(row)


@command("inventory.purchase_order.order")
def order(ctx: Context, order_id: UUID, expected_on: Day | None = None) -> PurchaseDone:
    """Orders it of the supplier; whoever waits for the parts sees when they are expected."""
    row = take(ctx, PurchaseOrder, order_id)
    target = PURCHASE.target("order", row.state)
    if row.party_id is None:
        raise Invalid.field("/party_id", "purchase.supplier_needed", number=row.number)
    unpriced = PurchaseLine.objects.of(ctx).filter(order_id=row.id, price__isnull=True)
    if (without := unpriced.values_list("item__code", flat=True).first()) is not None:
        raise Refusal("purchase.price_needed", item=without)
    row.state, row.expected_on = target, expected_on or row.expected_on
    _note_ordered(ctx, row)
    return done(row)


def _note_ordered(ctx: Context, row: PurchaseOrder) -> None:
    row.ordered_at, row.ordered_by_name = clock.now(), ctx.actor_name
    row.save()
    emit(
        events.PurchaseOrdered(
            order_id=row.id, number=row.number, party_id=row.party_id, expected_on=row.expected_on
        )
    )
    tell_those_who_wait(ctx, row)


@command("inventory.purchase_order.bring")
def bring(
    ctx: Context, system: Name, external_id: ForeignId, store_id: UUID, party_id: UUID, lines: Lines,
    currency: Currency | None = None, expected_on: Day | None = None, remark: Line = "",
) -> PurchaseDone:  # fmt: skip
    """Takes over an order that another system wrote; the same id of the same system is the same order, sent again."""
    known = PurchaseOrder.objects.of(ctx).filter(external_system=system[:60], external_id=external_id).first()
    if known is not None:
        return _brought_again(ctx, known.id, lines, expected_on)
    facts = {
        "external_system": system[:60],
        "external_id": external_id,
        "remark": remark,
        "expected_on": expected_on,
    }
    row = _drafted(ctx, store_id, party_id, currency, **facts)
    write_lines(ctx, row, lines, is_priced=False)
    row.state = PurchaseState.ORDERED
    _note_ordered(ctx, row)
    return done(row)


def _brought_again(ctx: Context, order_id: UUID, lines: list[LineAsk], expected_on: Any) -> PurchaseDone:
    row = take(ctx, PurchaseOrder, order_id)
    if row.state == PurchaseState.ORDERED:
        write_lines(ctx, row, lines, is_priced=False)
    elif _differs(ctx, row, lines):
        raise Refusal("purchase.came_already", number=row.number)
    if expected_on is not None and expected_on != row.expected_on:
        row.expected_on = expected_on
        row.save()
        tell_those_who_wait(ctx, row)
    return done(row)


def _differs(ctx: Context, row: PurchaseOrder, lines: list[LineAsk]) -> bool:
    standing = PurchaseLine.objects.of(ctx).filter(order_id=row.id).order_by("position")
    return [(line.item_id, line.quantity) for line in lines] != list(
        standing.values_list("item_id", "quantity")
    )


@command("inventory.purchase_order.close")
def close(ctx: Context, order_id: UUID, reason: Name) -> PurchaseDone:  # noqa: ARG001  (journalled)
    """Gives up what has not come of an order."""
    return _end(ctx, order_id, "close")


@command("inventory.purchase_order.cancel")
def cancel(ctx: Context, order_id: UUID, reason: Name) -> PurchaseDone:  # noqa: ARG001  (journalled)
    """Cancels an order of which nothing has come."""
    return _end(ctx, order_id, "cancel")


def _end(ctx: Context, order_id: UUID, verb: str) -> PurchaseDone:
    row = take(ctx, PurchaseOrder, order_id)
    row.state = PURCHASE.target(verb, row.state)
    row.ended_at = clock.now()
    row.save()
    emit(events.PurchaseEnded(order_id=row.id, state=str(row.state)))
    tell_those_who_wait(ctx, row)
    return done(row)


def done(row: PurchaseOrder) -> PurchaseDone:
    """The answer of a verb on a purchase order."""
    return PurchaseDone(row.id, row.version, row.number, str(row.state))
