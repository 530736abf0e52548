"""A job whose checks ask for values: measured, found wanting in one point, signed by link, kept on paper."""

import io
import re
import uuid
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from stories.building import paint
from stories.clicks import PATIENCE, Person, draw
from stories.conftest import Running
from stories.phone import Desk, Phone, phone_of
from stories.test_field import BOTH, EMAIL, Scene, settle

pytestmark = pytest.mark.browser
GATE = {"lat": "39.907784", "lon": "116.391211"}
SAID: dict[str, dict[str, Any]] = {
    "en": {
        "site": "Harbour Hospital, west wing", "machine": "Feed pump P-7", "fault": "Runs hot",
        "warm": "Bearing temperature", "oil": "Oil", "oils": ["clear", "dark"], "filter": "Filter code",
        "view": "Bearing seen from above", "why": "Still warmer than last year", "remedy": "Bearing greased",
        "signer": "Chen Yu", "far": "Van broke down", "free": "Lamp flickers",
    },
    "zh-CN": {
        "site": "滨海医院西楼", "machine": "给水泵 P-7", "fault": "轴承发烫",
        "warm": "轴承温度", "oil": "油质", "oils": ["清澈", "发黑"], "filter": "滤芯编码",
        "view": "轴承俯视照片", "why": "温度仍高于去年", "remedy": "轴承已加注润滑脂",
        "signer": "陈宇", "far": "车辆故障", "free": "照明灯闪烁",
    },
}  # fmt: skip


def reported(scene: Scene) -> tuple[str, str]:
    """A guest reports by the label of a machine whose place has coordinates; the engineer is sent. Order and token."""
    desk, said = scene.desk, SAID[scene.language]
    site = desk.do("assets/locations/create", name=said["site"], kind="site", **GATE)["id"]
    machine = desk.do("assets/assets/create", name=said["machine"], location_id=site)["id"]
    label = desk.do("assets/qr/issue", asset_id=machine)["token"]
    answer = desk.asks.post(
        f"{desk.url}/api/service/scan/{label}/report", data={"text": said["fault"]},
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )  # fmt: skip
    assert answer.ok, answer.text()
    order = str(desk.get("work/orders?sort=-number&limit=1")["rows"][0]["id"])
    for title, asked in (
        (said["warm"], {"asks": "number", "unit": "°C", "low": "10", "high": "80"}),
        (said["oil"], {"asks": "choice", "choices": said["oils"]}),
        (said["filter"], {"asks": "barcode", "choices": ["F7-1"]}),
        (said["view"], {"asks": "photo"}),
    ):
        desk.do("work/tasks/add", order_id=order, titles=[title], **asked)
    desk.do(f"work/orders/{order}/dispatch", resource_id=scene.resource)
    return order, str(answer.json()["progress_token"])


@BOTH
def test_what_is_measured_is_signed_and_kept(running: Running, tmp_path: Path, language: str) -> None:
    """The way there, values without a line and over a reload, a follow-up, the clock over a closed page, the paper."""
    with phone_of(running, language, tmp_path) as (phone, playwright):
        scene = settle(phone, playwright, tmp_path, language)
        scene.order, token = reported(scene)
        phone.sign_in(EMAIL)
        page, person = phone.person.page, phone.person
        page.goto(f"{running.url}/field/#/order/{scene.order}")
        expect(page.locator(".check")).to_have_count(4)
        find_the_way(person)
        phone.step("accept")
        phone.step("depart")
        be_seen_until_there(scene, token)
        phone.step("start")
        phone.is_in("in_progress")
        phone.all_sent()
        phone.cut()
        measure(scene)
        phone.restore()
        phone.all_sent()
        close_the_page(phone, scene)
        phone.step("complete")
        phone.sheet.locator("#remedy").fill(SAID[language]["remedy"])
        phone.sheet.locator(".button.big").click()
        phone.is_in("completed")
        phone.all_sent()
        link = ask_for_the_signature(phone)
        confirm_the_rest(scene, link)
        read_the_paper(scene)


def find_the_way(person: Person) -> None:
    """Every map is offered, each by its own coordinates; where the phone is itself is asked by nobody."""
    person.press("job.map")
    amap = person.page.get_by_role("link", name=person.say("job.map.amap"))
    expect(amap).to_have_attribute("href", re.compile(r"to=116\.397\d+,39\.909\d+"))
    baidu = person.page.get_by_role("link", name=person.say("job.map.baidu"))
    expect(baidu).to_have_attribute("href", re.compile(r"location=39\.915\d+,116\.403\d+"))
    expect(person.page.get_by_role("link", name=person.say("job.map.google"))).to_be_visible()
    person.looks("field-maps")
    person.press("kit.close", person.page.locator("dialog[open]"))


def be_seen_until_there(scene: Scene, token: str) -> None:
    """By one's own wish the customer sees how far it still is; once there, nothing of it is left."""
    phone, person = scene.phone, scene.phone.person

    def nearby() -> Any:
        return scene.desk.get(f"service/progress/{token}")["nearby"]

    phone.all_sent()
    assert nearby() is None
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 39.9, "longitude": 116.39, "accuracy": 20})
    person.press("job.position_share")
    person.reads_key("job.position_shared")
    for _ in range(PATIENCE // 200):
        if nearby() is not None:
            break
        person.page.wait_for_timeout(200)
    assert 800 < nearby()["away_m"] < 950
    person.looks("field-seen")
    phone.step("arrive")
    phone.is_in("on_site")
    phone.all_sent()
    expect(person.page.get_by_text(person.say("job.position_shared"))).to_have_count(0)
    assert nearby() is None


def measure(scene: Scene) -> None:
    """Too warm is told at once, with what may follow; the rest by tap, keys and camera; a reload keeps all of it."""
    phone, said = scene.phone, SAID[scene.language]
    person, page = phone.person, phone.person.page
    checks = page.locator(".check")
    warm = checks.nth(0).locator("input").first
    warm.fill("92")
    limits = person.say("job.limits_both", low="10", high="80", unit=" °C")
    expect(checks.nth(0).get_by_text(person.say("job.out_of_limits", limits=limits))).to_be_visible()
    warm.press("Enter")
    expect(checks.nth(0).locator(".not-right")).to_be_visible()
    checks.nth(0).locator(".not-right .chip").click()
    expect(phone.sheet.locator("#next-title")).to_have_value(re.compile("92 °C"))
    person.press("verb.work.follow_up.create", phone.sheet)
    expect(phone.sheet).to_have_count(0)
    checks.nth(1).get_by_role("radio", name=said["oils"][0]).click()
    checks.nth(2).locator("input:not([type=file])").fill("F7-1")
    checks.nth(2).locator("input:not([type=file])").press("Enter")
    expect(checks.nth(1).get_by_role("radio", name=said["oils"][0])).to_have_attribute("aria-checked", "true")
    checks.nth(3).locator("input[type=file]").set_input_files(
        paint(scene.folder / "view.jpg", is_mended=True)
    )
    expect(page.locator(".picture img")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(".card h2", has_text=person.say("job.checks")).locator(".count")).to_have_text("4/4")
    checks.nth(0).scroll_into_view_if_needed()
    person.looks("field-checks")
    page.reload()
    expect(checks.nth(0).locator("input").first).to_have_value("92")
    expect(page.locator(".picture img")).to_have_count(1, timeout=PATIENCE)


def close_the_page(phone: Phone, scene: Scene) -> None:
    """The clock goes by its moments: it runs on at the desk and on the next page; what lies here is accounted for."""
    person = phone.person
    person.press("verb.work.labour.begin")
    expect(person.button("verb.work.labour.finish")).to_be_visible()
    phone.all_sent()
    began = scene.desk.order(scene.order)["timers"][0]["began_at"]
    person.page.goto(f"{phone.url}/field/#/kept")
    person.reads(SAID[scene.language]["machine"])
    person.looks("field-kept")
    again = phone.context.new_page()
    person.page.close()
    phone.person = Person(again, person.language, person.faults, person.pictures)
    again.goto(f"{phone.url}/field/#/order/{scene.order}")
    expect(phone.person.button("verb.work.labour.finish")).to_be_visible(timeout=PATIENCE)
    assert scene.desk.order(scene.order)["timers"][0]["began_at"] == began


def ask_for_the_signature(phone: Phone) -> str:
    """The customer is not here: they get a link, by code or by message."""
    phone.step("confirm")
    phone.person.press("job.sign_by_link", phone.sheet)
    link = phone.sheet.locator(".sign-link input")
    expect(link).to_be_visible(timeout=PATIENCE)
    phone.person.looks("field-sign-link")
    return str(link.input_value())


def confirm_the_rest(scene: Scene, link: str) -> None:
    """One line is not in order; the rest is signed, and the desk reads which and why."""
    said, phone = SAID[scene.language], scene.phone
    page: Page = phone.context.new_page()
    page.on("pageerror", lambda error: phone.faults.append(str(error)))
    guest = Person(page, scene.language, phone.faults, phone.pictures)
    page.goto(link)
    guest.reads_key("portal.confirm_title")
    guest.reads(re.compile("92 °C"))
    page.locator(".work-lines li", has_text=said["warm"]).get_by_role("button").click()
    page.locator("#who").fill(said["signer"])
    page.locator("#remark").fill(said["why"])
    draw(guest, page.locator(".signature-canvas"))
    guest.looks("confirm-lines", full=True)
    guest.press("portal.confirm_rest")
    guest.reads_key("portal.paper")
    guest.looks("confirmed", full=True)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=guest.say("portal.paper")).click()
    waiting.value.save_as(scene.folder / "report.pdf")
    order = scene.desk.order(scene.order)
    assert order["state"] == "confirmed"
    assert said["warm"] in order["confirmations"][0]["remark"]
    assert said["why"] in order["confirmations"][0]["remark"]
    assert order["follow_ups"][0]["title"].startswith(said["warm"])


def read_the_paper(scene: Scene) -> None:
    """Who signed, when, with their strokes; what was measured and done; the same for the house in both languages."""
    said = SAID[scene.language]
    mine = text_of((scene.folder / "report.pdf").read_bytes())
    for told in (said["signer"], said["remedy"], "92 °C", said["why"]):
        assert told in mine[0].replace("\r\n", "").replace("\n", ""), told
    assert mine[1] >= 2
    for language, title in (("en", "Service report"), ("zh-CN", "服务报告单")):
        answer = scene.desk.asks.get(
            f"{scene.desk.url}/api/work/orders/{scene.order}/report.pdf?language={language}"
        )
        assert title in text_of(answer.body())[0]


def text_of(pdf: bytes) -> tuple[str, int]:
    """The words on a paper's pages, and how many pictures it has."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    kinds = [thing.type for page in document for thing in page.get_objects()]
    return text, kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)


def test_a_free_job_is_taken_and_given_back(running: Running, tmp_path: Path) -> None:
    """Whoever is first takes it; whoever cannot go says why, and the desk reads it."""
    with phone_of(running, "zh-CN", tmp_path) as (phone, playwright):
        scene, said = settle(phone, playwright, tmp_path, "zh-CN"), SAID["zh-CN"]
        free = free_job(scene.desk, said["free"], scene.other)
        phone.sign_in(EMAIL)
        person, page = phone.person, phone.person.page
        person.reads_key("job.pool")
        page.locator("a.row", has_text=said["free"]).click()
        phone.step("grab")
        phone.is_in("accepted")
        phone.all_sent()
        assert scene.desk.order(free)["leading_id"] == scene.resource
        page.locator(".chip", has_text=person.say("verb.work.order.decline")).click()
        phone.sheet.locator("#decline-reason").fill(said["far"])
        person.looks("field-decline")
        phone.sheet.locator(".button").last.click()
        expect(phone.sheet).to_have_count(0)
        phone.all_sent()
        order = scene.desk.order(free)
        assert (order["state"], order["leading_id"]) == ("approved", None)
        assert (order["history"][0]["verb"], order["history"][0]["said"]) == (
            "work.order.decline",
            said["far"],
        )


def free_job(desk: Desk, title: str, machine: str) -> str:
    """An order that is approved, and nobody's."""
    order = str(desk.do("work/orders/create", title=title, asset_id=machine)["id"])
    if desk.order(order)["state"] == "requested":
        desk.do(f"work/orders/{order}/approve")
    return order
