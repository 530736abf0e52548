"""Lists and the board in two browsers: a view that is kept, many changed at once, jobs given by keyboard."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from stories.clicks import PATIENCE, Person, cast, sign_in
from stories.conftest import Running
from stories.scenery import Desk
from stories.sweeping import accessible

pytestmark = pytest.mark.browser
PASSWORD = "Harbour-2026-gate!"
VIEW, WARD, ENGINEER, HOSPITAL = "病区视图", "病区", "李伟", "滨海医院"
OPEN, OVER = 9, 3
# Who is given the jobs, and by which two letters.
GIVEN = {"en": ("Li Wei", "li"), "zh-CN": ("李伟", "lw")}
JOBS = {"en": ("Fan {} vibrates", "Door stays open"), "zh-CN": ("风机 {} 振动", "自动门无法关闭")}


def orders_of(url: str, **asked: object) -> str:
    """The list of orders, asked so."""
    return f"{url}/app/orders?" + "&".join(f"{key}={json.dumps(value)}" for key, value in asked.items())


def furnish(api: Desk) -> str:
    """A customer, an engineer, a field of their own, twelve orders of which three are called off; the field's id."""
    api.post("parties/parties/create", name=HOSPITAL, roles=["customer"])
    api.post("workforce/labour_resources/create", name=ENGINEER)
    facts = {"kind": "work.order", "key": "ward", "label_en": "Ward", "label_zh": WARD, "value_type": "text"}
    field = api.post("attach/custom_fields/create", **facts)["id"]
    for n in range(OPEN + OVER):
        made = api.post("work/orders/create", title=f"风机 {n + 1} 异响", kind="corrective")
        if n >= OPEN:
            api.post(f"work/orders/{made['id']}/cancel", reason="设备已报废")
    return str(field)


def test_a_list_is_kept_changed_and_put_back(running: Running, tmp_path: Path) -> None:
    """A view is the same in another browser and says what has gone; many are changed, and put back."""
    with cast("zh-CN", tmp_path) as people:
        desk = people.person("desk")
        sign_in(desk, running.url, running.email, running.password)
        api = Desk(desk, running.url)
        field = furnish(api)
        heads = keeps_a_view(desk, running.url)
        away = people.person("elsewhere")
        sign_in(away, running.url, running.email, running.password)
        opens_the_view(away, running.url)
        expect(away.page.locator("th[scope=col]")).to_have_text(heads, timeout=PATIENCE)
        api.post(f"attach/custom_fields/{field}/archive")
        opens_the_view(away, running.url)
        away.reads(re.compile(f"{away.say('kit.views.dropped', what='')}.*{WARD}"))
        expect(away.page.locator("th[scope=col]")).to_have_count(len(heads) - 1, timeout=PATIENCE)
        changes_many(desk, running.url)
        gives_what_is_marked(desk, running.url)
        finds_by_initials(desk)


def keeps_a_view(desk: Person, url: str) -> list[str]:
    """Columns and order under a name; what stands over the columns."""
    desk.visits(orders_of(url, columns=["number", "title", "priority", "custom.ward"], sort="-number"))
    heads = desk.page.locator("th[scope=col]")
    expect(heads).to_have_count(5, timeout=PATIENCE)
    desk.press("kit.views.title")
    desk.page.get_by_role("menuitem", name=desk.say("kit.views.save")).click()
    desk.fill("field.identity.view.name", VIEW, desk.dialog)
    desk.submits("kit.save")
    desk.reads_key("kit.views.saved")
    said = heads.all_inner_texts()
    assert WARD in said[4]
    desk.page.reload()
    expect(heads).to_have_text(said, timeout=PATIENCE)
    return said


def opens_the_view(person: Person, url: str) -> None:
    """From the list as it comes to the view that is kept."""
    person.visits(f"{url}/app/orders")
    expect(person.page.locator("td[data-lead]")).to_have_count(OPEN + OVER, timeout=PATIENCE)
    person.press("kit.views.title")
    person.page.get_by_role("menuitem").filter(has_text=VIEW).first.click()
    expect(person.page.locator("td[data-lead]").first).to_contain_text(
        f"风机 {OPEN + OVER}", timeout=PATIENCE
    )


def changes_many(desk: Person, url: str) -> None:
    """All rows by the keyboard; three are refused with a reason, nine change and are put back."""
    page = desk.page
    desk.visits(orders_of(url, sort="number"))
    expect(page.locator("td[data-lead]")).to_have_count(OPEN + OVER, timeout=PATIENCE)
    page.locator("td[data-lead] a").first.focus()
    page.keyboard.press("Control+a")
    desk.reads_key("kit.bulk.marked", count=OPEN + OVER)
    desk.press("kit.bulk.edit")
    desk.dialog.get_by_role("combobox").click()
    page.locator(".ant-select-item-option", has_text=desk.say("field.work.order.priority")).first.click()
    desk.dialog.get_by_text(desk.say("choice.work.order.priority.urgent"), exact=True).click()
    desk.press("kit.bulk.preview", desk.dialog)
    desk.reads_key("kit.bulk.will", changed=OPEN, same=0, refused=OVER)
    refused = desk.dialog.locator(".bulk-refused li")
    expect(refused).to_have_count(OVER)
    expect(refused.first).to_contain_text("WO-")
    desk.looks("bulk-edit")
    desk.dialog.locator("footer button").last.click()
    urgent = page.locator(".priority-tag[data-level='4']")
    expect(urgent).to_have_count(OPEN, timeout=PATIENCE)
    desk.press("kit.undo")
    expect(urgent).to_have_count(0, timeout=PATIENCE)


def gives_what_is_marked(desk: Person, url: str) -> None:
    """Two rows are marked; the palette knows what “assign” means for them."""
    page = desk.page
    desk.visits(orders_of(url, sort="number"))
    boxes = page.locator("td.cell-mark input")
    expect(boxes).to_have_count(OPEN + OVER, timeout=PATIENCE)
    boxes.nth(0).check()
    boxes.nth(1).check()
    desk.reads_key("kit.bulk.marked", count=2)
    page.keyboard.press("Control+k")
    page.locator(".palette").get_by_role("combobox").fill("assign")
    chosen = page.locator(".palette [role=option][aria-selected=true]")
    expect(chosen).to_contain_text(desk.say("board.give_marked"), timeout=PATIENCE)
    page.keyboard.press("Enter")
    expect(page.locator(".picker")).to_contain_text(desk.say("board.to_whom_many", count=2), timeout=PATIENCE)
    page.keyboard.type("lw")
    page.keyboard.press("Enter")
    given = page.locator("td[data-key=leading]").filter(has_text=ENGINEER)
    expect(given).to_have_count(2, timeout=PATIENCE)
    desk.reads_key("state.work.order.dispatched")


def finds_by_initials(desk: Person) -> None:
    """Four letters of pinyin lead to the hospital."""
    page = desk.page
    page.keyboard.press("Control+k")
    page.locator(".palette").get_by_role("combobox").fill("bhyy")
    expect(page.locator(".palette [data-found]").first).to_contain_text(HOSPITAL, timeout=PATIENCE)
    desk.looks()
    page.keyboard.press("Escape")


def lane(person: Person, key: str) -> Locator:
    """A column of the board."""
    return person.page.locator(f"[data-lane='{key}']")


def stands_on(person: Person, card: Locator) -> None:
    """The keyboard is on this card."""
    expect(card.locator(":focus")).to_have_count(1, timeout=PATIENCE)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_board_without_a_pointer(running: Running, tmp_path: Path, language: str) -> None:
    """Five jobs are given with the keyboard alone, and a colleague sees them; cards move by menu."""
    with cast(language, tmp_path) as people:
        desk = people.person("desk")
        sign_in(desk, running.url, running.email, running.password)
        engineer = board_with_jobs(Desk(desk, running.url), language)
        other = people.person("colleague")
        sign_in(other, running.url, "chen@harbour.example", PASSWORD)
        other.visits(f"{running.url}/app/orders/board?by=engineer")
        expect(lane(other, "").locator(".card")).to_have_count(6, timeout=PATIENCE)
        gives_five(desk, running.url)
        expect(lane(other, engineer).locator(".card")).to_have_count(5, timeout=PATIENCE)
        expect(lane(other, "").locator(".card")).to_have_count(1, timeout=PATIENCE)
        other.looks("board-engineers")
        accessible(other)
        moves_by_menu(desk)
        approved = other.say("state.work.order.approved")
        expect(lane(other, "").locator(".card .state-tag")).to_have_text(approved, timeout=PATIENCE)
        ranks(desk, running.url)


def board_with_jobs(api: Desk, language: str) -> str:
    """Two engineers, a dispatcher, five jobs that are approved and one that is not; who is given them."""
    titles = JOBS[language]
    engineer = api.post("workforce/labour_resources/create", name=GIVEN[language][0])["id"]
    api.post("workforce/labour_resources/create", name="Sun Qiang")
    for n in range(5):
        made = api.post("work/orders/create", title=titles[0].format(n + 1), kind="corrective")["id"]
        api.post(f"work/orders/{made}/approve")
    api.post("work/orders/create", title=titles[1], kind="corrective")
    role = {
        "name": "Chen Ling",
        "email": "chen@harbour.example",
        "password": PASSWORD,
        "roles": ["dispatcher"],
    }
    api.post("identity/members/create", **role)
    return str(engineer)


def gives_five(desk: Person, url: str) -> None:
    """An arrow onto the board, then for each: A, two letters, Enter, the next one."""
    page, (name, letters) = desk.page, GIVEN[desk.language]
    desk.visits(f"{url}/app/orders/board")
    cards = lane(desk, "approved").locator(".card")
    expect(cards).to_have_count(5, timeout=PATIENCE)
    page.locator("#main").focus()
    page.keyboard.press("ArrowDown")
    stands_on(desk, lane(desk, "requested").locator(".card").first)
    page.keyboard.press("ArrowRight")
    for n in range(5):
        stands_on(desk, cards.nth(n))
        page.keyboard.press("a")
        expect(page.locator(".picker input")).to_be_focused(timeout=PATIENCE)
        page.keyboard.type(letters)
        page.keyboard.press("Enter")
        expect(cards.nth(n).locator(".card-who")).to_have_text(name, timeout=PATIENCE)
        stands_on(desk, cards.nth(n))
        page.keyboard.press("ArrowDown")
    desk.looks()


def moves_by_menu(desk: Person) -> None:
    """“Move to” on the card, a state, done: nothing is dragged."""
    card = desk.page.locator(".card").filter(has_text=JOBS[desk.language][1])
    card.locator("[data-act=move]").click()
    expect(desk.page.locator(".picker")).to_be_visible(timeout=PATIENCE)
    desk.looks("board-move")
    accessible(desk)
    desk.page.get_by_role("option").filter(has_text=desk.say("verb.work.order.approve")).click()
    expect(lane(desk, "approved").filter(has=card)).to_have_count(1, timeout=PATIENCE)


def ranks(desk: Person, url: str) -> None:
    """By priority a move makes a job more urgent; Ctrl+Z puts it back."""
    page = desk.page
    desk.visits(f"{url}/app/orders/board?by=priority")
    expect(lane(desk, "normal").locator(".card")).to_have_count(6, timeout=PATIENCE)
    lane(desk, "normal").locator(".card-title a").first.focus()
    page.keyboard.press("m")
    expect(page.locator(".picker input")).to_be_focused(timeout=PATIENCE)
    page.keyboard.type(desk.say("choice.work.order.priority.urgent")[:2].lower())
    page.keyboard.press("Enter")
    expect(lane(desk, "urgent").locator(".card")).to_have_count(1, timeout=PATIENCE)
    desk.reads_key("kit.undo")
    page.keyboard.press("Control+z")
    expect(lane(desk, "normal").locator(".card")).to_have_count(6, timeout=PATIENCE)
    expect(lane(desk, "urgent").locator(".card")).to_have_count(0, timeout=PATIENCE)
    desk.looks()
