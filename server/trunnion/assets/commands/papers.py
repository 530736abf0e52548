"""The papers of moves: what is written on them, and whether the move has to wait for somebody's agreement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from trunnion.assets.events import DocumentFiled
from trunnion.assets.models import (
    AcceptancePoint,
    Asset,
    LifecycleDocument,
    LifecycleDocumentLine,
    Location,
)
from trunnion.assets.rules import tree
from trunnion.assets.types.kinds import PaperState
from trunnion.assets.types.lines import PointLine
from trunnion.identity.approvals.commands import approval
from trunnion.identity.approvals.queries import approvable, find_rule
from trunnion.identity.approvals.types import Ask
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.numbers import next_number, series_of
from trunnion.kernel.policies import refer
from trunnion.kernel.unit import emit

SERIES = series_of("LD", LifecycleDocument.kind)
PAPERS = frozenset({
    "request", "order", "receive", "accept", "fail_acceptance", "store", "install", "commission", "transfer",
    "decommission", "dispose", "withdraw",
})  # fmt: skip
# These wait where a rule says so; what they need afterwards stands on the paper.
WAITING = ("request", "order", "transfer", "decommission", "dispose")
# Where nobody says what the thing is still worth, its price counts.
BY_PRICE = ("transfer", "decommission", "dispose")
approvable(*(f"assets.asset.{verb}" for verb in WAITING))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is written on a paper; each name is a column of it."""

    remark: str = ""
    file_id: UUID | None = None
    amount: Decimal | None = None
    proceeds: Decimal | None = None
    currency: str = ""
    external_number: str = ""
    due_on: date | None = None
    party_id: UUID | None = None
    result: str = ""
    disposal: str = ""
    to_location_id: UUID | None = None
    to_position_id: UUID | None = None
    to_owner_id: UUID | None = None
    to_user_id: UUID | None = None
    model_id: UUID | None = None
    quantity: int = 1
    points: tuple[PointLine, ...] = ()

    def with_(self, remark: str, file_id: UUID | None) -> "Facts":
        """The same with what every move may say."""
        return replace(self, remark=remark, file_id=file_id)

    @property
    def columns(self) -> dict[str, Any]:
        """What is stored in the paper's own row."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "points"}


NO_FACTS = Facts()


def rule_of(ctx: Context, verb: str, rows: Sequence[Asset], facts: Facts) -> tuple[Facts, UUID | None]:
    """The paper's facts with the amount that counts, and the rule by which the move must wait, if one does."""
    for value in (facts.amount, facts.proceeds):
        if value is not None and not facts.currency:
            raise Invalid.field("/currency", "field.missing")
    for name in ("party_id", "to_owner_id", "to_user_id"):
        refer(ctx, "parties.party", getattr(facts, name), f"/{name}")
    if verb in BY_PRICE and facts.amount is None:
        facts = _by_price(facts, rows)
    if verb not in WAITING:
        return facts, None
    places = places_above(ctx, [*(row.location_id for row in rows), facts.to_location_id])
    return facts, find_rule(ctx, f"assets.asset.{verb}", facts.amount, facts.currency, places)


def _by_price(facts: Facts, rows: Sequence[Asset]) -> Facts:
    currencies = {row.currency for row in rows}
    if any(row.price is None for row in rows) or len(currencies) != 1:
        return facts
    currency = currencies.pop()
    if facts.currency not in ("", currency):
        return facts
    prices = [Decimal(row.price) for row in rows if row.price is not None]
    return replace(facts, amount=sum(prices, Decimal(0)), currency=currency)


def places_above(ctx: Context, location_ids: Iterable[UUID | None]) -> tuple[UUID, ...]:
    """These places and all that hold them, the nearest first."""
    ids = [i for i in dict.fromkeys(location_ids) if i is not None]
    own = list(Location.objects.of(ctx).filter(id__in=ids).values_list("path", flat=True))
    paths = {above for path in own for above in (path, *tree.ancestors(path))}
    rows = Location.objects.of(ctx).filter(path__in=paths).values_list("id", "path")
    return tuple(i for i, _ in sorted(rows, key=lambda row: (-tree.depth(row[1]), row[1])))


def file_paper(
    ctx: Context, verb: str, rows: Sequence[Asset], at: datetime, facts: Facts, state: PaperState
) -> LifecycleDocument:
    """Makes the paper with its lines and checked points."""
    document = LifecycleDocument(
        number=next_number(ctx, SERIES), verb=verb, state=state, dated_at=at, actor_id=ctx.actor_id,
        actor_name=ctx.actor_name, **facts.columns,
    )  # fmt: skip
    document.save()
    LifecycleDocumentLine.objects.bulk_create(
        [LifecycleDocumentLine(document=document, asset=row) for row in rows]
    )
    if facts.points:
        AcceptancePoint.objects.bulk_create([
            AcceptancePoint(
                document=document, position=position, text=point.text, is_passed=point.is_passed, remark=point.remark
            )
            for position, point in enumerate(facts.points, 1)
        ])  # fmt: skip
    emit(
        DocumentFiled(
            document_id=document.id, number=document.number, verb=verb, state=state, asset_ids=[r.id for r in rows]
        )
    )  # fmt: skip
    return document


def ask_approval(ctx: Context, rule_id: UUID, document: LifecycleDocument, rows: Sequence[Asset]) -> UUID:
    """Asks those whom the rule names, and notes on the paper what it waits for."""
    title = ", ".join(f"{row.number} {row.name}" for row in rows[:5]) + (" ..." if len(rows) > 5 else "")
    asked = approval.ask(
        ctx,
        rule_id=rule_id,
        what=Ask(
            LifecycleDocument.kind, document.id, f"assets.asset.{document.verb}", title[:500], document.amount,
            document.currency, document.remark,
            places_above(ctx, [row.location_id for row in rows]),
        ),
    )  # fmt: skip
    document.approval_id = asked.id
    document.save()
    return asked.id


def refuse_while_waiting(ctx: Context, verb: str, rows: Sequence[Asset]) -> None:
    """Refuses to ask twice for the same."""
    waiting = LifecycleDocumentLine.objects.of(ctx).filter(
        asset_id__in=[row.id for row in rows], document__verb=verb, document__state=PaperState.PENDING
    )
    line = waiting.select_related("document", "asset").first()
    if line is not None:
        raise Refusal("assets.approval_pending", number=line.asset.number, paper=line.document.number)
