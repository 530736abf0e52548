"""What a target is declared with: the fields that rows fill, how references are looked up, how it is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context

from .types import Reason


class Kind(StrEnum):
    """What the cells of a field hold."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    WHOLE = "whole"
    DAY = "day"
    INSTANT = "instant"
    DURATION = "duration"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    UNIT = "unit"
    CURRENCY = "currency"
    REFERENCE = "reference"


# Makes the missing ones of these texts; answers the id of each. Beside a text may stand its name in another column.
Create = Callable[[Context, dict[str, str]], dict[str, UUID]]


@dataclass(frozen=True, slots=True)
class Lookup:
    """How a text finds a record: by these columns of its table in turn, and how a missing one is made.

    A `path` reads `Site > Floor > Room`; `named_by` is the field whose cells name what is made.
    """

    kind: str
    by: tuple[str, ...]
    create: Create | None = None
    path: bool = False
    named_by: str = ""
    # Only rows of which these columns hold these values.
    only: tuple[tuple[str, str], ...] = ()
    # The text means a record of the one that this field of the row names, such as a meter of its asset.
    within: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a target. `path` is the column of the record that it is compared with; empty where there is none.

    `only_new` fields are given to new records only: those of standing ones are changed by verbs of their own.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    path: str | None = None
    most: int = 500
    choices: type[StrEnum] | None = None
    words: str = ""
    lookup: Lookup | None = None
    is_own: bool = False
    unique: bool = False
    only_new: bool = False
    unit: str = ""
    minimum: int | None = None
    # The boolean column that a choice sets, such as `is_{}`; what is only ever added to is never taken away by a no.
    flag: str = ""
    adds_only: bool = False
    # A list shows this field in its stead where it is empty.
    shown_as: str = ""
    # An instant without a zone of its own is told in that of the asset which this field names.
    zone_of: str = ""
    # Several records in one cell; tells which ones records hold already. They are added to, never taken away from.
    held: Callable[[Context, set[UUID]], dict[UUID, set[UUID]]] | None = None
    # A field of the organisation's own: its words, and how what was read becomes what it holds.
    label: Mapping[str, str] | None = None
    parse: Callable[[Any], Any] | None = None

    @property
    def column(self) -> str:
        """The record's column; that of a reference holds its id."""
        return self.name if self.path is None else self.path


Values = dict[str, Any]
Judge = Callable[[Values, bool], Iterator[Reason]]


@dataclass(frozen=True, slots=True)
class Writing:
    """One row to be written: the record that it found, if any, and its values; an absent one stays as it is."""

    id: UUID | None
    values: Values
    before: Values
    parent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a target found out about a row by itself: the record that it is already, and what is wrong with it."""

    id: UUID | None = None
    reasons: tuple[Reason, ...] = ()


# Looks at many rows at once; their values may be put into what the room counts in.
Look = Callable[[Context, Sequence[Values]], list[Looked]]
# What records say besides their columns, such as who is in them: record -> field -> value.
Stand = Callable[[Context, Sequence[UUID]], Mapping[UUID, Values]]
Write = Callable[[Context, Sequence[Writing]], list[UUID]]


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of record that rows of a table become.

    `keys` are the fields by which a row may find its record, the best first; those of `partial` mean one record only
    in the company of `within`. `look` finds the records of rows in the target's own way.
    `permission` is what its writer must be granted; `is_keyed` targets are found by a reference of their own.
    """

    name: str
    kind: str
    permission: str
    fields: tuple[Field, ...]
    keys: tuple[str, ...]
    write: Write
    within: str = ""
    is_keyed: bool = False
    is_history: bool = False
    listing: str = ""
    judge: Judge | None = None
    partial: tuple[str, ...] = ("name",)
    look: Look | None = None
    stand: Stand | None = None
    narrow: dict[str, Any] = field(default_factory=dict)
    # What tells records of one name apart; rows of one file that name one without a key of its own are refused.
    apart: tuple[str, ...] = ()
    # Whether a row that does not fill the chosen key is new, whatever else it says: two pumps may bear one name.
    one_key: bool = False
    # A key may be the number that a record got here, where the row says the same as this field of it, too.
    number: str = ""
    proof: str = ""

    def field(self, name: str) -> "Field | None":
        """The field of this name."""
        return next((one for one in self.fields if one.name == name), None)

    @property
    def own(self) -> "Field | None":
        """The field that names another record of the same kind, such as the parent."""
        return next((one for one in self.fields if one.is_own), None)


TARGETS: dict[str, Target] = {}


def target(declared: Target) -> Target:
    """Registers a target."""
    TARGETS[declared.name] = declared
    return declared
