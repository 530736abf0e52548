"""Fetches from Debian what tests need and Python cannot bring: PostgreSQL, a browser, Chinese letters."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools import postgres

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_browser() -> str | None:
    """The path of an installed browser of the Chromium family, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Whether pages in Chinese show letters instead of boxes."""
    if not shutil.which("fc-list"):
        return any(Path("/usr/share/fonts").rglob("*CJK*"))
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def missing() -> list[str]:
    """Debian's packages that would bring what this machine lacks."""
    wanted = {
        "postgresql": postgres.find_bin() is not None,
        "chromium": find_browser() is not None,
        "fonts-noto-cjk": has_chinese_font(),
    }
    return [package for package, is_there in wanted.items() if not is_there]


def administrator() -> list[str] | None:
    """How this account may install packages without being asked anything, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    can = (
        shutil.which("sudo")
        and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0
    )
    return sudo if can else None


def apt(prefix: list[str], *arguments: str) -> bool:
    """Run apt-get without questions; whether it succeeded."""
    command = [
        *prefix,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-o",
        "DPkg::Lock::Timeout=300",
    ]
    result = subprocess.run(
        [*command, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if result.returncode:
        print(f"apt-get {' '.join(arguments)} failed:\n{result.stderr.strip()[-1500:]}", flush=True)
    return result.returncode == 0


def provide() -> list[str]:
    """Install what is missing when that is allowed; returns what is missing still."""
    packages = missing()
    prefix = administrator()
    if not packages or prefix is None:
        return packages
    print(f"installing Debian's packages: {' '.join(packages)}", flush=True)
    # One after the other, so that one package that cannot be had does not keep the others away.
    if apt(prefix, "update"):
        for package in packages:
            apt(prefix, "install", "--yes", "--no-install-recommends", package)
    return missing()
