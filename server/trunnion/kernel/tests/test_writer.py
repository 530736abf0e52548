"""The short ways of storing values give what the fields' own preparation gives, for every kind of value."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, models

from trunnion.kernel import writer
from trunnion.kernel.fields import ExactField, KeyField
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import RowChange
from trunnion.kernel.tests.playground.models import Thing

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
ONE = UUID("0198a000-0000-7000-8000-000000000001")


class Colour(StrEnum):
    RED = "red"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "values"),
    [
        (models.CharField(max_length=20), ["", "text", "漏水", Colour.RED, None, 7]),
        (KeyField(max_length=20), ["key", None]),
        (models.TextField(), ["long", Colour.RED]),
        (models.IntegerField(), [0, -1, True, "5", None]),
        (models.PositiveIntegerField(), [3, None]),
        (models.BigIntegerField(), [2**40]),
        (ExactField(), [Decimal("1.5"), 3, None]),
        (models.BooleanField(null=True), [True, False, None, 1]),
        (models.UUIDField(), [ONE, str(ONE), None]),
        (models.DateField(), [date(2026, 1, 31), None]),
        (
            models.DateTimeField(),
            [NOW, NOW.replace(microsecond=7), NOW.astimezone(ZoneInfo("Asia/Shanghai")), None],
        ),
    ],
)
def test_values_are_stored_as_the_field_stores_them(field, values):
    prepare = writer._preparation("default", field)
    for value in values:
        own = field.get_db_prep_save(value, connection)
        assert prepare(value) == own
        assert isinstance(prepare(value), type(own)) or isinstance(own, int)


@pytest.mark.django_db
def test_plain_rows_are_stored_in_their_order():
    enter_organisation(ONE)
    writer.insert_plain(RowChange, ((ONE, ONE, ONE, f"{n}") for n in range(3)))
    assert list(RowChange.objects.order_by("id").values_list("body", flat=True)) == ["0", "1", "2"]
    writer.insert_plain(RowChange, ())


@pytest.mark.django_db
def test_many_rows_come_back_as_they_went(here):
    facts = [
        {
            "name": "水泵 \"quoted\" 'n' \\ / \n",
            "count": 2**62,
            "amount": Decimal("-0.000001"),
            "is_good": True,
        },
        {
            "name": "",
            "count": -1,
            "facts": {"a": [1, None, "é"]},
            "is_good": False,
            "made_on": date(2026, 1, 31),
        },
        {"name": "0", "seen_at": NOW.replace(microsecond=7), "facts": [], "code": None, "grade": None},
    ]
    rows = [Thing(organisation_id=here.organisation_id, **each) for each in facts]
    for row in rows:
        row.created_at = row.changed_at = NOW
    writer.insert_many(Thing, rows)
    names = [f.attname for f in Thing._meta.concrete_fields]
    stored = {t.id: t for t in Thing.objects.of(here)}
    for row in rows:
        assert {n: getattr(stored[row.id], n) for n in names} == {n: getattr(row, n) for n in names}


@pytest.mark.django_db
def test_many_rows_in_few_statements(here, django_assert_max_num_queries):
    rows = [RowChange(organisation_id=ONE, entry_id=ONE, row_id=ONE, body="x") for _ in range(300)]
    enter_organisation(ONE)
    with django_assert_max_num_queries(300 if connection.vendor == "postgresql" else 1):
        writer.insert_many(RowChange, rows)
    assert RowChange.objects.filter(entry_id=ONE).count() == 300
