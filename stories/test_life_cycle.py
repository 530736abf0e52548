"""Two pumps from the request to the scrap dealer: approvals, a return, idle months, a transfer, a sale."""

from datetime import timedelta
from typing import Any

import pytest

from trunnion.identity.approvals.tasks import remind
from trunnion.identity.tests.builders import PASSWORD, found_tenant
from trunnion.kernel import clock

from .people import Person

CAST = {
    "planner": "Chen Ling",
    "manager": "Zhao Min",
    "accountant": "Sun Fei",
    "buyer": "Zhou Yi",
    "storekeeper": "He Jun",
}
EMAILS: dict[str, str] = {}
QUIET = lambda *_: None  # noqa: E731  (a job that nobody watches)


@pytest.fixture
def staff(db) -> dict[str, Person]:
    tenant = found_tenant("Harbour Hospital")
    owner = Person("en", "web").sign_in(tenant.owner_email)
    people, emails = {"owner": owner}, {"owner": tenant.owner_email}
    for role, name in CAST.items():
        email = emails[role] = f"{role}@harbour.example"
        owner.do("identity/members/create", name=name, email=email, password=PASSWORD, roles=[role])
        people[role] = Person("en", "web").sign_in(email)
    EMAILS.update(emails)
    return people


def come_back(staff: dict[str, Person]) -> None:
    """Nobody stays signed in for months."""
    for key, person in staff.items():
        person.sign_in(EMAILS[key])


def place(owner: Person, site: str, name: str) -> str:
    """A room of a new site."""
    above = owner.do("assets/locations/create", kind="site", name=site, zone="Asia/Shanghai")["id"]
    return owner.do("assets/locations/create", kind="space", name=name, parent_id=above)["id"]


def member(owner: Person, name: str) -> str:
    return next(row["id"] for row in owner.get("identity/members")["rows"] if row["name"] == name)


def role(owner: Person, key: str) -> str:
    return next(row["id"] for row in owner.get("identity/roles", limit=100)["rows"] if row["key"] == key)


def limits(owner: Person) -> None:
    """From ten thousand on the manager must agree, and then the accountant; a sale needs the manager."""
    two = [
        {"name": "Manager", "role_id": role(owner, "manager")},
        {"name": "Accounts", "role_id": role(owner, "accountant")},
    ]
    owner.do(
        "identity/approval_rules/create", name="Purchases", verb="assets.asset.request", amount_from="10000",
        currency="CNY", steps=two,
    )  # fmt: skip
    for verb in ("transfer", "dispose"):
        owner.do("identity/approval_rules/create", name=verb, verb=f"assets.asset.{verb}", steps=two[:1])


def waiting(person: Person) -> list[dict[str, Any]]:
    return person.get("identity/approvals/waiting")["rows"]


def state(person: Person, asset_id: str) -> str:
    return person.get(f"assets/assets/{asset_id}")["state"]


def test_two_pumps(staff, monkeypatch):
    owner, planner = staff["owner"], staff["planner"]
    limits(owner)
    hall, works = place(owner, "Main site", "Plant room"), place(owner, "Branch", "Boiler house")
    asked = _asked_for(planner, hall)
    first, second = asked["asset_ids"]
    _agreed(staff, asked, monkeypatch)
    _ordered_and_one_goes_back(staff, first, second)
    _the_other_runs(staff, second, hall)
    _idle_and_handed_over(staff, second, works, monkeypatch)
    _sold(staff, second)
    _the_file_tells_it_all(planner, second)


def _asked_for(planner: Person, hall: str) -> dict[str, Any]:
    # Two pumps are more than anybody may buy alone.
    asked = planner.do(
        "assets/assets/request_new", name="Feed pump", quantity=2, location_id=hall, amount="36000", currency="CNY",
        remark="Both old ones leak",
    )  # fmt: skip
    first = asked["asset_ids"][0]
    assert (asked["state"], planner.get(f"assets/assets/{first}")["waiting"][0]["waits_for"]) == (
        "planned",
        ["Zhao Min"],
    )
    assert (
        planner.do(f"identity/approvals/{asked['approval_id']}/grant", 409)["code"] == "approval.own_request"
    )
    return asked


def _agreed(staff: dict[str, Person], asked: dict[str, Any], monkeypatch: Any) -> None:
    owner, planner, manager = staff["owner"], staff["planner"], staff["manager"]
    first, second = asked["asset_ids"]
    # The manager goes on leave and lets the buyer decide meanwhile; somebody is reminded after two days.
    manager.do(
        "identity/delegations/create", to_member_id=member(owner, "Zhou Yi"), reason="On leave",
        until_at=(clock.now() + timedelta(days=400)).isoformat(),
    )  # fmt: skip
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(hours=49))
    assert remind(QUIET) == 1
    assert [row["reason"] for row in waiting(staff["buyer"])] == ["Both old ones leak"]
    staff["buyer"].do(f"identity/approvals/{asked['approval_id']}/grant", remark="He told me so")
    assert state(planner, first) == "planned"
    staff["accountant"].do(f"identity/approvals/{asked['approval_id']}/grant")
    assert (state(planner, first), state(planner, second)) == ("requested", "requested")
    spoken = owner.get(f"identity/approvals/{asked['approval_id']}")["steps"][0]["decisions"][0]
    assert (spoken["actor_name"], spoken["for_name"]) == ("Zhou Yi", "Zhao Min")


def _ordered_and_one_goes_back(staff: dict[str, Person], first: str, second: str) -> None:
    planner, manager = staff["planner"], staff["manager"]
    # One order for both; one pump comes, its seal leaks, and it goes back.
    staff["buyer"].do(
        "assets/assets/move_many", verb="order", asset_ids=[first, second], reference="PO-2026-118", amount="35200",
        currency="CNY",
    )  # fmt: skip
    store = staff["storekeeper"]
    store.do(f"assets/assets/{first}/receive", reference="DN-1")
    points = [
        {"text": "Nameplate", "is_passed": True},
        {"text": "Seal", "is_passed": False, "remark": "Drips"},
    ]
    assert store.do(f"assets/assets/{first}/accept", 409, points=points)["facts"] == {"points": ["Seal"]}
    store.do(f"assets/assets/{first}/fail_acceptance", points=points)
    back = planner.do(f"assets/assets/{first}/dispose", disposal="returned", reference="RMA-4")
    manager.do(f"identity/approvals/{back['approval_id']}/grant")
    assert planner.get(f"assets/assets/{first}")["disposal"] == "returned"


def _the_other_runs(staff: dict[str, Person], second: str, hall: str) -> None:
    planner, store = staff["planner"], staff["storekeeper"]
    # The other one passes, is installed and runs.
    store.do(f"assets/assets/{second}/receive", reference="DN-2")
    store.do(f"assets/assets/{second}/accept", points=[{"text": "Nameplate", "is_passed": True}])
    planner.do(f"assets/assets/{second}/install", location_id=hall)
    planner.do(f"assets/assets/{second}/commission")
    planner.do(f"assets/assets/{second}/lay_idle", remark="The steam line was taken down")


def _idle_and_handed_over(staff: dict[str, Person], asset_id: str, works: str, monkeypatch: Any) -> None:
    from trunnion.assets.tasks import watch_idle

    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=91))
    come_back(staff)
    assert watch_idle(QUIET) == 1
    planner = staff["planner"]
    found = planner.get("assets/idle_findings")["rows"][0]
    assert (found["asset_id"], found["idle_days"], found["site"]) == (asset_id, 91, "Main site")
    planner.do(f"assets/idle_findings/{found['id']}/offer", remark="As good as new")
    staff["storekeeper"].do(f"assets/idle_findings/{found['id']}/claim", location_id=works)
    asked = planner.do(f"assets/idle_findings/{found['id']}/hand_over", reference="TR-7")
    assert planner.get(f"assets/assets/{asset_id}")["location"] == "Plant room"
    staff["manager"].do(f"identity/approvals/{asked['approval_id']}/grant")
    assert planner.get(f"assets/assets/{asset_id}")["location"] == "Boiler house"
    assert planner.get(f"assets/idle_findings/{found['id']}")["state"] == "redeployed"


def _sold(staff: dict[str, Person], asset_id: str) -> None:
    planner = staff["planner"]
    planner.do(f"assets/assets/{asset_id}/restore")
    planner.do(f"assets/assets/{asset_id}/decommission", reference="DC-1", remark="Worn out")
    dealer = staff["owner"].do("parties/parties/create", name="Dock Scrap", roles=["customer"])["id"]
    asked = planner.do(
        f"assets/assets/{asset_id}/dispose", disposal="sold", proceeds="450", residual_value="400", currency="CNY",
        receiver_party_id=dealer, reference="SC-3",
    )  # fmt: skip
    assert state(planner, asset_id) == "decommissioned"
    staff["manager"].do(f"identity/approvals/{asked['approval_id']}/grant")
    assert state(planner, asset_id) == "disposed"


def _the_file_tells_it_all(planner: Person, asset_id: str) -> None:
    told = planner.get(f"assets/assets/{asset_id}/file")["sections"]
    assert [paper["verb"] for paper in reversed(told["papers"])] == [
        "request", "order", "receive", "accept", "install", "commission", "transfer", "decommission", "dispose",
    ]  # fmt: skip
    sale = told["papers"][0]
    assert (sale["disposal"], float(sale["proceeds"]), sale["party"], sale["external_number"]) == (
        "sold", 450.0, "Dock Scrap", "SC-3",
    )  # fmt: skip
    assert {card["verb"].rpartition(".")[2] for card in told["approvals"]} == {
        "request",
        "transfer",
        "dispose",
    }
    assert {card["state"] for card in told["approvals"]} == {"granted"}
    assert [row["ended_because"] for row in told["idle_findings"]] == ["transfer"]
    assert [move["to_state"] for move in reversed(told["moves"])] == [
        "planned", "requested", "ordered", "received", "accepted", "installing", "in_service", "idle", "idle",
        "in_service", "decommissioned", "disposed",
    ]  # fmt: skip
    assert [row["location"] for row in reversed(told["installations"])] == ["Plant room", "Boiler house"]
    verbs = {entry["verb"] for entry in told["history"]}
    assert {
        "assets.asset.request_new",
        "assets.lifecycle_document.carry_out",
        "assets.asset.move_many",
    } <= verbs
