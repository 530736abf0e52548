"""Orders follow a place that turned out to be another one; twice is the same as once."""

from trunnion.assets.commands import location, location_merge
from trunnion.assets.events import LocationMerged
from trunnion.assets.types.kinds import LocationKind
from trunnion.kernel.context import system
from trunnion.work.commands import order
from trunnion.work.handlers import follow_place


def test_orders_follow_a_merged_place(shop):
    hall = location.create(shop.owner, kind=LocationKind.SITE, name="Hall").id
    made = order.create(shop.owner, title="Roof leaks", location_id=hall).id
    location_merge.merge(shop.owner, hall, into_id=shop.site)
    assert shop.row(made).location_id == shop.site
    version = shop.row(made).version
    follow_place(system(shop.tenant.id), LocationMerged(location_id=hall, into_id=shop.site))
    assert shop.row(made).version == version
