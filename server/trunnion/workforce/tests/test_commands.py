"""Resources, rates and teams: each verb done and refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from trunnion.kernel.errors import Invalid, NotGranted, NotVisible
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.money import Money
from trunnion.workforce import queries
from trunnion.workforce.commands import labour_resource, rate, team
from trunnion.workforce.models import Rate
from trunnion.workforce.tests.builders import make_engineer, make_resource


@pytest.fixture(autouse=True)
def _inside(tenant):
    enter_organisation(tenant.id)


def test_a_login_stands_for_one_resource(tenant):
    ctx, resource_id = make_engineer(tenant)
    found = queries.resource_of_user(tenant.owner, ctx.actor_id)
    assert found is not None
    assert found.id == resource_id
    with pytest.raises(Invalid) as refused:
        labour_resource.create(tenant.owner, name="Twin", user_id=ctx.actor_id)
    assert refused.value.errors[0].pointer == "/user_id"


def test_a_login_or_party_that_is_not_there_is_named(tenant):
    for field in ("user_id", "party_id"):
        named: dict[str, Any] = {field: uuid7()}
        with pytest.raises(Invalid) as refused:
            labour_resource.create(tenant.owner, name="Ghost", **named)
        assert refused.value.errors[0].pointer == f"/{field}"


def test_out_of_service_means_no_longer_offered(tenant):
    mine = make_resource(tenant)
    labour_resource.deactivate(tenant.owner, mine)
    assert queries.list_for_dispatch(tenant.owner) == []
    assert queries.get_labour_resource(tenant.owner, mine)["actions"] == ["edit", "reactivate"]
    labour_resource.reactivate(tenant.owner, mine)
    assert [c.id for c in queries.list_for_dispatch(tenant.owner)] == [mine]


def test_people_are_listed_as_a_reader_of_chinese_expects(tenant):
    for name in ("赵敏", "李伟", "Anna", "王芳"):
        make_resource(tenant, name)
    assert [c.name for c in queries.list_for_dispatch(tenant.owner)] == ["Anna", "李伟", "王芳", "赵敏"]


def test_an_edit_keeps_what_is_not_given(tenant):
    mine = make_resource(tenant)
    labour_resource.edit(tenant.owner, mine, phone="+86 10 1234")
    found = queries.get_labour_resource(tenant.owner, mine)
    assert (found["name"], found["phone"]) == ("Li Wei", "+86 10 1234")


def test_a_rate_holds_from_its_day_and_the_same_day_corrects_it(tenant):
    mine = make_resource(tenant)
    rate.set_(tenant.owner, mine, amount=Decimal(50), from_on=date(2026, 1, 1))
    rate.set_(tenant.owner, mine, amount=Decimal("55.5"), from_on=date(2026, 1, 1))
    assert queries.rate_on(tenant.owner, mine, date(2025, 12, 31)) is None
    assert queries.rate_on(tenant.owner, mine, date(2026, 1, 1)) == Money(Decimal("55.5"), "EUR")
    rate.withdraw(tenant.owner, Rate.objects.of(tenant.owner).get().id)
    assert queries.rate_on(tenant.owner, mine, date(2026, 1, 1)) is None


def test_a_rate_in_another_currency_is_refused(tenant):
    with pytest.raises(Invalid) as refused:
        rate.set_(
            tenant.owner, make_resource(tenant), amount=Decimal(1), from_on=date(2026, 1, 1), currency="USD"
        )
    assert refused.value.errors[0].code == "rate.currency_other"


@pytest.mark.parametrize("amount", [Decimal(-1), Decimal("0.0000001"), Decimal(2_000_000)])
def test_a_senseless_rate_is_refused(tenant, amount):
    with pytest.raises(Invalid):
        rate.set_(tenant.owner, make_resource(tenant), amount=amount, from_on=date(2026, 1, 1))


def test_a_team_has_each_member_once(tenant):
    mine, made = make_resource(tenant), team.create(tenant.owner, name="Pumps")
    team.add_member(tenant.owner, made.id, mine)
    team.add_member(tenant.owner, made.id, mine)
    assert [m.id for m in queries.get_team(tenant.owner, made.id)["members"]] == [mine]
    assert queries.team_ids_of(tenant.owner, mine) == {made.id}
    team.remove_member(tenant.owner, made.id, mine)
    assert queries.list_for_dispatch(tenant.owner, made.id) == []
    with pytest.raises(Invalid):
        team.create(tenant.owner, name="Pumps")


def test_wrong_role_and_other_organisation(tenant, other):
    mine = make_resource(tenant)
    with pytest.raises(NotGranted):
        rate.set_(tenant.person("dispatcher"), mine, amount=Decimal(1), from_on=date(2026, 1, 1))
    with pytest.raises(NotVisible):
        labour_resource.edit(other.owner, mine, name="Stolen")
    enter_organisation(tenant.id)
    assert (
        queries.get_labour_resource(tenant.person("dispatcher").granting([queries.READ]), mine)["rates"]
        is None
    )


def test_the_door(tenant):
    client = tenant.client()
    made = client.post(
        "/api/workforce/labour_resources/create", {"name": "李伟"}, content_type="application/json"
    ).json()
    rows = client.get("/api/workforce/labour_resources", {"search": "李伟"}).json()["rows"]
    assert [r["id"] for r in rows] == [made["id"]]
    body = {"resource_id": made["id"], "amount": "12.50", "from_on": "2026-01-01"}
    assert client.post("/api/workforce/rates/set", body, content_type="application/json").status_code == 200
    detail = client.get(f"/api/workforce/labour_resources/{made['id']}").json()
    assert detail["rates"][0]["amount"] == "12.5"
