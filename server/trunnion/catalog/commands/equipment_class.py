"""Verbs on equipment classes."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from trunnion.catalog.models import EquipmentClass
from trunnion.catalog.taxonomy import shipped
from trunnion.catalog.types import ClassLine
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Line, Prose
from trunnion.kernel.policies import get, refer, take

MOST_LEVELS = 6
Lines = Annotated[list[ClassLine], Field(max_length=20_000)]
ClassCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]
ClassName = Annotated[Line, StringConstraints(max_length=200)]


@command("catalog.equipment_class.seed")
def seed(ctx: Context) -> int:
    """Adds the shipped classes that are not there yet; what the organisation changed stays. Returns how many."""
    rows = {row.code: row for row in EquipmentClass.objects.of(ctx)}
    fresh = []
    for one in shipped():
        if one.code in rows:
            continue
        parent = rows[one.parent] if one.parent else None
        row = EquipmentClass(
            code=one.code, name_en=one.name_en, name_zh=one.name_zh, parent=parent, is_shipped=True,
            path=f"{parent.path if parent else ''}{one.code}/", level=parent.level + 1 if parent else 1,
            boundary_en=one.boundary_en, boundary_zh=one.boundary_zh,
        )  # fmt: skip
        rows[one.code] = row
        fresh.append(row)
    EquipmentClass.objects.bulk_create(fresh)
    return len(fresh)


@command("catalog.equipment_class.create")
def create(
    ctx: Context, code: ClassCode, name_en: ClassName = "", name_zh: ClassName = "", parent_id: UUID | None = None,
    boundary_en: Prose = "", boundary_zh: Prose = "",
) -> Done:  # fmt: skip
    """Adds a class below another one, or a category; where one language is missing it gets the other's name."""
    _check_names(name_en, name_zh)
    refer(ctx, EquipmentClass.kind, parent_id, "/parent_id")
    parent = get(ctx, EquipmentClass, parent_id) if parent_id else None
    level = parent.level + 1 if parent else 1
    if level > MOST_LEVELS:
        raise Invalid.field("/parent_id", "class_too_deep", most=MOST_LEVELS)
    row = EquipmentClass(
        code=code, name_en=name_en or name_zh, name_zh=name_zh or name_en, parent=parent, level=level,
        path=f"{parent.path if parent else ''}{code}/", boundary_en=boundary_en, boundary_zh=boundary_zh,
    )  # fmt: skip
    row.save()
    return Done(row.id, row.version)


@command("catalog.equipment_class.edit")
def edit(
    ctx: Context, class_id: UUID, name_en: ClassName = UNSET, name_zh: ClassName = UNSET, boundary_en: Prose = UNSET,
    boundary_zh: Prose = UNSET,
) -> Done:  # fmt: skip
    """Changes names and boundary; code and place stay, because records are counted by them."""
    row = take(ctx, EquipmentClass, class_id)
    changes = given(name_en=name_en, name_zh=name_zh, boundary_en=boundary_en, boundary_zh=boundary_zh)
    for field, value in changes.items():
        setattr(row, field, value)
    _check_names(row.name_en, row.name_zh)
    row.name_en, row.name_zh = row.name_en or row.name_zh, row.name_zh or row.name_en
    row.save()
    return Done(row.id, row.version)


@command("catalog.equipment_class.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that classes exist: each is found by its code, and stays where it stands in the tree."""
    known: dict[str, EquipmentClass] = {row.code: row for row in EquipmentClass.objects.of(ctx)}
    tally = Tally()
    for index, line in enumerate(lines):
        row = known.get(line.code)
        if row is None:
            row = known[line.code] = _below(line, known, f"/lines/{index}")
        names = {"name_en": line.name_en or line.name_zh, "name_zh": line.name_zh or line.name_en}
        facts = {n: getattr(line, n) for n in ("name_en", "name_zh", "boundary_en", "boundary_zh")}
        facts = names | {n: value for n, value in facts.items() if value} if row._state.adding else facts
        tally.put(row, {name: value for name, value in facts.items() if value})
        _check_names(row.name_en, row.name_zh)
    tally.write()
    return tally.ensured()


def _below(line: ClassLine, known: dict[str, EquipmentClass], pointer: str) -> EquipmentClass:
    parent = known.get(line.parent_code) if line.parent_code else None
    if line.parent_code and parent is None:
        raise Invalid.field(f"{pointer}/parent_code", "reference_unknown", kind=EquipmentClass.kind)
    level = parent.level + 1 if parent else 1
    if level > MOST_LEVELS:
        raise Invalid.field(f"{pointer}/parent_code", "class_too_deep", most=MOST_LEVELS)
    path = f"{parent.path if parent else ''}{line.code}/"
    return EquipmentClass(code=line.code, parent=parent, level=level, path=path)


def _check_names(name_en: str, name_zh: str) -> None:
    if not name_en and not name_zh:
        raise Invalid.field("/name_en", "field.missing")
