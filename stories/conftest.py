"""A running Trunnion of its own for a story: a home, a port, the first sign-in, and a browser where one is wanted."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
START_SECONDS = 180


@dataclass(frozen=True)
class Running:
    """The address of a running Trunnion, its first sign-in, and its data folder."""

    url: str
    email: str
    password: str
    home: Path
    env: dict[str, str]


def free_port() -> int:
    """A port of the loopback address that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def installation(home: Path, **also: str) -> dict[str, str]:
    """The environment of a Trunnion of its own: in earnest, and not with the settings of the tests."""
    settings = {"TRUNNION_HOME": str(home), "DJANGO_SETTINGS_MODULE": "trunnion.settings"}
    env = {**os.environ, **settings, "PYTHONPATH": str(ROOT / "server"), **also}
    env.pop("TRUNNION_DATABASE_URL", None)
    return env


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database has its tables and no row: making them takes longer than most stories."""
    home: Path = tmp_path_factory.mktemp("empty") / "home"
    command = [sys.executable, "-c", "from trunnion.cli import main; main()", "manage", "migrate", "-v0"]
    subprocess.run(command, env=installation(home), cwd=ROOT, check=True)
    return home


@pytest.fixture
def running(tmp_path: Path, empty_home: Path) -> Iterator[Running]:
    """`trunnion serve` on an empty SQLite database."""
    shutil.copytree(empty_home, tmp_path / "home")
    port = free_port()
    address = f"127.0.0.1:{port}"
    env = installation(tmp_path / "home", TRUNNION_BIND=address, TRUNNION_BASE_URL=f"http://{address}")
    log = (tmp_path / "serve.log").open("w+")
    command = [sys.executable, "-c", "from trunnion.cli import main; main()", "serve"]
    server = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=ROOT)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, server, tmp_path / "serve.log")
        told = (tmp_path / "serve.log").read_text()
        email, password = re.search(r"e-mail\s+(\S+)\s+password\s+(\S+)", told).groups()  # type: ignore[union-attr]
        yield Running(url, email, password, tmp_path / "home", env)
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            pytest.fail(f"the server ended while starting:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{url}/api/system/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer")
