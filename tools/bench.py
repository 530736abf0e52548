"""`make bench`: runs each file in bench/, which prints its figure beside a reference of the same run."""

from __future__ import annotations

import sys

from tools.steps import ROOT, Step, run_all


def main() -> int:
    """Run the benches by name; `python -m tools.bench api verbs` runs only those."""
    chosen = set(sys.argv[1:])
    files = [path for path in sorted((ROOT / "bench").glob("*.py")) if not path.name.startswith("_")]
    steps = [
        Step(f"bench/{path.name}", (sys.executable, str(path)), {"PYTHONPATH": str(ROOT)})
        for path in files
        if not chosen or path.stem in chosen
    ]
    if not steps:
        print("no benches in bench/" if not chosen else f"no such bench: {', '.join(sorted(chosen))}")
        return int(bool(chosen))
    return run_all(steps)


if __name__ == "__main__":
    sys.exit(main())
