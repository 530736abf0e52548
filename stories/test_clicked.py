"""The story of a fault, clicked in a real browser in Chinese and in English: from a workbook to the machine's file."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from stories.building import paint, write_workbook
from stories.clicks import PATIENCE, PHONE, Cast, Person, cast, draw, sign_in
from stories.conftest import Running
from stories.scenery import fill_the_week

pytestmark = pytest.mark.browser
PASSWORD = "correct horse staple"
SAID = {
    "en": {
        "engineer": "Li Wei",
        "guest": "Chen Yu",
        "fault": "Loud grinding noise, water on the floor",
        "remark": "Ward sister has the key",
        "remedy": "Bearing and shaft seal replaced, pump aligned, test run 20 min",
        "thanks": "Quick and clean",
        "reply": "We are on our way, please keep the door clear.",
    },
    "zh-CN": {
        "engineer": "李伟",
        "guest": "陈宇",
        "fault": "异响很大，地面有积水",
        "remark": "护士长保管钥匙",
        "remedy": "已更换轴承和机械密封，对中校正，试运行 20 分钟",
        "thanks": "上门快，现场干净",
        "reply": "工程师马上出发，请保持通道畅通。",
    },
}


@dataclass
class Scene:
    """What the steps of the story hand on."""

    running: Running
    people: Cast
    folder: Path
    language: str
    machine: str = ""
    scan: str = ""
    follow: str = ""
    order: str = ""

    def text(self, name: str) -> str:
        """What somebody says in this language."""
        return SAID[self.language][name]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_fault_is_reported_repaired_and_confirmed(running: Running, tmp_path: Path, language: str) -> None:
    """The whole loop, with every page looked at on the way."""
    with cast(language, tmp_path) as people:
        scene = Scene(running, people, tmp_path, language)
        desk = people.person("desk")
        sign_in(desk, running.url, running.email, running.password)
        hire_an_engineer(scene, desk)
        bring_the_building_in(scene, desk)
        print_the_code(scene, desk)
        guest = people.person("guest", PHONE)
        report_the_fault(scene, guest)
        send_somebody(scene, desk)
        engineer = people.person("engineer", PHONE)
        go_there(scene, engineer, guest)
        do_the_work(scene, engineer)
        confirm(scene, guest)
        close(scene, desk)
        read_the_file(scene, desk)
        if people.pictures:
            show_the_week(scene, desk)
        look_around(scene, engineer)


def hire_an_engineer(scene: Scene, desk: Person) -> None:
    """One form makes a login and somebody who can be given work."""
    desk.visits(f"{scene.running.url}/app/people")
    desk.press("people.new")
    desk.fill("field.identity.membership.name", scene.text("engineer"), desk.dialog)
    desk.fill("field.identity.membership.email", "liwei@example.com", desk.dialog)
    desk.dialog.locator("input[type=password]").fill(PASSWORD)
    desk.pick("field.identity.membership.roles", desk.say("role.engineer"))
    desk.dialog.get_by_text(desk.say("kit.yes"), exact=True).click()
    desk.fill("field.workforce.labour_resource.phone", "+86 138 0000 1200", desk.dialog)
    desk.fill("field.workforce.rate.amount", "120", desk.dialog)
    desk.looks("person")
    desk.submits("kit.save")
    desk.page.get_by_role("link", name=scene.text("engineer")).click()
    desk.reads_key("people.work")
    desk.reads(re.compile("120"))
    desk.looks()


def bring_the_building_in(scene: Scene, desk: Person) -> None:
    """A workbook is looked at first, then applied; its bad row is named."""
    path = scene.folder / "harbour.xlsx"
    scene.machine = write_workbook(path, scene.language)
    desk.visits(f"{scene.running.url}/app/import/cobie")
    desk.page.locator("input[type=file]").set_input_files(path)
    desk.reads_key("cobie.dry_title")
    desk.reads_key("cobie.bad_rows")
    desk.looks("import", full=True)
    desk.press("cobie.apply")
    desk.reads_key("cobie.done_title")
    desk.looks()


def print_the_code(scene: Scene, desk: Person) -> None:
    """The machine is found by a search, and gets its code."""
    desk.visits(f"{scene.running.url}/app/assets")
    desk.page.get_by_role("searchbox").fill("P-101")
    expect(desk.page.locator("td[data-lead]")).to_have_count(1, timeout=PATIENCE)
    desk.page.get_by_role("link", name=scene.machine).click()
    desk.reads_key("asset.qr")
    issue = desk.button("verb.assets.qr.issue")
    link = desk.page.get_by_role("link", name=desk.say("asset.qr_open"))
    expect(issue.or_(link).first).to_be_visible()
    if issue.is_visible():
        issue.click()
    expect(desk.page.locator("img.qr")).to_have_js_property("complete", True)
    assert desk.page.locator("img.qr").evaluate("image => image.naturalWidth") > 0
    scene.scan = scene.running.url + str(link.get_attribute("href"))
    desk.looks()


def report_the_fault(scene: Scene, guest: Person) -> None:
    """Scanned, photographed, said in a few words, without an account."""
    guest.visits(scene.scan)
    guest.reads(scene.machine)
    guest.page.locator("input[type=file]").first.set_input_files(
        paint(scene.folder / "fault.jpg", is_mended=False)
    )
    guest.fill("portal.what_is_wrong", scene.text("fault"))
    guest.page.get_by_text(guest.say("portal.stopped_yes")).click()
    guest.page.locator("details summary").click()
    guest.page.locator("#name").fill(scene.text("guest"))
    guest.page.locator("#phone").fill("13900001200")
    expect(guest.page.locator(".drop-item[data-state=done]")).to_have_count(1, timeout=PATIENCE)
    guest.looks("report", full=True)
    guest.press("portal.send")
    guest.reads_key("portal.sent")
    guest.looks("sent")
    guest.page.get_by_role("link", name=guest.say("portal.follow_progress")).click()
    guest.reads_key("progress.step.received")
    scene.follow = guest.page.url
    # A second scan shows that it is known already.
    guest.visits(scene.scan)
    guest.reads_key("portal.already_reported")
    guest.looks()
    guest.visits(scene.follow)


def send_somebody(scene: Scene, desk: Person) -> None:
    """Triage: the report stands in the inbox with its photo; the engineer is chosen; the reporter gets an answer."""
    desk.visits(f"{scene.running.url}/app/orders/inbox")
    report = desk.page.locator(".report").filter(has_text=scene.text("fault"))
    expect(report.locator("img")).to_have_count(1, timeout=PATIENCE)
    desk.looks("inbox")
    report.locator("h2 a").click()
    desk.reads_key("order.report")
    scene.order = desk.page.url
    desk.press("verb.work.order.dispatch")
    desk.pick("field.work.order.leading", scene.text("engineer"))
    desk.looks("dispatch")
    desk.submits("verb.work.order.dispatch")
    desk.reads_key("state.work.order.dispatched")
    desk.reads(scene.text("guest"))
    desk.fill("record.write_comment", scene.text("reply"))
    desk.page.get_by_text(desk.say("record.for_reporter")).click()
    desk.press("record.send")
    desk.reads(scene.text("reply"), desk.page.locator(".comments"))
    desk.looks()


def go_there(scene: Scene, engineer: Person, guest: Person) -> None:
    """On the phone: three taps, each of which the reporter sees by itself."""
    guest.reads_key("progress.step.assigned")
    guest.reads(scene.text("reply"))
    sign_in(engineer, scene.running.url, "liwei@example.com", PASSWORD)
    engineer.reads_key("home.next")
    expect(engineer.button("verb.work.order.accept")).to_be_visible(timeout=PATIENCE)
    engineer.looks("phone-home")
    engineer.press("verb.work.order.accept")
    engineer.reads_key("state.work.order.accepted")
    engineer.press("verb.work.order.depart")
    engineer.reads_key("state.work.order.travelling")
    expect(guest.page.locator(".headline h1")).to_have_text(
        guest.say("progress.step.departed"), timeout=PATIENCE
    )
    guest.looks("progress", full=True)
    engineer.page.locator(".next-job h2 a").click()
    engineer.press("verb.work.order.arrive")
    engineer.press("verb.work.order.start")
    engineer.reads_key("state.work.order.in_progress")
    engineer.looks("phone-order")


def do_the_work(scene: Scene, engineer: Person) -> None:
    """Wait for access, go on, and finish with codes, time and a photo."""
    expect(engineer.button("verb.work.order.complete")).to_be_enabled()
    wait = engineer.button("verb.work.order.wait")
    if not wait.is_visible():
        engineer.press("kit.more")
        wait = engineer.page.get_by_role("menuitem", name=engineer.say("verb.work.order.wait"))
    wait.click()
    engineer.pick("field.work.order.waiting_reason", engineer.say("choice.work.order.waiting_reason.access"))
    engineer.fill("field.work.order.remark", scene.text("remark"), engineer.dialog)
    engineer.submits("verb.work.order.wait")
    engineer.reads(scene.text("remark"))
    engineer.looks()
    engineer.press("verb.work.order.resume")
    engineer.press("verb.work.order.complete")
    engineer.fill("field.work.order.remedy", scene.text("remedy"), engineer.dialog)
    for name in ("mode", "mechanism", "cause"):
        engineer.pick(f"field.work.failure.{name}")
    engineer.fill("field.work.order.work_minutes", "45", engineer.dialog)
    engineer.fill("field.work.order.travel_minutes", "15", engineer.dialog)
    engineer.dialog.locator("input[type=file]").set_input_files(
        paint(scene.folder / "mended.jpg", is_mended=True)
    )
    expect(engineer.dialog.locator(".drop-item[data-state=done]")).to_have_count(1, timeout=PATIENCE)
    engineer.looks("phone-complete")
    engineer.submits("verb.work.order.complete")
    engineer.reads_key("state.work.order.completed")
    engineer.looks()


def confirm(scene: Scene, guest: Person) -> None:
    """The reporter signs on the glass, and says how it was."""
    guest.reads_key("portal.confirm_title")
    guest.fill("portal.your_name", scene.text("guest"))
    draw(guest, guest.page.locator("canvas"))
    guest.looks("confirm")
    guest.press("portal.confirm")
    guest.reads_key("portal.rate_title")
    guest.page.get_by_role("radio", name=guest.say("portal.stars", stars=5)).click()
    guest.page.locator("#rating").fill(scene.text("thanks"))
    guest.press("portal.rate")
    guest.reads_key("portal.rated")
    expect(guest.page.locator(".photos img")).to_have_count(2)
    guest.looks("confirmed", full=True)


def close(scene: Scene, desk: Person) -> None:
    """The desk closes, and the cost is frozen: 45 minutes of work and 15 of travel at 120 an hour."""
    desk.visits(scene.order)
    desk.press("verb.work.order.close")
    desk.submits("verb.work.order.close")
    desk.reads_key("state.work.order.closed")
    desk.reads(re.compile(r"120[.,]00"))
    desk.reads(scene.text("thanks"))
    expect(desk.page.locator(".signed img")).to_be_visible()
    for verb in ("report", "confirm", "rate"):
        assert desk.say(f"verb.service.request.{verb}")
    for verb in (
        "dispatch",
        "accept",
        "depart",
        "arrive",
        "start",
        "wait",
        "resume",
        "complete",
        "confirm",
        "close",
    ):
        desk.reads_key(f"verb.work.order.{verb}")
    desk.looks("order", full=True)


def read_the_file(scene: Scene, desk: Person) -> None:
    """The machine's file holds the order and the failure; the journal holds everything, and its chain is whole."""
    desk.page.get_by_role("link", name=scene.machine).first.click()
    desk.reads_key("asset.documents")
    desk.reads(re.compile(r"\b36 m3/h"))
    desk.reads(scene.text("fault").split("，")[0].split(",")[0])
    desk.reads(scene.text("remedy"))
    desk.looks("asset", full=True)
    desk.visits(f"{scene.running.url}/app/journal", "journal")
    desk.press("journal.verify")
    desk.reads(re.compile(desk.say("journal.holds", count="X").split("X")[0]))


def show_the_week(scene: Scene, desk: Person) -> None:
    """Pictures of lists want more than one line."""
    fill_the_week(desk, scene.running.url)
    desk.visits(f"{scene.running.url}/app/orders", "orders")
    desk.visits(f"{scene.running.url}/app/orders/board", "board")
    desk.page.keyboard.press("Control+k")
    desk.page.locator(".palette input").fill("AHU")
    expect(desk.page.get_by_role("option").first).to_be_visible(timeout=PATIENCE)
    desk.page.wait_for_timeout(1_000)
    desk.looks("palette")
    desk.page.keyboard.press("Escape")
    desk.visits(f"{scene.running.url}/app/", "home")
    desk.visits(f"{scene.running.url}/app/assets", "assets")


def look_around(scene: Scene, engineer: Person) -> None:
    """Every other page fits a phone as well."""
    for path in ("/", "/orders", "/assets", "/locations"):
        engineer.visits(
            f"{scene.running.url}/app{path}", f"phone{path.replace('/', '-')}" if path == "/orders" else ""
        )
    owner = scene.people.person("owner on a phone", PHONE)
    sign_in(owner, scene.running.url, scene.running.email, scene.running.password)
    for path in ("/", "/orders/inbox", "/orders/new", "/people", "/journal", "/import/cobie"):
        owner.visits(f"{scene.running.url}/app{path}")
    owner.visits(scene.order)
