"""Values of catalog that cross its boundary."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from trunnion.kernel.inputs import Amount, Code, Currency, Line, Name, Prose
from trunnion.kernel.quantity import ucum_of


def _unit(text: str) -> str:
    code = ucum_of(text)
    if code is None:
        raise PydanticCustomError("unit_unknown", "unknown unit", {"unit": text})
    return code


UnitCode = Annotated[str, AfterValidator(_unit)]
Months = Annotated[int, Field(ge=0, le=1200)]
Days = Annotated[int, Field(ge=1, le=36_500)]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=6)]
TheirCode = Annotated[Line, StringConstraints(max_length=200)]


class ItemKind(StrEnum):
    """What an item is used for."""

    SPARE = "spare"
    RAW = "raw"
    PRODUCT = "product"
    TOOL = "tool"
    CONSUMABLE = "consumable"


class TrackedBy(StrEnum):
    """How single pieces of an item are told apart."""

    NONE = "none"
    LOT = "lot"
    SERIAL = "serial"


class Criticality(StrEnum):
    """What the lack of an item means for operation."""

    VITAL = "vital"
    ESSENTIAL = "essential"
    DESIRABLE = "desirable"


class ValueClass(StrEnum):
    """How much of the yearly value of consumption an item stands for: a the few dear ones, c the many cheap ones."""

    A = "a"
    B = "b"
    C = "c"


class AliasKind(StrEnum):
    """Whose name for an item an alias is."""

    NAME = "name"
    OLD_CODE = "old_code"
    SUPPLIER_CODE = "supplier_code"
    MANUFACTURER_CODE = "manufacturer_code"
    CUSTOMER_CODE = "customer_code"
    BARCODE = "barcode"


class Mobility(StrEnum):
    """Whether things of a model stay where they are put."""

    FIXED = "fixed"
    MOVABLE = "movable"


class ItemCard(msgspec.Struct, frozen=True):
    """An item as other rooms know it."""

    id: UUID
    code: str
    name: str
    specification: str
    unit: str
    item_kind: str
    tracked_by: str
    criticality: str
    state: str
    value_class: str
    shelf_life_days: int | None


class ClassCard(msgspec.Struct, frozen=True):
    """An equipment class as other rooms know it."""

    id: UUID
    code: str
    name_en: str
    name_zh: str
    path: str
    parent_id: UUID | None


class ModelCard(msgspec.Struct, frozen=True):
    """An equipment model as other rooms know it."""

    id: UUID
    item_id: UUID
    code: str
    name: str
    model_number: str
    state: str
    manufacturer_id: UUID | None
    manufacturer_name: str
    class_id: UUID | None
    class_code: str
    class_name_en: str
    class_name_zh: str
    class_path: str
    mobility: str
    expected_life_months: int | None
    warranty_parts_months: int | None
    warranty_labour_months: int | None
    warranty_terms: str
    replacement_cost: Decimal | None
    replacement_currency: str


class SpareCard(msgspec.Struct, frozen=True):
    """A line of a model's spare list."""

    id: UUID
    item_id: UUID
    code: str
    name: str
    unit: str
    quantity: Decimal
    set_number: str
    notes: str


class PartCard(msgspec.Struct, frozen=True):
    """A sub-unit or a maintainable item of an equipment class; its code names the way down, such as `PU.seal.ring`."""

    code: str
    name_en: str
    name_zh: str
    parent_code: str


@dataclass(frozen=True)
class ItemLine:
    """An item that must exist; it is found by its id, else by its code, else by its name. What is None stays.

    A new one is a spare, counted by the piece, unless the line says otherwise.
    """

    name: Name
    id: UUID | None = None
    code: Code | None = None
    kind: ItemKind | None = None
    unit: UnitCode | None = None
    tracked_by: TrackedBy | None = None
    criticality: Criticality | None = None
    specification: Line = ""
    description: Prose = ""
    value_class: ValueClass | None = None
    storage_conditions: Line = ""
    shelf_life_days: Days | None = None
    supplier_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ModelLine:
    """A model that must exist; it is found by its id, else by its name. What is None stays as it is.

    One that `is_new` is made even where another bears its name, as another maker's door 1.
    """

    name: Name
    id: UUID | None = None
    is_new: bool = False
    code: Code | None = None
    manufacturer_id: UUID | None = None
    model_number: Line | None = None
    class_code: Code | None = None
    mobility: Mobility | None = None
    description: Prose | None = None
    expected_life_months: Months | None = None
    warranty_parts_months: Months | None = None
    warranty_labour_months: Months | None = None
    warranty_parts_by_id: UUID | None = None
    warranty_labour_by_id: UUID | None = None
    warranty_terms: Prose | None = None
    replacement_cost: Amount | None = None
    replacement_currency: Currency | None = None


@dataclass(frozen=True)
class SpareLine:
    """A line that must stand in a model's spare list; it is found by model and item."""

    model_id: UUID
    item_id: UUID
    quantity: Quantity = Decimal(1)
    set_number: Line = ""
    notes: Line = ""


@dataclass(frozen=True)
class ItemUnitLine:
    """A unit in which an item is bought or handed out; it is found by item and unit."""

    item_id: UUID
    unit: UnitCode
    factor: Quantity


@dataclass(frozen=True)
class SupplierLine:
    """A party that supplies an item; it is found by item and party."""

    item_id: UUID
    party_id: UUID
    their_code: TheirCode | None = None


@dataclass(frozen=True)
class ClassLine:
    """An equipment class that must exist; it is found by its code, and made below the class of `parent_code`."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]
    name_en: Line = ""
    name_zh: Line = ""
    parent_code: str = ""
    boundary_en: Prose = ""
    boundary_zh: Prose = ""
