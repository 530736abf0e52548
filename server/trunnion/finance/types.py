"""Values of finance that cross its boundary."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from trunnion.kernel.inputs import Code, Currency, Day, Line

Sum = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]


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


@dataclass(frozen=True)
class CostLine:
    """One cost of many; `source` is the fact that it comes from and is counted once."""

    kind: CostKind
    amount: Sum
    currency: Currency
    occurred_on: Day
    source_kind: Code
    source_id: UUID
    order_id: UUID
    remark: Line = ""


class CostSum(msgspec.Struct, frozen=True):
    """What was spent on one kind in one currency; amounts of two currencies never meet."""

    kind: CostKind
    currency: str
    amount: Decimal
    count: int
