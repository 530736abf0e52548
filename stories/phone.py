"""An engineer's phone in a story: a browser that keeps what it has, that loses its line, and that dies on the spot."""

import os
import signal
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    APIRequestContext,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Playwright,
    expect,
    sync_playwright,
)

from stories.clicks import ASKED_WHO, FLAGS, PATIENCE, PHONE, VIOLATIONS, Person
from stories.conftest import Running

# A camera and a microphone that need no hardware and ask nobody.
DEVICES = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PASSWORD = "correct horse staple"
# Chromium writes new cookies to its disk half a minute later; what is killed before has to be told the password again.
COOKIES_KEPT_SECONDS = 33
# What a browser says of a plain address, and of requests without a line, is no fault of the page.
PLAIN_ADDRESS = "Cross-Origin-Opener-Policy header has been ignored"
LINE_IS_CUT = ("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED", "ERR_FAILED")


class Desk:
    """Somebody at the desk, who asks and does by the API."""

    def __init__(self, playwright: Playwright, url: str, email: str, password: str, language: str) -> None:
        self.url = url
        self.asks: APIRequestContext = playwright.request.new_context(
            extra_http_headers={"X-Trunnion-Door": "web", "Accept-Language": language}
        )
        self.do("identity/sign-in", email=email, password=password)

    def do(self, path: str, **body: Any) -> dict[str, Any]:
        """A verb."""
        answer = self.asks.post(
            f"{self.url}/api/{path}", data=body, headers={"Idempotency-Key": str(uuid.uuid4())}
        )
        assert answer.ok, f"{path}: {answer.text()}"
        found: dict[str, Any] = answer.json()
        return found

    def get(self, path: str) -> Any:
        """What the API answers."""
        answer = self.asks.get(f"{self.url}/api/{path}")
        assert answer.ok, f"{path}: {answer.text()}"
        return answer.json()

    def order(self, order_id: str) -> dict[str, Any]:
        """The order as the server has it."""
        found: dict[str, Any] = self.get(f"work/orders/{order_id}")
        return found

    def verbs(self, order_id: str) -> list[str]:
        """What was done to it, oldest first."""
        return [entry["verb"] for entry in reversed(self.order(order_id)["history"])]


class Phone:
    """One phone: its storage outlives the browser that is killed on it."""

    def __init__(self, playwright: Playwright, running: Running, language: str, folder: Path) -> None:
        self.playwright, self.running, self.language, self.folder = playwright, running, language, folder
        self.faults: list[str] = []
        # Answers that the story means to get: a browser tells each refusal on its console.
        self.expected: tuple[int, ...] = ()
        wanted = os.environ.get("TRUNNION_PICTURES")
        self.pictures = Path(wanted) / language if wanted else None
        self.signed_in_at = 0.0
        self.url = running.url
        self.flags = [*FLAGS, *DEVICES]
        self.context: BrowserContext
        self.person: Person
        self.open()

    def open(self, *, offline: bool = False) -> Person:
        """Starts the browser on this phone."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.folder / "phone"), executable_path=os.environ["TRUNNION_BROWSER"], args=self.flags,
            viewport=PHONE, locale=self.language, timezone_id="Asia/Shanghai", has_touch=True, is_mobile=True,
            device_scale_factor=2 if self.pictures else 1, offline=offline,
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(VIOLATIONS)
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.person = Person(page, self.language, self.faults, self.pictures)
        return self.person

    def _heard(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        signs = (*LINE_IS_CUT, PLAIN_ADDRESS, *(f"status of {code}" for code in self.expected))
        is_known = any(sign in message.text for sign in signs)
        if message.type in ("error", "warning") and not is_known and not where.endswith(ASKED_WHO):
            self.faults.append(f"{message.type}: {message.text} ({where})")

    def moves_to(self, host: str) -> None:
        """Another name of the same server, which a browser does not trust as it trusts its own machine."""
        self.context.close()
        self.flags.append(f"--host-resolver-rules=MAP {host} 127.0.0.1")
        self.url = self.running.url.replace("127.0.0.1", host)
        self.open()

    def cut(self) -> None:
        """Down into the basement."""
        self.context.set_offline(True)

    def restore(self) -> None:
        """Up again."""
        self.context.set_offline(False)

    def kill(self) -> None:
        """The battery is empty: nothing is said good-bye to."""
        time.sleep(max(0.0, self.signed_in_at + COOKIES_KEPT_SECONDS - time.monotonic()))
        mark = f"--user-data-dir={self.folder / 'phone'}"
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if mark in command and "--type=" not in command:
                os.kill(int(process.name), signal.SIGKILL)
        time.sleep(1.0)
        for left in (self.folder / "phone").glob("Singleton*"):
            left.unlink()

    def sign_in(self, email: str) -> None:
        """Opens the app and signs in, and waits until the day lies on the phone."""
        page = self.person.page
        page.goto(f"{self.url}/field/")
        page.locator("#email").fill(email)
        page.locator("#password").fill(PASSWORD)
        self.person.looks("field-sign-in")
        self.person.press("phone.sign_in")
        self.signed_in_at = time.monotonic()
        expect(page.locator(".sync")).to_be_visible()
        expect(page.locator(".next")).to_be_visible()
        expect(page.locator(".sync[data-face=sent]")).to_be_visible(timeout=PATIENCE)
        if page.evaluate("isSecureContext"):
            page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        # What is read ahead: orders, machines and codes; only then may the line go.
        expect(page.locator(".read-at")).to_be_visible(timeout=PATIENCE)

    def step(self, verb: str) -> None:
        """Taps the large button."""
        self.person.page.locator(".button.big").filter(
            has_text=self.person.say(f"verb.work.order.{verb}")
        ).click()

    def is_in(self, state: str) -> None:
        """The order on the screen is in this state."""
        expect(
            self.person.page.locator(".card .tag")
            .filter(has_text=self.person.say(f"state.work.order.{state}"))
            .first
        ).to_be_visible()

    @property
    def sheet(self) -> Locator:
        """What has slid in."""
        return self.person.page.locator("dialog[open]")

    def all_sent(self) -> None:
        """The sign says that the house knows everything."""
        expect(self.person.page.locator(".sync[data-face=sent]")).to_be_visible(timeout=6 * PATIENCE)


@contextmanager
def phone_of(running: Running, language: str, folder: Path) -> Iterator[tuple[Phone, Playwright]]:
    """A phone on which nobody may meet a fault; what was seen last is kept in the folder."""
    with sync_playwright() as playwright:
        phone = Phone(playwright, running, language, folder)
        try:
            yield phone, playwright
            assert not phone.faults, "\n".join(dict.fromkeys(phone.faults))
        except BaseException:
            phone.person.page.screenshot(path=str(folder / "failed.png"), full_page=True)
            print(f"\nwhat was seen: {folder}/failed.png\n" + "\n".join(phone.faults))
            raise
        finally:
            phone.context.close()
