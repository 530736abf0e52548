"""What a story needs to click through Trunnion: people with browsers, the words they read, what must not happen."""

import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).parents[1]
OWN_WORDS = tuple(
    sorted(
        str(path.relative_to(ROOT))
        for part in ("kit", "console", "portal", "field")
        for path in (ROOT / "clients" / part / "words").glob("*.json")
    )
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Pictures of the guides: what is larger is painted with fewer colours.
QUALITY = 72
# A slow shared machine must not make a story fail; a wrong page does so long before.
PATIENCE = 20_000
# A key without words, or a value that no reader should ever see, would stand on the page like this.
SLIP = re.compile(
    r"\bNaN\b|\bundefined\b|\[object|Invalid Date|"
    r"\b(?:verb|state|field|choice|column|kind|refusal|event|door|role|nav|order|asset|kit|portal|people|journal|cobie|"
    r"record|location|home|progress|job|phone|tokens|grants|request|admin|board|keys|palette|lists|imports|"
    r"life|approval|merge|watch|take|bring)(?:\.[a-z][a-z_0-9]*)+\b"
)
# Nobody is signed in yet when the first page asks who is.
ASKED_WHO = "/api/identity/me"
# A page has come to rest when nothing on it has changed for a moment: its parts are loaded one after the other.
STILL = """() => new Promise((done) => {
  let rest = 0
  const end = setTimeout(finish, 5000)
  const seen = new MutationObserver(again)
  function finish() { clearTimeout(end); clearTimeout(rest); seen.disconnect(); done() }
  function again() { clearTimeout(rest); rest = setTimeout(finish, 200) }
  seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  again()
})"""
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""


@cache
def words() -> dict[str, dict[str, str]]:
    """All words of both languages, the server's and the clients'."""
    found: dict[str, dict[str, str]] = json.loads((ROOT / "contracts/words.json").read_text("utf-8"))
    for path in OWN_WORDS:
        for key, texts in json.loads((ROOT / path).read_text("utf-8")).items():
            for language, text in texts.items():
                found[language][key] = text
    return found


@dataclass
class Person:
    """Somebody in front of a screen, who notices whatever is wrong on it."""

    page: Page
    language: str
    faults: list[str] = field(default_factory=list)
    pictures: Path | None = None

    def say(self, key: str, **facts: object) -> str:
        """What the key reads in this person's language; a key without words is the story's own mistake."""
        return words()[self.language][key].format(**facts)

    def button(self, key: str, within: Locator | None = None) -> Locator:
        """The button that says so."""
        return (within or self.page).get_by_role("button", name=self.say(key), exact=True).first

    def press(self, key: str, within: Locator | None = None) -> None:
        """Presses it."""
        self.button(key, within).click()

    def field(self, key: str, within: Locator | None = None) -> Locator:
        """The input that is labelled so."""
        return (within or self.page).get_by_label(self.say(key)).first

    def fill(self, key: str, text: str, within: Locator | None = None) -> None:
        """Types into it."""
        self.field(key, within).fill(text)

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog")

    def pick(self, key: str, text: str = "") -> None:
        """Chooses what is offered under this text, or first of all, in a list of the open dialog."""
        box = self.dialog.get_by_label(self.say(key)).first
        box.click()
        if text:
            box.press_sequentially(text)
        expect(box).to_have_attribute("aria-expanded", "true")
        offered = self.page.locator(f"[id='{box.get_attribute('aria-controls')}']").locator(
            "xpath=ancestor::*[contains(@class, 'ant-select-dropdown')]"
        )
        offered.locator(".ant-select-item-option", has_text=text).first.click()
        # Where several may be chosen the list stays open.
        self.page.wait_for_timeout(250)
        if box.get_attribute("aria-expanded") == "true":
            self.page.keyboard.press("Escape")

    def reads(self, text: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Sees this text, sooner or later and without a reload."""
        expect((within or self.page.locator("body")).get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def reads_key(self, key: str, **facts: object) -> None:
        """Sees these words."""
        self.reads(self.say(key, **facts))

    def submits(self, key: str) -> None:
        """Sends the open dialog and waits until it has gone."""
        self.press(key, self.dialog.locator("footer"))
        expect(self.dialog).to_have_count(0, timeout=PATIENCE)

    def looks(self, name: str = "", *, full: bool = False) -> None:
        """Checks the page as it stands, and keeps a picture of it where pictures are wanted."""
        self.page.wait_for_timeout(150)
        for slip in SLIP.findall(self.page.inner_text("body")):
            self.faults.append(f"{self.page.url}: nobody put this into words: {slip}")
        over = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            self.faults.append(f"{self.page.url}: {over} px wider than the screen")
        if name and self.pictures is not None:
            self._photograph(name, full=full)

    def _photograph(self, name: str, *, full: bool) -> None:
        """A picture for the guides: without passing news, not too long, and small."""
        assert self.pictures is not None
        self.page.locator(".toast .icon-button").evaluate_all(
            "buttons => buttons.forEach((one) => one.click())"
        )
        self.page.wait_for_timeout(700)
        image = Image.open(io.BytesIO(self.page.screenshot(full_page=full))).convert("RGB")
        height = min(image.height, int(image.width * (2.6 if image.width < 1000 else 1.0)))
        image = image.crop((0, 0, image.width, height))
        if image.width < 1000:
            image = image.resize((585, height * 585 // image.width), Image.Resampling.LANCZOS)
        image.save(self.pictures / f"{name}.webp", "WEBP", quality=QUALITY, method=6)

    def visits(self, url: str, name: str = "") -> None:
        """Opens an address, waits until it has loaded and looks at it."""
        self.page.goto(url)
        self.page.evaluate(STILL)
        expect(self.page.locator(".skeleton")).to_have_count(0, timeout=PATIENCE)
        self.page.evaluate(STILL)
        self.looks(name)


class Cast:
    """The people of a story, each with a browser of their own."""

    def __init__(
        self, playwright: Playwright, browser: Browser, language: str, pictures: Path | None
    ) -> None:
        self.playwright = playwright
        self.browser = browser
        self.language = language
        self.pictures = pictures
        self.faults: list[str] = []

    def person(self, who: str, size: ViewportSize = DESK) -> Person:
        """Somebody who has never been here before."""
        context = self.browser.new_context(
            viewport=size, locale=self.language, timezone_id="Asia/Shanghai", has_touch=size is PHONE,
            is_mobile=size is PHONE, device_scale_factor=2 if size is PHONE and self.pictures else 1,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        page.on("console", lambda message: self._heard(who, message))
        page.on("pageerror", lambda error: self.faults.append(f"{who}: {error}"))
        return Person(page, self.language, self.faults, self.pictures)

    def keep(self, folder: Path) -> None:
        """What each of them has before their eyes, for whoever reads why the story failed."""
        for number, context in enumerate(self.browser.contexts):
            for page in context.pages:
                page.screenshot(path=str(folder / f"failed-{number}.png"))
        print(f"\nwhat they saw: {folder}\n" + "\n".join(self.faults))

    def _heard(self, who: str, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type not in ("error", "warning") or where.endswith(ASKED_WHO):
            return
        self.faults.append(f"{who}: {message.type}: {message.text} ({where})")


@contextmanager
def cast(language: str, folder: Path) -> Iterator[Cast]:
    """A browser in this language; nobody may meet a fault, and what they saw last is kept in the folder."""
    wanted = os.environ.get("TRUNNION_PICTURES")
    pictures = Path(wanted) / language if wanted else None
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["TRUNNION_BROWSER"], args=FLAGS)
        try:
            people = Cast(playwright, browser, language, pictures)
            yield people
            assert not people.faults, "\n".join(dict.fromkeys(people.faults))
        except BaseException:
            people.keep(folder)
            raise
        finally:
            browser.close()


def sign_in(person: Person, url: str, email: str, password: str) -> None:
    """Opens the console and signs in."""
    person.page.goto(f"{url}/app/")
    person.page.locator("#email").fill(email)
    person.page.locator("#password").fill(password)
    person.looks("sign-in")
    person.press("sign_in.submit")
    expect(person.page.locator(".sidebar, .bottom-bar").first).to_be_attached(timeout=PATIENCE)


def draw(person: Person, canvas: Locator) -> None:
    """Signs by hand."""
    canvas.scroll_into_view_if_needed()
    box: Any = canvas.bounding_box()
    mouse = person.page.mouse
    points = [
        (0.12, 0.6),
        (0.2, 0.25),
        (0.26, 0.7),
        (0.36, 0.4),
        (0.42, 0.62),
        (0.52, 0.35),
        (0.6, 0.66),
        (0.82, 0.5),
    ]
    mouse.move(box["x"] + box["width"] * points[0][0], box["y"] + box["height"] * points[0][1])
    mouse.down()
    for x, y in points[1:]:
        mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y, steps=6)
    mouse.up()
