"""Custom values are taken back with what was made or changed, unless somebody changed them since."""

import pytest

from trunnion.attach.commands import batch, custom, custom_field
from trunnion.attach.custom.reading import detail
from trunnion.attach.models import CustomValue
from trunnion.kernel import history
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import Entry
from trunnion.parties.commands import batch as parties
from trunnion.parties.commands import party

KIND = "parties.party"


@pytest.fixture
def owner(tenant):
    enter_organisation(tenant.id)
    ctx = tenant.person("owner")
    for key in ("level", "area"):
        custom_field.create(ctx, KIND, key, label_en=key, label_zh=key, value_type="number")
    return ctx


def last(ctx, verb):
    """What the newest entry of a verb did."""
    entry = Entry.objects.filter(organisation_id=ctx.organisation_id, verb=verb).latest("id")
    return history.did(entry.id)


def held(ctx, row_id):
    return {f["key"]: f["value"] for f in detail(ctx, KIND, row_id) if f["value"] is not None}


def test_values_return_with_the_record_and_what_was_changed_since_stays(owner):
    made = party.create(owner, "Acme", ["supplier"], custom={"level": 1, "area": 5})
    party.edit(owner, made.id, name="Acme Pumps", custom={"level": 2, "area": 6})
    did = last(owner, "parties.party.edit")
    party.edit(owner, made.id, custom={"area": 7})

    done = parties.take_back(owner, did=did, busy={})

    assert held(owner, made.id) == {"level": 1, "area": 7}
    assert done.restored == 1
    assert [(k.row_id, k.fields) for k in done.kept] == [(made.id, ["custom.area"])]
    assert history.of_record(owner, made.id)[0]["changes"][0]["fields"]["custom.level"] == ["2", "1"]


def test_a_record_that_was_made_goes_with_its_values(owner):
    made = party.create(owner, "Acme", ["supplier"], custom={"level": 1})
    done = parties.take_back(owner, did=last(owner, "parties.party.create"), busy={})
    assert done.removed == 1
    assert not CustomValue.objects.of(owner).filter(subject_id=made.id).exists()


def test_a_record_whose_values_were_changed_since_stays_with_them(owner):
    made = party.create(owner, "Acme", ["supplier"], custom={"level": 1})
    did = last(owner, "parties.party.create")
    party.edit(owner, made.id, custom={"area": 3})
    done = parties.take_back(owner, did=did, busy={})
    assert (done.removed, [k.code for k in done.kept]) == (0, ["take_back.changed_since"])
    assert held(owner, made.id) == {"level": 1, "area": 3}


def test_values_of_many_are_taken_back_by_the_room_that_wrote_them(owner):
    made = party.create(owner, "Acme", ["supplier"], custom={"level": 1})
    custom.set_many(owner, KIND, [custom.CustomLine(made.id, {"level": 4, "area": 2})])
    done = batch.take_back(owner, did=last(owner, "attach.custom.set_many"), busy={})
    assert (done.restored, done.kept) == (1, [])
    assert held(owner, made.id) == {"level": 1}


def test_a_field_that_is_gone_keeps_what_it_held(owner):
    made = party.create(owner, "Acme", ["supplier"], custom={"level": 1})
    unknown = history.Did(KIND, made.id, "change", {"custom.never": [None, 1]})
    done = parties.take_back(owner, did=[unknown], busy={})
    assert [k.fields for k in done.kept] == [["custom.never"]]
