"""Saved views: kept, shared, opened with what their reader may see, told what was left out."""

import pytest

from trunnion.identity.models import Role
from trunnion.identity.views import commands as view
from trunnion.identity.views.queries import get_view
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal

ORDERS = "work.orders"
MINE = {"and": [{"field": "state", "op": "in", "value": ["approved", "waiting"]}]}


def keep(ctx, listing=ORDERS, name="Mine", **facts):
    return view.create(ctx, listing=listing, name=name, **facts).id


def opened(ctx, view_id):
    with reading(ctx.organisation_id):
        return get_view(ctx, view_id)


def code_of(caught):
    return [(e.pointer, e.code) for e in caught.value.errors]


def test_a_view_is_the_same_when_it_is_opened_again(tenant):
    planner = tenant.person("planner")
    made = keep(planner, columns=["number", "title"], filter=MINE, sort="-created_at", density="compact")
    found = opened(planner, made)
    assert (found.columns, found.filter, found.sort) == (["number", "title"], MINE, "-created_at")
    assert (found.density, found.is_own, found.may_change, found.dropped) == ("compact", True, True, [])
    assert view.edit(planner, made, name="Ours", sort="").version == 2
    view.remove(planner, made)
    with pytest.raises(NotVisible):
        opened(planner, made)


@pytest.mark.parametrize(
    ("facts", "pointer", "code"),
    [
        ({"listing": "moon.rocks"}, "/listing", "view.listing_unknown"),
        ({"columns": ["moon"]}, "/columns", "listing.column_unknown"),
        ({"filter": {"field": "moon", "op": "eq", "value": 1}}, "/filter/field", "filter.field_unknown"),
        ({"filter": {"field": "state", "op": "eq", "value": "moon"}}, "/filter/value", "filter.value_wrong"),
        ({"sort": "moon"}, "/sort", "listing.not_sortable"),
        ({"group": "moon"}, "/group", "listing.column_unknown"),
        ({"name": ""}, "/name", "field.string_too_short"),
        ({"density": "tight"}, "/density", "field.enum"),
    ],
)
def test_what_could_not_be_asked_is_not_kept(tenant, facts, pointer, code):
    with pytest.raises(Invalid) as caught:
        keep(tenant.owner, **facts)
    assert code_of(caught) == [(pointer, code)]


def test_a_list_that_one_may_not_read_is_no_list(tenant):
    with pytest.raises(Invalid) as caught:
        keep(tenant.person("engineer"), "identity.members")
    assert code_of(caught) == [("/listing", "view.listing_unknown")]


def test_two_views_of_one_name_are_refused(tenant):
    keep(tenant.owner)
    with pytest.raises(Invalid):
        keep(tenant.owner)
    keep(tenant.owner, "assets.assets")


def test_private_role_everybody(tenant, other):
    leader, engineer = tenant.person("team_leader"), tenant.person("engineer")
    made = keep(leader)
    with pytest.raises(NotVisible):
        opened(engineer, made)
    with reading(tenant.id):
        role = Role.objects.of(tenant.id).get(key="engineer").id
    view.share(leader, made, audience="role", role_id=role)
    assert opened(engineer, made).may_change is False
    with pytest.raises(NotVisible):
        opened(tenant.person("inspector"), made)
    view.share(leader, made, audience="everybody")
    assert opened(tenant.person("inspector"), made).name == "Mine"
    with pytest.raises(NotVisible):
        opened(other.owner, made)
    with pytest.raises(NotGranted):
        view.edit(engineer, made, name="Theirs")
    with pytest.raises(NotGranted):
        view.share(engineer, keep(engineer), audience="everybody")
    with pytest.raises(Invalid):
        view.share(leader, made, audience="role")


def test_one_default_for_each_list(tenant):
    leader = tenant.person("team_leader")
    first, second = keep(leader, name="A"), keep(leader, name="B")
    with pytest.raises(NotGranted):
        view.set_default(leader, first)
    for made in (first, second):
        view.share(leader, made, audience="everybody")
    view.set_default(tenant.owner, first)
    view.set_default(tenant.owner, second)
    assert [opened(tenant.owner, v).is_default for v in (first, second)] == [False, True]
    with pytest.raises(NotGranted):
        view.edit(leader, second, name="C")
    with pytest.raises(Refusal):
        view.share(tenant.owner, second, audience="private")


def test_a_reader_without_the_list_gets_an_empty_view(tenant):
    made = keep(tenant.owner, "identity.members", columns=["name"])
    view.share(tenant.owner, made, audience="everybody")
    found = opened(tenant.person("engineer"), made)
    assert (found.columns, [d.part for d in found.dropped]) == ([], ["listing"])


def test_over_the_api(tenant):
    client = tenant.client()
    body = {"listing": ORDERS, "name": "紧急", "columns": ["number"], "filter": MINE}
    made = client.post("/api/identity/views/create", body, content_type="application/json").json()
    assert client.get(f"/api/identity/views/{made['id']}").json()["filter"] == MINE
    listed = client.get("/api/identity/views").json()["rows"]
    assert [(row["name"], row["listing"]) for row in listed] == [("紧急", ORDERS)]
