"""`python -m tools.pictures`: takes the guides' pictures of the main screens, in a Trunnion of its own with a demo.

Both languages, small WebP files under docs/guide/img/. Names on the command line take only those pictures. It needs a
Chromium: the one that TRUNNION_BROWSER names, or /usr/bin/chromium. Screens that a story has to lead to (a conflict, a
signature) are photographed by the stories themselves, with TRUNNION_PICTURES.
"""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from tools.shots import PHONE, SHOTS, SIZES, Shot
from tools.steps import ROOT

OUT = ROOT / "docs/guide/img"
DEMO = "Harbour Hospital 滨海医院"
LANGUAGES = ("en", "zh-CN")
START_SECONDS = 240
QUALITY = 72
AT_REST = """document.querySelector('h1, h2') && !document.querySelector('.skeleton')
  && [...document.images].every((one) => one.complete)"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none"]


@dataclass(frozen=True)
class House:
    """A running Trunnion with the demo in it, and how its people sign in."""

    url: str
    people: dict[str, str]
    password: str
    workbook: Path


def command(home: Path, *arguments: str, port: int = 0) -> tuple[list[str], dict[str, str]]:
    """How to run the program on a data folder of its own."""
    env = {
        **os.environ, "TRUNNION_HOME": str(home), "TRUNNION_BIND": f"127.0.0.1:{port}",
        "TRUNNION_BASE_URL": f"http://127.0.0.1:{port}", "PYTHONPATH": str(ROOT / "server"),
    }  # fmt: skip
    env.pop("TRUNNION_DATABASE_URL", None)
    return [sys.executable, "-c", "from trunnion.cli import main; main()", *arguments], env


def tell(home: Path, *arguments: str) -> str:
    """Runs the program to its end and answers what it said."""
    run, env = command(home, *arguments)
    done = subprocess.run(run, env=env, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


@contextmanager
def house() -> Iterator[House]:
    """The demo hospital, served from a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="trunnion-") as folder:
        home = Path(folder) / "home"
        print("preparing the demo ...", flush=True)
        tell(home, "manage", "migrate", "-v0")
        said = tell(home, "demo", "load")
        people = {mail.split("@")[0]: mail for mail in re.findall(r"[\w.]+@demo\.trunnion\.local", said)}
        password = re.findall(r"^\s*password\s+(\S+)$", said, re.MULTILINE)[-1]
        tell(home, "export", "cobie", "--organisation", DEMO, f"{folder}/hospital.xlsx")
        # Of several buildings each has a workbook of its own; the largest says most.
        workbook = max(Path(folder).glob("*.xlsx"), key=lambda path: path.stat().st_size)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        run, env = command(home, "serve", port=port)
        with (Path(folder) / "serve.log").open("w") as log:
            server = subprocess.Popen(run, env=env, cwd=ROOT, stdout=log, stderr=log)
            try:
                url = f"http://127.0.0.1:{port}"
                wait_for(url, server)
                yield House(url, people, password, workbook)
            finally:
                server.terminate()
                server.wait(30)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Until it answers; raises where it ends instead."""
    for _ in range(START_SECONDS * 4):
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}")
        try:
            urllib.request.urlopen(f"{url}/app/", timeout=2)
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
        else:
            return
    raise SystemExit("the server did not answer")


class Photographer:
    """Opens screens as the people of the demo and keeps what they look like."""

    def __init__(self, browser: Browser, house: House, language: str) -> None:
        self.browser, self.house, self.language = browser, house, language
        self.rooms: dict[tuple[str, bool], BrowserContext] = {}
        self.folder = OUT / language
        self.folder.mkdir(parents=True, exist_ok=True)

    def room(self, who: str, size: str) -> BrowserContext:
        """A browser in which somebody is signed in; nobody at all where the name is empty."""
        is_phone = size == PHONE
        if (who, is_phone) not in self.rooms:
            context = self.browser.new_context(
                viewport=SIZES[size], locale=self.language, timezone_id="Asia/Shanghai", reduced_motion="reduce",
                device_scale_factor=1.5 if is_phone else 1, is_mobile=is_phone, has_touch=is_phone,
                bypass_csp=True,
            )  # fmt: skip
            context.set_default_timeout(30_000)
            if who:
                told = {"email": self.house.people[who], "password": self.house.password}
                answer = context.request.post(
                    f"{self.house.url}/api/identity/sign-in", data=told, headers={"X-Trunnion-Door": "web"}
                )
                if not answer.ok:
                    raise SystemExit(f"{who}: {answer.text()}")
            self.rooms[who, is_phone] = context
        return self.rooms[who, is_phone]

    def take(self, shot: Shot) -> int:
        """One picture; answers its size in bytes."""
        context = self.room(shot.who, shot.size)
        page = context.new_page()
        page.goto(self.house.url + shot.address(self.read(context)))
        self.settle(page)
        if shot.act is not None:
            shot.act(page, self.house)
            self.settle(page)
        path = self.folder / f"{shot.name}.webp"
        keep(page.screenshot(), path)
        page.close()
        return path.stat().st_size

    def read(self, context: BrowserContext) -> Any:
        """How a shot finds the record that it shows."""
        return lambda path: context.request.get(f"{self.house.url}/api/{path}").json()

    def settle(self, page: Page) -> None:
        """Until nothing loads and nothing moves."""
        page.wait_for_load_state("load")
        page.wait_for_function(AT_REST)
        page.wait_for_timeout(900)


def keep(png: bytes, path: Path) -> None:
    """A small file of a picture."""
    Image.open(io.BytesIO(png)).convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)


def main() -> int:
    """Take all pictures, or those that are named; prints what they weigh."""
    wanted = set(sys.argv[1:])
    unknown = wanted - {shot.name for shot in SHOTS}
    if unknown:
        print(f"no such picture: {', '.join(sorted(unknown))}")
        return 1
    shots = [shot for shot in SHOTS if not wanted or shot.name in wanted]
    program = os.environ.get("TRUNNION_BROWSER", "/usr/bin/chromium")
    total, failed = 0, []
    with house() as open_house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for language in LANGUAGES:
            photographer = Photographer(browser, open_house, language)
            for shot in shots:
                try:
                    weight = photographer.take(shot)
                except (BrowserError, KeyError) as error:
                    failed.append(f"{language}/{shot.name}: {str(error).splitlines()[0]}")
                    continue
                total += weight
                print(f"{language}/{shot.name}.webp  {weight // 1000} kB", flush=True)
        browser.close()
    print(f"{len(shots) * len(LANGUAGES) - len(failed)} pictures, {total / 1e6:.1f} MB", *failed, sep="\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
