"""A part is missing: the order waits for it, the delivery lets it go on, and what was used stands in its cost."""

from dataclasses import dataclass

import pytest

from trunnion.identity.tests.builders import PASSWORD, found_tenant

from .people import Person

ROLES = ("dispatcher", "storekeeper", "engineer")


@dataclass
class Depot:
    """The people of the story, a store with a shelf, and a bearing that goes by two codes."""

    owner: Person
    desk: Person
    keeper: Person
    engineer: Person
    resource: str
    store: str
    shelf: str
    bearing: str

    def receive(self, cost: str, paper: str) -> None:
        """One bearing is delivered."""
        line = {"item_id": self.bearing, "quantity": "1", "unit_cost": cost, "bin_id": self.shelf}
        self.keeper.do("inventory/stock/receive", store_id=self.store, cause_label=paper, lines=[line])

    def order(self, title: str) -> str:
        """The desk writes an order."""
        return str(self.desk.do("work/orders/create", title=title)["id"])

    def readiness(self, order: str) -> tuple[str, str]:
        """The state of an order, and whether its parts are there."""
        seen = self.desk.get(f"work/orders/{order}")
        return seen["state"], seen["readiness"]


def opened() -> Depot:
    """The owner hires, the storekeeper opens a store and takes the first bearing in."""
    tenant = found_tenant("Harbour Hospital")
    owner = Person("en", "web").sign_in(tenant.owner_email)
    people = []
    for role in ROLES:
        email = f"{role}-{tenant.id.hex[-8:]}@example.org"
        owner.do("identity/members/create", name=role.title(), email=email, password=PASSWORD, roles=[role])
        people.append(Person("en", "field" if role == "engineer" else "web").sign_in(email))
    desk, keeper, engineer = people
    user_id = engineer.get("identity/me")["user"]["id"]
    resource = owner.do("workforce/labour_resources/create", name="Li Wei", user_id=user_id)["id"]
    store = keeper.do("inventory/stores/create", code="C1", name="Central store")["id"]
    shelf = keeper.do("inventory/bins/create", store_id=store, code="A-01")["id"]
    bearing = keeper.do(
        "catalog/items/create", name="Deep groove ball bearing", kind="spare", code="BRG-6204"
    )["id"]
    keeper.do("catalog/aliases/add", item_id=bearing, alias="SKF 6204-2RSH")
    assert keeper.get("inventory/scan", text="SKF 6204-2RSH")["found"][0]["item_id"] == bearing
    depot = Depot(owner, desk, keeper, engineer, resource, store, shelf, bearing)
    depot.receive("20", "DN-1")
    return depot


def lacking(depot: Depot, order: str, other: str) -> str:
    """Two are needed, one is there: it is kept for this order, which waits for the other. Answers the part's id."""
    desk, keeper, bearing = depot.desk, depot.keeper, depot.bearing
    desk.do(f"work/orders/{order}/approve")
    line = desk.do("work/parts/plan", order_id=order, item_id=bearing, quantity="2")
    assert (line["reserved"], line["short"]) == ("1", "1")
    assert depot.readiness(order) == ("waiting", "short")
    assert desk.do("work/parts/plan", order_id=other, item_id=bearing, quantity="1")["short"] == "1"
    listed = desk.get("work/orders", columns="number,parts")["rows"]
    assert [row["parts"] for row in listed] == ["short", "short"]
    refused = keeper.do(
        "inventory/stock/scrap", 409, store_id=depot.store, item_id=bearing, quantity="1", reason="Rust"
    )
    assert refused["code"] == "stock.not_enough"
    refused = desk.do("work/parts/plan", 422, order_id=order, item_id=bearing, quantity="0.5")
    assert refused["errors"][0]["code"] == "stock.not_whole"
    return str(line["id"])


def delivered(depot: Depot, order: str, other: str) -> None:
    """A day is told; the delivery goes to whoever asked first, and that order goes on from where it was."""
    missing = depot.keeper.get("inventory/shortages")["rows"]
    numbers = [depot.desk.get(f"work/orders/{one}")["number"] for one in (order, other)]
    assert [row["label"] for row in missing] == numbers
    depot.keeper.do(f"inventory/shortages/{missing[0]['id']}/expect", expected_on="2030-01-02")
    assert depot.readiness(order) == ("waiting", "expected")
    depot.receive("30", "DN-2")
    assert depot.readiness(order) == ("approved", "ready")
    assert depot.readiness(other)[1] == "short"


def used(depot: Depot, order: str, other: str, part: str) -> None:
    """The engineer draws both at their average, uses one and brings one back, which the other order gets."""
    depot.desk.do(f"work/orders/{order}/dispatch", resource_id=depot.resource)
    depot.engineer.do(f"work/orders/{order}/start")
    drawn = depot.engineer.do(f"work/parts/{part}/issue")
    assert (drawn["issued"], drawn["cost"]) == ("2", None), (
        "what parts cost is nobody's business in the field"
    )
    depot.engineer.do(f"work/parts/{part}/return", quantity="1", bin_id=depot.shelf)
    assert depot.readiness(other)[1] == "ready"
    depot.engineer.do(f"work/orders/{order}/complete", remedy="Bearing replaced")
    depot.owner.do(f"work/orders/{order}/close")


@pytest.mark.django_db
def test_an_order_waits_for_a_part_and_pays_for_what_it_used() -> None:
    depot = opened()
    order, other = depot.order("Feed pump rumbles"), depot.order("Fan rumbles")
    part = lacking(depot, order, other)
    delivered(depot, order, other)
    used(depot, order, other, part)
    assert depot.owner.get(f"work/orders/{order}")["cost"]["material"] == "25"
    sums = depot.owner.get(f"finance/orders/{order}/cost")["sums"]
    assert [(one["kind"], one["amount"]) for one in sums] == [("material", "25")]
    card = depot.keeper.get(f"inventory/items/{depot.bearing}")
    assert [(one["on_hand"], one["reserved"], one["value"]) for one in card["stores"]] == [("1", "1", "25")]
    kinds = [row["kind"] for row in depot.keeper.get("inventory/movements", sort="moved_at")["rows"]]
    assert kinds == ["receive", "receive", "issue", "return"]
