"""A throw-away installation for a bench: a home, one of the two databases, an organisation, and a server."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools import postgres

ROOT = Path(__file__).parents[1]
PASSWORD = "a long password for benches"


@contextmanager
def installation(database: str) -> Iterator[dict[str, str]]:
    """The environment of a fresh, migrated installation on `sqlite` or `postgresql` (durable, as in earnest)."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="trunnion-bench-"))
        env = {**os.environ, "TRUNNION_HOME": home, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'server'}"}
        env.pop("TRUNNION_DATABASE_URL", None)
        # What runs at night would be measured along with what is asked by day.
        (Path(home) / "backups").mkdir()
        (Path(home) / "backups" / "off").touch()
        if database == "postgresql":
            env["TRUNNION_DATABASE_URL"] = stack.enter_context(postgres.cluster(durable=True))
        yield env


def databases() -> list[str]:
    """The databases that this machine can measure."""
    return ["sqlite", "postgresql"] if postgres.find_bin() else ["sqlite"]


@contextmanager
def serving(env: dict[str, str]) -> Iterator[str]:
    """The address of a server with the reference routes beside the product's own."""
    port = postgres.free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "bench._server"], env={**env, "TRUNNION_BIND": f"127.0.0.1:{port}"}, cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/api/system/health", server)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("the server ended while starting")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer")


def on_each(bench: str, measure: Callable[[str, dict[str, str]], object]) -> None:
    """Measures on each database, in a process of its own that this one starts: `bench` is its file."""
    if len(sys.argv) < 2:
        for database in databases():
            os.spawnv(os.P_WAIT, sys.executable, [sys.executable, bench, database])
        return
    with installation(sys.argv[1]) as env:
        in_process(env)
        measure(sys.argv[1], env)


def in_process(env: dict[str, str]) -> None:
    """Makes this process an installation: for filling and for benches without HTTP."""
    os.environ.update(env)
    os.environ["DJANGO_SETTINGS_MODULE"] = "trunnion.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
