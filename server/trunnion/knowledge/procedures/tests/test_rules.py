"""Steps that nobody could do are refused, and the step is named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunnion.kernel.errors import Invalid
from trunnion.knowledge.procedures.rules import answers, check_steps, proposed_for
from trunnion.knowledge.procedures.types.questions import Asks
from trunnion.knowledge.procedures.types.steps import MOST_CHECKS, Condition, Requirement, Step

TEMPERATURE = Step("t", "Temperature", Asks.NUMBER, low=Decimal(10), high=Decimal(80), unit="°C")
LOOK = Step("look", "Look", Asks.CHECK)
OIL = Step("oil", "Oil", Asks.CHOICE, choices=("clear", "milky"))


def when(*conditions: Condition, key: str = "x", **also: object) -> Step:
    return Step(key, "Extra", Asks.TEXT, when=conditions, **also)  # type: ignore[arg-type]


def errors(*steps: Step) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        check_steps(steps)
    assert all("step" in e.facts or e.code == "procedure.too_many" for e in refused.value.errors)
    return [(e.pointer, e.code) for e in refused.value.errors]


@pytest.mark.parametrize(
    "condition",
    [
        Condition("t", results=("fail",)),
        Condition("t", above=Decimal(80)),
        Condition("t", results=("pass",), above=Decimal(79)),
        Condition("t", results=("fail",), below=Decimal(10)),
        Condition("t", above=Decimal(5), below=Decimal(6)),
        Condition("look", results=("flag", "fail")),
        Condition("look", results=("skipped",)),
        Condition("oil", values=("milky",)),
        Condition("oil", results=("flag",), values=("milky",)),
    ],
)
def test_conditions_that_can_hold_are_taken(condition):
    check_steps([TEMPERATURE, LOOK, OIL, when(condition)])


@pytest.mark.parametrize(
    "condition",
    [
        Condition("t", above=Decimal(90), below=Decimal(80)),
        Condition("t", above=Decimal(80), below=Decimal(80)),
        Condition("t", results=("pass",), above=Decimal(80)),
        Condition("t", results=("skipped",), above=Decimal(1)),
        Condition("look", above=Decimal(1)),
        Condition("look", values=("yes",)),
        Condition("oil", values=("black",)),
        Condition("oil", results=("fail",)),
    ],
)
def test_conditions_that_never_hold_are_refused(condition):
    assert errors(TEMPERATURE, LOOK, OIL, when(condition)) == [("/steps/3/when/0", "procedure.never_true")]


def test_what_cannot_be_skipped_is_never_skipped():
    must = Step("look", "Look", Asks.CHECK, requirement=Requirement.MUST)
    assert errors(must, when(Condition("look", results=("skipped",)))) == [
        ("/steps/1/when/0", "procedure.never_true")
    ]


def test_a_number_without_limits_never_fails():
    free = Step("t", "Temperature", Asks.NUMBER)
    assert errors(free, when(Condition("t", results=("fail",))))[0][1] == "procedure.never_true"
    check_steps([free, when(Condition("t", above=Decimal(3)))])


def test_conditions_together_must_fit_one_answer():
    both = when(Condition("t", above=Decimal(50)), Condition("t", below=Decimal(40)))
    assert errors(TEMPERATURE, both) == [("/steps/1/when", "procedure.never_true")]
    repeated = Step("t", "Temperature", Asks.NUMBER, repeats=3)
    check_steps([repeated, both])


def test_what_a_step_depends_on_must_fit_too():
    hot = Step("hot", "Hot?", Asks.CHECK, when=(Condition("t", above=Decimal(70)),))
    cold = when(Condition("hot", results=("fail",)), Condition("t", below=Decimal(20)))
    assert errors(TEMPERATURE, hot, cold) == [("/steps/2/when", "procedure.never_true")]
    check_steps(
        [TEMPERATURE, hot, when(Condition("hot", results=("fail",)), Condition("t", above=Decimal(90)))]
    )


def test_only_earlier_steps_can_be_depended_on():
    assert errors(when(Condition("look", results=("fail",))), LOOK) == [
        ("/steps/0/when/0", "procedure.later_step")
    ]
    assert errors(when(Condition("x", results=("pass",)))) == [("/steps/0/when/0", "procedure.later_step")]
    assert errors(LOOK, when(Condition("nowhere", results=("pass",)))) == [
        ("/steps/1/when/0", "procedure.unknown_step")
    ]
    assert errors(LOOK, when(Condition("look"))) == [("/steps/1/when/0", "procedure.condition_empty")]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step("a", "A", Asks.NUMBER, low=Decimal(9), high=Decimal(3)), ("/steps/0/high", "task.limits_crossed")),
        (Step("a", "A", Asks.CHOICE), ("/steps/0/choices", "task.choices_missing")),
        (Step("a", "A", Asks.CHOICE, choices=("x", "x")), ("/steps/0/choices", "task.choices_missing")),
        (Step("a", "A", Asks.TEXT, choices=("x", "y")), ("/steps/0/choices", "task.choices_of_no_use")),
        (Step("a", "A", Asks.TEXT, unit="mm"), ("/steps/0/unit", "task.limits_of_no_use")),
        (Step("a", "A", Asks.METER), ("/steps/0/meter", "procedure.meter_missing")),
        (Step("a", "A", meter="Hours"), ("/steps/0/meter", "procedure.meter_of_no_use")),
        (Step("a", "A", Asks.READ, repeats=2), ("/steps/0/repeats", "procedure.repeats_of_no_use")),
        (
            Step("a", "A", Asks.READ, requirement=Requirement.MUST),
            ("/steps/0/requirement", "procedure.nothing_to_answer"),
        ),
    ],
)  # fmt: skip
def test_a_step_must_make_sense(step, expected):
    assert errors(step) == [expected]


def test_keys_are_used_once_and_an_order_can_carry_it():
    assert errors(LOOK, LOOK) == [("/steps/1/key", "procedure.key_twice")]
    many = [Step(f"k{n}", "Many", repeats=20) for n in range(MOST_CHECKS // 20 + 1)]
    assert errors(*many) == [("/steps", "procedure.too_many")]


@given(
    st.integers(-50, 150), st.integers(-50, 150) | st.none(), st.integers(-50, 150) | st.none(),
    st.lists(st.sampled_from(["pass", "fail", "flag", "skipped"]), max_size=2),
)  # fmt: skip
def test_no_answer_that_fits_is_overlooked(value, above, below, results):
    """Whatever is typed: if it fits the condition, the condition is taken."""
    condition = Condition(
        "t", results=tuple(results), above=None if above is None else Decimal(above),
        below=None if below is None else Decimal(below),
    )  # fmt: skip
    result = TEMPERATURE.question.judged(str(value))
    if (results or above is not None or below is not None) and condition.holds(result, str(value)):
        check_steps([TEMPERATURE, when(condition)])


def test_answers_of_what_is_only_read():
    assert list(answers(Step("r", "Read", Asks.READ))) == []


def test_what_a_procedure_is_proposed_for():
    assert proposed_for([1], ["PU"], 1, True) == "model"  # type: ignore[list-item, arg-type]
    assert proposed_for([1], ["PU"], 2, True) == "class"  # type: ignore[list-item, arg-type]
    assert proposed_for([1], [], 2, True) == ""  # type: ignore[list-item, arg-type]
    assert proposed_for([], [], None, False) == "any"
    assert proposed_for([], ["PU"], None, False) == ""
