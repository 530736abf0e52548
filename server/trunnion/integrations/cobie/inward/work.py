"""An application on its way: the plan, what has become of its rows so far, and what is still to be attached."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from trunnion.attach.types import AttributeLine
from trunnion.integrations.cobie import units
from trunnion.integrations.cobie.cells import is_placeholder
from trunnion.integrations.cobie.keys import identifier_of
from trunnion.integrations.cobie.plan import Plan, Step
from trunnion.integrations.cobie.types import Row
from trunnion.kernel.context import Context
from trunnion.kernel.fields import ExactField

NAME, LINE, CODE = 200, 500, 60
# Days beyond these are slips of the pen, and some databases and zones cannot hold them.
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(slots=True)
class Work:
    """What the parts of an application hand to each other."""

    ctx: Context
    plan: Plan
    # The records by (sheet, identifier) that rows of this file have become, beside those known before.
    made: dict[tuple[str, str], UUID] = field(default_factory=dict)
    attributes: list[AttributeLine] = field(default_factory=list)
    # The columns of a step that found no place in the record's own fields.
    unplaced: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    party_of: dict[UUID, UUID] = field(default_factory=dict)
    # By building: the site that it stands on.
    sites: dict[UUID, UUID] = field(default_factory=dict)

    def pending(self, sheet: str) -> list[Step]:
        """The steps of a sheet that write something."""
        return list(self.plan.pending(sheet))

    def became(self, step: Step, row_id: UUID) -> None:
        """Notes the record that a row has become."""
        step.subject_id = row_id
        self.made[step.row.sheet, identifier_of(step.row)] = row_id
        self.plan.names.add(step.row, row_id)

    def subject(self, row: Row) -> UUID | None:
        """The record of a row, if it has one by now."""
        key = (row.sheet, identifier_of(row))
        return self.made.get(key) or self.plan.known.get(key)

    def find(self, sheet: str, text: str | None) -> UUID | None:
        """The record that a reference means."""
        return self.plan.names.find(sheet, text)

    def leave(self, step: Step, *columns: str) -> None:
        """Notes columns that say something which the record's fields cannot hold."""
        self.unplaced.setdefault((step.row.sheet, step.row.number), []).extend(columns)

    @property
    def facility(self) -> Row | None:
        """The row that says in which units the others speak."""
        rows = [*self.plan.workbook.sheets.get("Facility", ()), *self.plan.memory.rows("Facility")]
        return rows[0] if rows else None

    def unit_word(self, column: str) -> str:
        """The facility's word for the unit of lengths, areas or money."""
        return (self.facility.text(column) if self.facility else None) or ""

    @property
    def currency(self) -> str | None:
        """The currency in which costs are written."""
        return units.currency_of(self.unit_word("CurrencyUnit"))


def text(row: Row, column: str) -> str:
    """What a cell says; nothing for a template's placeholder."""
    found = row.text(column)
    return "" if found is None or is_placeholder(column, found) else found


def cut(words: str, most: int) -> str:
    """The text, no longer than its field holds; the whole of it stays in memory for the way out."""
    # What no database can hold is left out here as well.
    words = words.replace("\x00", "")
    return words if len(words) <= most else words[:most].rstrip()


def given(step: Step, column: str, most: int = LINE) -> str | None:
    """A text that is to be written; None leaves the field as it is."""
    return cut(text(step.row, column), most) if step.has(column) else None


def number(row: Row, column: str) -> Decimal | None:
    """An exact number that a field can hold."""
    found = row.number_of(column)
    return found if found is not None and abs(found) < ExactField.LIMIT else None


def day(row: Row, column: str) -> date | None:
    """A day, in the zone that the workbook was read with."""
    moment = row.moment(column)
    return moment.date() if moment is not None and FIRST_YEAR <= moment.year < LAST_YEAR else None
