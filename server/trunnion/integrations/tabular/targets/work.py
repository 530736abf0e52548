"""Rows that become work orders of former times: closed, with their labour, failure and cost."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from trunnion.finance import commands as finance
from trunnion.finance.types import CostKind, CostLine
from trunnion.identity.queries import get_organisation
from trunnion.integrations.tabular.declare import Field, Kind, Target, Values, Writing, target
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.knowledge.types import CodeList
from trunnion.work.commands import history
from trunnion.work.types import HistoryLine, OrderKind, Priority, WaitReason

from .lookups import ANY_PARTY, ASSET, LOCATION, PERSON, code_of

_TIMES = ("reported_at", "started_at", "ended_at")
_ASIDE = ("external_id", "asset_name", "mode_name")


def _write(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    # History is told once: rows that stand already are the same, and stay.
    fresh = [row for row in rows if row.id is None]
    lines = [HistoryLine(**_facts(row.values)) for row in fresh]
    made = history.bring(ctx, lines)
    finance.record_many(ctx, list(_costs(ctx, zip(made, lines, strict=True))))
    ids = iter(made)
    return [row.id or next(ids) for row in rows]


def _costs(ctx: Context, made: Iterable[tuple[UUID, HistoryLine]]) -> Iterator[CostLine]:
    """What the orders cost, each kind of it once, so that the asset's cost tells of them."""
    home = get_organisation(ctx.organisation_id).currency
    for order_id, line in made:
        when = line.ended_at or line.started_at or line.reported_at
        day = when.astimezone(ZoneInfo(ctx.zone)).date()
        for kind in (CostKind.LABOUR, CostKind.MATERIAL, CostKind.SERVICE):
            amount = getattr(line, f"cost_{kind}")
            if amount:
                yield CostLine(
                    kind, amount, line.currency or home, day, f"work.order.{kind}", order_id, order_id
                )


def _facts(values: Values) -> Values:
    found = {name: value for name, value in values.items() if name not in _ASIDE}
    if len(found["title"]) > 200:
        # Nothing of a long text is lost: the whole of it is the description.
        found["description"] = "\n".join(part for part in (found["title"], found.get("description")) if part)
        found["title"] = found["title"][:200]
    total = found.pop("cost_total", None)
    if total is not None and found.get("cost_service") is None:
        # What is neither labour nor material was bought in.
        found["cost_service"] = total - _parts(found)
    found.setdefault("reported_at", found.get("started_at") or found.get("ended_at"))
    if found.get("reported_at") and found.get("started_at") is None and found.get("ended_at"):
        found["reported_at"] = min(found["reported_at"], found["ended_at"])
    return found


def _parts(values: Values) -> Decimal:
    return sum((values[n] for n in ("cost_labour", "cost_material") if values.get(n) is not None), Decimal(0))


def _judge_wait(values: Values, moments: Sequence[datetime]) -> Iterator[Reason]:
    minutes, began = values.get("waiting_minutes"), values.get("waiting_from_at") or moments[0]
    if minutes and (began < moments[0] or began + timedelta(minutes=minutes) > moments[-1]):
        most = int((moments[-1] - moments[0]).total_seconds() // 60)
        yield Reason(None, "waiting_minutes", "order.waited_too_long", {"minutes": minutes, "most": most})


def _judge(values: Values, is_new: bool) -> Iterator[Reason]:
    if not is_new:
        return
    moments = [(name, values[name]) for name in _TIMES if values.get(name) is not None]
    if not moments:
        yield Reason(None, "reported_at", "table.missing")
    for (_name, before), (name, after) in pairwise(moments):
        if after < before:
            yield Reason(None, name, "table.ends_first")
    total, parts = values.get("cost_total"), _parts(values)
    if total is not None and total < parts and values.get("cost_service") is None:
        yield Reason(None, "cost_total", "table.total_too_small", {"parts": str(parts)})
    if moments:
        yield from _judge_wait(values, [at for _, at in moments])
    for name, at in moments:
        if at > clock.now():
            yield Reason(None, name, "order.in_future", {"now": clock.now().isoformat(timespec="minutes")})


ORDERS = target(Target(
    name="orders", kind="work.order", permission="work.history.bring", listing="work.orders",
    keys=("external_id",), write=_write, is_keyed=True, is_history=True, judge=_judge, number="number", proof="title",
    fields=(
        Field("external_id", Kind.CODE, most=200, path=""), Field("title", required=True, most=20_000),
        Field("description", most=20_000),
        Field("kind", Kind.CHOICE, choices=OrderKind, words="choice.work.order.kind", path="work_kind"),
        Field("priority", Kind.CHOICE, choices=Priority, words="choice.work.order.priority"),
        Field("asset_id", Kind.REFERENCE, lookup=ASSET), Field("asset_name", path="", most=200),
        Field("location_id", Kind.REFERENCE, lookup=LOCATION),
        Field("customer_id", Kind.REFERENCE, lookup=ANY_PARTY),
        Field("symptom"), Field("remedy", most=20_000), Field("reporter_name", most=200),
        *(Field(name, Kind.INSTANT) for name in _TIMES), Field("is_stopped", Kind.BOOLEAN),
        Field("resource_id", Kind.REFERENCE, lookup=PERSON, path="leading_id"),
        *(Field(f"{name}_minutes", Kind.DURATION, path="", unit="min") for name in ("labour", "travel", "waiting")),
        Field("waiting_reason", Kind.CHOICE, choices=WaitReason, words="choice.work.order.waiting_reason", path=""),
        Field("waiting_from_at", Kind.INSTANT, path=""),
        Field("mode_id", Kind.REFERENCE, lookup=code_of(CodeList.MODE, "mode_name"), path="", most=60),
        Field("mode_name", path="", most=200),
        Field("mechanism_id", Kind.REFERENCE, lookup=code_of(CodeList.MECHANISM), path="", most=60),
        Field("cause_id", Kind.REFERENCE, lookup=code_of(CodeList.CAUSE), path="", most=60),
        Field("part", path="", most=200),
        *(Field(f"cost_{name}", Kind.NUMBER, minimum=0) for name in ("labour", "material", "service")),
        Field("cost_total", Kind.NUMBER, minimum=0, path=""),
        Field("currency", Kind.CURRENCY, path="cost_currency"),
    ),
))  # fmt: skip
