"""What cannot be is named with its field; the shipped templates all can be."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from trunnion.attach.labels.presets import shipped
from trunnion.attach.labels.rules.stock import corner, faults_of_content, faults_of_sheet, page_size, pages_of
from trunnion.attach.labels.types import CodeSide, Content, LabelField, Sheet

from .builders import content, roll, sheet

FIELDS = ("name", "model", "serial", "place")


def test_every_shipped_template_fits():
    for preset in shipped().values():
        if isinstance(preset.stock, Sheet):
            assert list(faults_of_sheet(preset.stock)) == []
        assert list(faults_of_content(preset.stock, preset.content_for(FIELDS))) == []
        assert set(preset.names) == {"en", "zh-CN"}


@pytest.mark.parametrize(
    ("facts", "pointer", "code"),
    [
        ({"label_width": Decimal(211), "columns": 1}, "/sheet/label_width", "label.too_wide"),
        ({"columns": 4}, "/sheet/columns", "label.too_wide"),
        ({"rows": 8}, "/sheet/rows", "label.too_high"),
        ({"label_height": Decimal(300), "rows": 1}, "/sheet/label_height", "label.too_high"),
        ({"gap_x": Decimal(40)}, "/sheet/columns", "label.too_wide"),
    ],
)
def test_labels_beyond_their_sheet_are_named(facts, pointer, code):
    faults = list(faults_of_sheet(sheet(**facts)))
    assert [(f.pointer, f.code) for f in faults] == [(pointer, code)]


@pytest.mark.parametrize(
    "facts",
    [{"columns": 0}, {"rows": 0}, {"gap_x": -1}, {"margin_top": "-0.1"}, {"page": "a5"}, {"gap_y": "x"}],
)
def test_what_is_no_length_is_refused(facts):
    told = {"page": "a4", "rows": 7, "columns": 3, "label_width": 60, "label_height": 38} | facts
    with pytest.raises(ValidationError) as why:
        TypeAdapter(Sheet).validate_python(told)
    assert why.value.errors()[0]["loc"] == tuple(facts)


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"code_mm": Decimal(7)}, "/content/code_mm"),
        ({"code_mm": Decimal(36)}, "/content/code_mm"),
        ({"fields": tuple(LabelField("name", Decimal(20)) for _ in range(6))}, "/content/fields"),
        ({"logo_mm": Decimal(30)}, "/content/fields"),
        ({"code_side": CodeSide.TOP, "code_mm": Decimal(28)}, "/content/fields"),
    ],
)
def test_more_than_fits_on_a_label_is_named(facts, pointer):
    assert pointer in [f.pointer for f in faults_of_content(sheet(), content(**facts))]


def test_cells_follow_the_rows():
    stock = sheet()
    assert corner(stock, 0) == (Decimal("7.25"), Decimal("15.15"))
    assert corner(stock, 4) == (Decimal("73.25"), Decimal("53.25"))
    assert corner(stock, 20)[0] + stock.label_width <= page_size(stock)[0]
    assert corner(roll(), 0) == (0, 0)


def test_pages_count_the_labels_that_are_gone():
    assert [pages_of(sheet(), n, s) for n, s in ((21, 1), (21, 2), (1, 21), (43, 1))] == [1, 2, 1, 3]
    assert pages_of(roll(), 5, 1) == 5
    assert Content().fields == ()
