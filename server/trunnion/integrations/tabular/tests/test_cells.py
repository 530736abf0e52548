"""Cells: every usual way to write days, numbers, lengths and choices; what is unclear is asked, faults are named."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from trunnion.integrations.commands import table  # noqa: F401  (declares the targets)
from trunnion.integrations.tabular.cells import CellFault, Reading
from trunnion.integrations.tabular.declare import TARGETS
from trunnion.integrations.tabular.types import ColumnUse, DateOrder, Decimals


def read(target: str, name: str, text: str, **use):
    field = TARGETS[target].field(name)
    return Reading(target, field, ColumnUse(0, name, **use), "Asia/Shanghai", frozenset({"NA"})).value(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024/3/5",
        "2024.03.05",
        "2024年3月5日",
        "20240305",
        "45356",
        " 2024-03-05 00:00:00 ",
        "2024年03月05号",
    ],
)
def test_days(text):
    assert read("assets", "installed_on", text) == date(2024, 3, 5)


def test_days_in_two_orders():
    assert read("assets", "installed_on", "25/12/2023") == date(2023, 12, 25)
    assert read("assets", "installed_on", "5/3/24", date_order=DateOrder.DMY) == date(2024, 3, 5)
    assert read("assets", "installed_on", "3/5/24", date_order=DateOrder.MDY) == date(2024, 3, 5)
    with pytest.raises(CellFault) as caught:
        read("assets", "installed_on", "03/05/2024")
    assert caught.value.code == "table.date_unclear"


def test_instants_are_of_the_place():
    assert read("orders", "reported_at", "2024-03-05 08:30") == datetime(2024, 3, 5, 0, 30, tzinfo=UTC)
    assert read("orders", "reported_at", "4/25/16 14:00") == datetime(2016, 4, 25, 6, 0, tzinfo=UTC)
    assert read("orders", "reported_at", "2024-03-05T08:30:00Z") == datetime(2024, 3, 5, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "use", "value"),
    [
        ("1234.5", {}, "1234.5"), ("1,234.50", {}, "1234.5"), ("¥ 12,000", {}, "12000"),
        ("1.234,5", {"decimals": Decimals.COMMA}, "1234.5"),
        ("1,5", {"decimals": Decimals.COMMA}, "1.5"), ("3000元", {}, "3000"), ("1e3", {}, "1000"), ("１２", {}, "12"),
    ],
)  # fmt: skip
def test_numbers(text, use, value):
    assert read("assets", "price", text, **use) == Decimal(value)


@pytest.mark.parametrize(
    ("target", "name", "text", "use", "value"),
    [
        ("models", "expected_life_months", "10", {"unit": "a"}, 120), ("models", "expected_life_months", "5年", {}, 60),
        ("orders", "labour_minutes", "1:30", {}, 90), ("orders", "labour_minutes", "1.5", {}, 90),
        ("orders", "labour_minutes", "90 min", {}, 90), ("assets", "state", "在用", {}, "in_service"),
        ("assets", "state", "X1", {"values": {"x1": "备用"}}, "standby"), ("items", "unit", "个", {}, "{each}"),
        ("assets", "name", "A", {"template": "Excavator {}"}, "Excavator A"), ("assets", "name", "NA", {}, None),
        ("assets", "tag", "P-1/泵房", {"separator": "/", "part": 1}, "泵房"), ("orders", "is_stopped", "是", {}, True),
    ],
)  # fmt: skip
def test_the_rest(target, name, text, use, value):
    assert read(target, name, text, **use) == value


@pytest.mark.parametrize(
    ("target", "name", "text", "code"),
    [
        ("assets", "installed_on", "2024-13-40", "table.not_a_date"),
        ("assets", "installed_on", "soon", "table.not_a_date"),
        ("assets", "price", "1,5", "table.decimals_unclear"), ("assets", "price", "-5", "table.number_too_small"),
        ("assets", "price", "12 apples", "table.not_a_number"), ("assets", "price", "9" * 40, "table.number_too_large"),
        ("assets", "state", "在飞", "table.not_a_choice"), ("items", "unit", "foo", "table.unit_unknown"),
        ("models", "expected_life_months", "5 kg", "table.unit_other"),
        ("models", "expected_life_months", "5 foo", "table.unit_unknown"),
        ("assets", "name", "#REF!", "cobie.error_cell"), ("assets", "name", "x" * 300, "table.too_long"),
        ("assets", "name", "a\x07b", "table.control_sign"), ("assets", "currency", "yuan!", "table.not_a_currency"),
        ("orders", "is_stopped", "maybe", "table.not_yes_or_no"),
        ("models", "expected_life_months", "1.5", "table.not_whole"),
    ],
)  # fmt: skip
def test_faults(target, name, text, code):
    with pytest.raises(CellFault) as caught:
        read(target, name, text)
    assert caught.value.code == code
