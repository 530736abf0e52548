"""The order of the rooms, read from the import contract so that it is written down once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


@cache
def heights() -> dict[str, int]:
    """Each room and how high it lies; siblings share a height."""
    settings = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    known = {}
    for height, layer in enumerate(reversed(layers)):
        for name in layer.replace("|", ":").split(":"):
            known[name.strip().strip("()")] = height
    return known


def may_point(lower: str, upper: str) -> bool:
    """Whether a table of `upper` may refer to one of `lower`; a smaller room's label is not known here."""
    known = heights()
    return lower not in known or upper not in known or known[lower] < known[upper]
