"""Which checks of an order are asked at all: a step of a procedure may depend on what was answered before it."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

import msgspec
from pydantic import TypeAdapter

from trunnion.knowledge.procedures.types.questions import Asks
from trunnion.knowledge.procedures.types.steps import Condition, Requirement

_CONDITIONS: TypeAdapter[tuple[Condition, ...]] = TypeAdapter(tuple[Condition, ...])


class Asked(Protocol):
    """What is looked at of a check."""

    id: UUID
    title: str
    asks: str
    procedure_id: UUID | None
    step_key: str
    requirement: str
    when: list[dict[str, Any]]
    result: str
    value: str


def packed_conditions(conditions: Iterable[Condition]) -> list[dict[str, Any]]:
    """Conditions as they are stored with a check."""
    found: list[dict[str, Any]] = msgspec.to_builtins(list(conditions))
    return found


def not_asked(checks: Sequence[Asked]) -> set[UUID]:
    """The checks, in their order, whose conditions do not hold; an answer to one of them counts for nothing."""
    said: dict[tuple[UUID | None, str], list[tuple[str, str]]] = {}
    left_out = set()
    for check in checks:
        conditions = _CONDITIONS.validate_python(check.when) if check.when else ()
        if all(_holds(c, said.get((check.procedure_id, c.step), [])) for c in conditions):
            said.setdefault((check.procedure_id, check.step_key), []).append((check.result, check.value))
        else:
            left_out.add(check.id)
    return left_out


def open_checks(checks: Sequence[Asked]) -> list[str]:
    """What must still be answered before the work can be over."""
    out = not_asked(checks)
    return [
        check.title
        for check in checks
        if check.requirement != Requirement.OPTIONAL
        and check.asks != Asks.READ
        and not check.result
        and check.id not in out
    ]


def _holds(condition: Condition, answers: list[tuple[str, str]]) -> bool:
    return any(condition.holds(result, value) for result, value in answers)
