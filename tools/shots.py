"""Which screens the guides show, as whom, at which size, and what is done before the picture is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, ViewportSize

DESK, PHONE = "desk", "phone"
SIZES: dict[str, ViewportSize] = {
    DESK: {"width": 1440, "height": 900},
    PHONE: {"width": 390, "height": 844},
}
Read = Callable[[str], Any]
Find = Callable[[Read], str]
Act = Callable[[Page, Any], None]


@dataclass(frozen=True)
class Shot:
    """A picture: its file's name, who looks at which address, and on what."""

    name: str
    path: str
    who: str = "chen"
    size: str = PHONE
    # The record whose id goes into the path.
    find: Find | None = None
    act: Act | None = None

    def address(self, read: Read) -> str:
        """The path with its record."""
        return self.path.format(id=self.find(read)) if self.find else self.path


def order_at_work(read: Read) -> str:
    """An order on which somebody works, with as much on it as there is."""
    return first(read, "work/orders", lambda row: row["state"] in ("in_progress", "on_site"))


def full_asset(read: Read) -> str:
    """A machine with meters and orders: the first chiller."""
    return first(read, "assets/assets", lambda row: "CH-" in str(row["name"]))


def a_floor(read: Read) -> str:
    """A floor with rooms and machines."""
    return first(read, "assets/locations", lambda row: row["kind"] == "floor")


def open_request(read: Read) -> str:
    """A request of a guest that is still open."""
    return first(read, "service/requests", lambda row: row["state"] != "finished")


def first(read: Read, listing: str, fits: Callable[[dict[str, Any]], bool]) -> str:
    """The id of the first row that fits, else of the first."""
    rows = read(f"{listing}?limit=200")["rows"]
    return str(next((row["id"] for row in rows if fits(row)), rows[0]["id"]))


def press(selector: str) -> Act:
    """Presses what is there."""
    return lambda page, _: page.locator(selector).first.click()


def palette(page: Page, _: Any) -> None:
    """Opens the palette and looks for something by its initials."""
    page.keyboard.press("Control+k")
    is_chinese = page.evaluate("document.documentElement.lang") == "zh-CN"
    page.locator(".palette-field input").fill("lsjz" if is_chinese else "chiller")
    page.locator(".palette-entry").nth(2).wait_for()


def read_workbook(page: Page, house: Any) -> None:
    """Gives the page a COBie workbook and waits for what it says of it."""
    page.locator("input[type=file]").set_input_files(str(house.workbook))
    page.locator("table").first.wait_for(timeout=120_000)


def help_of_page(page: Page, _: Any) -> None:
    """Opens the help."""
    page.keyboard.press("F1")
    page.get_by_role("dialog").wait_for()


def throw_away(page: Page, _: Any) -> None:
    """Puts something into the bin first, so that there is something to see."""
    if page.locator(".bin-line").count():
        return
    made = []
    for name in ("Old boiler room 旧锅炉房", "Test bench 测试台"):
        answer = page.request.post(
            f"{page.url.split('/app')[0]}/api/assets/locations/create",
            data={"name": name, "kind": "building"},
            headers={"X-Trunnion-Door": "web"},
        )
        made.append(answer.json()["id"])
    for one in made:
        page.request.post(
            f"{page.url.split('/app')[0]}/api/assets/locations/{one}/remove",
            data={},
            headers={"X-Trunnion-Door": "web"},
        )
    page.reload()
    page.locator(".bin-line").first.wait_for()


SHOTS: tuple[Shot, ...] = (
    Shot("home", "/app/", size=DESK),
    Shot("notices", "/app/notices", size=DESK, act=press(".notice-acts button")),
    Shot("inbox", "/app/orders/inbox", size=DESK),
    Shot("board", "/app/orders/board", size=DESK),
    Shot("orders", "/app/orders", size=DESK),
    Shot("order", "/app/orders/{id}", size=DESK, find=order_at_work),
    Shot("requests", "/app/requests?all=true", size=DESK),
    Shot("request", "/app/requests/{id}", size=DESK, find=open_request),
    Shot("assets", "/app/assets", size=DESK),
    Shot("asset", "/app/assets/{id}", who="owner", size=DESK, find=full_asset),
    Shot("locations", "/app/locations?at={id}", who="owner", size=DESK, find=a_floor),
    Shot("certificates", "/app/certificates", who="owner", size=DESK),
    Shot("warranties", "/app/warranties", who="owner", size=DESK),
    Shot("labels", "/app/labels", who="owner", size=DESK),
    Shot("lists", "/app/lists", who="owner", size=DESK),
    Shot("cobie", "/app/import/cobie", who="owner", size=DESK, act=read_workbook),
    Shot("people", "/app/people", who="owner", size=DESK),
    Shot("organisation", "/app/administration/organisation", who="owner", size=DESK),
    Shot("fields", "/app/administration/fields", who="owner", size=DESK),
    Shot("numbering", "/app/administration/numbering", who="owner", size=DESK),
    Shot("bin", "/app/bin", who="owner", size=DESK, act=throw_away),
    Shot("journal", "/app/journal", who="owner", size=DESK),
    Shot("jobs", "/app/administration/jobs?group=done&sort=task", who="owner", size=DESK),
    Shot("system", "/app/administration/system", who="owner", size=DESK),
    Shot("palette", "/app/", size=DESK, act=palette),
    Shot("help", "/app/orders/board", size=DESK, act=help_of_page),
    Shot("phone-home", "/app/"),
    Shot("phone-order", "/app/orders/{id}", find=order_at_work),
    Shot("phone-asset", "/app/assets/{id}", find=full_asset),
)
