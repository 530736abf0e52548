"""The server is killed at random moments while clients work: nothing acknowledged is lost, nothing is done twice."""

import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from trunnion.kernel.ids import uuid7

KILLS = int(os.environ.get("TRUNNION_KILLS") or 20)
SECONDS = float(os.environ.get("TRUNNION_CRASH_SECONDS") or 55)
SEED = int(os.environ.get("TRUNNION_CRASH_SEED") or time.time())
FEWEST = 5
CLIENTS = 4
READY_IN = 10.0
SERVER = Path(__file__).parents[3]


@contextlib.contextmanager
def database() -> Iterator[str]:
    """A database of this test's own, of the kind that this run is about; the address, empty for SQLite in the home."""
    url = os.environ.get("TRUNNION_DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    name = f"crash_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass
class Installation:
    """A server that can be started, asked and killed; all that it knows lies in its home and its database."""

    home: Path
    url: str
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TRUNNION_", "DJANGO_", "PYTEST_"))}
        return kept | {
            "TRUNNION_HOME": str(self.home),
            "TRUNNION_DATABASE_URL": self.url,
            "TRUNNION_BIND": f"127.0.0.1:{self.port}",
            "PYTHONPATH": str(SERVER),
            # Compiled once for all the starts, wherever the sources may not be written to.
            "PYTHONPYCACHEPREFIX": str(self.home / "compiled"),
            "PYTHONDONTWRITEBYTECODE": "",
        }

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-c", "from trunnion.cli import main; main()", *arguments]

    def launch(self) -> None:
        with (self.home / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command("serve"), env=self.environment, stdout=log, stderr=log, cwd=self.home
            )

    def start(self) -> None:
        began = time.monotonic()
        self.launch()
        while time.monotonic() - began < 180:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/api/system/health")[0] == 200:
                    self.starts.append(time.monotonic() - began)
                    return
            assert self.process is None or self.process.poll() is None, self.log()
            time.sleep(0.05)
        raise AssertionError(f"not ready in three minutes:\n{self.log()}")

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def log(self) -> str:
        return (self.home / "serve.log").read_text()[-3000:]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            data = None if body is None else json.dumps(body)
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, data, {"Content-Type": "application/json", **named})
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            line.close()


@dataclass
class Client(threading.Thread):
    """Asks for one thing after the other; whatever was not answered is asked again with its key until it is."""

    at: Installation
    token: str
    number: int
    stop: threading.Event
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    unanswered: int = 0
    strange: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        chance = random.Random(SEED + self.number)
        count = 0
        while not self.stop.is_set():
            count += 1
            if self.versions and chance.random() < 0.5:
                self.edit(chance.choice(list(self.versions)), count)
            else:
                self.create(f"crash_{self.number}_{count}")

    def create(self, name: str) -> None:
        key = str(uuid7())
        body = {"key": name, "name": name, "grants": []}
        told = self.until_answered("POST", "/api/identity/roles/create", body, Idempotency_Key=key)
        if told is not None:
            self.acknowledged[key] = {"role": name, **told}
            self.versions[told["id"]] = told["version"]

    def edit(self, role_id: str, count: int) -> None:
        seen = self.versions[role_id]
        told = self.until_answered(
            "PATCH", f"/api/identity/roles/{role_id}", {"name": f"edit {count}"},
            Idempotency_Key=str(uuid7()), If_Match=f'"{seen}"',
        )  # fmt: skip
        if told is not None:
            if told["version"] != seen + 1:
                self.strange.append((role_id, seen, told))
            self.versions[role_id] = told["version"]

    def until_answered(self, method: str, path: str, body: Any, **headers: str) -> dict[str, Any] | None:
        asked = False
        while not (self.stop.is_set() and not asked):
            asked = True
            try:
                status, told = self.at.ask(
                    method, path, body, Authorization=f"Bearer {self.token}", **headers
                )
            except (OSError, http.client.HTTPException, ValueError):
                self.unanswered += 1
                time.sleep(0.02)
                continue
            if status == 200:
                return told
            if status != 503:
                self.strange.append((status, told))
                return None
        return None


def token_of(at: Installation) -> str:
    found = re.search(r"e-mail\s+(\S+)\s+password\s+(\S+)", at.log())
    assert found is not None
    line = http.client.HTTPConnection("127.0.0.1", at.port, timeout=20)
    body = json.dumps({"email": found[1], "password": found[2]})
    line.request("POST", "/api/identity/sign-in", body, {"Content-Type": "application/json"})
    cookie = re.search(r"trunnion=([^;]+)", str(line.getresponse().headers.get_all("Set-Cookie")))
    assert cookie is not None
    headers = {"Cookie": f"trunnion={cookie[1]}", "X-Trunnion-Door": "web"}
    status, told = at.ask(
        "POST", "/api/identity/tokens/issue", {"name": "crash", "permissions": ["*"]}, **headers
    )
    assert status == 200, told
    return str(told["token"])


def kill_again_and_again(at: Installation) -> int:
    chance, until, kills = random.Random(SEED), time.monotonic() + SECONDS, 0
    while kills < KILLS and (kills < FEWEST or time.monotonic() < until):
        time.sleep(chance.uniform(0.05, 1.2))
        at.kill()
        kills += 1
        if kills % 5 == 0:
            # Also while it is getting up.
            at.launch()
            time.sleep(chance.uniform(0.1, 2.5))
            at.kill()
            kills += 1
        at.start()
    return kills


def rows_of(at: Installation, token: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    cursor = ""
    while True:
        asked = f"/api/identity/roles?limit=500&columns=key&cursor={cursor}"
        _, told = at.ask("GET", asked, Authorization=f"Bearer {token}")
        for row in told["rows"]:
            assert row["key"] not in found, "a row came twice"
            found[row["key"]] = row
        cursor = told["next"] or ""
        if not cursor:
            return found


def entries_of(at: Installation, token: str, verb: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    before = ""
    while True:
        asked = f"/api/system/journal?verb={verb}&limit=200{before}"
        _, told = at.ask("GET", asked, Authorization=f"Bearer {token}")
        found += told["rows"]
        if told["next"] is None:
            return found
        before = f"&before={told['next']}"


@pytest.mark.real_database
def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(tmp_path):
    with database() as url, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        at = Installation(tmp_path, url, port)
        try:
            at.start()
            token = token_of(at)
            stop = threading.Event()
            clients = [Client(at, token, n, stop) for n in range(CLIENTS)]
            for client in clients:
                client.start()
            at.starts.clear()
            kills = kill_again_and_again(at)
            stop.set()
            for client in clients:
                client.join(60)
            look(at, token, clients, kills)
        finally:
            at.kill()


def look(at: Installation, token: str, clients: list[Client], kills: int) -> None:
    """What was acknowledged against what is there."""
    told = (
        f"TRUNNION_CRASH_SEED={SEED}, {kills} kills, {sum(c.unanswered for c in clients)} calls not answered"
    )
    assert [c.strange for c in clients if c.strange] == [], told
    acknowledged = {key: row for c in clients for key, row in c.acknowledged.items()}
    assert len(acknowledged) > kills, told
    rows = {key: row for key, row in rows_of(at, token).items() if key.startswith("crash_")}
    names = {row["role"]: row["id"] for row in acknowledged.values()}
    assert {k: rows.get(k, {}).get("id") for k in names} == names, told
    assert rows.keys() == names.keys(), f"done, yet never asked for or asked for twice; {told}"
    for key, first in random.Random(SEED).sample(sorted(acknowledged.items()), min(20, len(acknowledged))):
        body = {"key": first["role"], "name": first["role"], "grants": []}
        headers = {"Authorization": f"Bearer {token}", "Idempotency_Key": key}
        again = at.ask("POST", "/api/identity/roles/create", body, **headers)
        assert again == (200, {"id": first["id"], "version": 1}), told
    verb = "identity.role.create"
    until = time.monotonic() + 15
    while len(entries_of(at, token, verb)) < len(names) and time.monotonic() < until:
        time.sleep(0.2)
    subjects = [e["subject_id"] for e in entries_of(at, token, verb)]
    assert sorted(subjects) == sorted(names.values()), told
    edits = [e["subject_id"] for e in entries_of(at, token, "identity.role.edit")]
    versions = {role: version for c in clients for role, version in c.versions.items()}
    assert {role: 1 + edits.count(role) for role in versions} == versions, told
    _, proof = at.ask("GET", "/api/system/journal/verify", Authorization=f"Bearer {token}")
    assert proof["fault"] is None, told
    assert at.ask("GET", "/api/system/parked", Authorization=f"Bearer {token}") == (200, {"rows": []})
    # The quickest, because the others may have had to share the machine.
    assert min(at.starts) < READY_IN, (at.starts, told)
    health = subprocess.run(
        at.command("check"), env=at.environment, cwd=at.home, capture_output=True, text=True, check=False
    )
    assert not [
        line for line in health.stdout.splitlines() if line.startswith("BAD") and "disk" not in line
    ], health
