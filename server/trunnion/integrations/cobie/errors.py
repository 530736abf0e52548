"""The rows that were set aside, as a workbook to be corrected and brought in again."""

import io
from collections.abc import Iterator

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from trunnion.integrations.cobie.plan import Plan
from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.cobie.types import Finding, Row, Severity
from trunnion.kernel.words import LANGUAGES, say

# The reader passes by a sheet of this name, so that the corrected workbook can come in as it is.
REASONS = "ReadMe"
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def workbook(plan: Plan) -> tuple[str, bytes]:
    """Name and content: each bad cell is marked and bears its reasons; the facility goes along as the address."""
    found = [finding for finding in plan.findings if finding.severity is Severity.ERROR]
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    bold = book.add_format({"bold": True, "bg_color": "#FFF2CC"})
    wrong = book.add_format({"bg_color": "#F8CBAD"})
    _write_reasons(book.add_worksheet(REASONS), found, bold)
    for sheet, rows in plan.workbook.sheets.items():
        bad = [row for row in rows if (sheet, row.number) in plan.parked]
        address = rows[:1] if sheet == "Facility" and not bad else ()
        if bad or address:
            reasons = _by_cell(finding for finding in found if finding.sheet == sheet)
            extra = plan.workbook.extra_columns.get(sheet, ())
            _write_rows(
                book.add_worksheet(sheet),
                (*SHEETS[sheet].names, *extra),
                [*address, *bad],
                reasons,
                bold,
                wrong,
            )
    book.close()
    return f"{plan.source_name.replace('/', '-')} - errors.xlsx", target.getvalue()


def _write_reasons(worksheet: Worksheet, found: list[Finding], bold: object) -> None:
    heads = [say(f"column.integrations.findings.{key}", "en") for key in ("sheet", "row", "column")]
    for at, head in enumerate((*heads, "Reason", "原因")):
        worksheet.write_string(0, at, head, bold)
        worksheet.set_column(at, at, 80 if at > 2 else 16)
    for line, finding in enumerate(found, start=1):
        for at, text in enumerate(
            (finding.sheet or "", str(finding.row or ""), finding.column or "", *_said(finding))
        ):
            worksheet.write_string(line, at, text)


def _said(finding: Finding) -> Iterator[str]:
    return (say(f"refusal.{finding.code}", language, **finding.facts) for language in LANGUAGES)


def _by_cell(found: Iterator[Finding]) -> dict[tuple[int, str], list[str]]:
    reasons: dict[tuple[int, str], list[str]] = {}
    for finding in found:
        if finding.row is not None:
            reasons.setdefault((finding.row, finding.column or ""), []).extend(_said(finding))
    return reasons


def _write_rows(
    worksheet: Worksheet, columns: tuple[str, ...], rows: list[Row], reasons: dict[tuple[int, str], list[str]],
    bold: object, wrong: object,
) -> None:  # fmt: skip
    worksheet.freeze_panes(1, 1)
    for at, name in enumerate(columns):
        worksheet.set_column(at, at, 18)
        worksheet.write_string(0, at, name, bold)
    for line, row in enumerate(rows, start=1):
        for at, name in enumerate(columns):
            why = reasons.get((row.number, name))
            text = row.cells.get(name) or row.extra.get(name, "")
            if why is None:
                worksheet.write_string(line, at, text)
                continue
            worksheet.write_string(line, at, text, wrong)
            worksheet.write_comment(line, at, "\n".join(why), {"x_scale": 3, "author": ""})
