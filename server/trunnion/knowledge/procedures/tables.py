"""Steps as a table that a spreadsheet opens, and back: one row a step, headings in either language or by their keys."""

import csv
import re
from collections.abc import Sequence
from io import StringIO
from typing import Any

from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.words import say

from .types.steps import Condition, Step

COLUMNS = (
    "section", "key", "title", "asks", "instruction", "unit", "low", "high", "choices", "requirement", "repeats",
    "when", "meter",
)  # fmt: skip
SEVERAL = "|"
_CONDITION = re.compile(r"^\s*([A-Za-z0-9_-]{1,40})\s*(:|=|>|<)\s*(.+?)\s*$")
_SAID = {":": "results", "=": "values", ">": "above", "<": "below"}
# What a spreadsheet would take for a formula.
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def written(steps: Sequence[Step], language: str) -> str:
    """The table of these steps."""
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow([say(f"field.knowledge.step.{name}", language) for name in COLUMNS])
    for step in steps:
        sheet.writerow([_inert(_cell(step, name)) for name in COLUMNS])
    # Spreadsheets tell by this mark that the text is not of the machine's own code page.
    return "\ufeff" + out.getvalue()


def read(text: str) -> list[dict[str, Any]]:
    """The steps of a table as they would be written by hand; says which row is not understood."""
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    names = [_name_of(cell) for cell in rows[0]] if rows else []
    if "title" not in names:
        raise Invalid.field("/table", "procedure.table_headings", expected=", ".join(COLUMNS))
    found: list[dict[str, Any]] = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {n: _plain(c) for n, c in zip(names, row, strict=False) if n and c.strip()}
        if cells:
            found.append(_step(cells, number, len(found) + 1))
    return found


def _cell(step: Step, name: str) -> str:
    if name == "choices":
        return SEVERAL.join(step.choices)
    if name == "when":
        return " & ".join(part for condition in step.when for part in _parts(condition))
    value = getattr(step, name)
    return "" if value is None else str(value)


def _parts(condition: Condition) -> list[str]:
    told = {
        ":": SEVERAL.join(condition.results), "=": SEVERAL.join(condition.values),
        ">": condition.above, "<": condition.below,
    }  # fmt: skip
    return [f"{condition.step} {sign} {value}" for sign, value in told.items() if value not in (None, "")]


def _inert(text: str) -> str:
    is_number = re.fullmatch(r"[+-]?\d+(\.\d+)?", text) is not None
    return f"'{text}" if text.startswith(_RUNS) and not is_number else text


def _plain(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(_RUNS) else text


def _name_of(heading: str) -> str:
    asked = heading.strip().casefold()
    for name in COLUMNS:
        words = (say(f"field.knowledge.step.{name}", language) for language in ("en", "zh-CN"))
        if asked in (name, *(word.casefold() for word in words)):
            return name
    return ""


def _step(cells: dict[str, str], number: int, nth: int) -> dict[str, Any]:
    step: dict[str, Any] = {"key": f"s{nth}", **cells}
    if "choices" in cells:
        step["choices"] = [one.strip() for one in cells["choices"].split(SEVERAL)]
    if "when" in cells:
        step["when"] = [_condition(part, number) for part in cells["when"].split("&")]
    return step


def _condition(text: str, number: int) -> dict[str, Any]:
    found = _CONDITION.match(text)
    if found is None:
        error = FieldError("/table", "procedure.condition_unclear", {"row": number, "given": text.strip()})
        raise Invalid("invalid_input", errors=[error])
    step, sign, value = found.groups()
    several = [one.strip() for one in value.split(SEVERAL)]
    return {"step": step, _SAID[sign]: several if sign in ":=" else value}
