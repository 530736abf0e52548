"""Runs a private, throw-away PostgreSQL for one command or one `with` block, and always takes it away again.

python tools/postgres.py [--durable] -- command ...
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROLE = "trunnion"
START_SECONDS = 60
# What a crash would lose does not matter in a cluster that nobody keeps.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresError(Exception):
    """PostgreSQL could not be found or started."""


def find_bin() -> Path | None:
    """The newest server programs on this machine, or None."""
    installed = [
        (int(match.group(1)), path.parent)
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if (match := re.fullmatch(r"(\d+)", path.parent.parent.name))
    ]
    if installed:
        return max(installed)[1]
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


def owner() -> str | None:
    """The account the server runs as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise PostgresError("PostgreSQL does not run as root and there is no account postgres or nobody")


def die_with_parent() -> None:
    """Ask Linux to end the server when this process ends in whatever way, so that none is ever left over."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGQUIT)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Cluster:
    """One private cluster: its folder, the account it runs as, and the process while it runs."""

    folder: Path
    programs: Path
    user: str | None
    durable: bool
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def call(self, program: str, *arguments: str, text: str = "") -> str:
        """Run one of PostgreSQL's programs as the cluster's account."""
        result = subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            user=self.user,
            group=self.group(),
            extra_groups=None if self.user is None else [],
            input=text,
            text=True,
            capture_output=True,
            check=False,
        )
        if result.returncode:
            raise PostgresError(f"{program} failed: {result.stderr.strip() or result.stdout.strip()}")
        return result.stdout

    def group(self) -> int | None:
        """The main group of the cluster's account."""
        return None if self.user is None else pwd.getpwnam(self.user).pw_gid

    def create(self) -> None:
        """Lay the cluster down; only its own account reaches the socket, where no password is asked."""
        if self.user is not None:
            shutil.chown(self.folder, self.user, self.group())
        access = ("--auth-local=trust", "--auth-host=scram-sha-256")
        self.call("initdb", "-D", "data", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N", *access)

    def start(self) -> None:
        """Start the server; another program may take the port in between, hence more than one try."""
        for _ in range(3):
            self.port = free_port()
            self.process = self.launch()
            if self.wait_until_ready():
                return
            self.stop()
        raise PostgresError(f"the server did not start:\n{(self.folder / 'log').read_text()[-2000:]}")

    def launch(self) -> subprocess.Popen[bytes]:
        """The server as a direct child, on the loopback address only."""
        options = {"listen_addresses": "127.0.0.1", "port": str(self.port), "max_connections": "200"}
        options |= {"unix_socket_directories": str(self.folder), "timezone": "UTC"}
        options |= {} if self.durable else CARELESS
        command = [str(self.programs / "postgres"), "-D", str(self.folder / "data")]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                user=self.user,
                group=self.group(),
                extra_groups=None if self.user is None else [],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A group of its own: a Ctrl-C at the terminal is for the command, the server goes last.
                process_group=0,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - no threads run yet when a cluster is started
            )

    def wait_until_ready(self) -> bool:
        """Whether the server answers before it gives up or the time is over."""
        deadline = time.monotonic() + START_SECONDS
        while self.process is not None and self.process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(PostgresError):
                self.sql("SELECT 1")
                return True
            time.sleep(0.05)
        return False

    def sql(self, statements: str) -> str:
        """Run statements as the cluster's superuser, over the socket."""
        arguments = ("-h", str(self.folder), "-p", str(self.port), "-U", "postgres", "-d", "postgres")
        return self.call("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *arguments, text=statements)

    def open_database(self) -> str:
        """Create the role and database of the application; returns the database's URL."""
        password = secrets.token_urlsafe(18)
        # Neither superuser nor allowed to pass row security: tests must meet the walls that production has.
        self.sql(
            f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD '{password}';\n"
            f"CREATE DATABASE {ROLE} OWNER {ROLE};\n"
        )
        return f"postgres://{ROLE}:{password}@127.0.0.1:{self.port}/{ROLE}"

    def stop(self) -> None:
        """End the server, politely first."""
        if self.process is None:
            return
        for polite in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(polite)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=10)
                break
        self.process = None


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """A running cluster for the length of the block; gives the URL of its database."""
    programs = find_bin()
    if programs is None:
        raise PostgresError("no PostgreSQL server programs found; on Debian: sudo apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="trunnion-pg-"))
    own = Cluster(folder, programs, owner(), durable)
    try:
        own.create()
        own.start()
        yield own.open_database()
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)


def leave(number: int, _frame: object) -> None:
    """Turn a request to end into an exception, so that the cluster is cleared away on the way out."""
    raise SystemExit(128 + number)


def run(command: list[str], *, durable: bool) -> int:
    """Run one command with the cluster's address in its environment; returns its exit code."""
    with cluster(durable=durable) as url:
        child = subprocess.Popen(command, env=os.environ | {"TRUNNION_DATABASE_URL": url})
        try:
            return child.wait()
        except (KeyboardInterrupt, SystemExit):
            child.terminate()
            child.wait(timeout=30)
            raise


def main() -> int:
    """Read the command line and run the command beside a cluster."""
    parser = argparse.ArgumentParser(
        prog="postgres.py", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument(
        "--durable", action="store_true", help="keep fsync on: for benches, where it is the cost"
    )
    parser.add_argument("command", nargs=argparse.REMAINDER, help="-- the command and its arguments")
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("name the command to run after --")
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)
    try:
        return run(command, durable=options.durable)
    except (PostgresError, FileNotFoundError) as problem:
        print(f"postgres: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
