"""What a check asks, what is right, and what an answer to it comes to: the one rule for procedures and for orders."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from trunnion.kernel.errors import FieldError, Invalid


class Asks(StrEnum):
    """What a check wants to know; `read` wants nothing but to be read."""

    READ = "read"
    CHECK = "check"
    TICK = "tick"
    TEXT = "text"
    NUMBER = "number"
    METER = "meter"
    CHOICE = "choice"
    DATE = "date"
    BARCODE = "barcode"
    PHOTO = "photo"
    SIGNATURE = "signature"


class TaskResult(StrEnum):
    """What came of a check; `skipped` means it did not apply."""

    PASS = "pass"  # noqa: S105  (a result, no secret)
    FLAG = "flag"
    FAIL = "fail"
    SKIPPED = "skipped"


MEASURED = (Asks.NUMBER, Asks.METER)


@dataclass(frozen=True)
class Question:
    """What is asked, and what is right: limits of a number, answers to choose from, codes that fit."""

    asks: Asks
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    choices: list[str] = field(default_factory=list)

    def amiss(self) -> Iterator[FieldError]:
        """Why it could not be answered, or says what its kind has no use for; the pointers are the fields' own."""
        if self.asks == Asks.CHOICE and len(set(self.choices)) < 2:
            yield FieldError("/choices", "task.choices_missing")
        if self.choices and self.asks not in (Asks.CHOICE, Asks.BARCODE):
            yield FieldError("/choices", "task.choices_of_no_use")
        given = {"/unit": self.unit, "/low": self.low is not None, "/high": self.high is not None}
        useless = next((pointer for pointer, is_given in given.items() if is_given), "")
        if self.asks not in MEASURED and useless:
            yield FieldError(useless, "task.limits_of_no_use")
        if self.low is not None and self.high is not None and self.low > self.high:
            yield FieldError("/high", "task.limits_crossed", {"low": self.low})

    def judged(self, value: str) -> TaskResult:
        """What a value comes to; raises Invalid where it is not what is asked for."""
        if self.asks in MEASURED:
            return TaskResult.PASS if self.is_within(number_of(value)) else TaskResult.FAIL
        if self.asks == Asks.DATE:
            _check_date(value)
        elif self.asks == Asks.CHOICE and value not in self.choices:
            raise Invalid.field("/value", "task.not_offered", offered=self.choices)
        elif self.asks in (Asks.TEXT, Asks.BARCODE) and not value:
            raise Invalid.field("/value", "field.missing")
        is_wrong_code = self.asks == Asks.BARCODE and self.choices and value not in self.choices
        return TaskResult.FAIL if is_wrong_code else TaskResult.PASS

    def is_within(self, number: Decimal) -> bool:
        """Whether a number keeps the limits."""
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)


def number_of(value: str) -> Decimal:
    """The number that was typed, or a refusal."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise Invalid.field("/value", "task.number_expected") from None
    if not number.is_finite():
        raise Invalid.field("/value", "task.number_expected")
    return number


def _check_date(value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise Invalid.field("/value", "task.date_expected") from None
