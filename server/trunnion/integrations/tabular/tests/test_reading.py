"""What files are read: encodings, delimiters, kinds of workbook; and what is refused, in words, with nothing kept."""

import io
import zipfile
from datetime import date

import pytest

from trunnion.integrations.models import ImportPage, ImportRun
from trunnion.integrations.tabular import beginning, source
from trunnion.integrations.tabular.source import open_source
from trunnion.integrations.tabular.types import Layout
from trunnion.integrations.tests.builders import door
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid

from .builders import brought, csv_of, detail, stored, xlsx_of

ROWS = [["设备名称", "Serial"], ["泵;一号", "=1+1"], ["a,b", "-3"]]


def code_of(caught) -> str:
    return caught.value.errors[0].code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_text_of_any_usual_encoding(tmp_path, encoding, delimiter):
    opened = open_source(stored(tmp_path, csv_of(ROWS, encoding, delimiter)), Layout())
    rows = [row for _, row in opened.rows()]
    assert rows[1:] == ROWS[1:]
    assert rows[0][1] == "Serial"
    assert rows[0][0].lstrip("\ufeff") == "设备名称"


def test_workbooks_tell_days_and_numbers_as_people_write_them(tmp_path):
    content = xlsx_of(
        {
            "A": [["x"]],
            "台账": [[], ["h", "d", "n"], ["a", date(2024, 3, 5), 12.0], ["=1+1", date(2024, 1, 2), 1.5]],
        }
    )
    opened = open_source(stored(tmp_path, content, "t.xlsx"), Layout(sheet="台账"))
    assert opened.sheets == ("A", "台账")
    rows = dict(opened.rows())
    assert rows[3] == ["a", "2024-03-05", "12"]
    # A formula without a kept value says nothing; it is never worked out.
    assert rows[4][1:] == ["2024-01-02", "1.5"]
    assert rows[4][0] in ("", "0")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_of_each_encoding_comes_in(tenant, encoding):
    ctx = door(tenant)
    run = brought(ctx, csv_of([["设备名称", "序列号"], ["一号离心泵机组", "SN1"]], encoding), "assets")
    assert (run.state, run.new) == ("checked", 1), run.failure


def test_apostrophes_before_formulas_are_no_part_of_the_text(tmp_path):
    opened = open_source(stored(tmp_path, b"a,b\n'=1+1,'tis\n"), Layout())
    assert dict(opened.rows())[2] == ["=1+1", "'tis"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (80 << 20))
    return out.getvalue()


def repeating() -> bytes:
    out = io.BytesIO()
    cell = '<table:table-cell table:number-columns-repeated="900000000" office:value-type="string"><text:p>x</text:p>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml", f"<office:document-content>{cell}</table:table-cell></office:document-content>"
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table.empty"), (b"%PDF-1.7 ...", "table.not_a_table"), (bytes(range(256)) * 9, "table.not_a_table"),
        (bomb, "cobie.packed_too_tightly"), (repeating, "table.repeats_too_often"),
        (b"PK\x03\x04 broken", "cobie.not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "table.damaged"),
        (b"a,b\n\xff\x80\xff,1\n", "table.encoding_not_found"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_and_nothing_is_kept(tenant, content, code):
    ctx = door(tenant)
    try:
        run = brought(ctx, content() if callable(content) else content, "assets", "t.xlsx")
    except Invalid:
        # The door to the files itself refuses what is no file that people exchange.
        assert ImportRun.objects.of(ctx).count() == 0
        return
    assert (run.state, run.failure["code"]) == ("failed", code)
    assert detail(ctx, run)["failure"]["text"] != f"refusal.{code}"
    assert ImportPage.objects.of(ctx).count() == 0


def test_too_large_and_too_long(tmp_path, monkeypatch):
    path = stored(tmp_path, csv_of([["a", "b"], *[["1", "2"]] * 50]))
    monkeypatch.setattr(source, "MOST_ROWS", 20)
    with pytest.raises(Invalid) as caught:
        list(open_source(path, Layout()).rows())
    assert code_of(caught) == "table.too_many_rows"
    monkeypatch.setattr(source, "MOST_BYTES", 20)
    with pytest.raises(Invalid) as caught:
        open_source(path, Layout())
    assert code_of(caught) == "table.too_large"


@pytest.mark.parametrize(
    ("layout", "code"),
    [
        (Layout(encoding="utf-16"), "table.encoding_wrong"), (Layout(encoding="klingon"), "table.encoding_unknown"),
        (Layout(delimiter="#"), "table.delimiter_unknown"),
    ],
)  # fmt: skip
def test_a_wrong_choice_is_named(tmp_path, layout, code):
    with pytest.raises(Invalid) as caught:
        open_source(stored(tmp_path, "设备,x\n泵,y\n".encode("gb18030") + b"z"), layout)
    assert code_of(caught) == code


def test_a_sheet_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Invalid) as caught:
        open_source(stored(tmp_path, xlsx_of({"A": [["x"]]}), "t.xlsx"), Layout(sheet="B"))
    assert (code_of(caught), caught.value.errors[0].facts["known"]) == ("table.no_such_sheet", ["A"])


def test_the_beginning_of_a_file_is_shown_as_written(tenant):
    ctx = door(tenant)
    sheets = {"说明": [["只供参考"]], "台账": [["某医院设备台账"], ["设备名称", "序列号"], ["一号泵", "SN1"]]}
    run = brought(ctx, xlsx_of(sheets), "assets", "台账.xlsx")
    with reading(tenant.id):
        shown = beginning.get_beginning(ctx, run.id)
        other = beginning.get_beginning(ctx, run.id, sheet="说明", limit=1)
        with pytest.raises(Invalid) as caught:
            beginning.get_beginning(ctx, run.id, sheet="无")
    assert (shown["sheets"], shown["sheet"], shown["header_row"]) == (["说明", "台账"], "台账", 2)
    assert shown["rows"][1] == {"number": 2, "cells": ["设备名称", "序列号"]}
    assert (other["sheet"], other["rows"]) == ("说明", [{"number": 1, "cells": ["只供参考"]}])
    assert code_of(caught) == "table.no_such_sheet"
