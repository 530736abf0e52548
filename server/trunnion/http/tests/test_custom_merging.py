"""Custom fields and saved filters that name a record follow its merge, and come back at the undo."""

import json

import pytest

from trunnion.attach.commands import custom_field
from trunnion.attach.custom.reading import detail
from trunnion.kernel import history
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.listing import page
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.merging import preview
from trunnion.parties.commands import merging, party
from trunnion.work.commands.order import intake

KIND, ORDER = "parties.party", "work.order"


@pytest.fixture
def owner(tenant):
    enter_organisation(tenant.id)
    ctx = tenant.person("owner")
    for kind in (KIND, ORDER):
        custom_field.create(
            ctx,
            kind,
            "keeper",
            label_en="Keeper",
            label_zh="保管单位",
            value_type="reference",
            refers_to=KIND,
        )
    return ctx


@pytest.fixture
def pair(owner):
    return (party.create(owner, "Acme", ["supplier"]).id, party.create(owner, "Acme Pumps", ["supplier"]).id)


def keeper(ctx, kind, row_id):
    return next(f["value"] for f in detail(ctx, kind, row_id) if f["key"] == "keeper")


def test_third_records_follow_and_come_back(owner, pair):
    gone, stays = pair
    other = party.create(owner, "Third", ["customer"], custom={"keeper": str(gone)}).id
    order = intake.create(owner, title="Pump leaks", custom={"keeper": str(gone)}).id
    apart = party.create(owner, "Fourth", ["customer"], custom={"keeper": str(stays)}).id
    told = preview(owner, KIND, gone, stays, lambda *_: [])["followed"]
    assert {(f.kind, f.column, f.following) for f in told} == {
        (KIND, "custom.keeper", 1),
        (ORDER, "custom.keeper", 1),
    }
    done = merging.merge(owner, party_id=gone, into_id=stays)
    assert {(f.kind, f.following) for f in done.followed} >= {(KIND, 1), (ORDER, 1)}
    assert [keeper(owner, *one) for one in ((KIND, other), (ORDER, order), (KIND, apart))] == [stays] * 3
    changes = [c for entry in history.of_record(owner, other) for c in entry["changes"]]
    assert {"custom.keeper": [str(gone), str(stays)]} in [c["fields"] for c in changes]
    assert merging.unmerge(owner, party_id=gone).kept == []
    assert [keeper(owner, *one) for one in ((KIND, other), (ORDER, order), (KIND, apart))] == [
        gone,
        gone,
        stays,
    ]


def test_what_was_changed_since_stays(owner, pair):
    gone, stays = pair
    other = party.create(owner, "Third", ["customer"], custom={"keeper": str(gone)}).id
    merging.merge(owner, party_id=gone, into_id=stays)
    party.edit(owner, other, custom={"keeper": str(other)})
    kept = merging.unmerge(owner, party_id=gone).kept
    assert [(one.row_id, one.fields) for one in kept] == [(other, ["custom.keeper"])]
    assert keeper(owner, KIND, other) == other


def test_what_the_two_say_of_each_other_stays(owner, pair):
    gone, stays = pair
    party.edit(owner, stays, custom={"keeper": str(gone)})
    merging.merge(owner, party_id=gone, into_id=stays)
    assert keeper(owner, KIND, stays) == gone


def test_a_filter_that_names_the_merged_record_means_the_one_that_stays(owner, pair):
    gone, stays = pair
    order = intake.create(owner, title="Pump leaks", customer_id=stays).id
    ask = page.Ask(filter=json.dumps({"field": "customer_id", "op": "eq", "value": str(gone)}), columns="id")

    def found():
        return [row["id"] for row in page.page(owner, LISTINGS["work.orders"], ask)["rows"]]

    assert found() == []
    merging.merge(owner, party_id=gone, into_id=stays)
    assert found() == [order]
    merging.unmerge(owner, party_id=gone)
    assert found() == []
