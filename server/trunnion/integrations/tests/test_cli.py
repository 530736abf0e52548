"""Imports and exports at the command line: what is printed, and the exit codes."""

import pytest
from click.testing import CliRunner

from trunnion.cli.transfer import cobie, export_cobie
from trunnion.identity.queries import get_organisation
from trunnion.integrations.cobie.reader import read
from trunnion.integrations.tests.builders import building, full, stored
from trunnion.integrations.tests.test_import import with_errors


@pytest.fixture
def told(tenant):
    name = get_organisation(tenant.id).name

    def run(command, *arguments):
        return CliRunner().invoke(command, [*map(str, arguments), "--organisation", name])

    return run


def test_the_exit_code_tells_whether_rows_were_set_aside(told, tmp_path):
    dry = told(cobie, stored(tmp_path, with_errors()), "--dry-run")
    assert (dry.exit_code, "Nothing was applied" in dry.output) == (1, True)
    bad = told(cobie, stored(tmp_path, with_errors()), "--language", "zh-CN")
    assert (bad.exit_code, "已导入。搁置 3 行。" in bad.output) == (1, True)
    good = told(cobie, stored(tmp_path, full()))
    assert (good.exit_code, "Applied. Rows set aside: 0." in good.output) == (0, True)


def test_a_file_that_cannot_be_read_is_refused(told, tmp_path):
    path = tmp_path / "notes.xlsx"
    path.write_bytes(b"not a workbook")
    refused = told(cobie, path)
    assert refused.exit_code == 2
    assert refused.output.strip().startswith("Error · This is not an Excel workbook")


def test_each_building_gets_a_workbook(told, tmp_path):
    for name in ("Tower", "Haus 7/8"):
        sheets = building()
        sheets["Facility"][0]["Name"] = name
        told(cobie, stored(tmp_path, sheets))
    assert told(export_cobie, tmp_path / "out.xlsx").exit_code == 0
    assert {path.name for path in tmp_path.glob("out*")} == {"out - Tower.xlsx", "out - Haus 7-8.xlsx"}
    one = told(export_cobie, tmp_path / "one.xlsx", "--facility", "Tower")
    assert one.exit_code == 0
    assert read(tmp_path / "one.xlsx").sheets["Facility"][0].text("Name") == "Tower"
    assert told(export_cobie, tmp_path / "none.xlsx", "--facility", "Shed").exit_code == 2
