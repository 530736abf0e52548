"""The story of a register: five hundred machines come in, seven rows are mended or set aside, and back."""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from python_calamine import CalamineWorkbook

from stories.clicks import PATIENCE, PHONE, Cast, Person, cast, sign_in
from stories.conftest import Running
from stories.registers import ROWS, WORDS, Register, machine, write_register
from stories.sweeping import accessible

pytestmark = pytest.mark.browser
GOOD_DAY = "2024-06-01"


@dataclass
class Scene:
    """What the steps of the story hand on."""

    running: Running
    people: Cast
    person: Person
    register: Register
    language: str

    def count(self, verdict: str, number: int) -> None:
        """Sees how many rows there are of a verdict, sooner or later."""
        box = self.person.page.locator(f".import-count[data-verdict={verdict}] .import-count-value")
        expect(box).to_have_text(str(number), timeout=PATIENCE)

    def assets(self) -> int:
        """How many machines there are."""
        answer = self.person.page.request.get(f"{self.running.url}/api/assets/assets?limit=1&count=exact")
        return int(answer.json()["count"]["value"])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_register_comes_in_is_mended_and_taken_back(
    running: Running, tmp_path: Path, language: str
) -> None:
    """From the list of assets to the wizard and back, by keyboard where that is faster."""
    with cast(language, tmp_path) as people:
        person = people.person("planner")
        sign_in(person, running.url, running.email, running.password)
        register = write_register(tmp_path / "register.xlsx", language)
        scene = Scene(running, people, person, register, language)
        bring_the_file(scene)
        say_what_columns_mean(scene)
        mend_five_rows(scene)
        write_them(scene)
        read_what_was_set_aside(scene)
        paste_what_is_known(scene)
        take_it_back(scene)
        on_a_phone(scene)


def bring_the_file(scene: Scene) -> None:
    """The list knows the way; the right sheet and the row of headings are found."""
    person, page = scene.person, scene.person.page
    person.visits(f"{scene.running.url}/app/imports", "imports")
    person.visits(f"{scene.running.url}/app/assets")
    person.press("imports.button")
    expect(page).to_have_url(re.compile("/app/imports.*assets"), timeout=PATIENCE)
    page.locator("input[type=file]").set_input_files(scene.register.path)
    head = page.locator(".import-first tr[data-head]")
    expect(head).to_contain_text(WORDS[scene.language]["heads"][1], timeout=PATIENCE)
    person.looks("import-sheet")
    person.press("imports.to_columns")


def say_what_columns_mean(scene: Scene) -> None:
    """Ten of eleven columns are known by their headings; what is missing may be made; the mapping is kept."""
    person, page = scene.person, scene.person.page
    expect(page.locator(".import-sure[data-is=sure]")).to_have_count(10, timeout=PATIENCE)
    boxes = page.locator(".import-map-target input[type=checkbox]")
    expect(boxes).to_have_count(3, timeout=PATIENCE)
    for at in range(3):
        boxes.nth(at).check()
    person.looks("import-columns", full=True)
    accessible(person)
    # What was chosen is still there after a reload.
    page.reload()
    expect(boxes).to_have_count(3, timeout=PATIENCE)
    for at in range(3):
        expect(boxes.nth(at)).to_be_checked(timeout=PATIENCE)
    person.press("imports.saved")
    person.fill("imports.save_name", "CMMS", person.dialog)
    person.press("kit.save", person.dialog)
    expect(page.get_by_role("button", name=person.say("imports.saved_as", name="CMMS"))).to_be_visible(
        timeout=PATIENCE
    )
    person.press("imports.to_check")


def cell(person: Person, row: int, at: int) -> Locator:
    """The cell of a row of the file, by its place among those that are shown."""
    line = person.page.locator(".grid-row").filter(
        has=person.page.locator(".grid-number", has_text=re.compile(f"^{row}$"))
    )
    return line.locator(".grid-cell").nth(at)


def mend_five_rows(scene: Scene) -> None:
    """By typing, by a choice for all that read the same, and by pasting; each row is judged at once."""
    person, page, register = scene.person, scene.person.page, scene.register
    scene.count("new", ROWS - 7)
    scene.count("error", 7)
    expect(page.locator(".grid-row")).to_have_count(7, timeout=PATIENCE)
    person.looks("import-rows")
    accessible(person)
    # Typed into the marked cell; the arrow leads on from there.
    cell(person, register.days[0], 7).click()
    page.keyboard.type(GOOD_DAY)
    page.keyboard.press("Enter")
    scene.count("error", 6)
    expect(cell(person, register.days[0], 7)).to_have_text(GOOD_DAY, timeout=PATIENCE)
    # One choice for both rows that read the same.
    cell(person, register.states[0], 6).click()
    person.reads(WORDS[scene.language]["bad_state"], page.locator(".inspector"))
    page.locator(".inspector-quick").get_by_role(
        "button", name=person.say("state.assets.asset.in_service"), exact=True
    ).click()
    scene.count("error", 4)
    # Pasted as from a spreadsheet, then taken back and done again.
    cell(person, register.serials[0], 2).click()
    paste(person, "SN990001")
    scene.count("error", 3)
    page.keyboard.press("Control+z")
    scene.count("error", 4)
    paste(person, "SN990001")
    scene.count("error", 3)
    # The next mistake is a key away.
    page.keyboard.press("F8")
    cell(person, register.days[1], 7).click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type(GOOD_DAY)
    page.keyboard.press("Tab")
    scene.count("error", 2)
    expect(page.locator(".grid-row")).to_have_count(7, timeout=PATIENCE)


def paste(person: Person, text: str) -> None:
    """What Ctrl+V does, with this on the clipboard."""
    person.page.locator(".grid-input").evaluate(
        """(input, text) => {
          const data = new DataTransfer()
          data.setData("text/plain", text)
          input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        text,
    )


def write_them(scene: Scene) -> None:
    """498 rows come in, two are set aside; leaving the page does not stop the work."""
    person, page = scene.person, scene.person.page
    before = scene.assets()
    apply = page.get_by_role("button", name=person.say("imports.apply", count=ROWS - 2))
    expect(apply).to_be_enabled(timeout=PATIENCE)
    apply.click()
    expect(apply).to_have_count(0, timeout=PATIENCE)
    here = page.url
    person.visits(f"{scene.running.url}/app/assets")
    person.visits(here)
    expect(page.locator(".import-result-actions")).to_be_visible(timeout=3 * PATIENCE)
    person.reads_key("imports.result.applied")
    person.reads_key("imports.parked")
    expect(page.locator(".small-table tbody tr")).to_have_count(2, timeout=PATIENCE)
    person.looks("import-done")
    assert scene.assets() == before + ROWS - 2
    page.locator(".row-link").first.click()
    expect(page.locator("h1")).to_have_text(machine(1, scene.language)[1], timeout=PATIENCE)
    page.go_back()
    expect(page.locator(".import-result-actions")).to_be_visible(timeout=PATIENCE)


def read_what_was_set_aside(scene: Scene) -> None:
    """The file of errors holds two rows with their reasons."""
    link = scene.person.page.get_by_role("link", name=scene.person.say("cobie.error_file"))
    answer = scene.person.page.request.get(scene.running.url + str(link.get_attribute("href")))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.body())).get_sheet_by_index(0).to_python()
    assert len(rows) == 3
    assert all(WORDS[scene.language]["bad_parent"] in str(row[-1]) for row in rows[1:])


def paste_what_is_known(scene: Scene) -> None:
    """Cells copied from a spreadsheet: what is known changes nothing, and a draft outlives a reload."""
    person, page = scene.person, scene.person.page
    person.visits(f"{scene.running.url}/app/imports?as=assets")
    page.get_by_role("tab", name=person.say("imports.way_paste")).click()
    heads, cells = WORDS[scene.language]["heads"], [machine(n, scene.language) for n in (1, 2)]
    text = "\n".join("\t".join(row[1:3]) for row in [heads, *cells])
    person.fill("imports.paste", text)
    page.reload()
    expect(person.field("imports.paste")).to_have_value(text, timeout=PATIENCE)
    person.looks("import-paste")
    person.press("imports.use_pasted")
    person.press("imports.to_check")
    scene.count("same", 2)
    person.reads_key("imports.all_same")
    person.looks()


def take_it_back(scene: Scene) -> None:
    """From the list of past imports, after a question; the machines are gone again."""
    person, page = scene.person, scene.person.page
    person.visits(f"{scene.running.url}/app/imports")
    person.press("imports.undo", page.locator(".data-table"))
    person.reads_key("import.undo_text")
    person.looks("import-undo")
    person.press("import.undo", person.dialog)
    expect(person.dialog).to_have_count(0, timeout=PATIENCE)
    page.get_by_role("link", name="register.xlsx").click()
    expect(page.get_by_text(person.say("import.undone_title")).first).to_be_visible(timeout=3 * PATIENCE)
    person.looks("import-undone")
    assert scene.assets() == 0


def on_a_phone(scene: Scene) -> None:
    """The same pages under a thumb: a row is mended on its card."""
    person = scene.people.person("on the way", PHONE)
    page = person.page
    sign_in(person, scene.running.url, scene.running.email, scene.running.password)
    person.visits(f"{scene.running.url}/app/imports", "phone-imports")
    person.visits(f"{scene.running.url}/app/imports?as=assets")
    page.locator("input[type=file]").set_input_files(scene.register.path)
    person.press("imports.to_columns")
    # The headings are those of the kept mapping: nothing has to be said again.
    expect(page.get_by_role("button", name=person.say("imports.saved_as", name="CMMS"))).to_be_visible(
        timeout=PATIENCE
    )
    person.looks("phone-import-columns")
    person.press("imports.to_check")
    scene_count = page.locator(".import-count[data-verdict=error] .import-count-value")
    expect(scene_count).to_have_text("7", timeout=PATIENCE)
    card = page.locator(".row-card").first
    card.locator("input").fill(GOOD_DAY)
    card.locator("input").press("Enter")
    expect(scene_count).to_have_text("6", timeout=PATIENCE)
    person.looks("phone-import-rows")
