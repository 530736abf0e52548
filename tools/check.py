"""`make check`: everything that reads the code and runs none of its tests."""

from __future__ import annotations

import sys
import tempfile

from tools.steps import Step, program, run_all


def steps(home: str) -> list[Step]:
    """The checks, quickest first; those that start the server's code use a data folder of their own."""
    own_home = {"TRUNNION_HOME": home}
    trunnion = program("trunnion")
    npm = (program("npm"), "--prefix", "clients", "--silent", "run")
    return [
        Step("format", (program("ruff"), "format", "--check", ".")),
        Step("lint", (program("ruff"), "check", "--quiet", ".")),
        Step("house lints", (sys.executable, "-m", "tools.lint", ".")),
        Step("import contracts", (program("lint-imports"), "--no-logo"), {"PYTHONPATH": "."}),
        # Django's plugin imports the settings, which mypy's own search path does not help with.
        Step("types", (program("mypy"),), own_home | {"PYTHONPATH": "server"}),
        Step("clients: types and lint", (*npm, "check")),
        Step("clients: sizes", (*npm, "budget")),
        Step("contract drift", (trunnion, "contracts", "--check"), own_home),
        Step("missing migrations", (trunnion, "manage", "makemigrations", "--check", "--dry-run"), own_home),
    ]


def main() -> int:
    """Run all checks."""
    with tempfile.TemporaryDirectory(prefix="trunnion-check-") as home:
        return run_all(steps(home))


if __name__ == "__main__":
    sys.exit(main())
