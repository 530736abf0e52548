"""From the request to the scrap dealer by clicking, at the desk and on a phone; and who must agree before that."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from stories.clicks import PATIENCE, PHONE, Cast, Person, cast, draw, sign_in
from stories.conftest import Running
from stories.scenery import Desk

pytestmark = pytest.mark.browser
ASSET = "assets.asset"
PUMP = {"en": "Feed pump", "zh-CN": "给水泵"}
PLACE = {"en": "Boiler house", "zh-CN": "锅炉房"}
LEAKS = {"en": "Both old ones leak", "zh-CN": "两台旧泵都漏水"}
DRIPS = {"en": "The seal drips", "zh-CN": "密封处滴漏"}
RETURNED = {"en": "Look for idle ones first", "zh-CN": "请先查找闲置设备"}
PASSWORD = "Harbour-2026-gate!"


def moves(person: Person, verb: str, **texts: str) -> None:
    """Makes a move of the strip, with what its form asks for."""
    page = person.page
    name = person.say(f"verb.{ASSET}.{verb}")
    page.locator(".life, .life-foot").get_by_role("button", name=name, exact=True).first.click()
    expect(person.dialog).to_be_visible(timeout=PATIENCE)
    for field, text in texts.items():
        person.fill(f"field.{ASSET}.{field}", text, person.dialog)
    if verb == "install":
        person.pick(f"field.{ASSET}.location_id", PLACE[person.language])
    if verb == "dispose":
        person.pick(f"field.{ASSET}.disposal", person.say(f"choice.{ASSET}.disposal.sold"))
    person.submits(f"verb.{ASSET}.{verb}")


def stands(person: Person, state: str) -> None:
    """The asset is in this state, and the strip says where that is."""
    said = person.say(f"state.{ASSET}.{state}")
    expect(person.page.locator(".page-tags .state-tag")).to_have_text(said, timeout=PATIENCE)
    expect(person.page.locator(".stage[aria-current=step]")).to_have_count(1, timeout=PATIENCE)


def requests(person: Person, url: str, amount: str) -> str:
    """Asks for a machine; answers the id of what is planned."""
    language = person.language
    person.visits(f"{url}/app/assets")
    person.press(f"verb.{ASSET}.request_new")
    expect(person.dialog).to_be_visible(timeout=PATIENCE)
    person.fill(f"field.{ASSET}.name", PUMP[language], person.dialog)
    person.fill(f"field.{ASSET}.amount", amount, person.dialog)
    person.fill(f"field.{ASSET}.remark", LEAKS[language], person.dialog)
    person.looks("request")
    person.submits(f"verb.{ASSET}.request")
    expect(person.page).to_have_url(re.compile(r"/app/assets/[0-9a-f-]{36}"), timeout=PATIENCE)
    return person.page.url.rsplit("/", 1)[1]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_whole_life(running: Running, tmp_path: Path, language: str) -> None:
    """Requested, ordered, received, failed and accepted, installed, run, laid idle, sold: each with its paper."""
    with cast(language, tmp_path) as people:
        desk = people.person("desk")
        sign_in(desk, running.url, running.email, running.password)
        api = Desk(desk, running.url)
        api.post("assets/locations/create", name=PLACE[language], kind="building")
        asset = requests(desk, running.url, "9000")
        stands(desk, "requested")
        moves(desk, "order", reference="PO-2026-118", amount="8800")
        stands(desk, "ordered")
        moves(desk, "receive", reference="DN-12")
        stands(desk, "received")
        does_not_pass(people, running, asset)
        passes(desk)
        runs(desk, api, asset)
        goes(desk)


def does_not_pass(people: Cast, running: Running, asset: str) -> None:
    """The storekeeper checks it on a phone: one point fails, and the form says what follows."""
    phone = people.person("phone", PHONE)
    sign_in(phone, running.url, running.email, running.password)
    phone.visits(f"{running.url}/app/assets/{asset}")
    stands(phone, "received")
    phone.page.locator(".life").get_by_role(
        "button", name=phone.say(f"verb.{ASSET}.accept"), exact=True
    ).click()
    points = phone.dialog.locator(".point")
    expect(points).to_have_count(6, timeout=PATIENCE)
    points.nth(1).get_by_text(phone.say("life.failed_point"), exact=True).click()
    phone.dialog.get_by_placeholder(phone.say("life.what_is_wrong_hint")).fill(DRIPS[phone.language])
    phone.press("life.rest_passed", phone.dialog)
    draw(phone, phone.dialog.locator("canvas"))
    phone.looks("acceptance")
    phone.submits(f"verb.{ASSET}.fail_acceptance")
    phone.reads_key("choice.assets.paper.result.failed")
    stands(phone, "received")
    phone.looks()


def passes(desk: Person) -> None:
    """At the desk the paper of the failure is there without a reload; the second look is better."""
    desk.reads_key("choice.assets.paper.result.failed")
    desk.page.locator(".life").get_by_role(
        "button", name=desk.say(f"verb.{ASSET}.accept"), exact=True
    ).click()
    # What was found wrong before is looked at first.
    expect(desk.dialog.locator(".point")).to_have_count(6, timeout=PATIENCE)
    desk.press("life.rest_passed", desk.dialog)
    desk.submits(f"verb.{ASSET}.accept")
    stands(desk, "accepted")


def runs(desk: Person, api: Desk, asset: str) -> None:
    """In its place and in service, with hours that are counted and drawn."""
    page = desk.page
    moves(desk, "install")
    stands(desk, "installing")
    moves(desk, "commission")
    stands(desk, "in_service")
    meter = api.post("assets/meters/create", asset_id=asset, name="h1", kind="counter", unit="h")
    api.post("assets/readings/record", meter_id=meter["id"], value="10", read_at="2026-01-02T08:00:00Z")
    section = page.locator(".meters")
    expect(section).to_be_visible(timeout=PATIENCE)
    desk.press("verb.assets.reading.record", section)
    expect(desk.dialog).to_be_visible(timeout=PATIENCE)
    desk.fill("field.assets.reading.value", "250", desk.dialog)
    desk.submits("kit.save")
    page.locator(".meter-head").first.click()
    expect(page.locator("svg.curve .curve-dot")).to_have_count(2, timeout=PATIENCE)
    desk.looks("meter", full=True)


def goes(desk: Person) -> None:
    """Idle, out of use, sold: the strip ends, and the papers tell it all."""
    moves(desk, "lay_idle")
    stands(desk, "idle")
    moves(desk, "decommission", reference="DC-1")
    stands(desk, "decommissioned")
    moves(desk, "dispose", proceeds="450", reference="SC-3")
    stands(desk, "disposed")
    desk.reads("SC-3")
    desk.looks("life", full=True)
    desk.page.locator(".timeline-step").filter(has_text="SC-3").get_by_role("link").first.click()
    desk.reads_key(f"choice.{ASSET}.disposal.sold")
    desk.looks("paper")


def colleagues(api: Desk) -> None:
    """A planner, a manager, and the buyer who stands in."""
    for role, name in (("planner", "Chen Ling"), ("manager", "Zhao Min"), ("buyer", "Zhou Yi")):
        api.post(
            "identity/members/create", name=name, email=f"{role}@harbour.example", password=PASSWORD, roles=[role]
        )  # fmt: skip


def writes_a_rule(owner: Person, url: str) -> None:
    """A sentence with gaps: from ten thousand on, the manager must agree."""
    person, rule = owner, "identity.approval_rule"
    person.visits(f"{url}/app/approvals?tab=rules")
    person.press(f"verb.{rule}.create")
    expect(person.dialog).to_be_visible(timeout=PATIENCE)
    person.fill(f"field.{rule}.name", "Purchases", person.dialog)
    person.pick(f"field.{rule}.verb", person.say(f"verb.{ASSET}.request"))
    person.fill(f"field.{rule}.amount_from", "10000", person.dialog)
    person.pick("approval.role", person.say("role.manager"))
    person.looks("rule")
    person.submits("kit.save")
    person.reads(re.compile(r"10,000"))
    person.looks("rules")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_who_must_agree(running: Running, tmp_path: Path, language: str) -> None:
    """What is asked for waits; it is refused with a reason, asked again, and granted by whom the manager trusts."""
    with cast(language, tmp_path) as people:
        owner = people.person("owner")
        sign_in(owner, running.url, running.email, running.password)
        colleagues(Desk(owner, running.url))
        writes_a_rule(owner, running.url)
        planner, manager, buyer = (people.person(role) for role in ("planner", "manager", "buyer"))
        for role, person in (("planner", planner), ("manager", manager), ("buyer", buyer)):
            sign_in(person, running.url, f"{role}@harbour.example", PASSWORD)
        manager.visits(f"{running.url}/app/approvals")
        manager.reads_key("approval.none_waiting")
        requests(planner, running.url, "36000")
        stands(planner, "planned")
        waits_for(planner, "Zhao Min")
        refuses(manager)
        planner.visits(f"{running.url}/app/approvals?tab=asked")
        expect(planner.page.locator(".rows .state-tag")).to_have_text(
            planner.say("state.identity.approval.refused"), timeout=PATIENCE
        )
        lends(manager, running.url)
        asset = requests(planner, running.url, "36000")
        grants(buyer, running.url)
        planner.visits(f"{running.url}/app/assets/{asset}")
        stands(planner, "requested")


def waits_for(planner: Person, who: str) -> None:
    """The asset says for whom, and leads to the approval."""
    banner = planner.page.locator(".banner").filter(has_text=who)
    expect(banner).to_be_visible(timeout=PATIENCE)
    planner.looks("waiting")
    banner.get_by_role("link").click()
    planner.reads_key("approval.waits_for", who=who)
    planner.looks()


def refuses(manager: Person) -> None:
    """It came into the queue by itself; without a reason nothing is refused."""
    report = manager.page.locator(".report")
    expect(report).to_have_count(1, timeout=PATIENCE)
    manager.reads(LEAKS[manager.language], report)
    manager.looks("queue")
    manager.press("verb.identity.approval.refuse", report)
    manager.press("verb.identity.approval.refuse", manager.dialog.locator("footer"))
    manager.reads_key("kit.required")
    manager.fill("approval.why_not", RETURNED[manager.language], manager.dialog)
    manager.submits("verb.identity.approval.refuse")
    manager.reads_key("approval.none_waiting")


def lends(manager: Person, url: str) -> None:
    """Until a day the buyer decides for the manager."""
    manager.visits(f"{url}/app/approvals?tab=delegations")
    manager.press("approval.lend")
    expect(manager.dialog).to_be_visible(timeout=PATIENCE)
    manager.pick("field.identity.delegation.to_member_id", "Zhou Yi")
    manager.field("field.identity.delegation.until_at", manager.dialog).click()
    panel = manager.page.locator(".ant-picker-dropdown:visible")
    panel.locator(".ant-picker-header-super-next-btn").first.click()
    panel.locator(".ant-picker-cell-in-view").nth(14).click()
    panel.locator(".ant-picker-ok button").click()
    expect(panel).to_have_count(0, timeout=PATIENCE)
    manager.submits("kit.save")
    manager.reads_key("approval.decides_for", actor="Zhou Yi", whom="Zhao Min")
    manager.looks("delegations")


def grants(buyer: Person, url: str) -> None:
    """The buyer's voice counts as the manager's, and the record names both."""
    buyer.visits(f"{url}/app/approvals")
    report = buyer.page.locator(".report")
    expect(report).to_have_count(1, timeout=PATIENCE)
    report.get_by_role("link").first.click()
    buyer.press("verb.identity.approval.grant")
    buyer.submits("verb.identity.approval.grant")
    buyer.reads_key("approval.for_whom", actor="Zhou Yi", whom="Zhao Min")
    buyer.looks("approval")
