"""What was removed is told to whoever may remove it, and stands again as it was, or is refused in words."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from trunnion.kernel import clock, policies, unit, wastebin
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotGranted, NotVisible, Refusal

from .builders import entries, person, read, thing
from .playground import commands
from .playground.models import Thing


def removed(ctx: Any, name: str = "pump", **facts: Any) -> Thing:
    made = thing(ctx, name, **facts)
    commands.remove(ctx, made.id)
    return made


def told(ctx: Any, **ask: Any) -> list[wastebin.Thrown]:
    with reading(ctx.organisation_id):
        return wastebin.list_thrown(ctx, **ask).rows


def test_what_was_removed_stands_again_as_it_was(here):
    maker = commands.create_maker(here, "ACME")
    facts = {"note": "水泵", "count": 3, "amount": Decimal("1.5"), "maker_id": maker.id}
    made = removed(here, "pump", **facts)
    [one] = told(here)
    assert (one.kind, one.row_id, one.name, one.way, one.is_back) == (
        "playground.thing", made.id, "pump", "kernel.bin.restore", False,
    )  # fmt: skip
    answer = wastebin.restore(here, one.entry_id)
    assert (answer.kind, answer.id, answer.rows) == ("playground.thing", made.id, 1)
    row = read(here, made.id)
    assert {name: getattr(row, name) for name in facts} == facts
    assert row.name_key == made.name_key
    assert told(here)[0].is_back
    assert entries(here)[-1].verb == "kernel.bin.restore"
    assert entries(here)[-1].subject_id == made.id


def test_what_stands_again_is_not_put_back_twice(here):
    removed(here)
    [one] = told(here)
    wastebin.restore(here, one.entry_id)
    with pytest.raises(Refusal) as refused:
        wastebin.restore(here, one.entry_id)
    assert refused.value.code == "bin.is_back"


def test_secrets_do_not_come_back_blank(here):
    made = thing(here, "safe")
    with unit.entered(unit.Unit(here, "playground.thing.edit")):
        row = Thing.objects.of(here).get(id=made.id)
        row.secret = "1234"
        row.save()
    commands.remove(here, made.id)
    with pytest.raises(Refusal) as refused:
        wastebin.restore(here, told(here)[0].entry_id)
    assert refused.value.code == "bin.has_secrets"


def test_a_name_that_was_given_again_is_a_refusal(here):
    made = thing(here, "pump", code="P-1")
    commands.remove(here, made.id)
    entry = told(here)[0].entry_id
    thing(here, "other", code="P-1")
    with pytest.raises(Refusal):
        wastebin.restore(here, entry)


def test_the_bin_is_for_whoever_may_remove(here):
    removed(here)
    entry = told(here)[0].entry_id
    reader = person(here.organisation_id, grants=frozenset({"playground.thing.read"}))
    assert told(reader) == []
    with pytest.raises(NotGranted):
        wastebin.restore(reader, entry)
    assert told(person()) == []
    with pytest.raises(NotVisible):
        wastebin.restore(person(), entry)
    with pytest.raises(NotVisible):
        wastebin.restore(here, entries(here)[0].id)


def test_whoever_sees_a_part_finds_what_they_removed_themselves(here, monkeypatch):
    removed(here, "mine")
    other = here.with_(actor_id=person().actor_id)
    removed(other, "theirs")
    monkeypatch.setitem(policies.POLICIES, Thing, lambda _ctx: policies.Q(name="mine"))
    assert [one.name for one in told(here)] == ["mine"]
    hidden = next(
        e for e in entries(here) if e.verb == "playground.thing.remove" and e.actor_id == other.actor_id
    )
    with pytest.raises(NotVisible):
        wastebin.restore(here, hidden.id)


def test_after_thirty_days_it_is_empty(here, monkeypatch):
    removed(here)
    entry = told(here)[0].entry_id
    later = clock.now() + wastebin.KEPT + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert told(here) == []
    with pytest.raises(Refusal) as refused:
        wastebin.restore(here, entry)
    assert refused.value.code == "bin.too_late"


def test_pages_and_queries_are_few(here, django_assert_num_queries):
    for number in range(5):
        removed(here, f"pump {number}")
    with reading(here.organisation_id):
        first = wastebin.list_thrown(here, limit=3)
        rest = wastebin.list_thrown(here, before=first.next, limit=3)
        assert [one.name for one in (*first.rows, *rest.rows)] == [f"pump {n}" for n in (4, 3, 2, 1, 0)]
        assert rest.next is None
        with django_assert_num_queries(3):
            wastebin.list_thrown(here)
