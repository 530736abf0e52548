"""The rows that were set aside, as a workbook with the reasons beside them, to be mended and brought in again."""

import io
from pathlib import Path

import xlsxwriter

from trunnion.kernel.words import LANGUAGES, say

from .declare import TARGETS
from .types import Reason, Staged

# The reader of tables passes these columns by: no field is called so.
REASON = ("Reason", "原因")
_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True,
}  # fmt: skip


def workbook(file_name: str, target: str, headings: list[str], rows: list[Staged]) -> tuple[str, bytes]:
    """Name and content: the same columns as in the file, wrong cells marked, the reasons in both languages."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, _OPTIONS)
    bold = book.add_format({"bold": True, "bg_color": "#FFF2CC"})
    wrong = book.add_format({"bg_color": "#F8CBAD"})
    sheet = book.add_worksheet(target)
    sheet.freeze_panes(1, 0)
    width = len(headings)
    for at, text in enumerate([*headings, *REASON]):
        sheet.write_string(0, at, text, bold)
        sheet.set_column(at, at, 18 if at < width else 60)
    for line, row in enumerate(rows, start=1):
        marked = {reason.column for reason in row.reasons if reason.is_error}
        for at, cell in enumerate(row.cells[:width]):
            sheet.write_string(line, at, cell, *([wrong] if at in marked else []))
        for at, language in enumerate(LANGUAGES):
            sheet.write_string(line, width + at, said(target, row, headings, language)[:32_767])
    book.close()
    return f"{Path(file_name).stem} - errors.xlsx", content.getvalue()


def in_words(target: str, reason: Reason, language: str) -> str:
    """A reason in words; what could be chosen is called as the program calls it."""
    facts = dict(reason.facts)
    field, known = TARGETS[target].field(reason.field), facts.get("known")
    if reason.code == "table.not_a_choice" and field is not None and isinstance(known, list):
        facts["known"] = [say(f"{field.words}.{value}", language) for value in known]
    return say(f"refusal.{reason.code}", language, **facts)


def said(target: str, row: Staged, headings: list[str], language: str) -> str:
    """Every reason of a row in words, each after its column's heading."""
    parts = []
    for reason in row.reasons:
        if reason.is_error:
            at = reason.column
            name = headings[at] if at is not None and at < len(headings) else reason.field
            parts.append(f"{name}: {in_words(target, reason, language)}")
    return "\n".join(parts)
