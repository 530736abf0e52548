"""The verbs of finance: a cost or a disposal is written down once for the fact that it comes from."""

from datetime import UTC
from decimal import Decimal
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field

from trunnion.assets.queries import worth
from trunnion.identity.types import Done
from trunnion.kernel.among import among
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.errors import Invalid
from trunnion.kernel.history import Did
from trunnion.kernel.inputs import Code, Currency, Day, Line
from trunnion.kernel.policies import KINDS, refer, take, visible
from trunnion.kernel.takeback import TakenBack
from trunnion.kernel.takeback import take_back as taking_back
from trunnion.kernel.unit import emit

from .books import book_of
from .events import CostRecorded, DisposalRecorded, DisposalReversed
from .models import CostEntry, DepreciationRule, Disposal
from .rules import share_of
from .types import CostKind, CostLine, Method, Sum

Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=8, decimal_places=4)]
Lines = Annotated[list[CostLine], Field(max_length=20_000)]


@command("finance.cost.record")
def record(
    ctx: Context, kind: CostKind, amount: Sum, currency: Currency, occurred_on: Day, source_kind: Code, source_id: UUID,
    order_id: UUID | None = None, asset_id: UUID | None = None, location_id: UUID | None = None,
    customer_id: UUID | None = None, reverses_source_id: UUID | None = None, remark: Line = "",
) -> Done:  # fmt: skip
    """Enters a cost; the same source again changes nothing. A reversal names the source that it takes back."""
    known = CostEntry.objects.of(ctx).filter(source_kind=source_kind, source_id=source_id).first()
    if known is not None:
        return Done(known.id, known.version)
    for kind_of, row_id, name in (
        ("work.order", order_id, "order_id"), ("assets.asset", asset_id, "asset_id"),
        ("assets.location", location_id, "location_id"), ("parties.party", customer_id, "customer_id"),
    ):  # fmt: skip
        refer(ctx, kind_of, row_id, f"/{name}")
    reversed_ = None
    if reverses_source_id is not None:
        reversed_ = (
            CostEntry.objects.of(ctx).filter(source_kind=source_kind, source_id=reverses_source_id).first()
        )
    row = CostEntry(
        cost_kind=kind, amount=amount, currency=currency, occurred_on=occurred_on, order_id=order_id,
        asset_id=asset_id, location_id=location_id, customer_id=customer_id, source_kind=source_kind,
        source_id=source_id, reverses=reversed_, remark=remark,
    )  # fmt: skip
    row.save()
    emit(
        CostRecorded(
            cost_id=row.id, order_id=order_id, asset_id=asset_id, cost_kind=str(kind), amount=amount, currency=currency,
            occurred_on=occurred_on,
        )
    )  # fmt: skip
    return Done(row.id, row.version)


@command("finance.depreciation_rule.set")
def set_rule(
    ctx: Context,
    method: Method,
    equipment_class_id: UUID | None = None,
    residual_percent: Percent = Decimal(0),
) -> Done:
    """Says how assets of a class lose their value, and what remains at the end; without a class, all others."""
    refer(ctx, "catalog.equipment_class", equipment_class_id, "/equipment_class_id")
    row = DepreciationRule.objects.of(ctx).filter(equipment_class_id=equipment_class_id).first()
    row = row or DepreciationRule(equipment_class_id=equipment_class_id)
    row.method, row.residual_percent = method, residual_percent
    row.save()
    return Done(row.id, row.version)


@command("finance.depreciation_rule.remove")
def remove_rule(ctx: Context, rule_id: UUID) -> None:
    """Takes a rule away: a wider one holds again, or a straight line to nothing."""
    take(ctx, DepreciationRule, rule_id).delete()


@command("finance.disposal.record")
def record_disposal(ctx: Context, document_id: UUID, asset_id: UUID) -> None:
    """Enters what an asset was worth when it left and what it brought in; what nobody knows is not entered."""
    entered = Disposal.objects.of(ctx).filter(document_id=document_id, asset_id=asset_id, reverses=None)
    if entered.exists():
        return
    paper = worth.get_disposal(ctx, document_id)
    worths = worth.get_worths(ctx, paper.asset_ids)
    own = worths[asset_id]
    day = paper.dated_at.astimezone(ZoneInfo(own.zone) if own.zone else UTC).date()
    book = book_of(ctx, asset_id, day)
    if own.price is None and paper.proceeds is None:
        return
    one_currency = {worths[i].currency for i in paper.asset_ids} == {own.currency}
    prices = [worths[i].price if one_currency else None for i in paper.asset_ids]
    proceeds = share_of(paper.proceeds or Decimal(0), prices, paper.asset_ids.index(asset_id))
    # Amounts of two currencies never meet: what was paid in another one leaves the result open.
    is_comparable = book.value is not None and (not paper.proceeds or paper.currency == book.currency)
    value = book.value if is_comparable else None
    row = Disposal(
        asset_id=asset_id, document_id=document_id, document_number=paper.number, disposal=paper.disposal,
        occurred_on=day, currency=(paper.currency if paper.proceeds else "") or own.currency, price=own.price,
        book_value=value, proceeds=proceeds, result=None if value is None else proceeds - value,
        method=book.method if value is not None else "",
    )  # fmt: skip
    row.save()
    emit(DisposalRecorded(disposal_id=row.id, asset_id=asset_id, result=row.result, currency=row.currency))


@command("finance.disposal.reverse")
def reverse_disposal(ctx: Context, asset_id: UUID) -> None:
    """Takes the last entry of an asset's disposal back, with the signs turned."""
    rows = Disposal.objects.of(ctx).filter(asset_id=asset_id)
    taken_back = rows.filter(reverses__isnull=False).values_list("reverses_id", flat=True)
    last = rows.filter(reverses=None).exclude(id__in=list(taken_back)).order_by("-id").first()
    if last is None:
        return
    row = Disposal(
        asset_id=asset_id, document_id=last.document_id, document_number=last.document_number,
        disposal=last.disposal, occurred_on=last.occurred_on, currency=last.currency,
        price=None if last.price is None else -last.price,
        book_value=None if last.book_value is None else -last.book_value, proceeds=-last.proceeds,
        result=None if last.result is None else -last.result, method=last.method, reverses=last,
    )  # fmt: skip
    row.save()
    emit(DisposalReversed(disposal_id=row.id, asset_id=asset_id))


@command("finance.cost.record_many", secret=("lines",))
def record_many(ctx: Context, lines: Lines) -> Ensured:
    """Enters the cost of many orders in one entry, for imports; a source that was entered already changes nothing."""
    orders = _orders(ctx, lines)
    found = CostEntry.objects.of(ctx).filter(source_id__in=among({line.source_id for line in lines}))
    known = {
        (kind, source): row_id for row_id, kind, source in found.values_list("id", "source_kind", "source_id")
    }
    ids, fresh = [], []
    for line in lines:
        key = (line.source_kind, line.source_id)
        if key not in known:
            asset_id, location_id, customer_id = orders[line.order_id]
            row = CostEntry.fresh(
                cost_kind=line.kind, amount=line.amount, currency=line.currency, occurred_on=line.occurred_on,
                order_id=line.order_id, asset_id=asset_id, location_id=location_id, customer_id=customer_id,
                source_kind=line.source_kind, source_id=line.source_id, remark=line.remark,
            )  # fmt: skip
            fresh.append(row)
            known[key] = row.id
        ids.append(known[key])
    CostEntry.objects.bulk_create(fresh)
    return Ensured(ids, len(fresh), 0, len(set(ids)) - len(fresh))


def _orders(ctx: Context, lines: Lines) -> dict[UUID, tuple[UUID | None, UUID | None, UUID | None]]:
    """The asset, place and customer of each order."""
    rows = visible(ctx, KINDS["work.order"]).filter(id__in=among({line.order_id for line in lines}))
    found = {row[0]: row[1:] for row in rows.values_list("id", "asset_id", "location_id", "customer_id")}
    for index, line in enumerate(lines):
        if line.order_id not in found:
            raise Invalid.field(f"/lines/{index}/order_id", "reference_unknown", kind="work.order")
    return found


@command("finance.batch.take_back", secret=("did", "busy"))
def take_back(ctx: Context, did: list[Did], busy: dict[UUID, str]) -> TakenBack:
    """Takes back what one entry of an import did."""
    return taking_back(ctx, did, busy)
