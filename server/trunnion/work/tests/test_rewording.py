"""Orders are found by what their asset, place and customer are called now."""

import pytest

from trunnion.assets.commands import asset, asset_batch, location, merging
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import AssetLine
from trunnion.kernel import bulk, bulk_undo
from trunnion.kernel.events import HANDLERS
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.listing import page
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.models import Chain, Job
from trunnion.kernel.models.jobs import DELIVERY
from trunnion.kernel.worker import seal_all, settle
from trunnion.parties.commands import merging as parties_merging
from trunnion.parties.commands import party
from trunnion.work.commands.order import rewording
from trunnion.work.models import Order


def found(shop, text):
    enter_organisation(shop.tenant.id)
    ask = page.Ask(search=text, columns="id")
    return [row["id"] for row in page.page(shop.owner, LISTINGS["work.orders"], ask)["rows"]]


def test_a_new_name_of_the_asset_reaches_its_orders(shop, delivered):
    made = shop.order().id
    before = Order.objects.of(shop.owner).get(id=made).version
    asset.edit(shop.owner, asset_id=shop.pump, name="Boiler circulator", serial="XK-9")
    delivered()
    assert (found(shop, "circulator"), found(shop, "XK-9"), found(shop, "SN-77")) == ([made], [made], [])
    assert Order.objects.of(shop.owner).get(id=made).version == before
    asset_batch.ensure_many(shop.owner, lines=[AssetLine("循环水泵", id=shop.pump)])
    delivered()
    assert (found(shop, "循环水泵"), found(shop, "circulator")) == ([made], [])


def test_names_along_the_path_of_a_place_reach_what_lies_below(shop, delivered):
    room = location.create(shop.owner, kind=LocationKind.SPACE, name="Pump room", parent_id=shop.site).id
    made, at_site = shop.order(asset_id=None, location_id=room).id, shop.order().id
    location.edit(shop.owner, location_id=shop.site, name="Waterfront")
    delivered()
    assert set(found(shop, "Waterfront")) == {made, at_site}
    assert found(shop, "Harbour") == []
    other = location.create(shop.owner, kind=LocationKind.SITE, name="Hilltop").id
    location.move(shop.owner, location_id=room, parent_id=other)
    delivered()
    assert (found(shop, "Hilltop"), found(shop, "Waterfront")) == ([made], [at_site])


def test_customers_that_are_renamed_or_merged(shop, delivered):
    one, two = (party.create(shop.owner, name, ["customer"]).id for name in ("Acme", "Beta Foods"))
    made = shop.order(customer_id=one).id
    party.edit(shop.owner, one, name="Acme Brewing")
    delivered()
    assert found(shop, "Brewing") == [made]
    parties_merging.merge(shop.owner, party_id=one, into_id=two)
    delivered()
    assert (found(shop, "Beta"), found(shop, "Brewing")) == ([made], [])
    parties_merging.unmerge(shop.owner, party_id=one)
    delivered()
    assert (found(shop, "Beta"), found(shop, "Brewing")) == ([], [made])


def test_assets_that_are_merged(shop, delivered):
    twin = asset.create(shop.owner, name="Condensate lifter").id
    made = shop.order().id
    merging.merge(shop.owner, asset_id=shop.pump, into_id=twin)
    delivered()
    assert found(shop, "Condensate") == [made]
    merging.unmerge(shop.owner, asset_id=shop.pump)
    delivered()
    assert (found(shop, "Condensate"), found(shop, "Feed")) == ([], [made])


def test_many_orders_are_a_job_in_batches(shop, delivered, monkeypatch):
    monkeypatch.setattr(rewording, "AT_ONCE", 2)
    monkeypatch.setattr(rewording, "BATCH", 2)
    monkeypatch.setattr(rewording, "LOOK", 4)
    made = {shop.order().id for _ in range(5)}
    asset.edit(shop.owner, asset_id=shop.pump, name="Boiler circulator")
    delivered()
    assert set(found(shop, "circulator")) == made


def test_many_assets_renamed_at_once_are_one_delivery_and_so_is_putting_them_back(shop, delivered):
    """A bulk edit says of all its records in one fact that they are called differently."""
    pumps = [asset.create(shop.owner, name=f"Old {n}").id for n in range(5)]
    made = {shop.order(asset_id=one).id for one in pumps}
    delivered()
    edit = bulk.bulk_of("assets.asset.edit")
    before = deliveries()
    done = bulk.ask(shop.owner, edit, {"name": "Circulator"}, ids=pumps)
    assert deliveries() - before == len(HANDLERS["assets.asset.renamed"])
    delivered()
    assert set(found(shop, "Circulator")) == made
    assert found(shop, "Old") == []
    before = deliveries()
    bulk_undo.undo(shop.owner, edit, done.entry_id)
    assert deliveries() - before == len(HANDLERS["assets.asset.renamed"])
    delivered()
    assert (found(shop, "Circulator"), set(found(shop, "Old"))) == ([], made)


def deliveries():
    seal_all(list(Chain.objects.values_list("organisation_id", flat=True)))
    return Job.objects.filter(task=DELIVERY).count()


def test_words_that_hold_already_change_nothing(shop):
    made = shop.order().id
    assert rewording.reword(shop.owner, [made]) == 0


@pytest.fixture
def delivered(shop):
    """Lets every handler and job run that waits."""

    def deliver():
        settle([shop.tenant.id])
        enter_organisation(shop.tenant.id)

    return deliver
