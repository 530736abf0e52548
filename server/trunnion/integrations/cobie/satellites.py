"""Rows that say something about another row's record, on their way out."""

from collections.abc import Iterator
from uuid import UUID

from trunnion.attach.types import AttributeCard, AttributeLine
from trunnion.integrations.cobie.homes import SATELLITES, Satellite
from trunnion.integrations.cobie.memory import Line
from trunnion.integrations.cobie.outward import Out, Outward, instant
from trunnion.integrations.cobie.relations import SAID_AS, is_relation, relations_of
from trunnion.integrations.cobie.resolve import Names
from trunnion.integrations.cobie.sheets import SHEETS, Column, Kind, sheet_name_of
from trunnion.integrations.cobie.types import Row

Home = tuple[UUID, str, str]
"""(record, category, name) of an attribute."""
_ATTRIBUTE = {"Description": "description", "AllowedValues": "allowed_values"}


def owner_of(row: Row, names: Names, building_id: UUID | None) -> UUID | None:
    """The record that a row is about; the building where it names none that has a record of its own."""
    satellite = SATELLITES[row.sheet]
    sheet = satellite.target
    if satellite.sheet_column is not None:
        sheet = sheet_name_of(row.text(satellite.sheet_column) or "")
    found = names.find(sheet, row.text(satellite.owner)) if sheet and satellite.owner else None
    return found or building_id


def texts_of(satellite: Satellite, card: AttributeCard | AttributeLine) -> dict[str, str]:
    """The columns that an attribute says."""
    if satellite.sheet == "Coordinate":
        return {}
    found = {satellite.said: card.text}
    if satellite.unit:
        found[satellite.unit] = card.unit_text or card.unit
    if satellite.sheet == "Attribute":
        found |= {column: getattr(card, name) for column, name in _ATTRIBUTE.items()}
    return found


def satellite_rows(work: Outward) -> Iterator[Out]:
    """What came in and still stands, then what was added here."""
    cards = {
        (row_id, card.category, card.name): card
        for row_id, found in work.stand.attributes.items()
        for card in found
    }
    relations = {(one.kind, one.source_id, one.target_id): one for one in work.stand.relations}
    stated: set[tuple[str, UUID, UUID]] = set()
    for sheet in SATELLITES:
        for line in work.memory.lines[sheet].values():
            row = line.row(sheet)
            if is_relation(row):
                named = list(relations_of(row, work.names))
                stated.update((str(kind), source, target) for _, (kind, source, target) in named)
                gone = [name for name, (kind, *ends) in named if (str(kind), *ends) not in relations]
                out = _related(work, sheet, line, gone)
            else:
                out = _about(work, sheet, line, cards)
            if out is not None:
                yield out
    yield from _new_relations(work, stated)
    yield from _new_attributes(work, cards)


def _related(work: Outward, sheet: str, line: Line, gone: list[str]) -> Out | None:
    cells = dict(line.cells)
    if gone and sheet == "Connection":
        return None
    if gone:
        left = [name for name, _ in work.names.split("Component", cells["ChildNames"]) if name not in gone]
        if not left:
            return None
        cells["ChildNames"] = ", ".join(left)
    return Out(sheet, _renamed(work, sheet, cells), dict(line.extra), None, line)


def _about(work: Outward, sheet: str, line: Line, cards: dict[Home, AttributeCard]) -> Out | None:
    cells = dict(line.cells)
    owner = owner_of(line.row(sheet), work.names, work.building_id)
    if line.home is not None and owner is not None:
        card = cards.pop((owner, *line.home), None)
        if card is None:
            return None
        for column, text in texts_of(SATELLITES[sheet], card).items():
            then = line.said.get(column)
            if text != (line.cells.get(column, "") if then is None else then):
                cells[column] = text
    return Out(sheet, _renamed(work, sheet, cells), dict(line.extra), owner, line)


def _renamed(work: Outward, sheet: str, cells: dict[str, str]) -> dict[str, str]:
    """The cells with the new names of whatever was renamed here."""
    if not work.renamed:
        return cells
    row = Row(sheet, 0, cells)
    for column in SHEETS[sheet].columns:
        target = _target(row, column)
        if target is None or column.name not in cells:
            continue
        named = work.names.split(target, row.text(column.name)) if column.kind in (Kind.REFERENCES, Kind.ROWS) else [
            (cells[column.name], work.names.find(target, row.text(column.name)))
        ]  # fmt: skip
        if any(row_id in work.renamed for _, row_id in named):
            cells[column.name] = ", ".join(work.renamed.get(i, name) if i else name for name, i in named)
    return cells


def _target(row: Row, column: Column) -> str | None:
    if column.sheet_column is not None:
        return sheet_name_of(row.text(column.sheet_column) or "")
    return column.target


def _new_relations(work: Outward, stated: set[tuple[str, UUID, UUID]]) -> Iterator[Out]:
    for one in work.stand.relations:
        if (one.kind, one.source_id, one.target_id) in stated:
            continue
        source, target = work.called[one.source_id], work.called[one.target_id]
        cells = {"CreatedOn": instant(one.created_at), "SheetName": "Component"}
        if one.remark:
            cells["Description"] = one.remark
        if one.kind == "part_of":
            cells |= {"Name": target, "ParentName": target, "ChildNames": source, "AssemblyType": "Fixed"}
            yield Out("Assembly", cells)
        else:
            cells |= {"Name": f"{source} - {target}", "RowName1": source, "RowName2": target}
            cells["ConnectionType"] = next(text for kind, text in SAID_AS.items() if kind == one.kind)
            yield Out("Connection", cells)


def _new_attributes(work: Outward, cards: dict[Home, AttributeCard]) -> Iterator[Out]:
    """The attributes that no row brought; those that keep cells of rows are said by the rows."""
    for (row_id, category, name), card in cards.items():
        if category.startswith("cobie:") or row_id not in work.called:
            continue
        cells = {
            "Name": name, "Category": category, "SheetName": work.sheet_of[row_id], "RowName": work.called[row_id],
            "Value": card.text, "Unit": card.unit_text or card.unit, "Description": card.description,
            "AllowedValues": card.allowed_values, "ExtSystem": card.source, "ExtObject": card.source_object,
            "ExtIdentifier": card.external_uri, "CreatedBy": card.stated_by,
            "CreatedOn": instant(card.stated_at) if card.stated_at else "",
        }  # fmt: skip
        yield Out("Attribute", {column: text for column, text in cells.items() if text}, {}, row_id)
