"""The import contracts name each planted crossing and let the legal ones be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import lint

ROOT = Path(lint.__file__).resolve().parent.parent
LEGAL = {
    "kernel/clock.py": "import django",
    "assets/models.py": "from trunnion.kernel import clock",
    "assets/commands.py": "from trunnion.assets import models",
    "assets/events.py": "from trunnion.kernel import clock",
    "assets/api.py": "from trunnion.assets import commands",
    "service/events.py": "from trunnion.kernel import clock",
    "service/queries.py": "",
    "dispatch/events.py": "",
    "work/models.py": "",
    "work/rules.py": "from trunnion.assets import events",
    "work/commands.py": "from trunnion.assets import commands",
    "work/handlers.py": "from trunnion.service import events",
    "work/tests/test_commands.py": "from trunnion.assets import models",
    "http/routes.py": "from trunnion.assets import api",
}


def lay_out(root: Path, modules: dict[str, str]) -> None:
    """Write a small package under the house's own contracts."""
    for path, text in modules.items():
        target = root / "server" / "trunnion" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{text}\n")
    for folder in (path for path in (root / "server" / "trunnion").rglob("*") if path.is_dir()):
        (folder / "__init__.py").touch()
    (root / "server" / "trunnion" / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", root)


def contracts(root: Path) -> tuple[int, str]:
    """Run import-linter there; its exit code and all that it said, on one line."""
    paths = os.pathsep.join([str(root / "server"), str(ROOT)])
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, " ".join((result.stdout + result.stderr).split())


def test_legal_imports_pass(tmp_path: Path) -> None:
    """Down is a call, up and sideways an event, the door sees routes, tests see tables."""
    lay_out(tmp_path, LEGAL)
    code, said = contracts(tmp_path)
    assert code == 0, said


PLANTED = {
    "upwards": ("assets/queries.py", "trunnion.work.commands"),
    "sideways": ("dispatch/queries.py", "trunnion.service.queries"),
    "private file": ("work/queries.py", "trunnion.assets.models"),
    "event knows a room": ("work/events.py", "trunnion.assets.events"),
    "states know Django": ("work/states.py", "django"),
    "kernel knows a room": ("kernel/web.py", "trunnion.assets.events"),
    "door takes tables": ("http/pages.py", "trunnion.work.models"),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_planted_imports_are_named(tmp_path: Path, planted: str) -> None:
    """Each planted crossing fails the contracts and is named with both ends."""
    path, imported = PLANTED[planted]
    lay_out(tmp_path, LEGAL | {path: f"import {imported}"})
    code, said = contracts(tmp_path)
    assert code != 0
    importer = path.removesuffix(".py").replace("/", ".")
    assert f"trunnion.{importer} -> {imported}" in said


def test_a_room_without_a_place_is_named(tmp_path: Path) -> None:
    """A new room is put among the arrows before it is built."""
    lay_out(tmp_path, LEGAL | {"telephony/commands.py": ""})
    code, said = contracts(tmp_path)
    assert code != 0
    assert "trunnion.telephony" in said
