"""Failure codes from a table: each list on its own, classes by their codes, what is wrong told in words."""

import pytest

from trunnion.integrations.tests.builders import door
from trunnion.knowledge.models import FailureCode

from .builders import applied, brought, counts, csv_of, reasons, undone

HEADS = ["类别", "故障代码", "故障名称", "适用设备类别"]


@pytest.fixture
def ctx(tenant):
    return door(tenant)


def codes(ctx) -> dict[tuple[str, str], tuple[str, list[str]]]:
    rows = FailureCode.objects.of(ctx).filter(code__startswith="ZZ")
    return {(r.list, r.code): (r.name_zh, r.classes) for r in rows}


def test_one_code_may_stand_in_several_lists_and_names_its_classes(ctx):
    rows = [
        HEADS, ["故障模式", "ZZ1", "憋压", "PU, CO；VA"], ["原因", "ZZ1", "误操作", ""],
        ["措施", "ZZ2", "清洗", "全部"],
    ]  # fmt: skip
    run = applied(ctx, brought(ctx, csv_of(rows), "failure_codes"))
    assert counts(run) == (3, 0, 0, 0), reasons(ctx, run)
    assert codes(ctx) == {
        ("mode", "ZZ1"): ("憋压", ["PU", "CO", "VA"]), ("cause", "ZZ1"): ("误操作", ["*"]),
        ("activity", "ZZ2"): ("清洗", ["*"]),
    }  # fmt: skip
    rows[2][2] = "操作失误"
    second = applied(ctx, brought(ctx, csv_of(rows), "failure_codes"))
    assert counts(second) == (0, 1, 2, 0), reasons(ctx, second)
    assert codes(ctx)["cause", "ZZ1"] == ("操作失误", ["*"])
    undone(ctx, second)
    assert codes(ctx)["cause", "ZZ1"] == ("误操作", ["*"])
    assert undone(ctx, run).undone["kept"] == []
    assert codes(ctx) == {}


def test_what_is_wrong_is_told_before_anything_is_written(ctx):
    rows = [
        HEADS, ["故障模式", "ZZ1", "", ""], ["心情", "ZZ2", "不好", ""], ["", "ZZ3", "卡滞", ""],
        ["故障模式", "ZZ4", "卡滞", "泵，阀"], ["故障模式", "ZZ5", "卡滞", ""], ["故障模式", "ZZ5", "卡死", ""],
    ]  # fmt: skip
    run = brought(ctx, csv_of(rows), "failure_codes")
    assert reasons(ctx, run) == {
        2: [("name_zh", "failure_code.name_needed")], 3: [("list", "table.not_a_choice")],
        4: [("list", "table.missing")], 5: [("classes", "table.not_class_codes")], 7: [("code", "table.twice")],
    }  # fmt: skip
    assert counts(applied(ctx, run)) == (1, 0, 0, 5)
    assert set(codes(ctx)) == {("mode", "ZZ5")}
