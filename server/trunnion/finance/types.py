"""Values of finance that cross its boundary."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class CostKind(StrEnum):
    """What money went into."""

    LABOUR = "labour"
    MATERIAL = "material"
    SERVICE = "service"
    DOWNTIME = "downtime"


class Method(StrEnum):
    """How the price of an asset is spread over its life."""

    STRAIGHT_LINE = "straight_line"
    DECLINING = "declining"


class Book(msgspec.Struct, frozen=True):
    """What an asset is worth in the books on a day; `missing` names what would have to be known."""

    on: date
    method: Method
    currency: str = ""
    price: Decimal | None = None
    residual: Decimal | None = None
    began_on: date | None = None
    life_months: int | None = None
    depreciated: Decimal | None = None
    value: Decimal | None = None
    missing: list[str] = []


class CostSum(msgspec.Struct, frozen=True):
    """What was spent on one kind in one currency; amounts of two currencies never meet."""

    kind: CostKind
    currency: str
    amount: Decimal
    count: int
