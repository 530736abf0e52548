"""Values of finance that cross its boundary."""

from decimal import Decimal
from enum import StrEnum

import msgspec


class CostKind(StrEnum):
    """What money went into."""

    LABOUR = "labour"
    MATERIAL = "material"
    SERVICE = "service"
    DOWNTIME = "downtime"


class CostSum(msgspec.Struct, frozen=True):
    """What was spent on one kind in one currency; amounts of two currencies never meet."""

    kind: CostKind
    currency: str
    amount: Decimal
    count: int
