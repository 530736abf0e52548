"""A part is missing: the order waits for it, the delivery lets it go on, and what was used stands in its cost."""

import pytest

from trunnion.identity.tests.builders import PASSWORD, found_tenant

from .people import Person

ROLES = ("dispatcher", "storekeeper", "engineer")


def hired(owner: Person, tenant_id: str) -> dict[str, Person]:
    """The people of the story, signed in."""
    found = {}
    for role in ROLES:
        email = f"{role}-{tenant_id[-8:]}@example.org"
        owner.do("identity/members/create", name=role.title(), email=email, password=PASSWORD, roles=[role])
        found[role] = Person("en", "field" if role == "engineer" else "web").sign_in(email)
    return found


@pytest.mark.django_db
def test_an_order_waits_for_a_part_and_pays_for_what_it_used() -> None:
    tenant = found_tenant("Harbour Hospital")
    owner = Person("en", "web").sign_in(tenant.owner_email)
    people = hired(owner, tenant.id.hex)
    desk, keeper, engineer = (people[role] for role in ROLES)
    user_id = engineer.get("identity/me")["user"]["id"]
    resource = owner.do("workforce/labour_resources/create", name="Li Wei", user_id=user_id)["id"]

    # The storekeeper opens a store with a shelf; the same bearing goes by the maker's code as well.
    store = keeper.do("inventory/stores/create", code="C1", name="Central store")["id"]
    shelf = keeper.do("inventory/bins/create", store_id=store, code="A-01")["id"]
    bearing = keeper.do(
        "catalog/items/create", name="Deep groove ball bearing", kind="spare", code="BRG-6204"
    )["id"]
    keeper.do("catalog/aliases/add", item_id=bearing, alias="SKF 6204-2RSH")
    assert keeper.get("inventory/scan", text="SKF 6204-2RSH")["found"][0]["item_id"] == bearing
    receipt = {"store_id": store, "cause_label": "DN-1", "lines": [
        {"item_id": bearing, "quantity": "1", "unit_cost": "20", "bin_id": shelf}]}  # fmt: skip
    keeper.do("inventory/stock/receive", **receipt)

    # Two are needed, one is there: it is kept for this order, and the order waits for the other.
    order = desk.do("work/orders/create", title="Feed pump rumbles")["id"]
    desk.do(f"work/orders/{order}/approve")
    line = desk.do("work/parts/plan", order_id=order, item_id=bearing, quantity="2")
    assert (line["reserved"], line["short"]) == ("1", "1")
    seen = desk.get(f"work/orders/{order}")
    assert (seen["state"], seen["readiness"], seen["waits"][0]["reason"]) == ("waiting", "short", "parts")
    listed = desk.get("work/orders", columns="number,parts")["rows"]
    assert [row["parts"] for row in listed] == ["short"]

    # Nobody else gets the one that is kept, and half a bearing cannot be had.
    other = desk.do("work/orders/create", title="Fan rumbles")["id"]
    late = desk.do("work/parts/plan", order_id=other, item_id=bearing, quantity="1")
    assert late["short"] == "1"
    refused = keeper.do(
        "inventory/stock/scrap", 409, store_id=store, item_id=bearing, quantity="1", reason="Rust"
    )
    assert refused["code"] == "stock.not_enough"
    refused = desk.do("work/parts/plan", 422, order_id=order, item_id=bearing, quantity="0.5")
    assert refused["errors"][0]["code"] == "stock.not_whole"

    # The buyer's day is told; the delivery fills the order that asked first, and it goes on from where it was.
    lacking = keeper.get("inventory/shortages")["rows"]
    assert [row["label"] for row in lacking] == [seen["number"], desk.get(f"work/orders/{other}")["number"]]
    keeper.do(f"inventory/shortages/{lacking[0]['id']}/expect", expected_on="2030-01-02")
    assert desk.get(f"work/orders/{order}")["readiness"] == "expected"
    keeper.do("inventory/stock/receive", **{**receipt, "cause_label": "DN-2", "lines": [
        {"item_id": bearing, "quantity": "1", "unit_cost": "30", "bin_id": shelf}]})  # fmt: skip
    seen = desk.get(f"work/orders/{order}")
    assert (seen["state"], seen["readiness"]) == ("approved", "ready")
    assert desk.get(f"work/orders/{other}")["readiness"] == "short"

    # The engineer draws both at their average, uses one, and brings one back, which the other order gets.
    desk.do(f"work/orders/{order}/dispatch", resource_id=resource)
    engineer.do(f"work/orders/{order}/start")
    drawn = engineer.do(f"work/parts/{line['id']}/issue")
    assert (drawn["issued"], drawn["cost"]) == ("2", None), (
        "what parts cost is nobody's business in the field"
    )
    engineer.do(f"work/parts/{line['id']}/return", quantity="1", bin_id=shelf)
    assert desk.get(f"work/orders/{other}")["readiness"] == "ready"
    engineer.do(f"work/orders/{order}/complete", remedy="Bearing replaced")
    owner.do(f"work/orders/{order}/close")
    assert owner.get(f"work/orders/{order}")["cost"]["material"] == "25"
    sums = owner.get(f"finance/orders/{order}/cost")["sums"]
    assert [(one["kind"], one["amount"]) for one in sums] == [("material", "25")]
    card = keeper.get(f"inventory/items/{bearing}")
    assert [(one["on_hand"], one["reserved"], one["value"]) for one in card["stores"]] == [("1", "1", "25")]
    kinds = [row["kind"] for row in keeper.get("inventory/movements", sort="moved_at")["rows"]]
    assert kinds == ["receive", "receive", "issue", "return"]
