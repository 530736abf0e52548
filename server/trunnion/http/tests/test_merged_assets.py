"""Orders and costs of a machine that was entered twice: they go along, are read together and come apart again."""

from trunnion.assets.commands import asset, merging
from trunnion.assets.queries import file
from trunnion.finance.commands import record
from trunnion.finance.queries import cost_of_asset
from trunnion.identity.commands.membership import ScopeLine
from trunnion.identity.models import MembershipScope
from trunnion.identity.types import ScopeKind
from trunnion.kernel.journal import enter_organisation
from trunnion.parties.commands import merging as parties
from trunnion.parties.commands import party
from trunnion.work.models import Order
from trunnion.work.tests.builders import Shop


def test_orders_follow_a_machine_and_a_customer(tenant):
    shop = Shop(tenant)
    enter_organisation(tenant.id)
    owner = shop.owner
    one, two = (party.create(owner, name, ["customer"]).id for name in ("Harbour", "Harbor"))
    twin = asset.create(owner, name="Feed pump", location_id=shop.site, owner_party_id=one).id
    done = shop.order(asset_id=twin, customer_id=one)
    merging.merge(owner, twin, shop.pump)
    parties.merge(owner, one, two)
    row = Order.objects.of(owner).get(id=done.id)
    assert (row.asset_id, row.customer_id) == (shop.pump, two)
    assert [o["id"] for o in file.get_file(owner, shop.pump)["sections"]["orders"]] == [done.id]
    assert asset.edit(owner, shop.pump, name="Feed pump").id == shop.pump
    parties.unmerge(owner, one)
    merging.unmerge(owner, twin)
    row = Order.objects.of(owner).get(id=done.id)
    assert (row.asset_id, row.customer_id) == (twin, one)


def test_costs_stay_where_they_were_entered_and_are_added_up(tenant):
    shop = Shop(tenant)
    owner = shop.owner
    twin = asset.create(owner, name="Feed pump", location_id=shop.site).id
    for asset_id, amount, source in ((twin, 70, twin), (shop.pump, 30, shop.pump)):
        record(owner, "service", amount, "EUR", "2026-11-20", "test", source, asset_id=asset_id)
    merging.merge(owner, twin, shop.pump)
    assert [s.amount for s in cost_of_asset(owner, shop.pump)["sums"]] == [100]
    assert len(file.get_file(owner, shop.pump)["sections"]["costs"]) == 2
    merging.unmerge(owner, twin)
    assert [s.amount for s in cost_of_asset(owner, shop.pump)["sums"]] == [30]


def test_whoever_was_narrowed_to_a_customer_sees_the_one_that_stays(tenant):
    enter_organisation(tenant.id)
    owner = tenant.owner
    one, two = (party.create(owner, name, ["customer"]).id for name in ("Harbour", "Harbor"))
    tenant.person("engineer", scopes=[ScopeLine(ScopeKind.CUSTOMER, one)])
    scopes = MembershipScope.objects.of(owner)
    parties.merge(owner, one, two)
    assert list(scopes.values_list("target_id", flat=True)) == [two]
    parties.unmerge(owner, one)
    assert list(scopes.values_list("target_id", flat=True)) == [one]
