"""Typed attributes with units, many at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trunnion.attach import queries
from trunnion.attach.commands import attribute
from trunnion.attach.types import AttributeLine, ValueType
from trunnion.kernel import history
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible

from .builders import KIND, record


def line(ctx, name="Power", **more):
    return AttributeLine(KIND, record(ctx), name, **more)


def test_each_type_keeps_its_value_and_the_text_as_written(tenant):
    ctx = tenant.owner
    lines = [
        line(
            ctx,
            "Power",
            value_type=ValueType.NUMBER,
            text="5,50",
            number=Decimal("5.5"),
            unit="kW",
            unit_text="KW",
        ),
        line(ctx, "Colour", text="RAL 7035"),
        line(ctx, "Spare at hand", value_type=ValueType.BOOLEAN, boolean=False),
        line(ctx, "Calibrated", value_type=ValueType.DATE, on=date(2026, 2, 3)),
    ]
    batch = attribute.set_many(ctx, lines)
    assert (batch.created, batch.changed, batch.same) == (4, 0, 0)
    found = {a.name: a for a in queries.attributes_of(ctx, KIND, record(ctx))}
    assert (found["Power"].text, found["Power"].number, found["Power"].unit) == ("5,50", Decimal("5.5"), "kW")
    assert (found["Power"].unit_text, found["Colour"].text) == ("KW", "RAL 7035")
    assert (found["Spare at hand"].boolean, found["Spare at hand"].text) == (False, "false")
    assert (found["Calibrated"].on, found["Calibrated"].text) == (date(2026, 2, 3), "2026-02-03")


def test_the_same_again_changes_nothing_and_another_value_one_row(tenant):
    ctx = tenant.owner
    lines = [line(ctx, f"P{i}", value_type=ValueType.NUMBER, number=Decimal("0.1234567")) for i in range(60)]
    attribute.set_many(ctx, lines)
    assert attribute.set_many(ctx, lines).same == 60
    batch = attribute.set_many(ctx, [replace(lines[0], number=Decimal(2)), *lines[1:]])
    assert (batch.created, batch.changed, batch.same) == (0, 1, 59)
    (change,) = history.of_record(ctx, record(ctx))[0]["changes"]
    assert change["fields"]["value_number"] == ["0.123457", "2"]


def test_one_name_may_stand_in_two_categories(tenant):
    ctx = tenant.owner
    attribute.set_many(
        ctx, [line(ctx, category="Design", text="a"), line(ctx, category="As built", text="b")]
    )
    assert len(queries.attributes_of(ctx, KIND, record(ctx))) == 2


@pytest.mark.parametrize(
    ("facts", "pointer", "code"),
    [
        ({"value_type": ValueType.NUMBER}, "/lines/1/number", "attribute_value_missing"),
        ({"value_type": ValueType.NUMBER, "number": Decimal("1e13")}, "/lines/1/number", "number_out_of_range"),
        ({"value_type": ValueType.NUMBER, "number": Decimal("NaN")}, "/lines/1/number", "number_out_of_range"),
        ({"value_type": ValueType.NUMBER, "number": Decimal(1), "unit": "furlong"}, "/lines/1/unit",
         "field.unit_unknown"),
        ({"text": "much", "unit": "kW"}, "/lines/1/unit", "unit_without_number"),
        ({"name": "first"}, "/lines/1/name", "line_repeated"),
    ],
)  # fmt: skip
def test_one_wrong_line_refuses_all_and_is_named(tenant, facts, pointer, code):
    ctx = tenant.owner
    with pytest.raises(Invalid) as refused:
        attribute.set_many(ctx, [line(ctx, "first"), replace(line(ctx, "second"), **facts)])
    assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == (pointer, code)
    assert queries.attributes_of(ctx, KIND, record(ctx)) == []


def test_only_records_that_are_seen_get_attributes(tenant, other):
    for ctx, row_id in (
        (tenant.owner, record(other.owner)),
        (tenant.person("engineer"), record(tenant.owner)),
    ):
        with pytest.raises(NotVisible):
            attribute.set_many(ctx, [AttributeLine(KIND, row_id, "x")])
    with pytest.raises(NotGranted):
        attribute.set_many(tenant.person("read_only"), [line(tenant.owner)])


def test_an_attribute_can_go(tenant):
    ctx = tenant.owner
    attribute.set_many(ctx, [line(ctx)])
    attribute.remove(ctx, queries.attributes_of(ctx, KIND, record(ctx))[0].id)
    assert queries.attributes_of(ctx, KIND, record(ctx)) == []
