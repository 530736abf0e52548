"""The engineer's day on a phone, in Chinese and in English: with a line, without one, and with a browser that dies."""

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from stories.building import paint
from stories.clicks import PATIENCE, draw
from stories.conftest import Running
from stories.phone import PASSWORD, Desk, Phone, phone_of

pytestmark = pytest.mark.browser
EMAIL = "liwei@example.com"
SAID = {
    "en": {
        "engineer": "Li Wei", "machine": "Heating pump P-101", "other": "Air handling unit AHU-03",
        "fault": "Loud grinding noise, water on the floor", "second": "Filter change F7",
        "checks": ["Power switched off and locked", "Coupling without play", "No leak after 20 min"],
        "talk": "Spare seal is in cabinet 4.", "remedy": "Bearing and shaft seal replaced, test run 20 min",
        "signer": "Chen Yu", "found": "Oil under the second pump", "cancelled": "Reported twice",
        "check_note": "Drips slightly",
    },
    "zh-CN": {
        "engineer": "李伟", "machine": "供热循环泵 P-101", "other": "空调机组 AHU-03",
        "fault": "异响很大，地面有积水", "second": "更换 F7 过滤网",
        "checks": ["已断电并上锁", "联轴器无松动", "试机 20 分钟无渗漏"],
        "talk": "备用机封在 4 号柜。", "remedy": "已更换轴承和机械密封，试运行 20 分钟",
        "signer": "陈宇", "found": "二号泵下方有油迹", "cancelled": "重复报修",
        "check_note": "仍有轻微渗漏",
    },
}  # fmt: skip
BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])


@dataclass
class Scene:
    """What the steps of a story hand on."""

    desk: Desk
    phone: Phone
    folder: Path
    language: str
    resource: str
    machine: str
    other: str
    order: str = ""

    def text(self, name: str) -> str:
        """What somebody says in this language."""
        return str(SAID[self.language][name])


def settle(phone: Phone, playwright: Playwright, folder: Path, language: str) -> Scene:
    """The desk has an engineer, two machines, and one order for the first of them."""
    running, said = phone.running, SAID[language]
    desk = Desk(playwright, running.url, running.email, running.password, language)
    member = desk.do(
        "identity/members/create", name=said["engineer"], email=EMAIL, password=PASSWORD,
        roles=["engineer"], language=language,
    )  # fmt: skip
    user_id = desk.get(f"identity/members/{member['id']}")["user_id"]
    resource = desk.do("workforce/labour_resources/create", name=said["engineer"], user_id=user_id)["id"]
    site = desk.do(
        "assets/locations/create", name="Harbour" if language == "en" else "滨海医院", kind="site"
    )["id"]
    room = desk.do(
        "assets/locations/create",
        name="Pump room" if language == "en" else "水泵房",
        kind="space",
        parent_id=site,
    )["id"]
    machines = [
        desk.do("assets/assets/create", name=said[name], serial=serial, location_id=room)["id"]
        for name, serial in (("machine", "N-2201"), ("other", "K-4007"))
    ]
    for machine in machines:
        desk.do("assets/qr/issue", asset_id=machine)
    scene = Scene(desk, phone, folder, language, resource, *machines)
    scene.order = send(scene, str(said["fault"]), machines[0], priority="high", tasks=said["checks"])
    return scene


def send(scene: Scene, title: str, machine: str, **more: object) -> str:
    """An order that the engineer is told to go to."""
    order = scene.desk.do("work/orders/create", title=title, asset_id=machine, **more)["id"]
    scene.desk.do(f"work/orders/{order}/dispatch", resource_id=scene.resource)
    return str(order)


@BOTH
def test_a_simple_job_takes_five_taps(running: Running, tmp_path: Path, language: str) -> None:
    """From the door of the plant room to done: five taps, twenty seconds."""
    with phone_of(running, language, tmp_path) as (phone, playwright):
        scene = settle(phone, playwright, tmp_path, language)
        send(scene, scene.text("second"), scene.other, priority="low")
        phone.sign_in(EMAIL)
        phone.person.looks("field-today")
        phone.step("accept")
        phone.step("depart")
        began = time.monotonic()
        for verb in ("arrive", "start", "complete"):
            phone.step(verb)
        phone.sheet.locator(".chip").first.click()
        phone.person.looks("field-complete")
        phone.sheet.locator(".button.big").click()
        expect(phone.sheet).to_have_count(0)
        assert time.monotonic() - began < 20
        phone.all_sent()
        assert scene.desk.order(scene.order)["state"] == "completed"


@BOTH
def test_a_whole_job_without_a_line(running: Running, tmp_path: Path, language: str) -> None:
    """Airplane mode from opening to signing, a reload, a killed browser; then one sync, and nothing twice."""
    with phone_of(running, language, tmp_path) as (phone, playwright):
        scene = settle(phone, playwright, tmp_path, language)
        phone.sign_in(EMAIL)
        phone.cut()
        go_there(scene)
        take_photos(scene, 2, "before")
        phone.step("start")
        # What is shown as done is kept: from here on nothing may lose it.
        phone.is_in("in_progress")
        phone.person.page.reload()
        phone.is_in("in_progress")
        answer_checks(scene)
        code_the_failure(scene)
        take_photos(scene, 4, "after")
        say_something(scene)
        phone.kill()
        phone.open(offline=True)
        phone.person.page.goto(f"{running.url}/field/#/order/{scene.order}")
        expect(phone.person.page.locator(".picture img")).to_have_count(6, timeout=PATIENCE)
        finish_and_sign(scene)
        phone.person.page.locator(".sync").click()
        phone.person.looks("field-waiting")
        assert scene.desk.order(scene.order)["state"] == "dispatched"
        phone.restore()
        phone.all_sent()
        check_once(scene)


def go_there(scene: Scene) -> None:
    """Opened from the list; accepted, departed, arrived."""
    page = scene.phone.person.page
    page.locator(".next-open").click()
    expect(page.locator(".check")).to_have_count(3)
    scene.phone.person.looks("field-order")
    for verb in ("accept", "depart", "arrive"):
        scene.phone.step(verb)
    expect(page.locator(".sync[data-face=waiting]")).to_be_visible()


def take_photos(scene: Scene, count: int, role: str) -> None:
    """One by one, as a phone does it; the first is drawn upon, and the drawn one is a photo of its own."""
    phone = scene.phone
    page = phone.person.page
    shown = page.locator(".picture img").count()
    taken = 1 if role == "after" else 0
    if role == "after":
        page.locator(".card input[type=file]").set_input_files(
            paint(scene.folder / "one.jpg", is_mended=True)
        )
        paper = phone.sheet.locator("canvas")
        expect(paper).to_be_visible()
        page.wait_for_timeout(300)
        draw(phone.person, paper)
        phone.person.looks("field-mark-up")
        phone.person.press("job.mark.keep", phone.sheet)
        expect(page.locator(".picture img")).to_have_count(shown + 2)
        taken = 2
    rest = [paint(scene.folder / f"{role}-{n}.jpg", is_mended=role == "after") for n in range(count - taken)]
    page.locator(".card input[type=file]").set_input_files(rest)
    expect(page.locator(".picture img")).to_have_count(shown + count, timeout=PATIENCE)


def answer_checks(scene: Scene) -> None:
    """Two are right, one is worth a word."""
    page = scene.phone.person.page
    for number, result in enumerate(("pass", "pass", "flag")):
        check = page.locator(".check").nth(number)
        check.locator(f"[data-result={result}]").click()
        expect(check.locator(f"[data-result={result}]")).to_have_attribute("aria-checked", "true")
    note = page.locator(".check").nth(2).locator("input")
    note.fill(scene.text("check_note"))
    note.blur()
    begin = scene.phone.person.button("verb.work.labour.begin")
    begin.click()
    expect(scene.phone.person.button("verb.work.labour.finish")).to_be_visible()


def code_the_failure(scene: Scene) -> None:
    """Three taps, one of them an honest unknown."""
    person = scene.phone.person
    person.press("job.failure_three")
    for number in (1, 2, 3):
        expect(scene.phone.sheet.locator("h2")).to_contain_text(f"{number}/3")
        if number == 2:
            person.looks("field-failure")
        scene.phone.sheet.locator(".code").nth(0 if number == 3 else 1).click()
    expect(scene.phone.sheet).to_have_count(0)


def say_something(scene: Scene) -> None:
    """To colleagues, by voice and in words."""
    person = scene.phone.person
    person.press("job.voice_start")
    person.page.wait_for_timeout(1_200)
    person.press("job.voice_stop")
    expect(person.page.locator(".said")).to_have_count(2)
    person.fill("job.message", scene.text("talk"))
    person.press("job.send")
    person.reads(scene.text("talk"))
    person.looks("field-order-work")


def finish_and_sign(scene: Scene) -> None:
    """What was done, in words; the customer signs on the glass."""
    phone = scene.phone
    phone.is_in("in_progress")
    phone.step("complete")
    phone.sheet.locator("#remedy").fill(scene.text("remedy"))
    phone.sheet.locator(".button.big").click()
    phone.is_in("completed")
    phone.step("confirm")
    phone.sheet.locator("#signer").fill(scene.text("signer"))
    draw(phone.person, phone.sheet.locator("canvas"))
    phone.person.looks("field-sign")
    phone.sheet.locator(".button.big").click()
    phone.is_in("confirmed")


def check_once(scene: Scene) -> None:
    """The server has everything, each thing once, in the order in which it was done."""
    order = scene.desk.order(scene.order)
    assert order["state"] == "confirmed"
    assert Counter(file["role"] for file in order["files"]) == {
        "before": 2, "after": 4, "signature": 1, "document": 1,
    }  # fmt: skip
    assert any(file["media_type"] in ("video/webm", "audio/ogg") for file in order["files"])
    assert [one["text"] for one in order["comments"]][1:] == [scene.text("talk")]
    assert [task["result"] for task in order["tasks"]] == ["pass", "pass", "flag"]
    assert order["tasks"][2]["note"] == scene.text("check_note")
    assert len(order["failures"]) == len(order["signatures"]) == len(order["confirmations"]) == 1
    assert order["remedy"] == scene.text("remedy")
    assert len(order["labour"]) == 1
    steps = [verb for verb in scene.desk.verbs(scene.order) if verb.startswith("work.order.")]
    done = ["accept", "depart", "arrive", "start", "complete", "confirm"]
    assert steps[-6:] == [f"work.order.{verb}" for verb in done]


@BOTH
def test_the_desk_cancelled_meanwhile(running: Running, tmp_path: Path, language: str) -> None:
    """What was done for an order that is no more is shown beside what became of it, and somebody decides."""
    with phone_of(running, language, tmp_path) as (phone, playwright):
        scene = settle(phone, playwright, tmp_path, language)
        phone.sign_in(EMAIL)
        phone.cut()
        phone.step("accept")
        phone.step("depart")
        phone.expected = (409,)
        scene.desk.do(f"work/orders/{scene.order}/cancel", reason=scene.text("cancelled"))
        phone.restore()
        person = phone.person
        expect(person.page.locator(".sync[data-face=blocked]")).to_be_visible(timeout=PATIENCE)
        person.page.locator(".sync").click()
        person.reads_key("phone.decide")
        person.reads_key("state.work.order.cancelled")
        person.looks("field-conflict")
        person.page.get_by_role("button", name=person.say("phone.leave_all", count=2)).click()
        phone.all_sent()
        person.reads_key("phone.aside")
        person.looks("field-aside")
        assert scene.desk.order(scene.order)["state"] == "cancelled"
        assert not {"work.order.accept", "work.order.depart"} & set(scene.desk.verbs(scene.order))


def test_a_check_that_two_people_answered(running: Running, tmp_path: Path) -> None:
    """Both answers stand side by side; one's own goes only when one says so."""
    with phone_of(running, "en", tmp_path) as (phone, playwright):
        scene = settle(phone, playwright, tmp_path, "en")
        phone.sign_in(EMAIL)
        phone.person.page.locator(".next-open").click()
        phone.cut()
        phone.person.page.locator(".check").first.locator("[data-result=pass]").click()
        phone.expected = (412,)
        task = scene.desk.order(scene.order)["tasks"][0]["id"]
        scene.desk.do(f"work/tasks/{task}/answer", result="fail", note="Still live")
        phone.restore()
        expect(phone.person.page.locator(".sync[data-face=blocked]")).to_be_visible(timeout=PATIENCE)
        phone.person.page.locator(".sync").click()
        expect(phone.person.page.locator(".sides")).to_contain_text("Still live")
        phone.person.looks("field-clash")
        assert scene.desk.order(scene.order)["tasks"][0]["result"] == "fail"
        phone.person.press("phone.keep_mine")
        phone.all_sent()
        assert scene.desk.order(scene.order)["tasks"][0]["result"] == "pass"


@BOTH
def test_a_new_order_without_a_line(running: Running, tmp_path: Path, language: str) -> None:
    """The wrong machine is noticed, a fault is seen beside it, reported and begun: one order at the server."""
    with phone_of(running, language, tmp_path) as (phone, playwright):
        scene = settle(phone, playwright, tmp_path, language)
        other = send(scene, scene.text("second"), scene.other)
        phone.sign_in(EMAIL)
        person, page = phone.person, phone.person.page
        label = scene.folder / "label.png"
        label.write_bytes(scene.desk.asks.get(f"{running.url}/api/assets/assets/{scene.other}/qr.png").body())
        phone.cut()
        page.goto(f"{running.url}/field/#/scan/{scene.order}")
        person.looks("field-scan")
        page.locator("input[type=file]").set_input_files(label)
        person.reads_key("job.scan_other", name=scene.text("other"), asset=scene.text("machine"))
        person.looks("field-wrong-asset")
        page.get_by_role("button", name=person.say("job.scan_switch", name=scene.text("other"))).click()
        person.reads_key("job.scan_sure", name=scene.text("other"), asset=scene.text("machine"))
        person.press("kit.cancel")
        page.get_by_role("button", name=person.say("job.scan_open", name=scene.text("other"))).click()
        person.reads(scene.text("second"))
        person.looks("field-asset")
        page.get_by_role("link", name=person.say("job.new_here")).click()
        page.locator("#wrong").fill(scene.text("found"))
        page.locator("input[type=file]").set_input_files(paint(scene.folder / "oil.jpg", is_mended=False))
        expect(page.locator("label .count")).to_have_text("1")
        person.looks("field-new")
        person.press("job.report_and_start")
        phone.is_in("in_progress")
        phone.restore()
        phone.all_sent()
        person.reads(scene.text("found"))
        page.goto(f"{running.url}/field/#/me")
        person.looks("field-me")
        rows = scene.desk.get("work/orders?limit=50&columns=id,title,state")["rows"]
        mine = [row for row in rows if row["title"] == scene.text("found")]
        assert [row["state"] for row in mine] == ["in_progress"]
        assert len(scene.desk.order(mine[0]["id"])["files"]) == 1
        assert other


def test_a_session_that_was_ended(running: Running, tmp_path: Path) -> None:
    """Somebody is let go: at the next word with the server nothing of theirs stays on the phone."""
    with phone_of(running, "zh-CN", tmp_path) as (phone, playwright):
        scene = settle(phone, playwright, tmp_path, "zh-CN")
        phone.sign_in(EMAIL)
        phone.expected = (401,)
        members = scene.desk.get("identity/members?limit=50&columns=id,email")["rows"]
        member = next(row["id"] for row in members if row["email"] == EMAIL)
        scene.desk.do(f"identity/members/{member}/deactivate")
        phone.person.page.locator(".sync").click()
        phone.person.press("phone.send_now")
        expect(phone.person.page.locator("#password")).to_be_visible(timeout=PATIENCE)
        names = "indexedDB.databases().then((all) => all.map((one) => one.name))"
        phone.person.page.wait_for_function(f"async () => (await {names}).length === 0")
        assert "trunnion_field_share" not in phone.person.page.evaluate("document.cookie")


def test_an_address_without_https(running: Running, tmp_path: Path) -> None:
    """On plain HTTP the app says what it cannot do, and does the rest."""
    with phone_of(running, "zh-CN", tmp_path) as (phone, playwright):
        scene = settle(phone, playwright, tmp_path, "zh-CN")
        phone.moves_to("trunnion.test")
        phone.sign_in(EMAIL)
        phone.person.reads_key("phone.not_durable")
        phone.step("accept")
        phone.all_sent()
        assert scene.desk.order(scene.order)["state"] == "accepted"
        phone.person.page.goto(f"{phone.url}/field/#/scan")
        phone.person.reads_key("job.scan_insecure")
        phone.person.looks("field-plain-http")
        phone.person.page.locator("#typed").fill("K-4007")
        phone.person.page.locator("#typed").press("Enter")
        phone.person.reads(scene.text("other"))
