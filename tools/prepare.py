"""Brings the Python environment up to date with the lock and builds the clients when they changed."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import clients

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dev.lock"
BIN = Path(sys.prefix) / "bin"
STAMP = Path(sys.prefix) / "trunnion-setup.stamp"


def fingerprint() -> str:
    """What the environment depends on: the lock, the project's description, the interpreter and the place."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), bytes(ROOT)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def locked(name: str) -> str:
    """The lines of the lock file that pin one library, hashes included."""
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n", LOCK.read_text(), re.MULTILINE)
    if found is None:
        sys.exit(f"setup: {LOCK.name} does not pin {name}; run make lock")
    return found.group(0)


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run one step and stop set-up with its name when it fails."""
    result = subprocess.run([str(part) for part in command], cwd=cwd, stdin=subprocess.DEVNULL, check=False)
    if result.returncode:
        sys.exit(f"setup: failed: {' '.join(str(part) for part in command)}")


def bootstrap_uv() -> None:
    """Install the pinned uv by pip: it alone can install the rest exactly as locked."""
    if importlib.util.find_spec("pip") is None:
        run(sys.executable, "-m", "ensurepip")
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "uv.txt"
        pinned.write_text(locked("uv"))
        run(sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", pinned)


def sync() -> None:
    """Make the environment hold exactly what the lock names, and this project beside it."""
    print("setup: installing the pinned libraries", flush=True)
    if not (BIN / "uv").exists():
        bootstrap_uv()
    uv = (BIN / "uv", "pip")
    python = ("--python", sys.executable)
    run(*uv, "sync", "--quiet", *python, "--require-hashes", LOCK)
    # Built by the locked hatchling, so that nothing is fetched that the lock does not name.
    run(
        *uv,
        "install",
        "--quiet",
        *python,
        "--no-deps",
        "--no-build-isolation",
        "--offline",
        "--editable",
        ROOT,
    )


def main() -> None:
    """Do what is not done yet."""
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    wanted = fingerprint()
    if not STAMP.exists() or STAMP.read_text() != wanted:
        STAMP.unlink(missing_ok=True)
        sync()
        STAMP.write_text(wanted)
    clients.build(ROOT)


if __name__ == "__main__":
    main()
