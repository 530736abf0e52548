"""A browser under measurement: signed in, timed to the first row that a reader sees, and counted frame by frame."""

import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tools import debian, postgres
from tools.steps import program

from ._place import ROOT

BROWSER = os.environ.get("TRUNNION_BROWSER") or debian.find_browser() or ""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZE = {"width": 1440, "height": 900}
# A screen that shows sixty pictures a second.
FRAME = 1000 / 60
PATIENCE = 120_000
TRIES = 5

SEEN = """([wanted, patience]) => new Promise((done, fail) => {
  const look = () => {
    if (document.querySelector(wanted)) return done(performance.now())
    return performance.now() > patience ? fail(new Error(`${location}: no ${wanted}`)) : requestAnimationFrame(look)
  }
  look()
})"""
PRESSED = """([link, wanted]) => new Promise((done) => {
  const began = performance.now()
  document.querySelector(link).click()
  // What the page before shows does not count.
  const look = () => (location.pathname === new URL(document.querySelector(link).href).pathname
    && document.querySelector(wanted) ? done(performance.now() - began) : requestAnimationFrame(look))
  requestAnimationFrame(look)
})"""
FOUND = """(letter) => new Promise((done) => {
  const field = document.querySelector('.palette input')
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, field.value + letter)
  const began = performance.now()
  field.dispatchEvent(new Event('input', { bubbles: true }))
  const look = () => (document.querySelector('.palette [data-found]') ? done(performance.now() - began)
    : requestAnimationFrame(look))
  requestAnimationFrame(look)
})"""
ASKED = """async (path) => {
  const began = performance.now()
  await (await fetch(path)).json()
  return performance.now() - began
}"""
LIVE = """async ([id, verb, to]) => {
  const headers = { 'Content-Type': 'application/json', 'X-Trunnion-Door': 'web', 'Idempotency-Key': crypto.randomUUID() }
  const began = performance.now()
  const answer = await fetch(`/api/work/orders/${id}/${verb}`, { method: 'POST', headers, body: '{}' })
  if (!answer.ok) throw new Error(await answer.text())
  const written = performance.now()
  const seen = await new Promise((done) => {
    const look = () => (document.querySelector(`[data-lane="${to}"] [data-id="${id}"]`) ? done(performance.now())
      : requestAnimationFrame(look))
    look()
  })
  return [seen - written, written - began]
}"""
SCROLLED = """async ([boxes, step, frames]) => {
  const next = () => new Promise(requestAnimationFrame)
  const took = []
  for (const box of document.querySelectorAll(boxes)) {
    let way = step
    let last = await next()
    for (let i = 0; i < frames; i += 1) {
      const before = box.scrollTop
      box.scrollTop += way
      if (box.scrollTop === before) way = -way
      const now = await next()
      took.push(now - last)
      last = now
    }
  }
  return took
}"""


@dataclass(frozen=True)
class Frames:
    """How long each picture of a scrolled page took, in milliseconds."""

    took: list[float]

    def at(self, share: float) -> float:
        """The time below which this share of them lies."""
        ordered = sorted(self.took)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    @property
    def dropped(self) -> float:
        """The share of pictures that a screen had to do without."""
        missing = sum(round(one / FRAME) - 1 for one in self.took if one > FRAME * 1.5)
        return missing / (len(self.took) + missing)

    def line(self) -> str:
        """All of it in one line."""
        return (
            f"p50 {self.at(0.5):6.1f} ms  p95 {self.at(0.95):6.1f} ms  worst {max(self.took):6.0f} ms"
            f"  dropped {self.dropped:5.1%}  of {len(self.took)} frames"
        )


class Desk:
    """A browser with a session, and with a port by which Lighthouse reaches it."""

    def __init__(self, address: str, port: int, context: BrowserContext) -> None:
        self.url, self.port, self.context = f"http://{address}", port, context

    def sign_in(self, email: str, password: str) -> None:
        """Opens the session of this browser."""
        answer = self.context.request.post(
            f"{self.url}/api/identity/sign-in",
            data={"email": email, "password": password},
            headers={"X-Trunnion-Door": "web"},
        )
        if not answer.ok:
            raise RuntimeError(answer.text())

    def sign_out(self) -> None:
        """Nobody is signed in any more."""
        self.context.clear_cookies()

    def sign_in_field(self, email: str, password: str) -> None:
        """Signs in to the engineer's app, which then keeps the day on this device."""
        page = self.context.new_page()
        page.goto(f"{self.url}/field/")
        page.locator("#email").fill(email)
        page.locator("#password").fill(password)
        page.locator("#password").press("Enter")
        page.locator(".sync[data-face=sent]").wait_for(timeout=PATIENCE)
        page.close()

    def label(self) -> str:
        """The code on a machine, as a guest's address has it."""
        asked, headers = self.context.request, {"X-Trunnion-Door": "web"}
        asset = asked.get(f"{self.url}/api/assets/assets?limit=1").json()["rows"][0]["id"]
        made = asked.post(f"{self.url}/api/assets/qr/issue", data={"asset_id": asset}, headers=headers)
        return str(made.json()["token"])

    def opened(self, path: str, wanted: str) -> Page:
        """A page that shows what is wanted."""
        page = self.context.new_page()
        page.goto(f"{self.url}{path}", wait_until="commit", timeout=PATIENCE)
        page.evaluate(SEEN, [wanted, PATIENCE])
        return page

    def first_load(self, path: str, wanted: str, times: int) -> float:
        """Milliseconds from the address to the first of what is wanted, with nothing kept from before: the median."""
        took = []
        for _ in range(times):
            page = self.context.new_page()
            page.context.new_cdp_session(page).send("Network.clearBrowserCache")
            page.goto(f"{self.url}{path}", wait_until="commit", timeout=PATIENCE)
            took.append(page.evaluate(SEEN, [wanted, PATIENCE]))
            page.close()
        return statistics.median(took)

    def route_change(self, page: Page, ways: list[tuple[str, str]], times: int) -> list[float]:
        """Milliseconds from the press on a link to the first of what is wanted, for each link in turn."""
        took: list[list[float]] = [[] for _ in ways]
        for _ in range(times + 1):
            for n, (link, wanted) in enumerate(ways):
                took[n].append(page.evaluate(PRESSED, [link, wanted]))
        # The first time fetches the page's code as well; it belongs to the first load.
        return [statistics.median(one[1:]) for one in took]

    def find(self, page: Page, text: str, times: int) -> tuple[float, float]:
        """Milliseconds from the last letter in the palette to the first find, and of the same by bare SQL: medians."""
        ours, bare = [], []
        for _ in range(times):
            page.keyboard.press("Control+k")
            page.locator(".palette input").wait_for()
            page.keyboard.type(text[:-1])
            ours.append(page.evaluate(FOUND, text[-1]))
            page.keyboard.press("Escape")
            page.locator(".palette").wait_for(state="detached")
            bare.append(page.evaluate(ASKED, f"/api/bench/find?q={text}"))
        return statistics.median(ours), statistics.median(bare)

    def live(self, page: Page, times: int) -> tuple[float, float]:
        """Milliseconds from a change that this page knows nothing of to its being seen, and of the change: medians."""
        took = []
        for _ in range(times):
            card = page.locator("[data-lane=requested] .card").first.get_attribute("data-id")
            took.append(page.evaluate(LIVE, [card, "approve", "approved"]))
            # Changes in a row come as one: each of these is to be a change by itself.
            page.wait_for_timeout(1000)
        return statistics.median(one[0] for one in took), statistics.median(one[1] for one in took)

    def frames(self, page: Page, boxes: str, step: int, count: int) -> Frames:
        """Scrolls each box so many steps, a step a frame."""
        return Frames(page.evaluate(SCROLLED, [boxes, step, count]))

    def lighthouse(self, path: str, *, is_phone: bool) -> dict[str, Any]:
        """What Lighthouse says of a page: two scores and what is behind them."""
        tool = ROOT / "clients" / "node_modules" / "lighthouse" / "cli" / "index.js"
        with tempfile.TemporaryDirectory(prefix="trunnion-bench-") as folder:
            out = Path(folder) / "report.json"
            command = [
                program("node"), str(tool), f"{self.url}{path}", f"--port={self.port}", "--output=json", f"--output-path={out}",
                "--only-categories=performance,accessibility", "--quiet", "--no-enable-error-reporting",
                *([] if is_phone else ["--preset=desktop"]),
            ]  # fmt: skip
            # On a busy machine a browser's trace now and then comes without its beginning.
            for left in reversed(range(TRIES)):
                if subprocess.run(command, check=not left, stdout=subprocess.DEVNULL).returncode == 0:
                    break
            found: dict[str, Any] = json.loads(out.read_text("utf-8"))
            return found


@contextmanager
def desk(address: str) -> Iterator[Desk]:
    """A browser of its own with an empty profile."""
    port = postgres.free_port()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="trunnion-bench-") as profile:
        context = _launch(playwright, profile, port)
        context.set_default_timeout(PATIENCE)
        try:
            yield Desk(address, port, context)
        finally:
            context.close()


def _launch(playwright: Playwright, profile: str, port: int) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=BROWSER, args=[*FLAGS, f"--remote-debugging-port={port}"], viewport=SIZE, locale="en",
    )  # fmt: skip
