"""Records of one name: which of them a row means, by whatever else it says of them."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.policies import KINDS, visible

from .declare import Values
from .index import Plan
from .types import Reason

if TYPE_CHECKING:
    from .judge import Judged

MOST_SAID = 200
Alike = list[tuple["Judged", list[UUID]]]


def tell(ctx: Context, plan: Plan, name: str, alike: Alike) -> None:
    """Gives each row its record, or the reason why nobody can know which one is meant.

    One that says what the row says, no more and no less, is it; else the only one that the row does not contradict, or
    the only one of these that holds all that the row names.
    """
    if not alike:
        return
    facts = _facts(ctx, plan, {row_id for _, ids in alike for row_id in ids})
    for row, ids in alike:
        seen = [one for one in ids if one in facts]
        same = [one for one in seen if _is_same(row.values, facts[one])]
        fitting = [one for one in seen if _fits(row.values, facts[one])]
        holding = [one for one in fitting if _holds(row.values, facts[one])]
        found = same[:1] or (fitting if len(fitting) == 1 else holding)
        if len(found) == 1:
            row.subject_id = found[0]
            row.reasons = [one for one in row.reasons if one.code != "table.twice" or one.field != name]
            continue
        told: dict[str, object] = {"text": str(row.values[name])[:MOST_SAID], "count": len(ids)}
        row.reasons.append(Reason(plan.readings[name].use.column, name, "table.not_told_apart", told))


def _facts(ctx: Context, plan: Plan, ids: set[UUID]) -> dict[UUID, Values]:
    """What tells the records apart: their columns, and what they hold."""
    fields = [
        one for one in plan.target.fields if one.name in plan.target.apart and one.name in plan.readings
    ]
    plain = [one for one in fields if one.held is None]
    rows: Any = visible(ctx, KINDS[plan.target.kind]).filter(id__in=ids).order_by("created_at", "id")
    found = {
        row_id: dict(zip([one.name for one in plain], values, strict=True))
        for row_id, *values in rows.values_list("id", *[one.column for one in plain])
    }
    for one in fields:
        if one.held is not None:
            held = one.held(ctx, ids)
            for row_id, known in found.items():
                known[one.name] = held.get(row_id, set())
    return found


def _is_same(said: Values, facts: Values) -> bool:
    return all(
        set(said.get(name, ())) == fact if isinstance(fact, set) else (said.get(name) or "") == (fact or "")
        for name, fact in facts.items()
    )


def _fits(said: Values, facts: Values) -> bool:
    return all(
        said[name] == fact
        for name, fact in facts.items()
        if said.get(name) is not None and not isinstance(fact, set)
    )


def _holds(said: Values, facts: Values) -> bool:
    return all(
        bool(said.get(name)) and fact.issuperset(said[name])
        for name, fact in facts.items()
        if isinstance(fact, set)
    )
