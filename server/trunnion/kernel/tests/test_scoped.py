"""No way of reading or writing many rows works before it was said whose rows are meant."""

from decimal import Decimal

import pytest
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Sum

from trunnion.kernel import history, unit
from trunnion.kernel.errors import (
    ForeignReference,
    ForeignRow,
    KernelError,
    StillUsed,
    UnscopedRead,
    WriteOutsideCommand,
)
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import RowChange

from .builders import entries, read, thing
from .playground import commands
from .playground.models import Maker, Thing, Turn

READS = {
    "list": list,
    "iterator": lambda q: list(q.iterator()),
    "count": lambda q: q.count(),
    "exists": lambda q: q.exists(),
    "first": lambda q: q.first(),
    "last": lambda q: q.last(),
    "get": lambda q: q.get(name="pump"),
    "index": lambda q: q[0],
    "slice": lambda q: list(q[:2]),
    "aggregate": lambda q: q.aggregate(Sum("count")),
    "aggregate over a slice": lambda q: q.order_by("id")[:5].aggregate(Sum("count")),
    "annotate": lambda q: list(q.annotate(n=Count("id"))),
    "values": lambda q: list(q.values("id")),
    "values_list": lambda q: list(q.values_list("id", flat=True)),
    "distinct": lambda q: list(q.values("name").distinct()),
    "dates": lambda q: list(q.dates("made_on", "year")),
    "datetimes": lambda q: list(q.datetimes("seen_at", "day")),
    "in_bulk": lambda q: q.in_bulk([uuid7()]),
    "latest": lambda q: q.latest("created_at"),
    "contains": lambda q: q.contains(Thing(id=uuid7())),
    "union": lambda q: list(q.union(q.filter(count=1))),
    "intersection": lambda q: list(q.intersection(q.filter(count=1))),
    "or": lambda q: list(q.filter(count=1) | q.filter(count=2)),
    "select_related": lambda q: list(q.select_related("maker")),
    "prefetch": lambda q: list(q.prefetch_related("maker")),
    "only": lambda q: list(q.only("name")),
    "none then all": lambda q: list(q.none().union(q)),
    "exclude": lambda q: list(q.exclude(count=1)),
    "select_for_update": lambda q: list(q.select_for_update()),
    "explain": lambda q: q.explain(),
    "raw": lambda q: list(q.raw("SELECT * FROM playground_thing")),
    "get_or_create": lambda q: q.get_or_create(name="pump"),
    "update_or_create": lambda q: q.update_or_create(name="pump"),
}


@pytest.mark.parametrize("way", READS)
def test_reads_without_an_organisation_raise(here, way):
    thing(here, count=1)
    with pytest.raises(UnscopedRead):
        READS[way](Thing.objects.all())
    for manager in (Thing._base_manager, Thing._default_manager):
        with pytest.raises(UnscopedRead):
            READS[way](manager.all())


def test_an_unscoped_subquery_raises_within_a_scoped_query(here):
    thing(here)
    scoped = Thing.objects.of(here)
    inner = Thing.objects.filter(count=1)
    for query in (
        scoped.filter(id__in=inner),
        scoped.filter(id__in=inner.values("id")),
        scoped.filter(Exists(inner.filter(id=OuterRef("parent_id")))),
        scoped.annotate(found=Exists(inner)),
        scoped.union(inner),
        scoped.prefetch_related(Prefetch("maker", queryset=Maker.objects.all())),
    ):
        with pytest.raises(UnscopedRead):
            list(query)


def test_organisations_cannot_be_put_together(here, there):
    mine, theirs = Thing.objects.of(here), Thing.objects.of(there)
    for join in (
        lambda: mine | theirs,
        lambda: mine | Thing.objects.all(),
        lambda: mine & Thing.objects.all(),
    ):
        with pytest.raises(UnscopedRead):
            join()
    assert list(mine.of(there)) == []
    both = mine.filter(count=1) | mine.filter(count=2)
    assert both.scope == here.organisation_id


def test_a_look_up_along_a_reference_stays_in_its_organisation(here):
    maker = commands.create_maker(here, "ACME")
    child = thing(here, "bolt", maker_id=maker.id, parent_id=thing(here).id)
    assert (child.maker.name, child.parent.name) == ("ACME", "pump")
    child.refresh_from_db()
    assert Thing.objects.of(here).select_related("maker").get(id=child.id).maker.name == "ACME"


def test_scoped_reads_show_one_organisation(here, there):
    thing(there, "theirs")
    thing(here, "mine")
    assert [t.name for t in Thing.objects.of(here)] == ["mine"]
    assert Thing.objects.of(here).aggregate(n=Count("id"))["n"] == 1
    assert list(Thing.objects.of(here).union(Thing.objects.of(here)).values_list("name", flat=True)) == [
        "mine"
    ]


@pytest.fixture
def foreign(here, there):
    """The maker of another organisation."""
    made = commands.create_maker(there, "Theirs")
    enter_organisation(here.organisation_id)
    return made


@pytest.fixture
def inside(here):
    """The inside of a verb of the playground."""
    with unit.entered(unit.Unit(here, "playground.thing.edit")) as running:
        yield running


def test_many_rows_are_written_inside_a_verb_of_the_room_only(here):
    rows = Thing.objects.of(here)
    for write in (
        lambda: rows.update(count=1),
        rows.delete,
        lambda: Thing.objects.bulk_create([Thing(name="x")]),
    ):
        with pytest.raises(WriteOutsideCommand):
            write()
        with unit.entered(unit.Unit(here, "work.order.start")), pytest.raises(WriteOutsideCommand):
            write()


def test_many_rows_are_never_written_without_an_organisation(here, there, inside):
    for write in (lambda q: q.update(count=1), lambda q: q.delete()):
        with pytest.raises(UnscopedRead):
            write(Thing.objects.all())
        with pytest.raises(ForeignRow):
            write(Thing.objects.of(there))


@pytest.mark.parametrize(
    "write",
    [
        lambda q: q.bulk_update([], ["count"]),
        lambda q: q.bulk_create([Thing(name="x")], ignore_conflicts=True),
        lambda q: q.bulk_create(
            [Thing(name="x")], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
        ),
        lambda q: q.update(name="x"),
        lambda q: q.update(note="x"),
        lambda q: q.update(parent_id=F("id")),
    ],
)
def test_writes_that_the_journal_could_not_tell_are_mistakes(here, inside, write):
    with pytest.raises(KernelError):
        write(Thing.objects.of(here))


def test_an_update_of_many_rows_is_told_row_by_row(here, inside):
    row = thing(here, count=1)
    other = thing(here, "fan", count=1)
    thing(here, "idle", count=5)
    inside.changes.clear()
    assert Thing.objects.of(here).filter(count=1).update(count=F("count") + 1, amount=Decimal("2.5")) == 2
    told = {c.row_id: (c.op, c.fields) for c in inside.changes}
    expected = ("change", {"count": [1, 2], "amount": [None, Decimal("2.5")]})
    assert told == {row.id: expected, other.id: expected}
    assert read(here, row.id).version == row.version + 1


def test_derived_columns_are_changed_quietly(here, inside, monkeypatch):
    row = thing(here)
    inside.changes.clear()
    monkeypatch.setattr(Thing, "derived_fields", frozenset({"count"}))
    Thing.objects.of(here).update(count=9)
    assert inside.changes == []
    assert (read(here, row.id).count, read(here, row.id).version) == (9, row.version)


def test_an_update_of_many_rows_points_at_no_foreign_row(here, foreign, inside):
    thing(here)
    for bad in (foreign.id, uuid7()):
        with pytest.raises(ForeignReference):
            Thing.objects.of(here).update(maker_id=bad)
    mine = commands.create_maker(here, "Mine")
    Thing.objects.of(here).update(maker=Maker.objects.of(here).get(id=mine.id))
    assert Thing.objects.of(here).get().maker_id == mine.id


def test_removing_many_rows_keeps_what_they_held(here, inside):
    row = thing(here, note="old")
    inside.changes.clear()
    assert Thing.objects.of(here).filter(id=row.id).delete()[0] == 1
    assert inside.changes[0].op == "delete"
    assert inside.changes[0].fields["note"] == ["old", None]


def test_what_is_pointed_at_is_not_removed(here):
    row = thing(here)
    commands.turn(here, row.id, Decimal(1))
    with pytest.raises(StillUsed) as refused:
        commands.remove(here, row.id)
    assert refused.value.facts == {"kind": "playground.turn"}
    with unit.entered(unit.Unit(here, "playground.thing.remove")), pytest.raises(StillUsed):
        Thing.objects.of(here).delete()
    parent = thing(here, "press")
    thing(here, "bolt", parent_id=parent.id)
    with pytest.raises(StillUsed):
        commands.remove(here, parent.id)


def test_a_ledger_is_only_added_to(here, inside):
    row = thing(here)
    turned = commands.turn(here, row.id, Decimal(1))
    found = Turn.objects.of(here).get(id=turned.id)
    found.amount = Decimal(2)
    for write in (
        found.save,
        found.delete,
        Turn.objects.of(here).delete,
        lambda: Turn.objects.of(here).update(amount=2),
    ):
        with pytest.raises(KernelError):
            write()
    assert Turn.objects.of(here).get().amount == 1


def test_a_batch_leaves_one_entry_and_each_row_finds_it(here):
    made = commands.create_many(here, [f"pump {i}" for i in range(60)])
    assert len(entries(here)) == 1
    assert RowChange.objects.filter(organisation_id=here.organisation_id).count() == 60
    found = history.of_record(here, made[59])
    assert [e["verb"] for e in found] == ["playground.thing.create_many"]
    assert found[0]["changes"][0]["fields"]["name"] == [None, "pump 59"]


def test_a_bad_row_of_a_batch_stops_the_whole_batch(here, there, foreign):
    with unit.entered(unit.Unit(here, "playground.thing.create_many")):
        with pytest.raises(ForeignReference):
            Thing.objects.bulk_create([Thing(name="a"), Thing(name="b", maker_id=foreign.id)])
        with pytest.raises(ForeignRow):
            Thing.objects.bulk_create(
                [Thing(name="a"), Thing(name="b", organisation_id=there.organisation_id)]
            )
    assert not Thing.objects.of(here).exists()


def test_every_owned_table_has_managers_that_know_an_organisation():
    from trunnion.kernel.scoped import Scoped
    from trunnion.kernel.walls import scoped_models

    for model in scoped_models():
        assert isinstance(model._base_manager, Scoped), model
        assert isinstance(model._default_manager, Scoped), model
