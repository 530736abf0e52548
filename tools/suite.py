"""`make test`: the suite on SQLite and on PostgreSQL, the stories in a browser, then every check."""

from __future__ import annotations

import contextlib
import sys
import tempfile

from tools import check, debian, postgres
from tools.steps import Step, program, run_all

NOTHING_COLLECTED = 5
PACKAGES = {"postgresql": "the suite on PostgreSQL", "chromium": "the stories in the browser"}
PACKAGES["fonts-noto-cjk"] = "Chinese letters in the browser's pictures"


def pytest(*arguments: str) -> tuple[str, ...]:
    """A run of pytest with a quiet report."""
    return (sys.executable, "-m", "pytest", "--quiet", *arguments)


def lacking(package: str, missing: list[str]) -> str:
    """Why a step cannot run here, and what would help; empty when it can."""
    if package not in missing:
        return ""
    return f"{package} is not installed and this account may not install it: sudo apt-get install {package}"


def steps(home: str, database_url: str, missing: list[str]) -> list[Step]:
    """The suite's steps; the database is named to each, so that the caller's own is never touched."""
    own = {"TRUNNION_HOME": home, "PYTHONHASHSEED": "0"}
    on_sqlite = own | {"TRUNNION_DATABASE_URL": ""}
    on_postgres = own | {"TRUNNION_DATABASE_URL": database_url}
    in_browser = on_sqlite | {"TRUNNION_BROWSER": debian.find_browser() or ""}
    suite = pytest("-n", "2", "-m", "not browser")
    stories = pytest("-n", "2", "-m", "browser")
    no_browser = lacking("chromium", missing)
    return [
        Step("tests on SQLite", suite, on_sqlite),
        Step("tests on PostgreSQL", suite, on_postgres, skip=lacking("postgresql", missing)),
        Step("stories in the browser", stories, in_browser, skip=no_browser, empty=NOTHING_COLLECTED),
        Step("clients' tests", (program("npm"), "--prefix", "clients", "--silent", "test")),
        *check.steps(home),
    ]


def main() -> int:
    """Get what the machine lacks, then run everything beside a throw-away PostgreSQL."""
    missing = debian.provide()
    for package in missing:
        print(f"not here: {package} (needed for {PACKAGES[package]})")
    with contextlib.ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="trunnion-test-"))
        has_postgres = "postgresql" not in missing
        url = stack.enter_context(postgres.cluster()) if has_postgres else ""
        return run_all(steps(home, url, missing))


if __name__ == "__main__":
    sys.exit(main())
