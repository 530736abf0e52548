"""A request with a key has one effect, however often and however parallel it comes."""

import threading
from contextlib import suppress
from uuid import UUID

import pytest
from django.db import connection

from trunnion.kernel.command import COMMANDS, command
from trunnion.kernel.database import reading
from trunnion.kernel.models import Replay
from trunnion.kernel.policies import take
from trunnion.kernel.replay import KeyReused

from .builders import entries, in_threads, person, read, thing
from .playground import commands
from .playground.models import Thing


def test_the_same_key_gives_the_first_answer(here):
    keyed = here.with_(key="k-1")
    first = commands.create(keyed, "pump")
    assert commands.create(keyed, "pump") == first
    assert commands.create(keyed, name="pump") == first
    assert Thing.objects.of(here).count() == 1


def test_the_same_key_with_another_body_or_verb_is_refused(here):
    keyed = here.with_(key="k-1")
    made = commands.create(keyed, "pump")
    with pytest.raises(KeyReused) as refused:
        commands.create(keyed, "fan")
    assert (refused.value.status, refused.value.facts) == (422, {"verb": "playground.thing.create"})
    with pytest.raises(KeyReused):
        commands.edit(keyed, made.id, name="fan")


def test_a_key_belongs_to_its_actor_and_organisation(here, there):
    colleague = person(here.organisation_id)
    made = {commands.create(ctx.with_(key="k-1"), "pump").id for ctx in (here, colleague, there)}
    assert len(made) == 3


def test_a_refused_request_may_be_asked_again_with_its_key(here):
    row = thing(here, code="A1")
    keyed = here.with_(key="k-1")
    with pytest.raises(Exception, match="invalid_input"):
        commands.create(keyed, "pump", code="A1")
    commands.remove(here, row.id)
    assert commands.create(keyed, "pump", code="A1")


def test_neither_arguments_nor_secret_answers_can_be_read_from_what_is_kept(here):
    row = thing(here)
    keyed = here.with_(key="k-1")
    first = commands.lock(keyed, row.id, "s3cr3t-pass")
    again = commands.lock(keyed, row.id, "s3cr3t-pass")
    assert (again.id, again.version, again.token) == (first.id, first.version, "***")
    kept = Replay.objects.get(key="k-1")
    assert first.token not in kept.answer
    assert "s3cr3t" not in kept.answer + kept.fingerprint


@pytest.mark.django_db(transaction=True)
def test_twins_at_the_same_moment_have_one_effect_and_one_answer():
    ctx = person()
    keyed = ctx.with_(key="k-1")
    answers = in_threads(*[lambda: commands.create(keyed, "pump", code="A1")] * 8)
    assert len(set(answers)) == 1, answers
    row = read(ctx, answers[0].id)
    used = in_threads(*[lambda: commands.use(ctx.with_(key="k-2"), row.id)] * 8)
    assert len(set(used)) == 1, used
    with reading(ctx.organisation_id):
        assert Thing.objects.of(ctx).count() == 1
    assert [e.verb for e in entries(ctx)] == ["playground.thing.create", "playground.thing.use"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer and so no deadlock")
def test_verbs_that_lock_each_other_out_are_done_again(monkeypatch):
    gate = threading.Barrier(2)

    @command("playground.thing.add_both")
    def add_both(ctx, first: UUID, second: UUID) -> int:
        for row_id in (first, second):
            row = take(ctx, Thing, row_id)
            row.count = (row.count or 0) + 1
            row.save()
            # Both hold one row before either asks for its second; when they do it again, nobody waits any more.
            with suppress(threading.BrokenBarrierError):
                gate.wait(1)
        return 1

    monkeypatch.delitem(COMMANDS, "playground.thing.add_both")
    ctx = person()
    a, b = thing(ctx, "a"), thing(ctx, "b")
    answers = in_threads(lambda: add_both(ctx, a.id, b.id), lambda: add_both(ctx, b.id, a.id))
    assert answers == [1, 1]
    assert [read(ctx, row.id).count for row in (a, b)] == [2, 2]
