"""The console for everybody: told at once, mirrored, enlarged, in strong contrast; nothing typed is lost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from stories.clicks import PATIENCE, PHONE, Person, cast, sign_in
from stories.conftest import Running
from stories.scenery import Desk
from stories.sweeping import accessible
from stories.test_console import SAID, furnish

pytestmark = pytest.mark.browser
# A screen of 1280 by 900 at 200 %.
TWICE: ViewportSize = {"width": 640, "height": 450}
SOON = 5_000
SECRET = "correct horse 电池 staple"
MIRRORED = ("", "orders", "orders/board", "orders/new", "notices", "notices/settings", "people", "locations")
ENLARGED = (
    "",
    "notices",
    "orders/new",
    "orders/board",
    "assets",
    "people",
    "imports",
    "administration/organisation",
    "bin",
)
CLIPPED = """() => [...document.querySelectorAll('main :is(h1, h2, p, dt, dd, label, button, .row-title)')]
  .filter((one) => one.offsetParent && !one.closest('.visually-hidden') && getComputedStyle(one).overflow === 'hidden'
    && getComputedStyle(one).textOverflow !== 'ellipsis' && one.scrollHeight > one.clientHeight + 3)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_who_is_concerned_is_told(running: Running, tmp_path: Path, language: str) -> None:
    """Somebody is named, sees it without a reload, knows why, reads it, and wants to hear no more of it."""
    with cast(language, tmp_path) as people:
        owner = people.person("owner")
        sign_in(owner, running.url, running.email, running.password)
        desk = Desk(owner, running.url)
        made = furnish(desk, language)
        desk.post(
            "identity/members/create",
            name="Chen",
            email="chen@example.org",
            password=SECRET,
            roles=["dispatcher"],
        )
        chen_id = next(row["user_id"] for row in desk.rows("identity/members") if row["name"] == "Chen")
        chen = people.person("chen")
        sign_in(chen, running.url, "chen@example.org", SECRET)
        chen.reads_key("home.inbox")
        is_told_at_once(chen, desk, made["order"], chen_id)
        keeps_it_quiet(chen, desk, running.url, made["order"], chen_id)


def is_told_at_once(chen: Person, desk: Desk, order: str, chen_id: str) -> None:
    """The count rises by itself; the card leads to the order, and is read when it has."""
    told = {"kind": "work.order", "row_id": order, "mentions": [chen_id]}
    for text in ("Look at this", "And at this"):
        desk.post("attach/comments/add", text=text, **told)
    expect(chen.page.locator(".sidebar .nav-count")).to_have_text("1", timeout=SOON)
    expect(chen.page.locator("p[role=status].visually-hidden")).to_contain_text("1")
    chen.page.get_by_role("link", name=re.compile(chen.say("nav.notices"))).first.click()
    card = chen.page.locator(".notice-card")
    expect(card).to_have_count(1, timeout=PATIENCE)
    expect(card.locator(".section-count")).to_have_text("2")
    card.get_by_role("button", name=chen.say("notices.why")).click()
    chen.reads_key("notices.why.mention")
    accessible(chen)
    chen.looks()
    card.get_by_role("link", name=re.compile("WO-")).click()
    expect(chen.page.locator("h1")).to_contain_text(SAID[chen.language], timeout=PATIENCE)
    expect(chen.page.locator(".sidebar .nav-count")).to_have_count(0, timeout=PATIENCE)


def keeps_it_quiet(chen: Person, desk: Desk, url: str, order: str, chen_id: str) -> None:
    """A muted record is silent but for who is named; a kind that is switched off is silent altogether."""
    chen.visits(f"{url}/app/notices?all=true")
    chen.page.get_by_role("button", name=re.compile(chen.say("notices.mute"))).first.click()
    chen.reads_key("notices.is_muted")
    chen.visits(f"{url}/app/notices/settings")
    switch = chen.page.get_by_role("switch", name=chen.say("choice.automation.notice.what.mention"))
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.click()
    chen.reads_key("notices.saved")
    expect(switch).to_have_attribute("aria-checked", "false", timeout=PATIENCE)
    accessible(chen)
    desk.post("attach/comments/add", kind="work.order", row_id=order, text="Hello?", mentions=[chen_id])
    unmute = chen.page.get_by_role("button", name=re.compile(chen.say("verb.automation.notice.unmute")))
    unmute.click()
    chen.reads_key("notices.no_mutes")
    expect(chen.page.locator(".sidebar .nav-count")).to_have_count(0)


def test_nothing_typed_is_lost(running: Running, tmp_path: Path) -> None:
    """Language, theme and contrast change under a half-filled form; an old value comes back out of the history."""
    with cast("en", tmp_path) as people:
        person = people.person("writer")
        sign_in(person, running.url, running.email, running.password)
        made = furnish(Desk(person, running.url), "en")
        person.visits(f"{running.url}/app/orders/new")
        page = person.page
        person.fill("field.work.order.title", "Half a sentence")
        person.fill("field.work.order.description", "and no more")
        preferences = page.locator(".sidebar .preferences")
        preferences.locator("[lang='zh-CN']").click()
        person.language = "zh-CN"
        expect(person.field("field.work.order.title")).to_have_value("Half a sentence", timeout=PATIENCE)
        preferences.get_by_role("button", name=person.say("theme.dark")).click()
        preferences.get_by_role("button", name=person.say("theme.contrast")).click()
        expect(page.locator("html")).to_have_attribute("data-contrast", "more")
        expect(person.field("field.work.order.description")).to_have_value("and no more")
        accessible(person)
        person.looks()
        an_old_value_comes_back(person, Desk(person, running.url), made["order"])


def an_old_value_comes_back(person: Person, desk: Desk, order: str) -> None:
    """Edited, restored from the history, and that undone."""
    page = person.page
    headers = {"X-Trunnion-Door": "web", "If-Match": '"1"'}
    edited = page.request.patch(
        f"{desk.url}/api/work/orders/{order}", data={"title": "Wrong"}, headers=headers
    )
    assert edited.ok, edited.text()
    person.visits(f"{desk.url}/app/orders/{order}")
    page.get_by_role("button", name=re.compile(person.say("record.restore"))).first.click()
    expect(page.locator("h1")).to_have_text(SAID["en"], timeout=PATIENCE)
    page.locator(".toast-undo").click()
    expect(page.locator("h1")).to_have_text("Wrong", timeout=PATIENCE)


def test_every_eye_and_hand(running: Running, tmp_path: Path) -> None:
    """By the system's wish for contrast and rest, by Tab alone, from right to left, at twice the size; with help."""
    with cast("en", tmp_path) as people:
        person = people.person("reader")
        sign_in(person, running.url, running.email, running.password)
        desk = Desk(person, running.url)
        made = furnish(desk, "en")
        made["token"] = desk.post("assets/qr/issue", asset_id=made["asset"])["token"]
        page = person.page
        page.emulate_media(contrast="more", reduced_motion="reduce")
        person.visits(f"{running.url}/app/orders")
        expect(page.locator("html")).to_have_attribute("data-contrast", "more")
        assert (
            page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length") == 0
        )
        accessible(person)
        page.emulate_media(contrast="no-preference")
        expect(page.locator("html")).not_to_have_attribute("data-contrast", "more")
        page.keyboard.press("Tab")
        expect(page.locator(".skip-link")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        page.keyboard.press("F1")
        person.reads_key("help.title")
        person.reads(person.say("help.page.orders").split("\n")[0])
        person.press("keys.title", person.dialog)
        person.reads_key("keys.hint")
        page.keyboard.press("Escape")
        mirrors(person, running.url)
        small_screens_too(people.person("phone", PHONE), running, made["token"])
        stays_whole_at_twice_the_size(people.person("enlarged", TWICE), running)


def mirrors(person: Person, url: str) -> None:
    """A page from right to left has its navigation at the right, its text from there, and nothing over the edge."""
    page = person.page
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl' })"
    )
    for path in MIRRORED:
        person.visits(f"{url}/app/{path}")
        expect(page.locator("h1").first).to_be_visible(timeout=PATIENCE)
        side, heading = box(page, ".sidebar"), box(page, ".page-head h1")
        assert side["x"] > heading["x"], path
        assert heading["x"] + heading["width"] > 900, path
        person.looks()


def small_screens_too(person: Person, running: Running, token: str) -> None:
    """The guest's page and the engineer's app: the same way past the navigation, the same contrast, the same mirror."""
    page = person.page
    page.emulate_media(contrast="more", reduced_motion="reduce")
    person.visits(f"{running.url}/q/{token}")
    is_for_everybody(person)
    person.visits(f"{running.url}/field/")
    page.locator("#email").fill(running.email)
    page.locator("#password").fill(running.password)
    person.press("phone.sign_in")
    expect(page.locator(".places")).to_be_visible(timeout=PATIENCE)
    for place in ("", "scan", "new", "me"):
        page.goto(f"{running.url}/field/#/{place}")
        expect(page.locator("#main > *").first).to_be_visible(timeout=PATIENCE)
        is_for_everybody(person)


def is_for_everybody(person: Person) -> None:
    """What each page of the small clients must hold, from left to right and from right to left."""
    page = person.page
    expect(page.locator("html")).to_have_attribute("data-contrast", "more")
    expect(page.locator(".skip-link")).to_have_count(1)
    accessible(person)
    for direction in ("rtl", "ltr"):
        page.evaluate("(dir) => { document.documentElement.dir = dir }", direction)
        person.looks()


def box(page: Page, selector: str) -> dict[str, float]:
    """Where something stands."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return {**found}


def stays_whole_at_twice_the_size(person: Person, running: Running) -> None:
    """1280 px at 200 %: no side to scroll to, no text cut off, everything reachable."""
    sign_in(person, running.url, running.email, running.password)
    for path in ENLARGED:
        person.visits(f"{running.url}/app/{path}")
        expect(person.page.locator("h1").first).to_be_visible(timeout=PATIENCE)
        cut = person.page.evaluate(CLIPPED)
        assert not cut, (path, cut)
    person.press("kit.more", person.page.locator(".bottom-bar"))
    expect(person.page.get_by_role("link", name=person.say("nav.system"))).to_be_visible()
