"""What a listing is made of: columns with their type, their path to the data and what may be asked of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Expression, Q

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
}


Choices = type[StrEnum]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path` is an ORM path or an expression; `sort` the path to order by (a stored sort key for names).

    `hidden` columns are filterable but not shown by default; `choices` is the enum whose values it holds;
    `words` the prefix of the choices' words.
    """

    key: str
    type: Type = Type.TEXT
    path: str | Expression | None = None
    sort: str | None = None
    filter: bool = True
    choices: Choices | None = None
    words: str | None = None
    hidden: bool = False
    refers_to: str | None = None

    @property
    def source(self) -> str:
        """The name by which the query knows the column's value."""
        return self.path if isinstance(self.path, str) else self.key

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
            ],
            "hidden": self.hidden,
            "refers_to": self.refers_to,
        }


LISTINGS: dict[str, "Listing"] = {}


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
    _by_key: dict[str, Column] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._by_key.update({c.key: c for c in self.columns})
        if len(self._by_key) != len(self.columns):
            raise ValueError(f"{self.name}: two columns share a key")
        declare(self.permission)
        LISTINGS[self.name] = self

    def column(self, key: str) -> Column | None:
        """The column of this key."""
        return self._by_key.get(key)

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
