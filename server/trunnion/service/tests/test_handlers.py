"""Requests follow their orders: once, however often an event is delivered, and whatever a person did meanwhile."""

from typing import Any

import pytest

from trunnion.assets.commands import location, location_merge
from trunnion.assets.types.kinds import LocationKind
from trunnion.kernel.context import system
from trunnion.kernel.models import Entry
from trunnion.service import handlers
from trunnion.service.commands import desk
from trunnion.service.models import Request
from trunnion.service.types import RequestKind
from trunnion.work.commands import order
from trunnion.work.events import OrderClosed, OrderReopened


def entries(service) -> int:
    return Entry.objects.filter(organisation_id=service.tenant.id, verb__startswith="service.").count()


@pytest.mark.parametrize(("verb", "state"), [("reject", "rejected"), ("cancel", "cancelled")])
def test_an_order_that_ends_ends_its_request(service, verb, state):
    _, row = service.reported()
    service.bring(row, verb)
    row = service.again(row)
    assert row.state == state
    assert row.end_reason
    assert all(link.expires_at for link in service.links(row))
    service.bring(row, "reopen")
    assert service.again(row).state == "ordered"
    assert service.again(row).end_reason == ""


def test_a_fact_told_twice_does_nothing_the_second_time(service):
    _, row = service.reported()
    service.bring(row, "dispatch", "start", "complete", "close")
    before = entries(service)
    card = service.row(row.order_id)
    told: dict[str, Any] = {
        "order_id": card.id,
        "number": card.number,
        "asset_id": card.asset_id,
        "customer_id": None,
        "at": card.closed_at,
    }
    ctx = system(service.tenant.id)
    money: dict[str, Any] = {"cost_labour": 0, "cost_material": 0, "cost_service": 0, "currency": "EUR"}
    handlers.order_closed(ctx, OrderClosed(**told, state="closed", **money))
    # A late fact that is no longer true changes nothing: the order itself is asked.
    handlers.order_reopened(ctx, OrderReopened(**told, state="approved", reason="late"))
    assert entries(service) == before
    assert service.again(row).state == "done"


def test_an_order_without_a_request_is_nobodys_business(service):
    made = service.order()
    before = entries(service)
    order.cancel(service.owner, made.id, reason="Sold")
    assert entries(service) == before


def test_what_a_person_did_on_the_request_is_not_done_again(service):
    from trunnion.service.commands import triage

    _, row = service.reported()
    triage.reject(service.owner, row.id, reason="Not ours")
    verbs = list(
        Entry.objects.filter(organisation_id=service.tenant.id, subject_id=row.id).values_list(
            "verb", flat=True
        )
    )
    assert verbs.count("service.request.reject") == 1
    assert "service.request.follow" not in verbs


def test_requests_follow_a_merged_place(service):
    hall = location.create(service.owner, kind=LocationKind.SITE, name="Hall").id
    stays = location.create(service.owner, kind=LocationKind.SITE, name="Main hall").id
    made = desk.create(service.owner, text="The lamp flickers", kind=RequestKind.SERVICE, location_id=hall)
    location_merge.merge(service.owner, hall, into_id=stays)
    assert Request.objects.of(service.owner).get(id=made.id).location_id == stays
