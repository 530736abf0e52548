"""Another installation beside the tested one, on the same database or on the other, used by its command line."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from tools import postgres

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@dataclass(frozen=True)
class Elsewhere:
    """An installation of its own: its home and what its processes are told."""

    home: Path
    env: dict[str, str]

    def call(self, *arguments: object, fails: int = 0) -> str:
        """Runs a command there; returns what it said."""
        told = [sys.executable, "-c", "from trunnion.cli import main; main()", *map(str, arguments)]
        done = subprocess.run(told, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == fails, (done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr


@contextmanager
def elsewhere(home: Path, vendor: str, *, laid_out: bool = False) -> Iterator[Elsewhere]:
    """An installation that nobody has used yet; `laid_out` has its tables, those of the kernel's playground too."""
    server = Path(__file__).parents[4]
    path = f"{server.parent}{os.pathsep}{server}"
    env = {**os.environ, "TRUNNION_HOME": str(home), "PYTHONPATH": path, "COLUMNS": "200"}
    for name in ("TRUNNION_DATABASE_URL", "TRUNNION_SECRET"):
        env.pop(name, None)
    with ExitStack() as stack:
        if vendor == "postgresql":
            if postgres.find_bin() is None:
                pytest.skip("no PostgreSQL on this machine")
            env["TRUNNION_DATABASE_URL"] = stack.enter_context(postgres.cluster())
        made = Elsewhere(home, env)
        if laid_out:
            made.call("manage", "migrate", "--run-syncdb", "--verbosity", "0")
        yield made


def other_vendor() -> str:
    """The database that the tested installation does not use."""
    return OTHER[connection.vendor]
