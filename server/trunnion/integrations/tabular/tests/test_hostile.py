"""Files that are made to hurt are refused in words, or read, within two seconds and little memory; rows likewise."""

import json
import os
import subprocess
import sys

import pytest

from trunnion.assets.models import Asset
from trunnion.integrations.models import ImportPage
from trunnion.integrations.tabular import measured
from trunnion.integrations.tabular.source import open_source
from trunnion.integrations.tabular.types import Layout
from trunnion.integrations.tests.builders import door
from trunnion.kernel.errors import Invalid
from trunnion.kernel.words import catalogue

from . import hostile
from .builders import applied, brought, counts, csv_of, reasons

MOST_SECONDS, MOST_MIB = 2, 512


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    wanted = {}
    for name, content, code in hostile.files():
        (folder / name).write_bytes(content)
        wanted[name] = code
    run = subprocess.run(
        [sys.executable, "-m", hostile.__name__, str(folder)], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    found = {one["name"]: one for one in map(json.loads, run.stdout.splitlines())}
    assert found.keys() == wanted.keys()
    return wanted, found


def test_each_is_refused_in_words_or_read(told):
    wanted, found = told
    assert {name: one["code"] for name, one in found.items()} == wanted
    assert {name for name, code in wanted.items() if not code} == {
        name for name, one in found.items() if one["rows"]
    }
    for code in set(wanted.values()) - {""}:
        assert all(f"refusal.{code}" in words for words in catalogue().values()), code


def test_none_takes_long_or_much_memory(told):
    _, found = told
    assert {n: one["seconds"] for n, one in found.items() if one["seconds"] > MOST_SECONDS} == {}
    assert max(one["mib"] for one in found.values()) < MOST_MIB


def test_a_line_of_two_hundred_megabytes_is_not_even_read(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"a,b")
        file.truncate(200 << 20)
    with pytest.raises(Invalid) as caught:
        open_source(path, Layout())
    assert caught.value.errors[0].code == "table.too_large"
    assert measured.MOST_BYTES < 200 << 20


@pytest.mark.parametrize(
    "name", ["one-quoted-row.csv", "empty-rows-before-a-value.ods", "promised-texts.xlsx"]
)
def test_through_the_door_nothing_of_it_is_kept(tenant, name):
    ctx = door(tenant)
    content, code = next((content, code) for known, content, code in hostile.files() if known == name)
    run = brought(ctx, content, "assets", name)
    assert (run.state, run.failure["code"]) == ("failed", code)
    assert ImportPage.objects.of(ctx).count() == 0


def test_hostile_rows_say_why_and_the_others_come_in_letter_by_letter(tenant):
    ctx = door(tenant)
    rows = [
        ["位号", "设备名称", "序列号", "上级设备", "备注"],
        ["P-1", '=HYPERLINK("http://evil.example")', "SN-1", "", "@SUM(1)"], ["P-2", "泵", "SN-1", "", ""],
        ["P-3", "泵", "SN-3", "P-4", ""], ["P-4", "泵", "SN-4", "P-5", ""], ["P-5", "泵", "SN-5", "P-3", ""],
        ["P-6", "泵\x07", "SN-6", "", ""], ["P-7", "泵", "SN-7", "P-7", ""], ["P-8", "泵", "');--", "", ""],
    ]  # fmt: skip
    run = brought(ctx, csv_of(rows), "assets")
    assert reasons(ctx, run) == {
        3: [("serial", "table.twice")], 4: [("parent_id", "table.circle")], 5: [("parent_id", "table.circle")],
        6: [("parent_id", "table.circle")], 7: [("name", "table.control_sign")], 8: [("parent_id", "table.circle")],
    }  # fmt: skip
    assert counts(applied(ctx, run)) == (2, 0, 0, 6)
    found = dict(Asset.objects.of(ctx).values_list("name", "description"))
    assert found == {'=HYPERLINK("http://evil.example")': "@SUM(1)", "泵": ""}
