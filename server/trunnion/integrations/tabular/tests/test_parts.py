"""Units of items, their suppliers, spare lists of models: in, again, changed, back, and refused in words."""

from decimal import Decimal

import pytest

from trunnion.catalog.queries import find_item
from trunnion.integrations.tests.builders import door
from trunnion.kernel.policies import KINDS

from .builders import applied, brought, counts, csv_of, reasons, undone
from .test_targets import FILES, kind_of

PARTS = {
    "item_units": [["物料编码", "采购单位", "换算率"], ["6205", "箱", "12"], ["OIL-46", "桶", "200"]],
    "item_suppliers": [["物料编码", "供应商", "供应商料号"], ["6205", "K-2", "SKF-1"], ["6205", "东海电厂", ""]],
    "spares": [
        ["设备型号", "备件编码", "单台用量", "备注"], ["M-77", "6205", "2", "驱动端"], ["M-78", "6205", "", ""],
        ["M-77", "OIL-46", "0.5", ""],
    ],
}  # fmt: skip


def prepare_parts(ctx) -> None:
    """Items, models and parties, which the tables of parts join."""
    for needed in ("items", "models", "parties"):
        applied(ctx, brought(ctx, csv_of(FILES[needed]), needed))


@pytest.fixture
def ctx(tenant):
    made = door(tenant)
    prepare_parts(made)
    return made


@pytest.mark.parametrize("target", PARTS)
def test_in_again_and_back(ctx, target):
    table = KINDS[kind_of(target)].objects.of(ctx)
    content, wanted = csv_of(PARTS[target]), len(PARTS[target]) - 1
    run = brought(ctx, content, target)
    assert counts(run) == (wanted, 0, 0, 0), reasons(ctx, run)
    run = applied(ctx, run)
    assert (counts(run), table.count()) == ((wanted, 0, 0, 0), wanted)
    assert counts(brought(ctx, content, target)) == (0, 0, wanted, 0)
    assert undone(ctx, run).undone["kept"] == []
    assert table.count() == 0


def test_a_changed_row_changes_its_record(ctx):
    applied(ctx, brought(ctx, csv_of(PARTS["item_units"]), "item_units"))
    run = brought(ctx, csv_of([PARTS["item_units"][0], ["6205", "箱", "10"]]), "item_units")
    assert counts(run) == (0, 1, 0, 0)
    applied(ctx, run)
    factors = KINDS["catalog.item_unit"].objects.of(ctx).values_list("factor", flat=True)
    assert sorted(factors) == [Decimal(10), Decimal(200)]
    applied(ctx, brought(ctx, csv_of(PARTS["item_suppliers"]), "item_suppliers"))
    assert find_item(ctx, "skf-1").code == "6205"


@pytest.mark.parametrize(
    ("target", "row", "field", "code"),
    [
        ("item_units", ["6205", "个", "12"], "unit", "item_unit_own"),
        ("item_units", ["6205", "箱", "0"], "factor", "field.greater_than"),
        ("item_units", ["6205", "箱", "many"], "factor", "table.not_a_number"),
        ("item_units", ["9999", "箱", "1"], "item_id", "table.not_found"),
        ("spares", ["M-77", "6205", "-1", ""], "quantity", "field.greater_than"),
    ],
)
def test_a_wrong_row_is_told_in_words(ctx, target, row, field, code):
    run = brought(ctx, csv_of([PARTS[target][0], row]), target)
    assert reasons(ctx, run) == {2: [(field, code)]}
