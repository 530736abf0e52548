"""The customer sees the engineer come nearer, and nothing of it before or after; whoever looks on sees none of it."""

from trunnion.kernel.context import system
from trunnion.service import handlers
from trunnion.work.commands import position
from trunnion.work.events import PositionTold

from .builders import Guest


def test_nearer_and_gone(service):
    guest = Guest()
    token, row = service.reported(guest)
    order_id = service.order_of(row)
    service.bring(row, "dispatch", "accept", "depart")
    assert guest.progress(token).json()["nearby"] is None
    position.share(service.engineer, order_id)
    position.tell(service.engineer, order_id, lat="39.9", lon="116.39")
    told = guest.progress(token).json()
    assert (told["nearby"]["lat"], told["nearby"]["lon"]) == ("39.9", "116.39")
    assert told["nearby"]["told_at"]
    assert guest.progress(told["follow_token"]).json()["nearby"] is None
    service.bring(row, "arrive")
    assert guest.progress(token).json()["nearby"] is None


def test_a_page_that_asks_again_is_told(service):
    guest = Guest()
    token, row = service.reported(guest)
    service.bring(row, "dispatch", "accept", "depart")
    position.share(service.engineer, service.order_of(row))
    before = guest.progress(token)["ETag"]
    position.tell(service.engineer, service.order_of(row), lat="39.9", lon="116.39")
    handlers.position_told(system(service.tenant.id), PositionTold(order_id=service.order_of(row)))
    assert guest.progress(token, tag=before).status_code == 200
