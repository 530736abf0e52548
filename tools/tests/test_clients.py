"""The clients are built when their sources changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import clients


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A repository with one small client, and what npm was asked to do in it."""
    (tmp_path / "clients" / "console").mkdir(parents=True)
    (tmp_path / "contracts").mkdir()
    (tmp_path / "clients" / "package.json").write_text("{}")
    (tmp_path / "clients" / "package-lock.json").write_text("{}")
    (tmp_path / "clients" / "console" / "main.ts").write_text("// Starts.\n")
    asked: list[str] = []

    def npm(root: Path, *arguments: str) -> None:
        asked.append(arguments[0])
        output = root / "server" / "trunnion" / "http" / "static"
        output.mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(clients, "npm", npm)
    return asked


def test_built_once_and_again_after_a_change(tmp_path: Path, calls: list[str]) -> None:
    """A second build does nothing; a changed source builds, a changed lock installs first."""
    clients.build(tmp_path)
    clients.build(tmp_path)
    assert calls == ["ci", "run"]
    (tmp_path / "clients" / "console" / "main.ts").write_text("// Starts later.\n")
    clients.build(tmp_path)
    assert calls == ["ci", "run", "run"]
    (tmp_path / "clients" / "package-lock.json").write_text('{"a": 1}')
    clients.build(tmp_path)
    assert calls == ["ci", "run", "run", "ci", "run"]


def test_built_again_when_the_output_is_gone(tmp_path: Path, calls: list[str]) -> None:
    """Deleting the output is enough to get it back."""
    clients.build(tmp_path)
    (tmp_path / "server" / "trunnion" / "http" / "static" / ".built").unlink()
    clients.build(tmp_path)
    assert calls == ["ci", "run", "run"]


def test_libraries_are_no_sources(tmp_path: Path, calls: list[str]) -> None:
    """What npm installed and what the build wrote does not start another build."""
    clients.build(tmp_path)
    (tmp_path / "clients" / "node_modules" / "react").mkdir(parents=True)
    (tmp_path / "clients" / "node_modules" / "react" / "index.js").write_text("1")
    clients.build(tmp_path)
    assert calls == ["ci", "run"]


def test_nothing_to_do_without_clients(tmp_path: Path) -> None:
    """A checkout without clients is set up all the same."""
    clients.build(tmp_path)
    assert not (tmp_path / "server").exists()
