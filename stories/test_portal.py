"""The customer's side in a browser: a guest on a bad line with a photo and a film, and somebody with a sign-in."""

import base64
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from stories.building import paint
from stories.clicks import DESK, PATIENCE, PHONE, Cast, Person, cast, draw
from stories.conftest import Running
from stories.phone import Desk
from trunnion.attach.tests.films import mp4

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])
PASSWORD = "correct horse staple"
# What is usually meant by a throttled 4G line: 150 ms, 1.6 Mbit/s down, 750 kbit/s up.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
FAST = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
CUT = {**SLOW, "offline": True}
LINE_IS_CUT = ("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED", "ERR_FAILED", "ERR_NETWORK_IO_SUSPENDED")
SAID = {
    "en": {
        "site": "North plant", "other_site": "South plant", "machine": "Mixer M-101", "other": "Mixer M-202",
        "customer": "Harbour Foods", "engineer": "Li Wei", "user": "Zhao Min", "colleague": "Wu Ting",
        "fault": "Drips below the gearbox", "remedy": "Shaft seal replaced, test run 20 min",
        "found": "Oil on the floor",
    },
    "zh-CN": {
        "site": "北厂区", "other_site": "南厂区", "machine": "搅拌机 M-101", "other": "搅拌机 M-202",
        "customer": "滨海食品", "engineer": "李伟", "user": "赵敏", "colleague": "吴婷",
        "fault": "减速箱下方漏油", "remedy": "已更换轴封，试运行 20 分钟", "found": "地面有油迹",
    },
}  # fmt: skip
# A real film of a second, as a browser records it.
RECORD = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 })
  const pen = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: 'video/webm' })
  const parts = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const done = new Promise((resolve) => { recorder.onstop = resolve })
  recorder.start()
  for (let i = 0; i < 12; i += 1) {
    pen.fillStyle = `hsl(${i * 25} 60% 50%)`
    pen.fillRect(0, 0, 160, 120)
    await new Promise((resolve) => setTimeout(resolve, 70))
  }
  recorder.stop()
  await done
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}"""


class Plant:
    """A customer with two sites, a labelled machine at each, and an engineer who comes."""

    def __init__(self, desk: Desk, language: str) -> None:
        self.desk, said = desk, SAID[language]
        self.customer = desk.do("parties/parties/create", name=said["customer"], roles=["customer"])["id"]
        self.sites = [
            desk.do("assets/locations/create", name=said[name], kind="site")["id"]
            for name in ("site", "other_site")
        ]
        self.machines = [
            desk.do(
                "assets/assets/create", name=said[name], location_id=site, user_party_id=self.customer,
                warranty_from_on="2026-01-01", warranty_until_on="2031-01-01", serial=f"S-{name}",
            )["id"]
            for name, site in zip(("machine", "other"), self.sites, strict=True)
        ]  # fmt: skip
        self.label = desk.do("assets/qr/issue", asset_id=self.machines[0])["token"]
        self.resource = desk.do("workforce/labour_resources/create", name=said["engineer"])["id"]

    def order(self) -> dict[str, Any]:
        """The newest order."""
        found: dict[str, Any] = self.desk.get("work/orders?sort=-number&limit=1")["rows"][0]
        return found

    def do(self, order: str, verb: str, **more: object) -> None:
        """A step of the house."""
        self.desk.do(f"work/orders/{order}/{verb}", **more)

    def user(self, name: str, email: str, language: str, *sites: str) -> None:
        """Somebody of the customer with a sign-in; with sites only for those."""
        scopes = [{"by": "customer", "target_id": self.customer}]
        scopes += [{"by": "location", "target_id": site} for site in sites]
        self.desk.do(
            "identity/members/create", name=name, email=email, password=PASSWORD, roles=["customer_user"],
            language=language, scopes=scopes,
        )  # fmt: skip


def plant_of(people: Cast, running: Running, language: str) -> Plant:
    """A plant of its own, made by the API."""
    desk = Desk(people.playwright, running.url, running.email, running.password, language)
    return Plant(desk, language)


@BOTH
def test_a_guest_reports_on_a_bad_line(running: Running, tmp_path: Path, language: str) -> None:
    """A photo and a film over throttled 4G: reported within 30 s, cut in the middle, and both files arrive once."""
    with cast(language, tmp_path) as people:
        plant, said = plant_of(people, running, language), SAID[language]
        guest = people.person("guest", PHONE)
        line = guest.page.context.new_cdp_session(guest.page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)
        began = time.monotonic()
        guest.visits(f"{running.url}/q/{plant.label}")
        pickers = guest.page.locator("input[type=file]")
        pickers.nth(0).set_input_files(paint(tmp_path / "fault.jpg", is_mended=False))
        film = tmp_path / "film.mp4"
        film.write_bytes(mp4(30, filling=900_000))
        pickers.nth(1).set_input_files(film)
        guest.page.locator(".chip").first.click()
        guest.page.get_by_text(guest.say("portal.stopped_yes")).click()
        expect(guest.page.locator(".drop-item")).to_have_count(2, timeout=PATIENCE)
        guest.looks("report", full=True)
        guest.press("portal.send")
        guest.reads_key("portal.sent")
        took = time.monotonic() - began
        print(f"\nreported over throttled 4G after {took:.1f} s")
        assert took < 30
        guest.looks("sent")
        _cut_and_go_on(guest, line)
        guest.page.get_by_role("link", name=guest.say("portal.follow_progress")).click()
        # The page is another one: what it had begun goes on by itself.
        expect(guest.page.locator("video.film")).to_have_count(1, timeout=PATIENCE * 2)
        expect(guest.page.locator(".photos img")).to_have_count(1, timeout=PATIENCE)
        order = plant.desk.order(plant.order()["id"])
        assert sorted(one["media_type"] for one in order["files"]) == ["image/jpeg", "video/mp4"]
        assert len(plant.desk.get("service/requests")["rows"]) == 1
        _follow(plant, guest, order["id"], said)
        _say_with_a_film(guest, tmp_path, said)
        _confirm_and_judge(plant, guest, order["id"], said)
        people.faults[:] = [
            fault for fault in people.faults if not any(name in fault for name in LINE_IS_CUT)
        ]


def _cut_and_go_on(guest: Person, line: Any) -> None:
    """The line is cut while the film goes up; when it is back, nothing has to be pressed."""
    _until(guest, lambda: 0 < _share(guest) < 1)
    line.send("Network.emulateNetworkConditions", CUT)
    guest.page.wait_for_timeout(1_500)
    before = _share(guest)
    assert before < 1
    line.send("Network.emulateNetworkConditions", SLOW)
    _until(guest, lambda: _share(guest) > before)
    line.send("Network.emulateNetworkConditions", FAST)


def _share(guest: Person) -> float:
    """How much of the film has gone up; all of it where nothing is going up any more."""
    told = guest.page.locator(".under-way progress")
    return float(told.first.get_attribute("value") or 0) if told.count() else 1.0


def _until(person: Person, is_so: Callable[[], bool]) -> None:
    """Waits for something to be seen; pages allow no other way to ask them again and again."""
    for _ in range(PATIENCE // 50):
        if is_so():
            return
        person.page.wait_for_timeout(100)
    raise AssertionError("it was never seen")


def _follow(plant: Plant, guest: Person, order: str, said: dict[str, str]) -> None:
    """What the engineer taps is on the page without a reload."""
    plant.do(order, "dispatch", resource_id=plant.resource)
    waits = []
    for verb, key in (("accept", None), ("depart", "departed"), ("arrive", "arrived"), ("start", "working")):
        plant.do(order, verb)
        began = time.monotonic()
        if key:
            expect(guest.page.locator("h1")).to_have_text(guest.say(f"progress.step.{key}"), timeout=PATIENCE)
            waits.append(time.monotonic() - began)
    print(f"seen after {', '.join(f'{wait:.1f}' for wait in waits)} s")
    plant.desk.do("attach/comments/add", kind="work.order", row_id=order, text=said["fault"])
    guest.reads(said["fault"])
    guest.looks("follow", full=True)


def _say_with_a_film(guest: Person, folder: Path, said: dict[str, str]) -> None:
    """A message with a film that the browser can look at: it is shown by a picture of its own."""
    film = folder / "found.webm"
    film.write_bytes(base64.b64decode(guest.page.evaluate(RECORD)))
    guest.page.locator(".pick[data-small=true] input[type=file]").nth(1).set_input_files(film)
    guest.page.get_by_role("textbox", name=guest.say("portal.message")).fill(said["found"])
    expect(guest.page.locator(".drop-item img")).to_have_count(1, timeout=PATIENCE)
    guest.press("portal.message")
    guest.reads(said["found"])
    films = guest.page.locator("video.film")
    expect(films).to_have_count(2, timeout=PATIENCE)
    expect(guest.page.locator("video.film[poster]")).to_have_count(1, timeout=PATIENCE)
    own = guest.page.locator("video.film[poster]")
    own.evaluate("film => { film.preload = 'auto'; film.load() }")
    _until(guest, lambda: own.evaluate("film => film.readyState") >= 2)


def _confirm_and_judge(plant: Plant, guest: Person, order: str, said: dict[str, str]) -> None:
    """Signed on glass, judged with two stars, which somebody at the desk must answer; then it comes back."""
    plant.do(order, "complete", remedy=said["remedy"])
    guest.reads_key("portal.confirm_title")
    guest.page.locator("#who").fill(said["user"])
    draw(guest, guest.page.locator(".signature-canvas"))
    guest.looks("confirm", full=True)
    guest.press("portal.confirm")
    guest.reads_key("portal.rate_title")
    guest.page.get_by_role("radio").nth(1).click()
    guest.press("portal.chip.late")
    guest.looks()
    guest.press("portal.rate")
    guest.reads_key("portal.rated")
    rows = plant.desk.get("service/requests")["rows"]
    assert ("complaint", "new") in {(row["kind"], row["state"]) for row in rows}
    guest.press("portal.reopen_open")
    guest.page.locator("#ask-reopen").fill(said["fault"])
    guest.press("portal.reopen")
    expect(guest.page.locator("h1")).not_to_have_text(guest.say("progress.step.confirmed"), timeout=PATIENCE)
    assert plant.desk.order(order)["remedy"] == said["remedy"]


@BOTH
def test_a_customer_signs_in(running: Running, tmp_path: Path, language: str) -> None:
    """One's machines, a report without a code, a colleague invited; another site's machine is not there."""
    said = SAID[language]
    with cast(language, tmp_path) as people:
        plant = plant_of(people, running, language)
        plant.user(said["user"], "zhao@example.com", language)
        plant.user(said["colleague"], "wu@example.com", language, plant.sites[1])
        user = people.person("user", DESK)
        enter(user, running.url, "zhao@example.com")
        user.reads(said["customer"])
        user.reads(said["other"])
        user.looks("portal-home")
        user.page.locator(".chip", has_text=said["site"]).click()
        expect(user.page.locator("a.row", has_text=said["other"])).to_have_count(0)
        user.page.locator("a.row", has_text=said["machine"]).click()
        user.reads(re.compile("2031"))
        user.looks("portal-asset", full=True)
        user.press("portal.own.report")
        user.page.locator(".chip").first.click()
        user.fill("portal.what_is_wrong", said["fault"])
        user.page.locator("input[type=file]").nth(2).set_input_files(
            paint(tmp_path / "own.jpg", is_mended=False)
        )
        user.press("portal.send")
        user.reads_key("portal.sent")
        user.page.get_by_role("link", name=user.say("portal.follow_progress")).click()
        user.reads_key("progress.step.received")
        expect(user.page.locator(".photos img")).to_have_count(1, timeout=PATIENCE)
        user.looks("portal-request", full=True)
        user.visits(f"{running.url}/portal/requests")
        user.reads(said["machine"])
        user.looks()
        invite(people, user, running.url, said)
        look_from_another_site(people, plant, running.url, said)


def look_from_another_site(people: Cast, plant: Plant, url: str, said: dict[str, str]) -> None:
    """Somebody of the other site sees that one only, whatever address they open."""
    other = people.person("colleague", PHONE)
    enter(other, url, "wu@example.com")
    other.reads(said["other"])
    expect(other.page.locator("a.row", has_text=said["machine"])).to_have_count(0)
    other.looks("portal-phone", full=True)
    other.page.goto(f"{url}/portal/assets/{plant.machines[0]}")
    other.reads_key("kit.state.not_found")
    # A page that is left while a file goes up leaves its last piece to the next page, which may meet it.
    met = ("404", "/attach/uploads/")
    people.faults[:] = [fault for fault in people.faults if not any(name in fault for name in met)]


def enter(person: Person, url: str, email: str) -> None:
    """Signs in at the portal."""
    person.page.goto(f"{url}/portal/")
    person.page.locator("#email").fill(email)
    person.page.locator("#password").fill(PASSWORD)
    person.looks()
    person.press("portal.own.sign_in")
    person.reads_key("portal.own.home")


def invite(people: Cast, user: Person, url: str, said: dict[str, str]) -> None:
    """A colleague gets a link, and is in; the door is closed for them again."""
    user.visits(f"{url}/portal/colleagues")
    user.page.locator("#name").fill("Lin Hui")
    user.page.locator("#email").fill("lin@example.com")
    user.press("portal.own.invite")
    link = user.page.locator(".invited input")
    expect(link).to_be_visible(timeout=PATIENCE)
    user.looks("portal-colleagues")
    joining = people.person("invited", PHONE)
    joining.page.goto(str(link.input_value()))
    joining.page.locator("#password").fill(PASSWORD)
    joining.looks()
    joining.press("portal.own.join")
    joining.reads(said["customer"])
    user.page.reload()
    row = user.page.locator(".row", has_text="lin@example.com")
    row.get_by_role("button", name=user.say("portal.own.close_out")).click()
    row.get_by_role("button", name=user.say("portal.own.really")).click()
    user.reads_key("portal.own.closed_out")
    joining.page.reload()
    joining.reads_key("portal.own.sign_in_title")
    people.faults[:] = [fault for fault in people.faults if "401" not in fault]
