"""Workbooks as other programs and people make them: headers, sheets, styles, dates and kinds of cells of any sort."""

import io
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.cobie.tests.builders import MADE
from trunnion.integrations.tests.builders import full

Sheets = dict[str, list[dict[str, Any]]]
NEEDED = ("Contact", "Facility", "Floor", "Space", "Type", "Component")
OPTIONAL = tuple(name for name in full() if name not in NEEDED)
DATES = ("CreatedOn", "InstallationDate", "WarrantyStartDate")
TEXTS = st.one_of(
    st.sampled_from(["n/a", " R1 ", "水泵房", "=SUM(A1)", "007", "a, b", "½ Å\u2033", "-", "TRUE", "31/02/2024"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12),
)  # fmt: skip
# How a day may be written by whoever had no date cells.
WRITTEN = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%m-%d-%Y", "%d %B %Y", "%Y年%m月%d日")
FOREIGN = ("Anweisungen", "说明", "Feuille de garde", "PickLists", "Instruction", "Dropdowns")
PICKED = ("Fixed", "Moveable", "n/a")


@dataclass
class Making:
    """What is odd about one workbook."""

    sheets: Sheets
    order: list[str]
    columns: dict[str, list[str]]
    foreign: dict[str, int] = field(default_factory=dict)
    titles_above: int = 0
    merged_headers: bool = False
    from_1904: bool = False
    written: str | None = None
    formulas: bool = False
    is_uncalculated: bool = False
    picklists: bool = False
    styles: bool = False
    spelling: str = "as is"
    blanks: tuple[int, ...] = ()

    def __repr__(self) -> str:
        told = {
            name: value for name, value in vars(self).items() if name not in ("sheets", "columns") and value
        }
        return f"Making({told}, {self.sheets})"


@st.composite
def makings(draw: st.DrawFn) -> Making:
    """A building with what one program or another does to it."""
    sheets = full()
    for name in draw(st.sets(st.sampled_from(OPTIONAL), max_size=len(OPTIONAL))):
        del sheets[name]
    _vary(draw, sheets)
    columns = {name: draw(_columns(name, rows)) for name, rows in sheets.items()}
    return Making(
        sheets,
        order=draw(st.permutations(list(sheets))),
        columns=columns,
        foreign={n: draw(st.integers(0, len(sheets))) for n in draw(st.sets(st.sampled_from(FOREIGN), max_size=3))},
        titles_above=draw(st.integers(0, 3)),
        merged_headers=draw(st.booleans()),
        from_1904=draw(st.booleans()),
        written=draw(st.none() | st.sampled_from(WRITTEN)),
        formulas=draw(st.booleans()),
        is_uncalculated=draw(st.integers(0, 9)) == 0,
        picklists=draw(st.booleans()),
        styles=draw(st.booleans()),
        spelling=draw(st.sampled_from(["as is", "lower", "upper", "spaced"])),
        blanks=tuple(draw(st.lists(st.integers(1, 4), max_size=2))),
    )  # fmt: skip


def _vary(draw: st.DrawFn, sheets: Sheets) -> None:
    """Other texts, more rows, twins, rows that refer to nothing."""
    pump = sheets["Component"][0]
    for number in range(draw(st.integers(0, 3))):
        name = draw(TEXTS) if draw(st.booleans()) else f"P-{number + 3}"
        sheets["Component"].append(
            {**pump, "Name": name, "Description": draw(TEXTS), "SerialNumber": draw(TEXTS)}
        )
    if draw(st.booleans()):
        sheets["Component"].append({**pump, "Space": draw(TEXTS), "TypeName": draw(TEXTS), "Name": "P-lost"})
    if draw(st.booleans()):
        sheets["Space"].append({**MADE, "Name": draw(TEXTS), "Category": draw(TEXTS), "FloorName": "Ground"})
    if draw(st.booleans()):
        sheets["Type"].append({**sheets["Type"][0], "Name": draw(TEXTS), "ReplacementCost": draw(TEXTS)})
    for rows in sheets.values():
        if draw(st.integers(0, 3)) == 0:
            rows[0][draw(st.sampled_from(["Colour", "备注", "Name of maker", "Ext Mark"]))] = draw(TEXTS)


@st.composite
def _columns(draw: st.DrawFn, name: str, rows: list[dict[str, Any]]) -> list[str]:
    """Columns in any order; those of the standard that no row uses may stand there empty."""
    used = list(dict.fromkeys(column for row in rows for column in row))
    unused = [column for column in SHEETS[name].names if column not in used]
    more = draw(st.lists(st.sampled_from(unused), unique=True, max_size=4)) if unused else []
    order: list[str] = draw(st.permutations([*used, *more]))
    return order


def packed(made: Making) -> bytes:
    """The workbook as a file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"date_1904": made.from_1904, "default_date_format": "dd/mm/yyyy hh:mm"}
    )
    names = list(made.order)
    for foreign, at in made.foreign.items():
        names.insert(min(at, len(names)), foreign)
    formats = [
        book.add_format(one)
        for one in (
            {"bold": True, "bg_color": "#FFCC00"},
            {"num_format": "0.00E+00"},
            {"rotation": 90, "hidden": True},
        )
    ]
    for name in names:
        sheet = book.add_worksheet(name)
        if name in made.sheets:
            _Sheet(made, sheet, formats, name).write()
        else:
            sheet.write_column(0, 0, ["Fixed", "Moveable", "n/a", 3.5, "见说明"])
    book.close()
    return target.getvalue()


@dataclass
class _Sheet:
    made: Making
    sheet: Any
    formats: list[Any]
    name: str

    def write(self) -> None:
        columns, top = self.made.columns[self.name], self.made.titles_above
        for row in range(top):
            self.sheet.merge_range(row, 0, row, 3, f"{self.name} of the tower", self.formats[0])
        self._heads(columns, top)
        at = top + 1
        for number, row in enumerate(self.made.sheets[self.name], start=1):
            # Rows that say nothing stand in between.
            at += number in self.made.blanks
            for across, column in enumerate(columns):
                self._cell(at, across, column, row.get(column))
            at += 1
        if self.made.picklists and "Category" in columns:
            self.sheet.data_validation(
                top + 1,
                columns.index("Category"),
                at + 50,
                columns.index("Category"),
                {"validate": "list", "source": list(PICKED)},
            )
        if self.made.styles:
            self.sheet.autofilter(top, 0, at, len(columns) - 1)
            self.sheet.freeze_panes(top + 1, 1)
            self.sheet.set_column(0, 2, 40, self.formats[1])
            self.sheet.set_row(at + 5, 30, self.formats[2])
            self.sheet.write_blank(at + 30, 3, None, self.formats[0])
            self.sheet.write_comment(top, 0, "required")

    def _heads(self, columns: list[str], top: int) -> None:
        spell = {"lower": str.lower, "upper": str.upper, "spaced": lambda text: f" {text}\n"}.get(
            self.made.spelling, str
        )
        for across, column in enumerate(columns):
            self.sheet.write_string(top, across, spell(column), self.formats[0] if self.made.styles else None)
        if self.made.merged_headers:
            # The last heading reaches over a column without one.
            last = len(columns) - 1
            self.sheet.merge_range(top, last, top, last + 1, spell(columns[last]), self.formats[0])

    def _cell(self, down: int, across: int, column: str, value: Any) -> None:
        if value is None:
            return
        look = self.formats[0] if self.made.styles else None
        if column in DATES and isinstance(value, str) and value[:2] == "20":
            moment = datetime.fromisoformat(value)
            if self.made.written is None:
                self.sheet.write_datetime(down, across, moment)
            else:
                self.sheet.write_string(down, across, moment.strftime(self.made.written), look)
        elif (
            self.made.formulas
            and across % 3 == 0
            and isinstance(value, str)
            and len(value) < 200
            and '"' not in value
            and not value.startswith("=")
        ):
            told = 0 if self.made.is_uncalculated else value
            self.sheet.write_formula(down, across, f'=T("{value}")', look, told)
        elif isinstance(value, str):
            self.sheet.write_string(down, across, value, look)
        else:
            self.sheet.write_number(down, across, value, look)
