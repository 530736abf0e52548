"""Says what is wrong with the rows of a workbook: an error parks the row, a note leaves it in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from trunnion.integrations.cobie import assemblies, cells, units
from trunnion.integrations.cobie.names import Known
from trunnion.integrations.cobie.sheets import SHEETS, Column, Kind, Sheet, sheet_name_of
from trunnion.integrations.cobie.types import Finding, Row, Severity, Workbook

# What is referred to comes first, so that a row whose target is parked is parked in the same pass.
_SHEETS_IN_ORDER = (
    "Contact Facility Floor Space Zone Type Component System Spare Resource Job Assembly Connection Document"
    " Impact Coordinate Issue Attribute"
)
_ORDER = tuple(_SHEETS_IN_ORDER.split())

# As many blanks around a text as are looked through for what it says.
_BLANKS = 20
UnitCheck = Callable[[str], bool]


def check(
    workbook: Workbook, *, is_unit: UnitCheck = units.is_known, existing: Iterable[Row] = ()
) -> list[Finding]:
    """All findings in the order of the workbook, those of reading included.

    Equal notes of one column are one finding: its row is the first, `count` says how many rows. References may also
    mean `existing` rows, which came in earlier and are not checked again.
    """
    run = _Run(workbook, is_unit)
    for row in existing:
        run.known.add(row.sheet, row.text(SHEETS[row.sheet].key[0]) or "", row, parked=False)
    for name in _ORDER:
        run.admit(SHEETS[name], workbook.sheets.get(name, ()))
    run.park_cycles()
    for name in _ORDER:
        for row in workbook.sheets.get(name, ()):
            run.read_cells(SHEETS[name], row)
    place = {name: number for number, name in enumerate(SHEETS)}
    found = [*run.errors, *run.grouped_notes()]
    return sorted(found, key=lambda finding: (place.get(finding.sheet or "", -1), finding.row or 0))


def parked(findings: Iterable[Finding]) -> frozenset[tuple[str, int]]:
    """The (sheet, row number) of every row that must not be applied."""
    return frozenset(
        (finding.sheet, finding.row)
        for finding in findings
        if finding.severity is Severity.ERROR and finding.sheet is not None and finding.row is not None
    )


class _Run:
    def __init__(self, workbook: Workbook, is_unit: UnitCheck) -> None:
        self.known = Known()
        self.is_unit = is_unit
        self.workbook = workbook
        self.errors = [finding for finding in workbook.findings if finding.severity is Severity.ERROR]
        self.notes = [finding for finding in workbook.findings if finding.severity is Severity.NOTE]
        self.broken = set(parked(self.errors))

    def error(self, row: Row, column: str, code: str, **facts: object) -> None:
        self.broken.add((row.sheet, row.number))
        self.errors.append(
            Finding(row.sheet, row.number, column, code, MappingProxyType(facts), Severity.ERROR)
        )

    def note(self, row: Row, column: str, code: str, **facts: object) -> None:
        self.notes.append(Finding(row.sheet, row.number, column, code, MappingProxyType(facts)))

    def grouped_notes(self) -> Iterator[Finding]:
        groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
        for note in self.notes:
            groups[note.sheet, note.column, note.code, *sorted(note.facts.items(), key=str)].append(note)
        for first, *others in groups.values():
            facts = MappingProxyType({**first.facts, "count": len(others) + 1})
            yield Finding(first.sheet, first.row, first.column, first.code, facts, first.severity)

    # First pass: keys and the references that a row cannot do without.

    def admit(self, sheet: Sheet, rows: Iterable[Row]) -> None:
        seen: dict[tuple[str | None, ...], Row] = {}
        for row in rows:
            self._keys(sheet, row, seen)
            for column in sheet.columns:
                if column.binding:
                    self._binding(row, column)
            name = row.text(sheet.key[0])
            if name is not None:
                self.known.add(sheet.name, name, row, parked=(row.sheet, row.number) in self.broken)

    def _keys(self, sheet: Sheet, row: Row, seen: dict[tuple[str | None, ...], Row]) -> None:
        if row.text(sheet.key[0]) is None:
            self.error(row, sheet.key[0], "cobie.missing_key")
            return
        key = tuple(row.text(column) for column in sheet.key)
        first = seen.setdefault(key, row)
        if first is row:
            return
        shown = " · ".join(part for part in key if part is not None)
        if not sheet.repeats:
            self.error(row, sheet.key[0], "cobie.duplicate_key", key=shown, first_row=first.number)
        elif first.cells == row.cells and first.extra == row.extra:
            self.note(row, sheet.key[0], "cobie.repeated_row", key=shown, first_row=first.number)
        else:
            self.note(row, sheet.key[0], "cobie.repeated_key", key=shown, first_row=first.number)

    def _binding(self, row: Row, column: Column) -> None:
        text = row.text(column.name)
        target = column.target
        if column.sheet_column is not None:
            target = self._target_sheet(row, column.name, column.sheet_column)
            if target is None:
                return
        if text is None or target is None:
            return
        self._resolve(row, column, target, text)

    def _target_sheet(self, row: Row, column: str, sheet_column: str) -> str | None:
        named = row.text(sheet_column)
        target = sheet_name_of(named) if named is not None else None
        if row.text(column) is None:
            self.error(row, column, "cobie.missing_key")
            return None
        if named is None:
            self.error(row, sheet_column, "cobie.missing_key")
        elif target is None:
            self.error(row, sheet_column, "cobie.unknown_sheet_name", text=named)
        return target

    def _resolve(self, row: Row, column: Column, target: str, text: str) -> None:
        """A list is broken only when nothing in it is known; single dangling names in it are notes."""
        names = self._names(column, target, text)
        misses = [name for name in names if self.known.find(target, name) is None]
        fatal = column.binding and (len(misses) == len(names))
        tell = self.error if fatal else self.note
        for name in misses:
            refused = self.known.refused(target, name)
            if refused is not None:
                tell(
                    row,
                    column.name,
                    "cobie.refers_to_parked",
                    name=name,
                    sheet=target,
                    parked_row=refused.number,
                )
            else:
                tell(row, column.name, "cobie.dangling_reference", name=name, sheet=target)
        for name in names:
            written = self.known.find(target, name)
            if written is not None and not self.known.is_exact(target, name):
                self.note(row, column.name, "cobie.loose_reference", name=name, meant=written)

    def _names(self, column: Column, target: str, text: str) -> tuple[str, ...]:
        if column.kind in (Kind.REFERENCES, Kind.ROWS):
            return cells.split_list(text, self.known.spellings(target))
        return (text,)

    def park_cycles(self) -> None:
        good = [
            row
            for row in self.workbook.sheets.get("Assembly", ())
            if ("Assembly", row.number) not in self.broken
        ]
        for row in assemblies.rows_in_cycles(good, self.known):
            self.error(row, "ChildNames", "cobie.cyclic_assembly", parent=row.text("ParentName"))

    # Second pass: single cells, and references that may dangle.

    def read_cells(self, sheet: Sheet, row: Row) -> None:
        for column in sheet.columns:
            raw = row.cells.get(column.name)
            if column.kind is Kind.TEXT and raw is not None and len(raw) > len(column.name) + _BLANKS:
                # Too long to be blank or a placeholder, and a text can be nothing else that is wrong.
                continue
            text = row.text(column.name)
            if text is None:
                if column.required and column.name not in sheet.key and not (raw or "").strip():
                    self.note(row, column.name, "cobie.missing_required")
            elif cells.is_placeholder(column.name, text):
                self.note(row, column.name, "cobie.placeholder", text=text)
            elif not column.binding:
                self._cell(row, column, text)

    def _cell(self, row: Row, column: Column, text: str) -> None:
        if column.kind is Kind.NUMBER and cells.decimal_of(text) is None:
            self.note(row, column.name, "cobie.bad_number", text=text)
        elif column.kind is Kind.DATE and cells.moment_of(text, row.zone) is None:
            self.note(row, column.name, "cobie.bad_date", text=text)
        elif column.kind is Kind.UNIT and not self._is_unit(column, text):
            self.note(row, column.name, "cobie.unknown_unit", text=text)
        elif column.kind in (Kind.REFERENCE, Kind.REFERENCES) and column.target is not None:
            self._resolve(row, column, column.target, text)
        elif (
            column.kind is Kind.SHEET
            and sheet_name_of(text) is None
            and (row.sheet, row.number) not in self.broken
        ):
            self.note(row, column.name, "cobie.unknown_sheet_name", text=text)
        elif column.kind is Kind.ROW and column.sheet_column is not None:
            target = sheet_name_of(row.text(column.sheet_column) or "")
            if target is not None:
                self._resolve(row, column, target, text)

    def _is_unit(self, column: Column, text: str) -> bool:
        if column.name == "CurrencyUnit":
            return units.currency_of(text) is not None
        return self.is_unit(text)
