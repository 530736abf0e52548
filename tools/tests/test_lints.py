"""Every bad sample of every house lint is named, line by line, and every good one passes."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType

import pytest

from tools import lint
from tools.lints.source import Source

SAMPLES = Path(lint.__file__).parent / "lints" / "samples"


def short_name(module: ModuleType) -> str:
    """The lint's name, which is also its samples' folder."""
    return module.__name__.rpartition(".")[2]


def files(folder: Path) -> list[Path]:
    """The samples in a folder."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]


def marked(path: Path) -> set[int]:
    """The lines that a bad sample says are bad."""
    return {number for number, line in enumerate(path.read_text().splitlines(), 1) if "bad" in line.split()}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A place for a small repository away from version control."""
    return tmp_path / "repository"


@pytest.mark.parametrize("module", lint.LINTS, ids=short_name)
def test_good_samples_pass(module: ModuleType, copied: Path) -> None:
    """What is right is left alone."""
    shutil.copytree(SAMPLES / short_name(module) / "good", copied)
    assert files(copied)
    assert [str(finding) for finding in lint.findings(copied, (module,))] == []


@pytest.mark.parametrize("module", lint.LINTS, ids=short_name)
def test_bad_samples_are_named(module: ModuleType, copied: Path) -> None:
    """Each bad file is named; where lines are marked, exactly those are."""
    shutil.copytree(SAMPLES / short_name(module) / "bad", copied)
    found = lint.findings(copied, (module,))
    assert files(copied)
    for path in files(copied):
        lines = {finding.line for finding in found if finding.path == path.relative_to(copied).as_posix()}
        wanted = marked(path)
        if short_name(module) == "reads_and_writes" and not wanted:
            continue  # the tables that the bad lines speak of
        assert lines, f"{path.relative_to(copied)} was not named"
        assert not wanted or lines == wanted


def test_every_sample_belongs_to_a_lint() -> None:
    """No samples are left of a lint that is gone."""
    assert {path.name for path in SAMPLES.iterdir()} == {short_name(module) for module in lint.LINTS}


def test_a_finding_points(copied: Path) -> None:
    """A finding names file, line and rule."""
    shutil.copytree(SAMPLES / "names" / "bad", copied)
    found = [str(finding) for finding in lint.findings(copied)]
    assert any(text.startswith("server/trunnion/work/utils.py:1: banned-name: ") for text in found)


def test_an_excuse_holds_for_its_own_rule_only(copied: Path) -> None:
    """A line is excused from one rule, with a reason, and from no other."""
    place = copied / "server" / "trunnion" / "work" / "queries.py"
    place.parent.mkdir(parents=True)
    opening = '"""Reads."""\n\nfrom datetime import datetime\n\n'
    place.write_text(f"{opening}A = datetime.now()  # allow(naive-datetime): the terminal shows wall time\n")
    assert lint.findings(copied) == []
    place.write_text(f"{opening}A = datetime.now()  # allow(raw-sql): the terminal shows wall time\n")
    assert [finding.rule for finding in lint.findings(copied)] == ["naive-datetime"]
    place.write_text(f"{opening}A = datetime.now()  # allow(naive-datetime):\n")
    assert [finding.rule for finding in lint.findings(copied)] == ["naive-datetime"]


def test_relative_imports_are_made_whole() -> None:
    """`from ..assets.models import Asset` is seen for what it is."""
    source = Source(
        "server/trunnion/work/commands.py", "from ..assets.models import Asset\nfrom . import events\n"
    )
    assert [name for _, name in source.imported()] == ["trunnion.assets.models.Asset", "trunnion.work.events"]
