"""Rows that become work orders of former times: closed, with their labour, failure and cost."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from trunnion.integrations.tabular.declare import Field, Kind, Target, Values, Writing, target
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.knowledge.types import CodeList
from trunnion.work.commands import history
from trunnion.work.types import HistoryLine, OrderKind, Priority

from .lookups import ANY_PARTY, ASSET, LOCATION, PERSON, code_of

_TIMES = ("reported_at", "started_at", "ended_at")
_ASIDE = ("external_id", "asset_name", "mode_name")


def _write(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    # History is told once: rows that stand already are the same, and stay.
    fresh = [row for row in rows if row.id is None]
    lines = [HistoryLine(**_facts(row.values)) for row in fresh]
    ids = iter(history.bring(ctx, lines))
    return [row.id or next(ids) for row in rows]


def _facts(values: Values) -> Values:
    found = {name: value for name, value in values.items() if name not in _ASIDE}
    if len(found["title"]) > 200:
        # Nothing of a long text is lost: the whole of it is the description.
        found["description"] = "\n".join(part for part in (found["title"], found.get("description")) if part)
        found["title"] = found["title"][:200]
    found.setdefault("reported_at", found.get("started_at") or found.get("ended_at"))
    if found.get("reported_at") and found.get("started_at") is None and found.get("ended_at"):
        found["reported_at"] = min(found["reported_at"], found["ended_at"])
    return found


def _judge(values: Values, _: bool) -> Iterator[Reason]:
    moments = [(name, values[name]) for name in _TIMES if values.get(name) is not None]
    if not moments:
        yield Reason(None, "reported_at", "table.missing")
    for (_name, before), (name, after) in pairwise(moments):
        if after < before:
            yield Reason(None, name, "table.ends_first")
    for name, at in moments:
        if at > clock.now():
            yield Reason(None, name, "order.in_future", {"now": clock.now().isoformat(timespec="minutes")})


ORDERS = target(Target(
    name="orders", kind="work.order", permission="work.history.bring", listing="work.orders",
    keys=("external_id",), write=_write, is_keyed=True, is_history=True, judge=_judge,
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
        Field("labour_minutes", Kind.DURATION, path="", unit="min"),
        Field("mode_id", Kind.REFERENCE, lookup=code_of(CodeList.MODE, "mode_name"), path="", most=60),
        Field("mode_name", path="", most=200),
        Field("mechanism_id", Kind.REFERENCE, lookup=code_of(CodeList.MECHANISM), path="", most=60),
        Field("cause_id", Kind.REFERENCE, lookup=code_of(CodeList.CAUSE), path="", most=60),
        Field("part", path="", most=200),
        *(Field(f"cost_{name}", Kind.NUMBER, minimum=0) for name in ("labour", "material", "service")),
        Field("currency", Kind.CURRENCY, path="cost_currency"),
    ),
))  # fmt: skip
