"""The throw-away PostgreSQL gives an unprivileged role and leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tools import postgres

TOOL = Path(postgres.__file__)
pytestmark = pytest.mark.skipif(postgres.find_bin() is None, reason="PostgreSQL is not installed")


WRITE_ADDRESS = "import os, sys; open(sys.argv[1], 'w').write(os.environ['TRUNNION_DATABASE_URL'])"


def command(program: str, *arguments: str) -> list[str]:
    """A Python program run beside a cluster."""
    return [sys.executable, str(TOOL), "--", sys.executable, "-c", program, *arguments]


def test_role_is_unprivileged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The role owns its database, may create others for tests, passes no wall; its folder goes too."""
    folders: list[str] = []
    make = tempfile.mkdtemp

    def remembered(prefix: str) -> str:
        folders.append(make(prefix=prefix))
        return folders[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", remembered)
    with postgres.cluster() as url, psycopg.connect(url) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        fsync = connection.execute("SHOW fsync").fetchone()
        address = connection.execute("SHOW listen_addresses").fetchone()
    assert role == (False, False, True)
    assert fsync == ("off",)
    assert address == ("127.0.0.1",)
    assert not Path(folders[0]).exists()


def test_command_gets_the_address_and_gives_its_exit_code(tmp_path: Path) -> None:
    """The command sees the database's URL, and its exit code is passed on."""
    seen = tmp_path / "url"
    ended = subprocess.run(command(f"{WRITE_ADDRESS}; raise SystemExit(7)", str(seen)), check=False)
    assert ended.returncode == 7
    assert seen.read_text().startswith("postgres://trunnion:")


def test_being_ended_stops_the_cluster(tmp_path: Path) -> None:
    """A request to end stops the command and the server on the way out."""
    seen = tmp_path / "url"
    running = subprocess.Popen(command(f"{WRITE_ADDRESS}; import time; time.sleep(60)", str(seen)))
    deadline = time.monotonic() + 60
    while not (seen.exists() and seen.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=60) == 128 + signal.SIGTERM
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(seen.read_text(), connect_timeout=3)
