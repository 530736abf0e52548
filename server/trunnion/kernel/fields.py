"""Column types and the one way to write a reference between tables."""

from decimal import Decimal
from typing import Any

from django.db import models


class KeyField(models.CharField):
    """Text compared byte by byte on every database: paths, sort keys, codes."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters


class ExactField(models.BigIntegerField):
    """A decimal kept as a whole number of millionths, so that sums are exact on SQLite as on PostgreSQL.

    Range about +-9.2e12 with six decimal places.
    """

    # What the type checker takes such a column to hold.
    _pyi_private_set_type: Decimal | int  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    PLACES = 6
    LIMIT = Decimal(9_200_000_000_000)

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.PLACES).normalize() + Decimal(0)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return int(Decimal(value).scaleb(self.PLACES).to_integral_value())

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


def reference(to: str, *, null: bool = False, **options: Any) -> Any:
    """A reference to another table: by string label, protected, without a reverse accessor."""
    return models.ForeignKey(to, on_delete=models.PROTECT, related_name="+", null=null, blank=null, **options)
