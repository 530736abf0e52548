"""A verb is guarded, validated and refused as the house promises."""

from decimal import Decimal

import pytest

from trunnion.kernel import history, unit
from trunnion.kernel.command import COMMANDS, command
from trunnion.kernel.errors import (
    ForeignRow,
    Invalid,
    NotGranted,
    NotVisible,
    Refusal,
    Stale,
    WriteOutsideCommand,
)
from trunnion.kernel.ids import uuid7
from trunnion.kernel.models import Entry, Payload
from trunnion.kernel.permissions import PERMISSIONS

from .builders import read, thing
from .playground import commands
from .playground.models import Maker, Thing, Turn


def faults(refused: pytest.ExceptionInfo[Invalid]) -> set[tuple[str, str]]:
    return {(e.pointer, e.code) for e in refused.value.errors}


def test_without_the_grant_nothing_happens(here):
    weak = here.granting(["playground.thing.edit"])
    with pytest.raises(NotGranted) as refused:
        commands.create(weak, "pump")
    assert refused.value.facts == {"permission": "playground.thing.create"}
    assert not Thing.objects.of(here).exists()
    assert not Entry.objects.filter(organisation_id=here.organisation_id).exists()


def test_the_grant_is_asked_before_the_arguments(here):
    with pytest.raises(NotGranted):
        commands.create(here.granting([]), "")


def test_parts_of_a_granted_verb_need_no_grant_of_their_own(here):
    made = commands.build(
        here.granting(["playground.thing.build"]), "press", [commands.Part("bolt", Decimal(2))]
    )
    assert Thing.objects.of(here).filter(parent_id=made.id).count() == 1
    entries = list(Entry.objects.filter(organisation_id=here.organisation_id).order_by("id"))
    outer = entries[0]
    assert outer.verb == "playground.thing.build"
    assert [e.verb for e in entries[1:]] == ["playground.thing.create"] * 2 + ["playground.thing.turn"]
    assert {e.parent_id for e in entries[1:]} == {outer.id}


def test_before_and_after_stand_in_the_entry(here):
    row = thing(here, count=1, amount=Decimal("2.50"))
    commands.edit(here, row.id, name="fan", amount=Decimal("2.5"), count=7)
    newest, first = history.of_record(here, row.id)
    assert newest["changes"][0]["fields"] == {"name": ["pump", "fan"], "count": [1, 7]}
    assert first["changes"][0]["fields"]["amount"] == [None, "2.50"]
    assert (newest["verb"], newest["actor_name"], newest["door"]) == (
        "playground.thing.edit",
        "Li Wei",
        "web",
    )


def test_a_refused_part_leaves_nothing_behind(here):
    assert commands.try_both(here, "good", "bad") == ["good"]
    names = set(Thing.objects.of(here).values_list("name", flat=True))
    assert names == {"good", "bad"}
    verbs = Entry.objects.filter(organisation_id=here.organisation_id).values_list("verb", flat=True)
    assert "playground.thing.refuse" not in verbs


def test_a_duplicate_in_a_part_is_a_refusal_of_the_part(here):
    thing(here, "bolt", code="part-bolt")
    with pytest.raises(Invalid) as refused:
        commands.build(here, "press", [commands.Part("nut", Decimal(1)), commands.Part("bolt", Decimal(1))])
    assert faults(refused) == {("/parts/1", "part_refused")}
    assert not Thing.objects.of(here).filter(name__in=["press", "nut"]).exists()


def test_arguments_are_named_where_they_are_wrong(here):
    with pytest.raises(Invalid) as refused:
        commands.build(here, " ", [{"name": "bolt", "amount": 1}, {"name": "", "amount": "much"}, {"x/y": 1}])
    assert faults(refused) == {
        ("/name", "field.string_too_short"),
        ("/parts/1/name", "field.string_too_short"),
        ("/parts/1/amount", "field.decimal_parsing"),
        ("/parts/2/name", "field.missing"),
        ("/parts/2/amount", "field.missing"),
        ("/parts/2/x~1y", "field.unexpected_keyword_argument"),
    }


def test_text_with_control_characters_is_refused_in_words(here):
    with pytest.raises(Invalid) as refused:
        commands.create(here, "pu\x00mp")
    assert faults(refused) == {("/name", "field.control_character")}


@pytest.mark.parametrize("value", [10**19, Decimal("1e17"), Decimal("NaN"), Decimal("Infinity")])
def test_values_beyond_what_can_be_stored_are_refused(here, value):
    field = "count" if isinstance(value, int) else "amount"
    with pytest.raises(Invalid):
        commands.create(here, "pump", **{field: value})


def test_what_is_not_given_stays(here):
    row = thing(here, note="old", count=5)
    commands.edit(here, row.id, count=None)
    after = read(here, row.id)
    assert (after.name, after.note, after.count) == ("pump", "old", None)


def test_an_edit_that_changes_nothing_makes_no_version(here):
    row = thing(here)
    assert commands.edit(here, row.id, name="pump").version == row.version


def test_a_duplicate_names_its_field(here):
    thing(here, code="A1")
    with pytest.raises(Invalid) as refused:
        thing(here, code="A1")
    assert faults(refused) == {("/code", "duplicate")}


def test_the_same_code_in_another_organisation_is_no_duplicate(here, there):
    thing(here, code="A1")
    assert thing(there, code="A1")


def test_a_version_that_was_not_seen_is_stale(here):
    row = thing(here)
    commands.edit(here.with_(seen_version=1), row.id, count=1)
    with pytest.raises(Stale) as refused:
        commands.edit(here.with_(seen_version=1), row.id, count=2)
    assert refused.value.facts == {"seen": 1, "current": 2}
    assert read(here, row.id).count == 1


def test_a_foreign_record_is_as_if_it_were_not_there(here, there):
    foreign = thing(there)
    for row_id in (foreign.id, uuid7()):
        with pytest.raises(NotVisible) as refused:
            commands.edit(here, row_id, count=1)
        assert refused.value.facts == {}


def test_secrets_never_reach_the_journal(here):
    row = thing(here)
    commands.lock(here.with_(key="k"), row.id, "s3cr3t-pass")
    bodies = "".join(
        Payload.objects.filter(organisation_id=here.organisation_id).values_list("body", flat=True)
    )
    assert "s3cr3t-pass" not in bodies
    assert '"password":"***"' in bodies
    assert '"secret":["","***"]' in bodies


def test_a_verb_writes_tables_of_its_own_room_only(here):
    row = thing(here)
    row.name = "mine"
    with unit.entered(unit.Unit(here, "work.order.start")), pytest.raises(WriteOutsideCommand):
        row.save()
    with pytest.raises(WriteOutsideCommand):
        Maker(name="nobody").save()


def test_a_failing_verb_writes_nothing(here, monkeypatch):
    row = thing(here)
    before = Entry.objects.filter(organisation_id=here.organisation_id).count()
    monkeypatch.setattr(commands, "emit", lambda event: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        commands.turn(here, row.id, Decimal(1))
    assert not Turn.objects.of(here).exists()
    assert Entry.objects.filter(organisation_id=here.organisation_id).count() == before


def test_what_runs_before_the_transaction_stays_when_the_verb_refuses(here):
    counted = []

    @command("playground.thing.knock", before=lambda ctx, arguments: counted.append(arguments))
    def knock(ctx, word: str) -> None:
        raise Refusal("thing_refused", name=word)

    # What a test declares must be gone for the next one.
    del COMMANDS["playground.thing.knock"], PERMISSIONS["playground.thing.knock"]
    with pytest.raises(Refusal):
        knock(here, "open")
    assert counted == [{"word": "open"}]


def test_a_verb_writes_for_its_own_organisation_only(here, there):
    with unit.entered(unit.Unit(here, "playground.thing.create")):
        with pytest.raises(ForeignRow):
            Thing(name="smuggled", organisation_id=there.organisation_id).save()
        with pytest.raises(ForeignRow):
            commands.create(there, "smuggled")
