"""A verb is guarded, journalled, replayed and refused as the house promises."""

import pytest

from trunnion.identity.commands import role
from trunnion.identity.models import Role
from trunnion.kernel import history, journal
from trunnion.kernel.command import KeyReused
from trunnion.kernel.errors import (
    ForeignReference,
    Invalid,
    NotGranted,
    NotVisible,
    UnscopedRead,
    WriteOutsideCommand,
)
from trunnion.kernel.models import Entry, Payload


def test_a_verb_leaves_one_entry_with_before_and_after(tenant):
    made = role.create(tenant.owner, key="night_shift", name="Night", grants=["identity.role.read"])
    role.edit(tenant.owner, made.id, name="Nights")
    first, *_ = history.of_record(tenant.owner, made.id)
    assert first["verb"] == "identity.role.edit"
    assert first["changes"][0]["fields"] == {"name": ["Night", "Nights"]}
    assert journal.verify(tenant.id) == (Entry.objects.filter(organisation_id=tenant.id).count(), None)


def test_a_tampered_row_is_named(tenant):
    made = role.create(tenant.owner, key="night_shift", name="Night", grants=["identity.role.read"])
    entry = Entry.objects.get(subject_id=made.id)
    payload = Payload.objects.get(entry_id=entry.id)
    Payload.objects.filter(entry_id=entry.id).update(body=payload.body.replace("Night", "Light"))
    count, fault = journal.verify(tenant.id)
    assert fault is not None
    assert (fault.reason, fault.entry_id, fault.sequence) == ("payload_changed", entry.id, count + 1)


def test_the_same_key_gives_the_first_answer_and_one_effect(tenant):
    ctx = tenant.owner.with_(key="k-1")
    first = role.create(ctx, key="night_shift", name="Night", grants=["identity.role.read"])
    assert role.create(ctx, key="night_shift", name="Night", grants=["identity.role.read"]) == first
    with pytest.raises(KeyReused):
        role.create(ctx, key="day_shift", name="Day", grants=["identity.role.read"])
    assert Role.objects.of(ctx).filter(key="night_shift").count() == 1


def test_without_the_grant_nothing_happens(tenant):
    with pytest.raises(NotGranted):
        role.create(tenant.person("read_only"), key="x1", name="X", grants=["identity.role.read"])


def test_bad_input_names_the_field(tenant):
    with pytest.raises(Invalid) as refused:
        role.create(tenant.owner, key="Not A Key", name="", grants=["identity.role.read"])
    assert {e.pointer for e in refused.value.errors} == {"/key", "/name"}


def test_a_duplicate_names_the_field(tenant):
    role.create(tenant.owner, key="night_shift", name="Night", grants=["identity.role.read"])
    with pytest.raises(Invalid) as refused:
        role.create(tenant.owner, key="night_shift", name="Night", grants=["identity.role.read"])
    assert refused.value.errors[0].pointer == "/key"


def test_reads_without_an_organisation_raise(tenant):
    for read in (list, lambda q: q.count(), lambda q: q.exists(), lambda q: q.first()):
        with pytest.raises(UnscopedRead):
            read(Role.objects.all())


def test_writes_outside_a_command_raise(tenant):
    found = Role.objects.of(tenant.owner).first()
    found.name = "Mine"
    with pytest.raises(WriteOutsideCommand):
        found.save()
    with pytest.raises(WriteOutsideCommand):
        Role.objects.of(tenant.owner).update(name="Mine")


def test_a_foreign_record_is_as_if_it_were_not_there(tenant, other):
    foreign = Role.objects.of(other.owner).first()
    with pytest.raises(NotVisible):
        role.edit(tenant.owner, foreign.id, name="Mine")


def test_a_foreign_reference_cannot_be_stored(tenant, other):
    from trunnion.identity.models import Membership, MembershipRole
    from trunnion.kernel import unit

    mine = Membership.objects.of(tenant.owner).first()
    theirs = Role.objects.of(other.owner).first()
    with unit.entered(unit.Unit(tenant.owner, "identity.membership.edit")), pytest.raises(ForeignReference):
        MembershipRole(membership=mine, role_id=theirs.id).save()
