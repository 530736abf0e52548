"""What a listing is made of: columns with their type, their path to the data and what may be asked of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Expression, OuterRef, Q, QuerySet, Subquery

from trunnion.kernel.context import Context
from trunnion.kernel.permissions import declare
from trunnion.kernel.tables import Row


class Type(StrEnum):
    """The type of a column, from which its operators, its cell and its export format follow."""

    ID = "id"
    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "datetime"
    CHOICE = "choice"
    REFERENCE = "reference"
    # Several values in one cell, such as tags; equal means that it holds the value.
    LIST = "list"


OPERATORS: dict[Type, tuple[str, ...]] = {
    Type.ID: ("eq", "in", "is_null"),
    Type.TEXT: ("eq", "ne", "in", "contains", "starts", "is_null"),
    Type.NUMBER: ("eq", "ne", "lt", "lte", "gt", "gte", "between", "is_null"),
    Type.DECIMAL: ("eq", "ne", "lt", "lte", "gt", "gte", "between", "is_null"),
    Type.BOOLEAN: ("eq", "is_null"),
    Type.DATE: ("eq", "lt", "lte", "gt", "gte", "between", "is_null"),
    Type.INSTANT: ("lt", "lte", "gt", "gte", "between", "is_null"),
    Type.CHOICE: ("eq", "ne", "in", "is_null"),
    Type.REFERENCE: ("eq", "ne", "in", "is_null"),
    Type.LIST: ("eq", "ne", "in", "is_null"),
}

GROUPED_BY = (Type.CHOICE, Type.TEXT, Type.BOOLEAN, Type.REFERENCE, Type.DATE)

Choices = type[StrEnum]
# From the shown rows and the keys of the columns that share it: the values of each column by row.
Fill = Callable[[Context, list[UUID], list[str]], Mapping[str, Mapping[UUID, Any]]]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that an organisation made itself, with its own words."""

    value: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Values of records that lie in a table of their own, by whose index a listing is put in order.

    `rows` are the values of one column, `subject` names the record, `value` what is compared.
    """

    rows: "QuerySet[Any]"
    subject: str
    value: str

    def of_record(self) -> Subquery:
        """The value of the listing's row."""
        return Subquery(self.rows.filter(**{self.subject: OuterRef("pk")}).values(self.value)[:1])


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path` is an ORM path or an expression; `sort` the path to order by (a stored sort key for names).

    `summed` columns are added up; money names the column of its `currency`, a duration has the `unit` min.

    `hidden` columns are filterable but not shown by default; those `in_files` are in every file that does not name its
    columns, for what is too much for a list is still part of what is taken along. `choices` is the enum whose values it
    holds; `words` the prefix of the choices' words.

    A column that an organisation made itself has a `label` and `options` in words of its own, perhaps a `unit`. Where
    values lie elsewhere `fill` gives them for the shown rows, for all columns that share it at once; `match` makes a
    filter's condition, `ranking` the order.
    """

    key: str
    type: Type = Type.TEXT
    path: str | Expression | None = None
    sort: str | None = None
    filter: bool = True
    choices: Choices | None = None
    words: str | None = None
    hidden: bool = False
    in_files: bool = False
    refers_to: str | None = None
    label: Mapping[str, str] | None = None
    options: tuple[Option, ...] = ()
    unit: str = ""
    summed: bool = False
    currency: str | None = None
    fill: Fill | None = None
    match: Callable[[str, Any], Q] | None = None
    ranking: Ranking | None = None

    @property
    def source(self) -> str:
        """The name by which the query knows the column's value."""
        return self.path if isinstance(self.path, str) else self.key

    @property
    def is_groupable(self) -> bool:
        """Whether rows can be put together by it: its few values are the row's own, or an index gives them."""
        is_stored = self.fill is None or (self.ranking is not None and bool(self.options))
        return self.type in GROUPED_BY and is_stored

    def describe(self, listing: str) -> dict[str, Any]:
        """What a client needs to draw the column and to offer its filter."""
        return {
            "key": self.key,
            "type": self.type,
            "words_key": f"column.{listing}.{self.key}",
            "sortable": self.sort is not None,
            "filterable": self.filter,
            "ops": list(OPERATORS[self.type]) if self.filter else [],
            "choices": [
                {"value": c.value, "words_key": f"{self.words}.{c.value}"} for c in self.choices or ()
            ]
            + [{"value": o.value, "words_key": "", "label": o.label} for o in self.options],
            "hidden": self.hidden,
            "refers_to": self.refers_to,
            "label": self.label,
            "unit": self.unit,
            "summed": self.summed,
            "currency": self.currency,
            "groupable": self.is_groupable,
        }


_VERSION = Column("version", Type.NUMBER, path="version", filter=False, hidden=True)
LISTINGS: dict[str, "Listing"] = {}


@dataclass(frozen=True, slots=True)
class Extension:
    """Columns that a room adds to the lists of others; their keys begin with `prefix`."""

    prefix: str
    columns: Callable[[Context, "Listing", str | None], Iterable[Column]]


EXTENSIONS: dict[str, Extension] = {}


def extend(prefix: str, columns: Callable[[Context, "Listing", str | None], Iterable[Column]]) -> None:
    """Registers columns for the lists of other rooms; they cost nothing where they are not asked for.

    `columns(ctx, listing, mentioned)` may leave out what the text does not mention; without one all are wanted.
    """
    EXTENSIONS[prefix] = Extension(prefix, columns)


@dataclass(frozen=True, slots=True)
class Listing:
    """A declared list. `name` such as `work.orders`; `order` the default sort; `narrow` an extra condition of the room.

    `permission` is the grant that reading it takes.
    """

    name: str
    model: type[Row]
    permission: str
    columns: tuple[Column, ...]
    order: str = "-created_at"
    narrow: Callable[[Context], Q] | None = None
    # Not so where an organisation's own columns were added for one question.
    is_declared: bool = True
    _by_key: dict[str, Column] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._by_key.update({c.key: c for c in self.columns})
        if len(self._by_key) != len(self.columns):
            raise ValueError(f"{self.name}: two columns share a key")
        if any(c.currency and c.currency not in self._by_key for c in self.columns):
            raise ValueError(f"{self.name}: money without the column of its currency")
        if self.is_declared:
            declare(self.permission)
            LISTINGS[self.name] = self

    def extended(self, ctx: Context, mentioned: str | None = None) -> "Listing":
        """The list with the columns that this organisation adds: all of them, or of those that a text may name."""
        if not self.is_declared:
            return self
        wanted = [e for e in EXTENSIONS.values() if mentioned is None or e.prefix in mentioned]
        added = [column for extension in wanted for column in extension.columns(ctx, self, mentioned)]
        return replace(self, columns=(*self.columns, *added), is_declared=False) if added else self

    def column(self, key: str) -> Column | None:
        """The column of this key; the version that an edit names can be asked of every list."""
        return self._by_key.get(key) or (_VERSION if key == _VERSION.key else None)

    @property
    def searchable(self) -> bool:
        """Whether its rows are in the full-text index."""
        return bool(getattr(self.model, "search_fields", ()))

    def describe(self) -> dict[str, Any]:
        """The column metadata for clients."""
        return {
            "name": self.name,
            "columns": [c.describe(self.name) for c in self.columns],
            "sort": self.order,
            "search": self.searchable,
        }
