"""`make audit`: what Trunnion consists of, as CycloneDX, and whether any of it is known to be at fault."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tools.steps import program

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "dist" / "sbom"
LOCK = ROOT / "requirements.lock"
# What the two tools say when nobody answers: that is no finding.
UNREACHABLE = (
    "ConnectionError", "Connection refused", "NameResolution", "ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN", "ENETUNREACH",
    "ETIMEDOUT", "timed out", "Network is unreachable", "ServiceError", "audit endpoint",
)  # fmt: skip


def write(target: Path = TARGET) -> list[Path]:
    """Both parts' materials, from the lock files alone: nobody is asked anything."""
    target.mkdir(parents=True, exist_ok=True)
    server, clients = target / "server.cdx.json", target / "clients.cdx.json"
    pinned = (program("cyclonedx-py"), "requirements", str(LOCK), "--pyproject", str(ROOT / "pyproject.toml"))
    told = ("--output-format", "JSON", "--output-reproducible", "--output-file", str(server))
    subprocess.run([*pinned, *told], check=True, capture_output=True)
    listed = (program("npm"), "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev")
    found = subprocess.run(listed, cwd=ROOT / "clients", check=True, capture_output=True, text=True)
    clients.write_text(json.dumps(json.loads(found.stdout), indent=1) + "\n")
    return [server, clients]


def ask(command: tuple[str, ...], where: Path = ROOT) -> tuple[bool, str]:
    """Whether nothing is known against what is pinned, and what was said; no network is no fault."""
    try:
        done = subprocess.run(command, cwd=where, check=False, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return True, "not asked: nobody answered in two minutes"
    said = done.stdout + done.stderr
    if done.returncode and any(sign in said for sign in UNREACHABLE):
        return True, "not asked: no network"
    return not done.returncode, said.strip().splitlines()[-1] if said.strip() else ""


def main() -> int:
    """Write the materials, then ask both advisory services."""
    for path in write():
        count = len(json.loads(path.read_text())["components"])
        print(f"{path.relative_to(ROOT)}: {count} components")
    server = (
        program("pip-audit"),
        "--requirement",
        str(LOCK),
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
    )
    asked = {
        "server": ask(server),
        "clients": ask((program("npm"), "audit", "--omit", "dev", "--audit-level", "high"), ROOT / "clients"),
    }
    for name, (is_good, said) in asked.items():
        print(f"{name}: {said or 'nothing is known against it'}" if is_good else f"{name}: FAULTS\n{said}")
    return 0 if all(is_good for is_good, _ in asked.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
