"""Settings, lived in: a field of one's own is everywhere at once, and numbers are written as the house wants them."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from stories.clicks import PATIENCE, Person, cast, sign_in
from stories.conftest import Running
from stories.scenery import Desk

pytestmark = pytest.mark.browser
FIELD = "attach.custom_field"
GAS = {"en": "Gas type", "zh-CN": "介质"}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_field_is_everywhere_at_once_and_numbers_are_ones_own(
    running: Running, tmp_path: Path, language: str
) -> None:
    """Added on its page, it stands in the form of a new asset, on the asset, as a column and in a filter."""
    with cast(language, tmp_path) as people:
        person = people.person("settings")
        sign_in(person, running.url, running.email, running.password)
        desk = Desk(person, running.url)
        adds_a_field(person, running.url, language)
        fills_it_in(person, running.url, language)
        numbers(person, desk, running.url)


def adds_a_field(person: Person, url: str, language: str) -> None:
    """Two names and a type are enough; the key follows from the English name."""
    person.visits(f"{url}/app/administration/fields")
    person.press("fields.add")
    person.fill(f"field.{FIELD}.label_en", GAS["en"], person.dialog)
    person.fill(f"field.{FIELD}.label_zh", GAS["zh-CN"], person.dialog)
    person.looks("field")
    person.submits("kit.save")
    expect(person.page.locator(".setting-row").filter(has_text="gas_type")).to_be_visible(timeout=PATIENCE)


def fills_it_in(person: Person, url: str, language: str) -> None:
    """Without a reload between the two pages."""
    page = person.page
    page.get_by_role("navigation").get_by_role(
        "link", name=person.say("nav.assets"), exact=True
    ).first.click()
    person.press("asset.new")
    person.fill("field.assets.asset.name", "K-1", person.dialog)
    field = person.dialog.get_by_label(re.compile(f"^{GAS[language]}"))
    expect(field).to_be_visible(timeout=PATIENCE)
    field.fill("Argon")
    person.submits("kit.save")
    expect(page).to_have_url(re.compile(r"/app/assets/[0-9a-f-]{36}"), timeout=PATIENCE)
    fact = page.locator(".fact").filter(has=page.locator("dt", has_text=GAS[language]))
    expect(fact.locator("dd")).to_have_text("Argon", timeout=PATIENCE)
    only = json.dumps([{"field": "custom.gas_type", "op": "eq", "value": "Argon"}])
    person.visits(f'{url}/app/assets?columns=["name","custom.gas_type"]&filters={only}')
    expect(page.locator("td[data-lead]")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator("th").filter(has_text=GAS[language])).to_be_visible()
    expect(page.locator("td").filter(has_text="Argon")).to_be_visible()
    person.looks("column")


def numbers(person: Person, desk: Desk, url: str) -> None:
    """A pattern that another series could meet is refused as it is typed; a good one shows what comes."""
    page = person.page
    person.visits(f"{url}/app/administration/numbering")
    row = page.locator("li[data-series=WO]")
    expect(row).to_contain_text("WO-000001", timeout=PATIENCE)
    row.get_by_role("button").last.click()
    pattern = person.dialog.get_by_label(person.say("field.identity.numbering.pattern"))
    pattern.fill("A-{n:6}")
    expect(person.dialog.locator(".number-preview[data-bad]")).to_be_visible(timeout=PATIENCE)
    # What was asked for here is the refusal; the browser calls it an error all the same.
    person.faults[:] = [fault for fault in person.faults if "422" not in fault]
    pattern.fill("JOB-{n:4}")
    expect(person.dialog.locator(".number-preview code").first).to_have_text("JOB-0001", timeout=PATIENCE)
    person.looks("numbering")
    person.submits("kit.save")
    expect(row).to_contain_text("JOB-0001", timeout=PATIENCE)
    assert desk.post("work/orders/create", title="K-1", kind="corrective")["number"] == "JOB-0001"
    person.press("kit.undo")
    expect(row).to_contain_text("WO-000002", timeout=PATIENCE)
