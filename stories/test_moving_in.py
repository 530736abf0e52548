"""The story of a move: what another installation took along comes into a new one by the browser, and work goes on."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from stories.clicks import PATIENCE, PHONE, cast, sign_in
from stories.conftest import ROOT, Running, installation
from stories.sweeping import accessible

pytestmark = pytest.mark.browser
NAME = "Harbour Hospital 港口医院"
# Another installation, as its own program would leave it.
ELSEWHERE = """
import sys
from pathlib import Path
import django
django.setup()
from trunnion.assets.commands import asset
from trunnion.identity.commands.organisation import found_new
from trunnion.integrations.moving import outward
from trunnion.kernel.context import Door, system
who = {"owner_name": "Wang", "email": "wang@harbour.example", "password": "correct horse 电池 staple"}
made = found_new(name=sys.argv[1], **who)
ctx = system(made.organisation_id, Door.CLI)
for name in ("循环水泵", "Chiller 2"):
    asset.create(ctx, name=name)
outward.write(ctx, Path(sys.argv[2]))
"""


@pytest.fixture
def package(tmp_path: Path, empty_home: Path) -> Path:
    """The export of an organisation of another installation."""
    shutil.copytree(empty_home, tmp_path / "elsewhere")
    path = tmp_path / "harbour.zip"
    env = installation(tmp_path / "elsewhere")
    subprocess.run([sys.executable, "-c", ELSEWHERE, NAME, str(path)], env=env, cwd=ROOT, check=True)
    return path


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_organisation_moves_in(running: Running, package: Path, tmp_path: Path, language: str) -> None:
    """A wrong file is refused in words, the right one comes in, and whoever brought it owns it from then on."""
    with cast(language, tmp_path) as people:
        person = people.person("owner")
        sign_in(person, running.url, running.email, running.password)
        page = person.page
        person.visits(f"{running.url}/app/administration/bring", "bring")
        accessible(person)
        wrong = tmp_path / "wrong.zip"
        wrong.write_bytes(b"no archive of ours")
        page.locator("input[type=file]").set_input_files(wrong)
        expect(page.get_by_role("alert").first).to_contain_text("Trunnion", timeout=PATIENCE)
        person.looks("bring-refused")
        person.press("bring.again")
        page.locator("input[type=file]").set_input_files(package)
        expect(page.get_by_text(person.say("bring.ready", name=NAME))).to_be_visible(timeout=3 * PATIENCE)
        person.looks("bring-done")
        accessible(person)
        person.press("bring.sign_in")
        expect(page.locator("#email")).to_be_visible(timeout=PATIENCE)
        sign_in(person, running.url, running.email, running.password)
        person.visits(f"{running.url}/app/assets")
        person.reads("循环水泵")
        phone = people.person("owner-phone", PHONE)
        sign_in(phone, running.url, running.email, running.password)
        phone.visits(f"{running.url}/app/administration/bring", "bring-phone")
        phone.page.locator("input[type=file]").set_input_files(package)
        # What is here is never mixed with what comes.
        expect(phone.page.get_by_role("alert").first).to_be_visible(timeout=PATIENCE)
        phone.looks("bring-not-empty")
        people.faults[:] = [fault for fault in people.faults if "409" not in fault]
