"""Rows are saved by their differences, never over somebody else's change, and never point elsewhere."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from trunnion.kernel import history, unit
from trunnion.kernel.errors import ForeignReference, Stale
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation

from .builders import in_threads, person, read, thing
from .playground import commands
from .playground.models import Thing
from .playground.types import Grade


@pytest.fixture
def inside(here):
    """The inside of a verb of the playground."""
    with unit.entered(unit.Unit(here, "playground.thing.edit")) as running:
        yield running


def test_every_type_of_column_comes_back_as_it_went(here):
    when = datetime(2026, 11, 21, 8, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    facts = {
        "count": -(2**62),
        "amount": Decimal("-123456789.000001"),
        "is_good": False,
        "made_on": date(1900, 2, 28),
        "seen_at": when,
        "grade": Grade.WORN,
        "facts": {"深": [1, {"x": None}]},
    }
    row = thing(here, "水泵 №7 🛠", **facts)
    for name, value in facts.items():
        assert getattr(row, name) == value, name
    assert row.seen_at.tzinfo is UTC


def test_two_copies_of_a_row_never_overwrite_each_other(here, inside):
    first = read(here, thing(here).id)
    second = read(here, first.id)
    first.count = 1
    first.save()
    second.note = "late"
    with pytest.raises(Stale):
        second.save()
    with pytest.raises(Stale):
        second.delete()
    after = read(here, first.id)
    assert (after.count, after.note, after.version) == (1, "", 2)


def test_a_row_can_be_saved_again_and_again(here, inside):
    row = Thing(name="pump")
    row.save()
    for count in (1, 2):
        row.count = count
        row.save()
    assert (row.version, read(here, row.id).count) == (3, 2)
    assert [c.fields.get("count") for c in inside.changes] == [None, [None, 1], [1, 2]]


def test_a_refreshed_row_knows_what_it_holds(here, inside):
    row = read(here, thing(here).id)
    commands.edit(here, row.id, count=4)
    row.refresh_from_db()
    row.count = 5
    inside.changes.clear()
    row.save()
    assert inside.changes[0].fields == {"count": [4, 5]}
    assert read(here, row.id).version == 3


def test_a_column_that_was_left_out_is_not_overwritten(here, inside):
    whole = thing(here, note="keep", count=1)
    row = Thing.objects.of(here).only("id", "version", "organisation_id", "name").get(id=whole.id)
    row.name = "fan"
    row.save()
    assert (row.note, row.count) == ("keep", 1)
    row.count = 2
    row.save()
    after = read(here, whole.id)
    assert (after.name, after.note, after.count, after.version) == ("fan", "keep", 2, 3)


def test_a_change_inside_a_list_or_object_is_noticed(here, inside):
    row = read(here, thing(here, facts={"tags": ["a"]}).id)
    row.facts["tags"].append("b")
    inside.changes.clear()
    row.save()
    assert inside.changes[0].fields == {"facts": [{"tags": ["a"]}, {"tags": ["a", "b"]}]}
    assert read(here, row.id).facts == {"tags": ["a", "b"]}


def test_a_touched_row_gets_a_version_without_a_difference(here, inside):
    row = read(here, thing(here).id)
    inside.changes.clear()
    row.touch()
    row.save()
    row.save()
    assert read(here, row.id).version == 2
    assert inside.changes == []


def test_the_sort_key_follows_the_name(here):
    row = thing(here, "Pump 10")
    commands.edit(here, row.id, name="泵 2")
    assert read(here, row.id).name_key.startswith("beng")


def test_a_reference_into_another_organisation_is_refused_like_one_to_nothing(here, there):
    maker = commands.create_maker(there, "Theirs")
    foreign = thing(there)
    enter_organisation(here.organisation_id)
    for field, value in (("maker_id", maker.id), ("maker_id", uuid7()), ("parent_id", foreign.id)):
        with pytest.raises(ForeignReference) as refused:
            commands.create(here, "pump", **{field: value})
        assert [(e.pointer, e.code) for e in refused.value.errors] == [(f"/{field}", "reference_unknown")]
    with unit.entered(unit.Unit(here, "playground.thing.edit")), pytest.raises(ForeignReference):
        Thing(name="held", parent=foreign).save()


def test_a_row_may_be_its_own_neighbour(here):
    row_id = uuid7()
    with unit.entered(unit.Unit(here, "playground.thing.edit")):
        Thing(id=row_id, name="loop", parent_id=row_id).save()
    assert read(here, row_id).parent_id == row_id


def test_a_removed_row_leaves_its_content_in_the_journal(here):
    row = thing(here, note="old")
    commands.remove(here, row.id)
    newest = history.of_record(here, row.id)[0]
    assert (newest["verb"], newest["changes"][0]["op"]) == ("playground.thing.remove", "delete")
    assert newest["changes"][0]["fields"]["note"] == ["old", None]


@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_lose_no_update():
    ctx = person()
    row = thing(ctx, count=0)
    answers = in_threads(*[lambda: commands.add(ctx, row.id, 1)] * 16)
    assert sorted(answers) == list(range(1, 17)), answers
    assert (read(ctx, row.id).count, read(ctx, row.id).version) == (16, 17)


@pytest.mark.django_db(transaction=True)
def test_of_writers_who_saw_the_same_version_one_wins():
    ctx = person()
    row = thing(ctx, count=0)
    seen = ctx.with_(seen_version=1)
    answers = in_threads(*[lambda n=n: commands.edit(seen, row.id, count=n + 1) for n in range(8)])
    assert sum(not isinstance(a, Exception) for a in answers) == 1
    assert all(isinstance(a, Stale) for a in answers if isinstance(a, Exception)), answers
