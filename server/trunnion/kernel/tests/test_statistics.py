"""Plans do not read a whole organisation to find a few of its rows, however few rows there have been so far."""

import pytest
from django.db import connection

from trunnion.kernel import statistics
from trunnion.kernel.ids import uuid7

from .builders import thing
from .playground.models import Thing


def plan(rows) -> str:
    return rows.explain()


@pytest.mark.parametrize("count", [False, True])
def test_a_few_ids_are_looked_up(here, count):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    for n in range(5):
        thing(here, name=f"t{n}")
    statistics.gather(count=count)
    asked = Thing.objects.of(here).filter(id__in=[uuid7() for _ in range(3)])
    assert "(id=?)" in plan(asked)
    assert "thing_name" in plan(Thing.objects.of(here).order_by("name_key", "id"))


def test_counting_is_safe_to_repeat(here):
    for _ in range(2):
        statistics.gather()
    assert Thing.objects.of(here).count() == 0


@pytest.mark.parametrize(
    ("columns", "is_unique", "told"),
    [
        (["id"], True, "1000000 1"),
        (["organisation_id", "name_key", "id"], False, "1000000 200000 20 1"),
        (["organisation_id", "code"], True, "1000000 200000 1"),
        (["maker_id"], False, "1000000 20"),
    ],
)
def test_what_is_presumed(columns, is_unique, told):
    assert statistics.presumed(columns, is_unique) == told
