"""Pure rules of procedures: steps that nobody could do are found, with the step named."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from trunnion.kernel.errors import FieldError, Invalid

from .types.questions import MEASURED, Asks, TaskResult
from .types.steps import MOST_CHECKS, Condition, Requirement, Step

Answer = tuple[str, str]
ONE = Decimal(1)
_VERDICTS = {
    Asks.CHECK: (TaskResult.PASS, TaskResult.FLAG, TaskResult.FAIL),
    Asks.TICK: (TaskResult.PASS,),
}


def check_steps(steps: Sequence[Step]) -> None:
    """Refuses steps that cannot be done as they are written; every error names its step."""
    found = [*_errors(steps)]
    if sum(step.repeats for step in steps) > MOST_CHECKS:
        found.append(FieldError("/steps", "procedure.too_many", {"most": MOST_CHECKS}))
    if found:
        raise Invalid("invalid_input", errors=found)


def _errors(steps: Sequence[Step]) -> Iterator[FieldError]:
    places: dict[str, int] = {}
    for index, step in enumerate(steps):
        at, named = f"/steps/{index}", {"step": step.title}
        if step.key in places:
            yield FieldError(f"{at}/key", "procedure.key_twice", {**named, "given": step.key})
        for error in step.question.amiss():
            yield FieldError(at + error.pointer, error.code, {**error.facts, **named})
        yield from _of_kind(step, at)
        yield from _of_conditions(steps, index, places)
        places.setdefault(step.key, index)


def _of_kind(step: Step, at: str) -> Iterator[FieldError]:
    named = {"step": step.title}
    if step.asks == Asks.METER and not step.meter:
        yield FieldError(f"{at}/meter", "procedure.meter_missing", named)
    if step.asks != Asks.METER and step.meter:
        yield FieldError(f"{at}/meter", "procedure.meter_of_no_use", named)
    if step.asks in (Asks.READ, Asks.METER) and step.repeats > 1:
        yield FieldError(f"{at}/repeats", "procedure.repeats_of_no_use", named)
    if step.asks == Asks.READ and step.requirement != Requirement.OPTIONAL:
        yield FieldError(f"{at}/requirement", "procedure.nothing_to_answer", named)


def _of_conditions(steps: Sequence[Step], index: int, places: dict[str, int]) -> Iterator[FieldError]:
    step, is_sound = steps[index], True
    later = {one.key for one in steps[index:]}
    for nth, condition in enumerate(step.when):
        at, named = f"/steps/{index}/when/{nth}", {"step": step.title, "given": condition.step}
        code = None
        if condition.step not in places:
            code = "procedure.later_step" if condition.step in later else "procedure.unknown_step"
        elif not _says_something(condition):
            code = "procedure.condition_empty"
        elif not _can_hold(steps[places[condition.step]], [condition]):
            code, named = "procedure.never_true", {**named, "given": steps[places[condition.step]].title}
        if code:
            is_sound = False
            yield FieldError(at, code, named)
    if is_sound and (clash := _clash(steps, index, places)):
        yield FieldError(f"/steps/{index}/when", "procedure.never_true", {"step": step.title, "given": clash})


def _clash(steps: Sequence[Step], index: int, places: dict[str, int]) -> str:
    """The step whose answers cannot fit all that must hold for this step and for those it depends on."""
    needed: dict[str, list[Condition]] = {}
    waiting, seen = [index], set[int]()
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        for condition in steps[at].when:
            if condition.step in places:
                needed.setdefault(condition.step, []).append(condition)
                waiting.append(places[condition.step])
    for key, conditions in needed.items():
        # Several answers to a repeated step may each fit another condition.
        if steps[places[key]].repeats == 1 and not _can_hold(steps[places[key]], conditions):
            return steps[places[key]].title
    return ""


def _says_something(condition: Condition) -> bool:
    is_open = condition.above is None and condition.below is None
    return bool(condition.results or condition.values or not is_open)


def _can_hold(step: Step, conditions: Sequence[Condition]) -> bool:
    """Whether some answer fits all: one of each sort is tried, at, between and beyond all the limits there are."""
    marks = [mark for c in conditions for mark in (c.above, c.below) if mark is not None]
    texts = [text for c in conditions for text in c.values]
    return any(all(c.holds(*answer) for c in conditions) for answer in answers(step, marks, texts))


def answers(step: Step, marks: Iterable[Decimal] = (), texts: Iterable[str] = ()) -> Iterator[Answer]:
    """The sorts of answers that a step can get."""
    if step.asks == Asks.READ:
        return
    if step.requirement != Requirement.MUST:
        yield TaskResult.SKIPPED, ""
    if step.asks in _VERDICTS:
        yield from ((verdict, "") for verdict in _VERDICTS[step.asks])
        return
    for value in _values(step, marks, texts):
        result = step.question.judged(value)
        yield result, value
        if result == TaskResult.PASS:
            yield TaskResult.FLAG, value


def _values(step: Step, marks: Iterable[Decimal], texts: Iterable[str]) -> Iterator[str]:
    if step.asks == Asks.CHOICE:
        yield from step.choices
    elif step.asks in MEASURED:
        limits = sorted({*marks, *(m for m in (step.low, step.high) if m is not None)}) or [Decimal(0)]
        between = [(a + b) / 2 for a, b in pairwise(limits)]
        yield from (str(n) for n in (*limits, *between, limits[0] - ONE, limits[-1] + ONE))
    elif step.asks == Asks.DATE:
        yield "2000-01-01"
    else:
        # A code that is on no list stands for all the wrong ones.
        yield from (*step.choices, *texts, "-")


def proposed_for(
    model_ids: Collection[UUID], classes: Sequence[str], model_id: UUID | None, is_of_class: bool
) -> str:
    """What a procedure is proposed for: this `model`, its `class`, or `any`; empty where it is meant for others."""
    if model_id is not None and model_id in model_ids:
        return "model"
    if classes and is_of_class:
        return "class"
    return "" if model_ids or classes else "any"
