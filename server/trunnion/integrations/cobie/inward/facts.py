"""What has no field of its own becomes typed attributes: loose columns of records, and rows about other rows."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from trunnion.attach.commands import attribute
from trunnion.attach.types import AttributeCard, AttributeLine, ValueType
from trunnion.integrations.cobie import units
from trunnion.integrations.cobie.cells import decimal_of, moment_of
from trunnion.integrations.cobie.homes import HOMES, MADE, SATELLITES, category_of
from trunnion.integrations.cobie.inward.work import FIRST_YEAR, LAST_YEAR, LINE, NAME, Work, cut, text
from trunnion.integrations.cobie.plan import Step, Verdict
from trunnion.integrations.cobie.relations import is_relation
from trunnion.integrations.cobie.satellites import owner_of, texts_of
from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.cobie.types import Row
from trunnion.kernel import quantity
from trunnion.kernel.fields import ExactField

PROSE = 20_000
Home = tuple[UUID, str, str]
# The facility says once in which units lengths and areas are written.
_UNITS = {
    "Elevation": "LinearUnits", "Height": "LinearUnits", "UsableHeight": "LinearUnits", "GrossArea": "AreaUnits",
    "NetArea": "AreaUnits", "NominalLength": "LinearUnits", "NominalWidth": "LinearUnits",
    "NominalHeight": "LinearUnits",
}  # fmt: skip
_TRUTH = {"true": True, "false": False}
# Where a document lies is said in up to three columns.
_DOCUMENT = ("File", "Directory", "Reference")
_POINT = ("CoordinateXAxis", "CoordinateYAxis", "CoordinateZAxis")


def apply(work: Work) -> None:
    """Sets the attributes of everything that came in, and takes those away that the file no longer states."""
    kinds = _kinds(work)
    lines: dict[Home, AttributeLine] = {}
    for sheet in HOMES:
        for step in work.pending(sheet):
            for line in _loose(work, step):
                lines.setdefault((line.row_id, line.category, line.name), line)
    taken = set(lines) | _held(work)
    for sheet in SATELLITES:
        for step in work.pending(sheet):
            found = None if is_relation(step.row) else _satellite(work, step, kinds, taken)
            if found is not None:
                lines[found.row_id, found.category, found.name] = found
    work.attributes = list(lines.values())
    if lines:
        attribute.set_many(work.ctx, work.attributes)
    for card in _withdrawn(work, lines):
        attribute.remove(work.ctx, card.id)


def _kinds(work: Work) -> dict[UUID, str]:
    """Of which kind each record is that rows may be about."""
    found = {
        row_id: HOMES[sheet].kind for (sheet, _), row_id in (*work.plan.known.items(), *work.made.items())
    }
    if work.plan.stand is not None:
        found |= dict.fromkeys(work.plan.stand.assets, "assets.asset")
        found |= dict.fromkeys(work.plan.stand.models, "catalog.model")
        found |= dict.fromkeys(work.plan.stand.places, "assets.location")
    if work.plan.building_id is not None:
        found[work.plan.building_id] = "assets.location"
    return found


def _loose(work: Work, step: Step) -> Iterator[AttributeLine]:
    home, row = HOMES[step.row.sheet], step.row
    if step.subject_id is None:
        return
    left = work.unplaced.get((row.sheet, row.number), ())
    # The floor of a component that stands in no room is where the asset stands.
    extra = () if work.plan.workbook.is_partial else row.extra
    for column in (*home.loose, *dict.fromkeys(left), *extra):
        words = row.extra.get(column, "").strip() if column in row.extra else text(row, column)
        if words and step.has(column):
            unit = work.unit_word(_UNITS[column]) if column in _UNITS else ""
            yield AttributeLine(
                home.kind, step.subject_id, cut(column, NAME), category=category_of(row.sheet),
                unit_text=cut(unit, LINE), **typed(words, unit), **_made(row),
            )  # fmt: skip


def typed(words: str, unit_word: str) -> dict[str, Any]:
    """The value with its type as far as it can be told, and its unit where both are known."""
    found: dict[str, Any] = {"text": cut(words, PROSE)}
    exact = decimal_of(words)
    if exact is not None and exact.is_finite() and abs(exact) < ExactField.LIMIT:
        return found | {"value_type": ValueType.NUMBER, "number": exact, "unit": ucum(unit_word)}
    if words.casefold() in _TRUTH:
        return found | {"value_type": ValueType.BOOLEAN, "boolean": _TRUTH[words.casefold()]}
    day = _day(words)
    return found | ({"value_type": ValueType.DATE, "on": day} if day else {})


def ucum(unit_word: str) -> str:
    """The code of a unit word; nothing where it is none that we know."""
    code = (units.ucum_of(unit_word) or quantity.ucum_of(unit_word) or "") if unit_word else ""
    return code if code and quantity.is_unit(code) else ""


def _day(words: str) -> date | None:
    moment = moment_of(words, Row("", 0, {}).zone) if words[:1].isdigit() else None
    is_day = moment is not None and not any(mark in words for mark in ":T")
    return moment.date() if moment and is_day and FIRST_YEAR <= moment.year < LAST_YEAR else None


def _made(row: Row) -> dict[str, Any]:
    at = row.moment("CreatedOn")
    return {
        "source": cut(row.text("ExtSystem") or row.text("ExternalSystem") or "", LINE),
        "source_object": cut(row.text("ExtObject") or "", LINE),
        "external_uri": cut(row.text("ExtIdentifier") or "", LINE),
        "stated_by": cut(row.text("CreatedBy") or "", LINE),
        "stated_at": at if _is_sound(at) else None,
    }


def _is_sound(at: datetime | None) -> bool:
    return at is not None and FIRST_YEAR <= at.year < LAST_YEAR


def _held(work: Work) -> set[Home]:
    """The attributes that rows of this source became earlier."""
    found: set[Home] = set()
    for sheet in SATELLITES:
        for line in work.plan.memory.lines[sheet].values():
            owner = owner_of(line.row(sheet), work.plan.names, work.plan.building_id) if line.home else None
            if owner is not None and line.home is not None:
                found.add((owner, *line.home))
    return found


def _satellite(work: Work, step: Step, kinds: dict[UUID, str], taken: set[Home]) -> AttributeLine | None:
    row = step.row
    owner = owner_of(row, work.plan.names, work.plan.building_id)
    kind = kinds.get(owner) if owner else None
    if owner is None or kind is None:
        return None
    before = step.before
    is_about_same = before is not None and before.home is not None and not step.has("SheetName", "RowName")
    home = (
        before.home
        if before is not None and is_about_same and before.home
        else _free(row, owner, taken, work)
    )
    taken.add((owner, *home))
    step.line.home = home
    said, unit = _words(row), _unit_word(row)
    description = _about(row)
    card = _card(work, owner, home) if step.verdict is Verdict.CHANGED else None
    if card is not None:
        # What the file did not touch stays as people have put it here in the meantime.
        satellite = SATELLITES[row.sheet]
        said = said if step.has(satellite.said, *_POINT, *_DOCUMENT) else card.text
        unit = unit if satellite.unit is None or step.has(satellite.unit) else card.unit_text or card.unit
    line = AttributeLine(
        kind, owner, home[1], category=home[0], unit_text=cut(unit, LINE), description=description,
        allowed_values=cut(row.text("AllowedValues") or "", PROSE), **typed(said, unit), **_made(row),
    )  # fmt: skip
    _note_said(step, line)
    return line


def _free(row: Row, owner: UUID, taken: set[Home], work: Work) -> tuple[str, str]:
    """Category and name of a new attribute: a second row of one name gets a number behind it."""
    name = row.text("Name") or row.sheet
    if owner == work.plan.building_id and not _is_about_building(row):
        name = (
            f"{row.text('RowName') or row.text('TypeName') or row.text('ParentName') or ''}: {name}".lstrip(
                ": "
            )
        )
    category = cut(row.text("Category") or "", LINE) if row.sheet == "Attribute" else ""
    category = category or category_of(row.sheet)
    name = cut(name, NAME)
    number = 2
    found = name
    while (owner, category, found) in taken:
        found = f"{cut(name, NAME - 8)} ({number})"
        number += 1
    return category, found


def _is_about_building(row: Row) -> bool:
    return (row.text("SheetName") or "Facility").casefold().startswith("facilit") and row.sheet != "Job"


def _words(row: Row) -> str:
    """The one thing that a row says."""
    if row.sheet == "Coordinate":
        return ", ".join(row.text(column) or "?" for column in _POINT)
    if row.sheet == "Document":
        return next((words for column in _DOCUMENT if (words := text(row, column))), "")
    return row.text(SATELLITES[row.sheet].said) or ""


def _unit_word(row: Row) -> str:
    column = SATELLITES[row.sheet].unit
    return (row.text(column) or "") if column else ""


def _about(row: Row) -> str:
    """Of an attribute its description; of any other row whatever else it says, a line for each column."""
    if row.sheet == "Attribute":
        return cut(row.text("Description") or "", PROSE)
    satellite = SATELLITES[row.sheet]
    told = {satellite.said, satellite.unit, satellite.owner, satellite.sheet_column, "Name", *MADE}
    columns = (c for c in SHEETS[row.sheet].names if c not in told and not c.startswith("Ext"))
    return cut("\n".join(f"{column}: {words}" for column in columns if (words := row.text(column))), PROSE)


def _card(work: Work, owner: UUID, home: tuple[str, str]) -> AttributeCard | None:
    held = work.plan.stand.attributes.get(owner, ()) if work.plan.stand else ()
    return next((card for card in held if (card.category, card.name) == home), None)


def _note_said(step: Step, line: AttributeLine) -> None:
    """Where the attribute says it otherwise than the cell, what it says now."""
    for column, words in texts_of(SATELLITES[step.row.sheet], line).items():
        if words != step.line.cells.get(column, ""):
            step.line.said[column] = words


def _withdrawn(work: Work, lines: dict[Home, AttributeLine]) -> Iterator[AttributeCard]:
    """The attributes of columns whose cells the file has emptied since."""
    if work.plan.stand is None:
        return
    for sheet in HOMES:
        for step in work.pending(sheet):
            if step.verdict is Verdict.CHANGED and step.subject_id is not None:
                for card in work.plan.stand.attributes.get(step.subject_id, ()):
                    key = (step.subject_id, card.category, card.name)
                    if card.category == category_of(sheet) and card.name in step.touched and key not in lines:
                        yield card
