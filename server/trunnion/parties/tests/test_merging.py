"""Parties that turn out to be one: everything follows, nothing is lost, and all of it can be undone."""

import pytest

from trunnion.attach import queries as attached
from trunnion.attach.commands import comment, custom_field, reference, tag
from trunnion.attach.custom.reading import detail
from trunnion.kernel.errors import Invalid, Merged, NotGranted, NotVisible, Refusal, WrongState
from trunnion.kernel.journal import enter_organisation
from trunnion.parties import duplicates, queries
from trunnion.parties.commands import contact, merging, party, relation, site
from trunnion.parties.models import Contact, CustomerSite, Party, PartyRelation
from trunnion.parties.types import PartyLine

from .builders import made

KIND = "parties.party"


@pytest.fixture
def owner(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


@pytest.fixture
def pair(owner):
    """Harbour Pumps twice: the first has no phone, the second more of everything."""
    stays = made(owner, "Harbour Pumps Ltd", email="info@harbour.example")
    gone = made(owner, "Harbour Pump", "supplier", phone="555", email="pumps@harbour.example")
    for row_id, name in ((stays, "Anna"), (gone, "Bert")):
        contact.add(owner, row_id, name, is_primary=True)
    site.add(owner, gone, "Pier 3")
    third = made(owner, "Quay Foods")
    relation.add(owner, stays, third, "pays_for")
    relation.add(owner, gone, third, "pays_for")
    relation.add(owner, gone, third, "dealer_of")
    relation.add(owner, gone, stays, "dealer_of")
    for row_id in (stays, gone):
        tag.put(owner, KIND, row_id, ["key account", *(["old"] if row_id == gone else [])])
    comment.add(owner, KIND, gone, "Pays late")
    reference.set_(owner, KIND, gone, "erp", "4711")
    return gone, stays


def state(ctx):
    """Everything of the two, as far as people see it, for a comparison before and after."""
    facts = [f.attname for f in Party._meta.concrete_fields]
    facts = [f for f in facts if f not in ("version", "changed_at")]
    return (
        list(Party.objects.of(ctx).order_by("id").values_list(*facts)),
        list(Contact.objects.of(ctx).order_by("id").values_list("id", "party_id", "is_primary")),
        list(CustomerSite.objects.of(ctx).order_by("id").values_list("id", "party_id")),
        list(PartyRelation.objects.of(ctx).order_by("id").values_list("id", "party_id", "other_id", "relation")),
    )  # fmt: skip


def test_everything_follows_and_comes_back(owner, pair):
    gone, stays = pair
    before = state(owner)
    done = merging.merge(owner, gone, stays)
    assert (done.id, sorted(done.taken)) == (stays, ["is_supplier", "phone"])
    kept = queries.get_party(owner, stays)
    assert (kept["email"], kept["phone"], kept["roles"]) == (
        "info@harbour.example", "555", ["customer", "supplier"],
    )  # fmt: skip
    assert [(c["name"], c["is_primary"]) for c in kept["contacts"]] == [("Anna", True), ("Bert", False)]
    assert [s["name"] for s in kept["sites"]] == ["Pier 3"]
    assert sorted(r["relation"] for r in kept["relations"] if r["is_own"]) == ["dealer_of", "pays_for"]
    assert [c.text for c in kept["comments"]] == ["Pays late"]
    assert [r.identifier for r in kept["references"]] == ["4711"]
    assert set(kept["tags"]) == {"key account", "old"}
    assert [m["id"] for m in kept["merged"]] == [gone]
    # What would be double, and what they said of each other, waits with the one that was merged.
    told = {(line.kind, line.column): (line.following, line.staying) for line in done.followed}
    assert told["parties.relation", "party"] == (1, 2)
    assert told["attach.tag_link", "subject"] == (1, 1)

    back = merging.unmerge(owner, gone)
    assert back.kept == []
    assert state(owner) == before
    assert [c.text for c in attached.comments_of(owner, KIND, gone)] == ["Pays late"]
    assert len(attached.tags_of(owner, KIND, gone)) == 2


def test_the_merged_party_is_out_of_the_lists_and_still_found(owner, pair, tenant):
    gone, stays = pair
    number = Party.objects.of(owner).get(id=gone).number
    merging.merge(owner, gone, stays)
    rows = tenant.client().get("/api/parties/parties").json()["rows"]
    assert str(gone) not in {r["id"] for r in rows}
    for text in (number, "pumps@harbour"):
        found = tenant.client().get("/api/parties/parties", {"search": text}).json()["rows"]
        assert [r["id"] for r in found] == [str(stays)], text
    enter_organisation(tenant.id)
    assert queries.find_by_name(owner, "Harbour Pump").id == stays
    # A list that names it brings in the one that stands, and no third one.
    done = party.ensure_many(owner, [PartyLine(name="harbour pump")])
    assert (done.ids, done.created) == ([stays], 0)
    assert queries.get_party(owner, gone)["merged_into_id"] == stays
    assert queries.get_party(owner, gone)["actions"] == ["unmerge"]
    for verb in (lambda: party.edit(owner, gone, name="X"), lambda: party.archive(owner, gone)):
        with pytest.raises(Merged) as caught:
            verb()
        assert caught.value.facts["into_id"] == str(stays)


def test_chosen_facts_win_and_nothing_else_is_overwritten(owner, pair):
    gone, stays = pair
    done = merging.merge(owner, gone, stays, take=["name", "email"])
    assert {"name", "email"} <= set(done.taken)
    row = Party.objects.of(owner).get(id=stays)
    assert (row.name, row.email, row.match_name) == ("Harbour Pump", "pumps@harbour.example", "harbour pump")
    merging.unmerge(owner, gone)
    assert Party.objects.of(owner).get(id=stays).match_name == "harbour pumps"


def test_what_was_changed_since_stays_and_is_named(owner, pair):
    gone, stays = pair
    merging.merge(owner, gone, stays)
    party.edit(owner, stays, phone="777")
    pier = CustomerSite.objects.of(owner).get(name="Pier 3")
    other = made(owner, "Third")
    row = merging.unmerge(owner, gone)
    assert [(k.row_id, k.code, k.fields) for k in row.kept] == [(stays, "take_back.changed_since", ["phone"])]
    assert Party.objects.of(owner).get(id=stays).phone == "777"
    assert CustomerSite.objects.of(owner).get(id=pier.id).party_id == gone
    assert other


def test_custom_values_are_carried_and_taken_back(owner, pair):
    gone, stays = pair
    for key in ("level", "area"):
        custom_field.create(owner, KIND, key, label_en=key, label_zh=key, value_type="number")
    party.edit(owner, gone, custom={"level": 3, "area": 9})
    party.edit(owner, stays, custom={"area": 1})
    merging.merge(owner, gone, stays)
    assert {f["key"]: f["value"] for f in detail(owner, KIND, stays)} == {"level": 3, "area": 1}
    assert merging.unmerge(owner, gone).kept == []
    assert {f["key"]: f["value"] for f in detail(owner, KIND, stays)} == {"level": None, "area": 1}
    assert {f["key"]: f["value"] for f in detail(owner, KIND, gone)} == {"level": 3, "area": 9}


def test_merges_one_after_the_other_are_undone_in_turn(owner):
    one, two, three = (made(owner, name) for name in ("Anchor", "Anker", "Ankor"))
    merging.merge(owner, one, two)
    merging.merge(owner, two, three)
    # All of them point straight at the one that stands.
    assert Party.objects.of(owner).get(id=one).merged_into_id == three
    with pytest.raises(Refusal) as caught:
        merging.unmerge(owner, one)
    assert caught.value.code == "merge.later_first"
    merging.unmerge(owner, two)
    assert Party.objects.of(owner).get(id=one).merged_into_id == two
    merging.unmerge(owner, one)
    assert not Party.objects.of(owner).filter(merged_into__isnull=False).exists()
    assert set(Party.objects.of(owner).values_list("also_known", flat=True)) == {""}


def test_two_merged_into_one_are_undone_in_any_order(owner):
    one, two, stays = (made(owner, name) for name in ("Anchor", "Anker", "Ankor"))
    for row_id in (one, two):
        merging.merge(owner, row_id, stays)
    merging.unmerge(owner, one)
    assert Party.objects.of(owner).get(id=stays).also_known.splitlines()[-1] == "Anker"
    merging.unmerge(owner, two)
    assert Party.objects.of(owner).get(id=stays).also_known == ""


def test_no_pair_is_refused_in_words(owner, other, tenant):
    one, two, branch = made(owner, "Anchor"), made(owner, "Anker"), None
    branch = made(owner, "Anchor branch", parent_id=one)
    enter_organisation(other.id)
    foreign = made(other.owner, "Elsewhere")
    enter_organisation(tenant.id)
    for into, code in ((one, "merge.itself"), (foreign, "reference_unknown")):
        with pytest.raises(Invalid) as caught:
            merging.merge(owner, one, into)
        assert [(e.pointer, e.code) for e in caught.value.errors] == [("/into_id", code)]
    for gone, into in ((one, branch), (branch, one)):
        with pytest.raises(Refusal) as caught:
            merging.merge(owner, gone, into)
        assert caught.value.code == "merge.one_within_the_other"
    with pytest.raises(Invalid):
        merging.merge(owner, one, two, take=["number"])
    with pytest.raises(NotVisible):
        merging.merge(owner, foreign, one)
    with pytest.raises(Refusal) as caught:
        merging.unmerge(owner, two)
    assert caught.value.code == "merge.not_merged"
    merging.merge(owner, branch, two)
    with pytest.raises(Invalid) as caught:
        merging.merge(owner, one, branch)
    assert caught.value.errors[0].code == "merge.into_merged"
    with pytest.raises(Merged):
        merging.merge(owner, branch, one)
    party.archive(owner, two)
    with pytest.raises(Refusal) as caught:
        merging.merge(owner, one, two)
    assert caught.value.code == "party_merge_archived"
    with pytest.raises(NotGranted):
        merging.merge(tenant.person("engineer"), one, two)


def test_the_preview_says_what_would_happen_and_writes_nothing(owner, pair, tenant):
    gone, stays = pair
    before = state(owner)
    path = f"/api/parties/parties/{gone}/merge_preview?into_id={stays}"
    told = tenant.client().get(path).json()
    assert {f["field"]: f["becomes"] for f in told["facts"]}["phone"] == "555"
    assert {f["field"]: f["becomes"] for f in told["facts"]}["name"] == "Harbour Pumps Ltd"
    assert {"kind": "parties.site", "column": "party", "following": 1, "staying": 0} in told["followed"]
    assert told["obstacles"] == []
    enter_organisation(tenant.id)
    assert state(owner) == before
    again = tenant.client().get(f"/api/parties/parties/{gone}/merge_preview?into_id={gone}").json()
    assert again["obstacles"][0]["code"] == "merge.itself"


def test_likely_pairs_are_listed_by_rule(owner, pair):
    gone, stays = pair
    made(owner, "Elsewhere GmbH", phone="55 5")
    rows = duplicates.list_pairs(owner)["rows"]
    told = {(r["one"]["id"], r["other"]["id"]): r["rules"] for r in rows}
    assert told[stays, gone] == ["name"]
    assert ["phone"] in told.values()
    merging.merge(owner, gone, stays)
    assert all(gone not in (r["one"]["id"], r["other"]["id"]) for r in duplicates.list_pairs(owner)["rows"])


def test_over_the_api(owner, pair, tenant):
    gone, stays = pair
    client = tenant.client()
    path = f"/api/parties/parties/{gone}"
    done = client.post(f"{path}/merge", {"into_id": str(stays)}, "application/json")
    assert done.status_code == 200, done.content
    assert (
        client.post(f"{path}/merge", {"into_id": str(stays)}, "application/json").json()["code"] == "merged"
    )
    back = client.post(f"{path}/unmerge", {}, "application/json")
    assert (back.status_code, back.json()["kept"]) == (200, [])


def test_an_archived_party_can_go(owner):
    one, two = made(owner, "Anchor"), made(owner, "Anker")
    party.archive(owner, one)
    merging.merge(owner, one, two)
    merging.unmerge(owner, one)
    with pytest.raises(WrongState):
        party.edit(owner, one, name="Y")
