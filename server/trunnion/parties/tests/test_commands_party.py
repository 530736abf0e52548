"""Parties are made known, changed, archived and ensured."""

import pytest

from trunnion.attach.tests.builders import entered
from trunnion.kernel import history
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Stale, WrongState
from trunnion.parties import queries
from trunnion.parties.commands import party
from trunnion.parties.models import Party
from trunnion.parties.types import PartyLine, PartyRole

from .builders import made


def test_a_party_has_a_number_and_roles(tenant):
    ctx = tenant.owner
    first = made(ctx, "海港泵业有限公司", "supplier", "manufacturer", email="info@pumps.cn")
    found = queries.get_party(ctx, first)
    assert (found["number"], found["roles"], found["state"]) == (
        "P-000001",
        ["supplier", "manufacturer"],
        "active",
    )
    assert found["actions"] == ["edit", "archive", "merge"]
    assert queries.get_party(ctx, made(ctx))["number"] == "P-000002"
    assert queries.get_party(ctx, made(ctx, number="C-7"))["number"] == "C-7"
    assert history.of_record(ctx, first)[0]["events"] == ["parties.party.created"]


def test_an_edit_changes_what_is_given(tenant):
    ctx = tenant.owner
    row = made(ctx, phone="1")
    party.edit(ctx, row, name="Harbour Pumps Inc", roles=[PartyRole.CONTRACTOR], service_level="gold")
    found = queries.get_party(ctx, row)
    assert (found["name"], found["phone"], found["roles"]) == ("Harbour Pumps Inc", "1", ["contractor"])
    assert history.of_record(ctx, row)[0]["events"] == ["parties.party.renamed"]
    with pytest.raises(Stale):
        party.edit(ctx.with_(seen_version=1), row, phone="2")


def test_an_archived_party_is_not_edited_until_it_is_restored(tenant):
    ctx = tenant.owner
    row = made(ctx)
    party.archive(ctx, row)
    for verb in (lambda: party.edit(ctx, row, phone="1"), lambda: party.archive(ctx, row)):
        with pytest.raises(WrongState):
            verb()
    assert queries.get_party(ctx, row)["actions"] == ["restore", "merge"]
    party.restore(ctx, row)
    assert queries.get_party(ctx, row)["state"] == "active"


def test_nobody_stands_above_themselves(tenant, other):
    ctx = tenant.owner
    top, middle = made(ctx, "Top"), made(ctx, "Middle")
    party.edit(ctx, middle, parent_id=top)
    for row, parent in ((top, middle), (top, top)):
        with pytest.raises(Invalid) as refused:
            party.edit(ctx, row, parent_id=parent)
        assert refused.value.errors[0].code == "party_circle"
    with pytest.raises(Invalid) as refused:
        party.edit(ctx, top, parent_id=made(other.owner))
    assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == (
        "/parent_id",
        "reference_unknown",
    )
    assert [b["name"] for b in queries.get_party(entered(ctx), top)["branches"]] == ["Middle"]


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"name": " "}, "/name"),
        ({"roles": []}, "/roles"),
        ({"roles": ["friend"]}, "/roles/0"),
        ({"email": "not an address"}, "/email"),
        ({"web": "javascript:alert(1)"}, "/web"),
        ({"number": "x" * 61}, "/number"),
    ],
)
def test_bad_input_names_the_field(tenant, facts, pointer):
    with pytest.raises(Invalid) as refused:
        party.create(tenant.owner, **{"name": "Acme", "roles": ["customer"], **facts})
    assert [e.pointer for e in refused.value.errors] == [pointer]


def test_a_number_is_given_once(tenant, other):
    made(tenant.owner, number="C-7")
    with pytest.raises(Invalid) as refused:
        made(tenant.owner, number="C-7")
    assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == ("/number", "duplicate")
    made(other.owner, number="C-7")


def test_a_number_chosen_by_hand_is_skipped(tenant):
    ctx = tenant.owner
    made(ctx, number="P-000001")
    assert queries.get_party(ctx, made(ctx))["number"] == "P-000002"


def test_who_may_what(tenant, other):
    with pytest.raises(NotGranted):
        made(tenant.person("engineer"))
    row = made(tenant.person("buyer"))
    with pytest.raises(NotVisible):
        party.edit(other.owner, row, phone="1")
    with pytest.raises(NotVisible):
        queries.get_party(entered(other.owner), row)


def test_a_narrowed_member_sees_their_party_and_its_branches(tenant):
    ctx = tenant.owner
    mine, another = made(ctx, "Mine"), made(ctx, "Another")
    branch = made(ctx, "Branch", parent_id=mine)
    person = tenant.person("salesperson", scopes=[{"by": "customer", "target_id": mine}])
    assert {queries.get_party(person, row)["name"] for row in (mine, branch)} == {"Mine", "Branch"}
    with pytest.raises(NotVisible):
        queries.get_party(person, another)
    assert queries.find_likely(person, "Another")["rows"] == []


def test_ensuring_finds_changes_and_makes(tenant):
    ctx = tenant.owner
    row = made(ctx, "Grundfos GmbH", "supplier")
    lines = [
        PartyLine("GRUNDFOS", (PartyRole.MANUFACTURER,), phone="+45"),
        PartyLine("Wilo SE", (PartyRole.MANUFACTURER,)),
        PartyLine("wilo", (PartyRole.SUPPLIER,)),
    ]
    done = party.ensure_many(ctx, lines)
    assert (done.created, done.changed, done.same) == (1, 1, 0)
    assert (done.ids[0], done.ids[1]) == (row, done.ids[2])
    assert queries.get_party(ctx, row)["roles"] == ["supplier", "manufacturer"]
    assert queries.get_party(ctx, row)["name"] == "Grundfos GmbH"
    found = queries.find_by_name(ctx, "WILO")
    assert found is not None
    assert found.number == "P-000002"
    again = party.ensure_many(ctx, lines)
    assert (again.created, again.changed, again.same) == (0, 0, 2)
    renamed = party.ensure_many(ctx, [PartyLine("Grundfos Pumps", id=row)])
    assert (renamed.changed, queries.get_party(ctx, row)["name"]) == (1, "Grundfos Pumps")


def test_ensuring_is_all_or_nothing_and_one_entry(tenant, other):
    ctx = tenant.owner
    with pytest.raises(Invalid) as refused:
        party.ensure_many(ctx, [PartyLine("Fresh"), PartyLine("x", id=made(other.owner))])
    assert refused.value.errors[0].pointer == "/lines/1/id"
    assert not Party.objects.of(entered(ctx)).exists()
    party.ensure_many(ctx, [PartyLine(f"Party {i}") for i in range(120)])
    entries = [e for e in history.list_entries(ctx)["rows"] if e["verb"].startswith("parties.")]
    assert [e["verb"] for e in entries] == ["parties.party.ensure_many"]
