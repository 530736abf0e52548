"""A merge of places undone, an old value put back, a full column: by clicks."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from stories.clicks import PATIENCE, Person, cast, sign_in
from stories.conftest import Running
from stories.scenery import Desk
from stories.sweeping import accessible

pytestmark = pytest.mark.browser


def furnish(desk: Desk) -> dict[str, str]:
    """A site with two buildings and rooms in the first; three machines; a customer, and orders on one machine."""
    site = desk.post("assets/locations/create", name="东港院区", kind="site")["id"]
    old = desk.post("assets/locations/create", name="锅炉房", kind="building", parent_id=site)["id"]
    new = desk.post("assets/locations/create", name="动力中心", kind="building", parent_id=site)["id"]
    for name in ("水泵间", "配电间"):
        desk.post("assets/locations/create", name=name, kind="space", parent_id=old)
    machines = [
        desk.post("assets/assets/create", name=f"给水泵 {n}", location_id=old)["id"] for n in (1, 2, 3)
    ]
    party = desk.post("parties/parties/create", name="滨海医院", roles=["customer"])["id"]
    for n in range(3):
        desk.post("work/orders/create", title=f"漏水 {n}", asset_id=machines[0], kind="corrective")
    return {"site": site, "old": old, "new": new, "party": party}


def merge_and_back(person: Person, desk: Desk, url: str, made: dict[str, str]) -> None:
    """The old building turns out to be the new one, and then not."""
    person.visits(f"{url}/app/locations?at={made['new']}")
    desk.post(f"assets/locations/{made['old']}/merge", into_id=made["new"])
    person.visits(f"{url}/app/locations?at={made['new']}")
    section = person.page.locator("section").filter(has_text=person.say("merge.merged_here"))
    expect(section).to_be_visible(timeout=PATIENCE)
    person.looks("place-merged")
    section.get_by_role("button", name=person.say("kit.undo")).click()
    expect(section).to_have_count(0, timeout=PATIENCE)
    person.visits(f"{url}/app/locations?at={made['old']}")
    person.reads("锅炉房")


def restore(person: Person, url: str, made: dict[str, str]) -> None:
    """A customer's telephone number is changed, and the former one put back out of the history."""
    page = person.page
    person.visits(f"{url}/app/lists/parties/parties")
    page.get_by_role("link", name="滨海医院").click()
    expect(page).to_have_url(re.compile(made["party"]), timeout=PATIENCE)
    for number in ("0411-1111", "0411-2222"):
        person.press("people.edit")
        person.fill("field.parties.party.phone", number, person.dialog)
        person.submits("kit.save")
        person.reads(number, page.locator(".facts"))
    page.locator(".restore").filter(has_text="0411-1111").click()
    person.reads("0411-1111", page.locator(".facts"))
    person.looks("customer")
    accessible(person)


def limit(person: Person, url: str) -> None:
    """More orders are reported than should be: the head of the column says so, and nothing else happens."""
    page = person.page
    person.visits(f"{url}/app/orders/board")
    person.press("board.limits")
    column = person.say("state.work.order.requested")
    person.dialog.get_by_label(person.say("board.limit_of", column=column)).fill("2")
    person.looks("board-limits")
    person.submits("kit.save")
    head = page.locator(".lane .section-count[data-over]")
    expect(head).to_contain_text("3/2", timeout=PATIENCE)
    person.looks("board-over")
    accessible(person)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_much_at_once_and_back(running: Running, tmp_path: Path, language: str) -> None:
    """Each is done by the pages, and each can be taken back."""
    with cast(language, tmp_path) as people:
        person = people.person("desk")
        sign_in(person, running.url, running.email, running.password)
        desk = Desk(person, running.url)
        made = furnish(desk)
        merge_and_back(person, desk, running.url, made)
        restore(person, running.url, made)
        limit(person, running.url)
