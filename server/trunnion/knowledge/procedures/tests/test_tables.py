"""Steps as a table: what is written is read again, in either language; what is not understood is named by its row."""

import pytest

from trunnion.kernel.errors import Invalid
from trunnion.knowledge.procedures import tables
from trunnion.knowledge.procedures.commands import procedure
from trunnion.knowledge.procedures.stored import packed, unpacked

from .builders import STEPS, newest


def steps(*given):
    return unpacked(list(given))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_is_written_is_read_again(language):
    whole = steps(
        *STEPS,
        {"key": "again", "title": "=SUM(A1)", "asks": "number", "repeats": 3, "low": "-5.5",
         "when": [{"step": "temp", "above": "70", "below": "90"}, {"step": "oil", "values": ["clear", "milky"]}]},
        {"key": "m", "title": "Hours", "asks": "meter", "meter": "Running hours"},
    )  # fmt: skip
    table = tables.written(whole, language)
    assert "'=SUM(A1)" in table
    assert ",-5.5," in table
    back = unpacked(tables.read(table))
    # One condition with two limits is written as two.
    assert [c.above or c.below for c in back[4].when if not c.values] == [70, 90]
    assert packed(back[:4]) == packed(whole[:4])
    assert (back[4].title, back[4].repeats, back[5].meter) == ("=SUM(A1)", 3, "Running hours")


def test_a_table_by_hand(tenant):
    made = procedure.bring_in(
        tenant.owner, name="By hand", table="步骤,填写内容,下限,上限\n看油位,number,1,3\n\n听异响,,,\n"
    )
    assert [(s["key"], s["title"], s["asks"], s["high"]) for s in newest(tenant, made.id).steps] == [
        ("s1", "看油位", "number", "3"), ("s2", "听异响", "check", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "pointer", "code"),
    [
        ("what,ever\n1,2\n", "/table", "procedure.table_headings"),
        ("title,when\nLook,sometimes\n", "/table", "procedure.condition_unclear"),
        ("title,asks,low,high\nHeat,number,9,3\n", "/steps/0/high", "task.limits_crossed"),
        ("title,asks\nHeat,guess\n", "/steps/0/asks", "field.enum"),
    ],
)
def test_what_is_not_understood_is_named(tenant, table, pointer, code):
    with pytest.raises(Invalid) as refused:
        procedure.bring_in(tenant.owner, name="x", table=table)
    assert [(e.pointer, e.code) for e in refused.value.errors] == [(pointer, code)]
