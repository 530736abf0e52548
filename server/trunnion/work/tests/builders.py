"""Makes what tests of work and of the rooms above need."""

from typing import Any
from uuid import UUID

from trunnion.assets.commands import asset, location
from trunnion.assets.types.kinds import LocationKind
from trunnion.identity.tests.builders import Tenant
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.journal import enter_organisation
from trunnion.work.commands import order
from trunnion.work.models import Order
from trunnion.work.types import OrderDone, OrderState
from trunnion.workforce.tests.builders import make_engineer, make_resource

__all__ = ["Shop", "make_engineer", "make_resource"]

# How to get from a fresh request to each state by the shortest way; the last verb's arguments are in `ARGUMENTS`.
WAYS: dict[OrderState, tuple[str, ...]] = {
    OrderState.REQUESTED: (),
    OrderState.APPROVED: ("approve",),
    OrderState.PLANNED: ("plan",),
    OrderState.DISPATCHED: ("dispatch",),
    OrderState.ACCEPTED: ("dispatch", "accept"),
    OrderState.TRAVELLING: ("dispatch", "accept", "depart"),
    OrderState.ON_SITE: ("dispatch", "arrive"),
    OrderState.IN_PROGRESS: ("dispatch", "start"),
    OrderState.WAITING: ("dispatch", "start", "wait"),
    OrderState.COMPLETED: ("dispatch", "start", "complete"),
    OrderState.CONFIRMED: ("dispatch", "start", "complete", "confirm"),
    OrderState.CLOSED: ("dispatch", "start", "complete", "close"),
    OrderState.REJECTED: ("reject",),
    OrderState.CANCELLED: ("cancel",),
    OrderState.MERGED: ("merge",),
}


class Shop:
    """An organisation with a place, a machine, an engineer and their hourly rate."""

    def __init__(self, tenant: Tenant) -> None:
        enter_organisation(tenant.id)
        self.tenant = tenant
        self.owner: Context = tenant.owner
        self.site = location.create(self.owner, kind=LocationKind.SITE, name="Harbour").id
        self.pump = asset.create(self.owner, name="Feed pump 2", location_id=self.site, serial="SN-77").id
        self.engineer, self.resource = make_engineer(tenant)

    def order(self, **facts: Any) -> OrderDone:
        """A fresh request about the pump."""
        return order.create(self.owner, **{"title": "Pump leaks", "asset_id": self.pump, **facts})

    def arguments(self, verb: str) -> dict[str, Any]:
        """Sensible arguments of a verb."""
        known: dict[str, dict[str, Any]] = {
            "plan": {"planned_from_at": clock.now()},
            "dispatch": {"resource_id": self.resource},
            "decline": {"reason": "Van is broken"},
            "wait": {"reason": "access"},
            "complete": {"remedy": "Seal replaced"},
            "confirm": {"signer_name": "Zhao Min"},
            "refuse": {"signer_name": "Zhao Min", "remark": "Still drips"},
            "reject": {"reason": "Not ours"},
            "cancel": {"reason": "Sold"},
            "reopen": {"reason": "Drips again"},
            "edit": {"title": "Pump leaks badly"},
            "assign": {"resource_id": self.resource},
            "switch": {"asset_id": self.pump},
        }
        return known.get(verb, {})

    def do(self, verb: str, order_id: UUID, ctx: Context | None = None, **arguments: Any) -> OrderDone:
        """Does a verb as the owner, or as whoever is named."""
        if verb == "merge" and "into_id" not in arguments:
            arguments["into_id"] = self.order(title="The same").id
        return getattr(order, verb)(ctx or self.owner, order_id, **{**self.arguments(verb), **arguments})

    def in_state(self, state: OrderState, **facts: Any) -> UUID:
        """An order in this state."""
        if state == OrderState.DRAFT:
            return self.order(as_draft=True, **facts).id
        made = self.order(**facts).id
        for verb in WAYS[state]:
            self.do(verb, made)
        assert self.row(made).state == state
        return made

    def row(self, order_id: UUID) -> Order:
        """The order as it is stored."""
        return Order.objects.of(self.owner).get(id=order_id)
