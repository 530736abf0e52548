"""Writes both lock files from pyproject.toml, with hashes and without the address of any package index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.prefix) / "bin" / "uv"


def compile_lock(target: str, *arguments: str) -> None:
    """Resolve for every supported Python and platform at once and write one lock file."""
    command = [
        str(UV),
        "pip",
        "compile",
        "pyproject.toml",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
    ]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--upgrade"]
    command += ["--custom-compile-command", "make lock", *arguments, "--output-file", target]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """Lock what users run first: what developers use must agree with it."""
    compile_lock("requirements.lock")
    compile_lock("requirements-dev.lock", "--group", "dev", "--constraints", "requirements.lock")


if __name__ == "__main__":
    main()
