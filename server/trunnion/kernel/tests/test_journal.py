"""The journal is one gap-free chain for each organisation, and whatever was done to it behind its back is named."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from trunnion.kernel import journal, upkeep, verification, wake
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotVisible, Refusal
from trunnion.kernel.ids import uuid7
from trunnion.kernel.models import Chain, Entry, Payload, RowChange
from trunnion.kernel.verification import verify
from trunnion.kernel.worker import Worker

from .builders import entries, in_threads, person, read, thing
from .playground import commands

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite seals as it writes")


@pytest.fixture
def chain(here):
    """Six entries: the fourth is a batch whose differences stand in the side table."""
    for name in ("a", "b", "c"):
        thing(here, name)
    commands.create_many(here, [f"pump {i}" for i in range(50)])
    thing(here, "d")
    thing(here, "e")
    found = sorted(entries(here), key=lambda e: e.sequence)
    assert [e.sequence for e in found] == [1, 2, 3, 4, 5, 6]
    return found


def fault_of(ctx) -> tuple:
    count, fault = verify(ctx.organisation_id)
    return (count, fault and (fault.sequence, fault.entry_id, fault.reason))


def test_an_untouched_chain_holds(here, there, chain):
    thing(there)
    assert fault_of(here) == (6, None)
    assert fault_of(there) == (1, None)
    assert fault_of(person()) == (0, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "playground.thing.edit"),
        ("actor_id", uuid7()),
        ("actor_name", "Somebody else"),
        ("on_behalf_of", "Somebody else"),
        ("door", "api"),
        ("subject_kind", "playground.maker"),
        ("subject_id", uuid7()),
        ("parent_id", uuid7()),
        ("key", "k"),
        ("events", ""),
        ("occurred_at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("device_at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("digest", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_an_edited_entry_is_named(here, chain, column, value):
    Entry.objects.filter(id=chain[2].id).update(**{column: value})
    assert fault_of(here) == (2, (3, chain[2].id, "entry_changed"))


def test_an_edited_payload_is_named(here, chain):
    payload = Payload.objects.get(entry_id=chain[1].id)
    Payload.objects.filter(entry_id=chain[1].id).update(body=payload.body.replace('"b"', '"x"'))
    assert fault_of(here) == (1, (2, chain[1].id, "payload_changed"))


def test_removed_entries_are_named(here, chain):
    Entry.objects.filter(id=chain[2].id).delete()
    assert fault_of(here) == (2, (3, None, "missing"))


def test_entries_removed_at_the_end_are_named(here, chain):
    Entry.objects.filter(id__in=[e.id for e in chain[4:]]).delete()
    assert fault_of(here) == (4, (5, None, "missing_at_end"))


def test_a_removed_head_is_named(here, chain):
    Chain.objects.filter(organisation_id=here.organisation_id).delete()
    assert fault_of(here) == (0, (1, chain[0].id, "beyond_the_head"))


def test_entries_added_behind_the_head_are_named(here, chain):
    Entry.objects.filter(id=chain[5].id).update(sequence=8)
    Chain.objects.filter(organisation_id=here.organisation_id).update(sequence=5, hash=chain[4].hash)
    assert fault_of(here) == (5, (6, chain[5].id, "beyond_the_head"))


def test_swapped_entries_are_named(here, chain):
    Entry.objects.filter(id=chain[1].id).update(sequence=None)
    Entry.objects.filter(id=chain[2].id).update(sequence=2)
    Entry.objects.filter(id=chain[1].id).update(sequence=3)
    assert fault_of(here) == (1, (2, chain[2].id, "entry_changed"))


def test_swapped_payloads_are_named(here, chain):
    first, second = (Payload.objects.get(entry_id=e.id) for e in chain[:2])
    Payload.objects.filter(entry_id=first.entry_id).update(body=second.body, salt=second.salt)
    assert fault_of(here) == (0, (1, chain[0].id, "payload_changed"))


def test_a_removed_payload_is_named(here, chain):
    Payload.objects.filter(entry_id=chain[0].id).delete()
    assert fault_of(here) == (0, (1, chain[0].id, "payload_missing"))


@pytest.mark.parametrize("change", ["body", "row", "removed", "swapped", "added"])
def test_changed_differences_of_a_batch_are_named(here, chain, change):
    rows = RowChange.objects.filter(entry_id=chain[3].id).order_by("id")
    one, two = rows[0], rows[1]
    if change == "body":
        rows.filter(id=one.id).update(body=one.body.replace("pump 0", "pump X"))
    elif change == "row":
        rows.filter(id=one.id).update(row_id=uuid7())
    elif change == "removed":
        rows.filter(id=one.id).delete()
    elif change == "swapped":
        rows.filter(id=one.id).update(body=two.body)
        rows.filter(id=two.id).update(body=one.body)
    else:
        RowChange(
            organisation_id=here.organisation_id, entry_id=chain[3].id, row_id=uuid7(), body=one.body
        ).save()
    assert fault_of(here) == (3, (4, chain[3].id, "changes_changed"))


def test_differences_smuggled_to_a_single_entry_are_named(here, chain):
    RowChange(organisation_id=here.organisation_id, entry_id=chain[0].id, row_id=uuid7(), body="{}").save()
    assert fault_of(here) == (0, (1, chain[0].id, "changes_changed"))


def test_erased_content_is_gone_and_the_chain_still_holds(here, chain):
    ids = [chain[0].id, chain[3].id]
    assert upkeep.erase(here, ids, "a person asked for it") == 2
    assert fault_of(here) == (7, None)
    bodies = Payload.objects.filter(entry_id__in=ids).values_list("body", "salt")
    assert list(bodies) == [("", ""), ("", "")]
    assert not RowChange.objects.filter(entry_id=chain[3].id).exists()
    assert Entry.objects.get(id=chain[0].id).actor_name == ""


def test_an_erasure_that_nobody_asked_for_is_named(here, chain):
    Payload.objects.filter(entry_id=chain[1].id).update(body="", salt="", erased_at=chain[1].occurred_at)
    Entry.objects.filter(id=chain[1].id).update(actor_name="")
    assert fault_of(here) == (6, (2, chain[1].id, "payload_erased"))


def test_an_erased_payload_cannot_be_filled_again(here, chain):
    upkeep.erase(here, [chain[1].id], "a person asked for it")
    Payload.objects.filter(entry_id=chain[1].id).update(body='{"arguments":{"name":"lie"}}')
    assert fault_of(here) == (1, (2, chain[1].id, "payload_changed"))


def test_an_erasure_cannot_be_erased_nor_reach_elsewhere(here, there, chain):
    upkeep.erase(here, [chain[1].id], "a person asked for it")
    erasure = Entry.objects.get(verb="kernel.journal.erase")
    with pytest.raises(Refusal, match="erasure_stays"):
        upkeep.erase(here, [erasure.id], "hide it")
    with pytest.raises(NotVisible):
        upkeep.erase(there, [chain[0].id], "not mine")


def test_the_time_of_a_device_in_another_zone_does_not_break_the_chain(here):
    there_and_then = datetime(2026, 11, 21, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    thing(here.with_(device_at=there_and_then))
    assert fault_of(here) == (1, None)
    assert entries(here)[0].device_at == there_and_then


def test_an_undone_verb_has_no_entry(here):
    with pytest.raises(Refusal):
        commands.refuse(here, "pump")
    assert entries(here) == []
    thing(here)
    assert fault_of(here) == (1, None)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_sealers_beside_each_other_make_one_chain(settings):
    settings.TRUNNION_DELIVERY = "worker"
    ctx = person()
    writers = [lambda n=n: [thing(ctx, f"{n}-{i}") for i in range(12)] and None for n in range(4)]
    sealers = [lambda: [journal.seal(ctx.organisation_id, 5) for _ in range(30)] and None for _ in range(2)]
    assert in_threads(*writers, *sealers) == [None] * 6
    while journal.seal(ctx.organisation_id):
        pass
    assert sorted(e.sequence for e in entries(ctx)) == list(range(1, 49))
    assert fault_of(ctx) == (48, None)
    assert ctx.organisation_id in wake.dirty()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_verb_that_waited_for_a_lock_comes_after_the_one_that_held_it(settings):
    settings.TRUNNION_DELIVERY = "worker"
    ctx = person()
    row = thing(ctx, count=0)
    in_threads(*[lambda: commands.add(ctx, row.id, 1)] * 8)
    while journal.seal(ctx.organisation_id):
        pass
    with reading(ctx.organisation_id):
        bodies = dict(Payload.objects.values_list("entry_id", "body"))
    added = [e for e in sorted(entries(ctx), key=lambda e: e.sequence) if e.verb.endswith("add")]
    told = [bodies[e.id].split('"count":[')[1].split("]")[0] for e in added]
    assert told == [f"{n},{n + 1}" for n in range(8)]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_a_killed_process_left_unsealed_is_found(settings):
    settings.TRUNNION_DELIVERY = "worker"
    ctx = person()
    thing(ctx)
    wake.dirty()
    assert Chain.objects.filter(organisation_id=ctx.organisation_id).exists()
    Worker().step()
    assert fault_of(ctx) == (1, None)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_verification(monkeypatch):
    ctx = person()
    row = thing(ctx)
    original = verification._check

    def check_slowly(*args):
        assert in_threads(lambda: commands.add(ctx, row.id, 1)) in ([1], [2])
        return original(*args)

    monkeypatch.setattr(verification, "_check", check_slowly)
    assert verify(ctx.organisation_id) == (1, None)
    assert read(ctx, row.id).count == 1
