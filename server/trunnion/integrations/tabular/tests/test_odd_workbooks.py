"""Workbooks as people make them: titles and merged cells above, styles, formulas, macros; all say what they show."""

import io
import os
from dataclasses import dataclass
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trunnion.assets.models import Asset
from trunnion.attach.models import File
from trunnion.integrations.models import ImportRun
from trunnion.integrations.tabular import heads
from trunnion.integrations.tabular.source import open_source
from trunnion.integrations.tabular.synonyms import folded, names_of
from trunnion.integrations.tabular.types import Layout
from trunnion.integrations.tests.builders import door
from trunnion.kernel.errors import Invalid
from trunnion.kernel.words import catalogue

from .builders import applied, brought, counts, reasons, stored

LOOK = settings(
    max_examples=int(os.environ.get("TRUNNION_EXAMPLES") or 4) * 5, deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
HEADS = ["设备名称", "序列号", "位号", "安装日期", "条码"]
FIELDS = ["name", "serial", "tag", "installed_on", "barcode"]
TEXTS = st.one_of(
    st.sampled_from(["离心泵", "  1# 泵 ", "=1+1", "007", "½″", "a\nb", "#1", "TRUE", "—"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=10),
)  # fmt: skip
FLAGS = ("gap", "wide_heads", "styles", "formulas", "from_1904", "macros", "hidden")
MACROS = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Sub Auto_Open: Shell "calc": End Sub'


@dataclass(frozen=True)
class Odd:
    """One workbook: what it says, and what its maker did to it."""

    rows: list[list[str]]
    titles: int
    left: int
    gap: bool
    wide_heads: bool
    styles: bool
    formulas: bool
    from_1904: bool
    macros: bool
    hidden: bool


@st.composite
def odd(draw: st.DrawFn) -> Odd:
    """Any such workbook."""
    count = draw(st.integers(1, 5))
    rows = [
        [draw(TEXTS), f"SN-{n}", draw(TEXTS), "2024-03-05", str(draw(st.integers(0, 10**6)))]
        for n in range(count)
    ]
    flags = {name: draw(st.booleans()) for name in FLAGS}
    return Odd(rows, draw(st.integers(0, 4)), draw(st.integers(0, 2)), **flags)


def packed(made: Odd) -> bytes:
    """The workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "date_1904": made.from_1904}
    )
    look = book.add_format(
        {"bold": True, "bg_color": "#FFFF00", "rotation": 90, "text_wrap": True, "num_format": "@"}
    )
    if made.hidden:
        book.add_worksheet("缓存").write_string(0, 0, "设备名称")
    sheet = book.add_worksheet("台账")
    sheet.activate()
    sheet.set_first_sheet()
    if made.hidden:
        book.get_worksheet_by_name("缓存").very_hidden()
    _fill(sheet, made, look)
    if made.macros:
        book.add_vba_project(io.BytesIO(MACROS), is_stream=True)
    book.close()
    return out.getvalue()


def _fill(sheet: Any, made: Odd, look: Any) -> None:
    plain = look if made.styles else None
    for n in range(made.titles):
        sheet.merge_range(n, made.left, n, made.left + 4, f"设备台账 第{n}页", look)
    top = made.titles + made.gap
    for at, text in enumerate(HEADS, start=made.left):
        # A heading that is merged with the cell beneath it, as in tables of two lines of headings.
        if made.wide_heads:
            sheet.merge_range(top, at, top + 1, at, text, look)
        else:
            sheet.write_string(top, at, text, plain)
    first = top + 1 + made.wide_heads
    for n, (*texts, number) in enumerate(made.rows, start=first):
        for at, text in enumerate(texts, start=made.left):
            sheet.write_string(n, at, text, plain)
        if made.formulas:
            sheet.write_formula(n, made.left + 4, f"=SUM({number},0)", plain, int(number))
        else:
            sheet.write_number(n, made.left + 4, int(number), plain)
    if made.styles:
        sheet.autofilter(top, made.left, first + len(made.rows), made.left + 4)
        sheet.freeze_panes(first, 0)
        sheet.set_column(0, 9, 30, look)
        sheet.write_comment(first, made.left, "看这里")
        sheet.conditional_format(first, 0, first + 9, 9, {"type": "duplicate", "format": look})


@LOOK
@given(made=odd())
def test_what_a_workbook_shows_is_read_whatever_else_is_in_it(tmp_path_factory, made):
    path = stored(tmp_path_factory.mktemp("odd"), packed(made), "t.xlsx")
    opened = open_source(path, Layout())
    assert opened.sheets == ("台账",)
    rows = [(number, row) for number, row in opened.rows("台账") if any(cell.strip() for cell in row)]
    head = heads.header_row(rows, "assets")
    assert head == made.titles + made.gap + 1
    headings = next(row for number, row in rows if number == head)
    below = [row for number, row in rows if number > head]
    assert [row[made.left :] for row in below] == [
        row for row in made.rows if any(cell.strip() for cell in row)
    ]
    known = names_of("assets")
    assert [known.get(folded(text)) for text in headings[made.left :]] == FIELDS


@pytest.mark.parametrize(
    ("name", "has_macros", "code"),
    [
        ("台账.xlsx", True, "file_has_macros"),
        ("台账.xlsm", True, "file_dangerous"),
        ("台账.xlsm", False, "file_dangerous"),
    ],
)
def test_macros_are_refused_at_the_door_in_words(tenant, name, has_macros, code):
    ctx = door(tenant)
    flags = dict.fromkeys(FLAGS, True) | {"macros": has_macros}
    made = Odd([["离心泵", "SN-1", "IS-80", "2024-03-05", "12"]], 2, 1, **flags)
    with pytest.raises(Invalid) as refused:
        brought(ctx, packed(made), "assets", name)
    assert refused.value.errors[0].code == code
    assert all(f"refusal.{code}" in words for words in catalogue().values())
    assert not ImportRun.objects.of(ctx).exists()
    assert not File.objects.of(ctx).exists()


def test_a_workbook_with_everything_but_macros_comes_in(tenant):
    ctx = door(tenant)
    flags = dict.fromkeys(FLAGS, True) | {"macros": False}
    made = Odd([["离心泵", "SN-1", "IS-80", "2024-03-05", "12"]], 3, 2, **flags)
    run = brought(ctx, packed(made), "assets", "台账.xlsx")
    assert counts(run) == (1, 0, 0, 0), (run.failure, reasons(ctx, run))
    applied(ctx, run)
    assert list(Asset.objects.of(ctx).values_list("name", "serial", "tag", "barcode")) == [
        ("离心泵", "SN-1", "IS-80", "12")
    ]
