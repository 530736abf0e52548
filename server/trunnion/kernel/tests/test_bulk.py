"""Bulk edit: rehearsed without a trace, one entry with each row's difference, refusals in words, put back."""

import json

import pytest

from trunnion.kernel import bulk, bulk_undo
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible
from trunnion.kernel.history import of_record
from trunnion.kernel.ids import uuid7
from trunnion.kernel.models import RowChange
from trunnion.kernel.verification import verify

from .builders import entries, read, thing
from .playground import commands

EDIT = bulk.bulk_of("playground.thing.edit")


def things(ctx, count=3):
    return [thing(ctx, f"thing {n}", count=n).id for n in range(count)]


def test_a_rehearsal_counts_and_leaves_nothing(here):
    ids = things(here)
    before = len(entries(here))
    told = bulk.ask(here, EDIT, {"count": 1}, ids=[*ids, uuid7()], dry_run=True)
    assert (told.changed, told.same, len(told.refused), told.is_rehearsal) == (2, 1, 1, True)
    assert told.refused[0].title == "There is nothing here, or you may not see it."
    assert [read(here, i).count for i in ids] == [0, 1, 2]
    assert len(entries(here)) == before


def test_one_entry_holds_the_batch_and_each_row_s_history_finds_it(here):
    ids = things(here)
    done = bulk.ask(here, EDIT, {"count": 9, "note": "checked"}, ids=ids)
    assert (done.changed, done.refused) == (3, [])
    assert [read(here, i).version for i in ids] == [2, 2, 2]
    entry = entries(here)[-1]
    assert (entry.id, entry.verb) == (done.entry_id, "playground.thing.edit")
    assert RowChange.objects.filter(entry_id=entry.id).count() == 3
    newest = of_record(here, ids[2])[0]
    assert newest["changes"][0]["fields"] == {"count": [2, 9], "note": ["", "checked"]}
    assert verify(here.organisation_id)[1] is None


def test_a_filter_chooses_what_the_list_shows(here, there):
    things(here, 5)
    foreign = things(there, 2)
    wanted = json.dumps({"field": "count", "op": "gte", "value": 3})
    assert bulk.ask(here, EDIT, {"note": "x"}, filter=wanted).changed == 2
    assert bulk.ask(here, EDIT, {"note": "y"}, search="thing").changed == 5
    refused = bulk.ask(here, EDIT, {"note": "z"}, ids=foreign).refused
    assert [r.code for r in refused] == ["not_found", "not_found"]


@pytest.mark.parametrize(
    ("asked", "pointer", "code"),
    [
        ({"changes": {}}, "/changes", "bulk.nothing_to_change"),
        ({"changes": {"thing_id": str(uuid7())}}, "/changes", "bulk.nothing_to_change"),
        ({"changes": {"count": "many"}}, "/changes/count", "field.int_parsing"),
        ({"changes": {"colour": "red"}}, "/changes/colour", "field.extra_forbidden"),
        ({"ids": []}, "/ids", "bulk.no_rows"),
        ({"ids": None}, "/ids", "bulk.ids_or_filter"),
        ({"filter": "{}"}, "/ids", "bulk.ids_or_filter"),
        ({"ids": None, "filter": "{"}, "/filter", "filter.not_json"),
    ],
)
def test_bad_input_is_refused_before_anything_is_done(here, asked, pointer, code):
    ids = things(here)
    with pytest.raises(Invalid) as caught:
        bulk.ask(here, EDIT, **{"changes": {"count": 1}, "ids": ids, **asked})
    assert [(e.pointer, e.code) for e in caught.value.errors] == [(pointer, code)]


def test_it_takes_the_grant_of_the_verb(here):
    ids = things(here)
    with pytest.raises(NotGranted):
        bulk.ask(here.granting(["playground.thing.read"]), EDIT, {"count": 1}, ids=ids)


def test_a_replayed_batch_answers_as_the_first(here):
    ids = things(here)
    first = bulk.ask(here.with_(key="k"), EDIT, {"count": 7}, ids=ids)
    assert bulk.ask(here.with_(key="k"), EDIT, {"count": 7}, ids=ids) == first
    assert [read(here, i).version for i in ids] == [2, 2, 2]


def test_undo_puts_back_what_was_not_changed_since(here):
    ids = things(here)
    done = bulk.ask(here, EDIT, {"count": 9}, ids=ids)
    commands.edit(here, ids[0], count=10)
    commands.edit(here, ids[1], note="something else")
    undone = bulk_undo.undo(here, EDIT, done.entry_id)
    assert (undone.changed, [(r.id, r.code) for r in undone.refused]) == (2, [(ids[0], "bulk.changed_since")])
    assert [read(here, i).count for i in ids] == [10, 1, 2]
    assert read(here, ids[1]).note == "something else"
    again = bulk_undo.undo(here, EDIT, done.entry_id)
    assert (again.changed, len(again.refused)) == (0, 3)
    forward = bulk_undo.undo(here, EDIT, undone.entry_id)
    assert (forward.changed, read(here, ids[2]).count) == (2, 9)


def test_only_a_batch_of_this_verb_and_organisation_is_put_back(here, there):
    ids = things(here)
    done = bulk.ask(here, EDIT, {"count": 9}, ids=ids)
    commands.edit(here, ids[0], count=10)
    for ctx, entry_id in ((here, entries(here)[-1].id), (there, done.entry_id), (here, uuid7())):
        with pytest.raises(NotVisible):
            bulk_undo.undo(ctx, EDIT, entry_id)
