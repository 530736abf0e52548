"""Reads that are put together once answer what the ORM answers, each time, to whoever asks."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connections
from django.db.models import Q

from trunnion.kernel import policies
from trunnion.kernel.database import reading
from trunnion.kernel.errors import ForeignReference, NotVisible
from trunnion.kernel.ids import uuid7
from trunnion.kernel.listing.rows import fetch
from trunnion.kernel.policies import Seen, get
from trunnion.kernel.prepared import LONGEST_KEPT, Prepared

from .builders import thing
from .playground import commands
from .playground.models import Thing

COLUMNS = (
    "id",
    "name",
    "count",
    "amount",
    "is_good",
    "made_on",
    "seen_at",
    "facts",
    "maker_id",
    "version",
    "created_at",
)
FULL = {
    "name": "循环泵", "count": 2**40, "amount": Decimal("-0.125"), "is_good": False, "made_on": date(2024, 2, 29),
    "seen_at": datetime(2026, 3, 29, 1, 30, 0, 7, UTC),
}  # fmt: skip
NAMED = Prepared(
    lambda organisation_id, name: (
        Thing.objects.of(organisation_id).filter(name=name).order_by("id").values_list(*COLUMNS)
    ),
    organisation_id=UUID,
    name=str,
)
BY_IDS = Prepared(
    lambda organisation_id, ids: (
        Thing.objects.of(organisation_id).filter(id__in=ids).order_by("id").values_list("id")
    ),
    organisation_id=UUID,
    ids=list[UUID],
)


def test_a_prepared_read_gives_what_the_orm_gives(here):
    for facts in (FULL, {"name": "b"}, {"name": "b"}):
        thing(here, **facts)
    for name in ("循环泵", "b", "none", "'; --", "%s"):
        expected = list(Thing.objects.of(here).filter(name=name).order_by("id").values_list(*COLUMNS))
        assert NAMED.rows(organisation_id=here.organisation_id, name=name) == expected
    assert len(NAMED.rows(organisation_id=here.organisation_id, name="b")) == 2


def test_rows_by_the_column_are_rows_by_the_cell(here):
    thing(here, **FULL)
    thing(here, name="empty")
    rows = Thing.objects.of(here).order_by("id").values_list(*COLUMNS)
    assert fetch(rows) == list(rows)
    assert fetch(rows.filter(name="nothing")) == []
    assert fetch(rows.filter(id__in=[])) == []


def test_lists_of_every_length_are_asked(here):
    ids = sorted(thing(here, name=f"t{n}").id for n in range(LONGEST_KEPT + 3))
    for length in (1, 2, LONGEST_KEPT, LONGEST_KEPT + 3, 2):
        found = BY_IDS.rows(organisation_id=here.organisation_id, ids=ids[:length])
        assert found == [(i,) for i in ids[:length]]


def test_another_organisation_is_never_answered(here, there):
    made = thing(here, name="mine")
    assert BY_IDS.rows(organisation_id=there.organisation_id, ids=[made.id]) == []
    assert NAMED.rows(organisation_id=there.organisation_id, name="mine") == []
    with pytest.raises(NotVisible):
        get(there, Thing, made.id)
    with pytest.raises(ForeignReference):
        commands.create(there, name="theirs", parent_id=made.id)


def test_a_question_that_the_read_does_not_use_is_a_mistake(here):
    wrong = Prepared(lambda organisation_id, name: Thing.objects.of(organisation_id).values_list("id"),
                     organisation_id=UUID, name=str)  # fmt: skip
    with pytest.raises(ValueError, match="name"):
        wrong.rows(organisation_id=here.organisation_id, name="a")


def test_whoever_sees_less_takes_the_policys_way(here, monkeypatch):
    shown, hidden = thing(here, name="shown"), thing(here, name="hidden")
    names = Seen(Thing, "name")
    assert sorted(names.rows(here, [shown.id, hidden.id])) == [("hidden",), ("shown",)]
    assert names.rows(here, []) == []
    monkeypatch.setitem(policies.POLICIES, Thing, lambda ctx: ~Q(name="hidden"))
    assert names.rows(here, [shown.id, hidden.id]) == [("shown",)]
    assert get(here, Thing, shown.id).name == "shown"
    with pytest.raises(NotVisible):
        get(here, Thing, hidden.id)


def test_a_record_loaded_whole_is_what_the_orm_loads(here):
    made = thing(here, **FULL)
    mine, theirs = get(here, Thing, made.id), Thing.objects.of(here).get(id=made.id)
    names = [field.attname for field in Thing._meta.concrete_fields]
    assert {n: getattr(mine, n) for n in names} == {n: getattr(theirs, n) for n in names}
    assert not mine._state.adding
    with pytest.raises(NotVisible):
        get(here, Thing, uuid7())


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection(here):
    made = thing(here, name="seen by all")
    found = []

    def ask() -> None:
        try:
            with reading(here.organisation_id):
                found.append(BY_IDS.rows(organisation_id=here.organisation_id, ids=[made.id]))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [[(made.id,)]] * 4
