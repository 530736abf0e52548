"""The shipped roles as data, and what a set of roles grants."""

import tomllib
from functools import cache, lru_cache
from importlib import resources

from trunnion.kernel.permissions import PERMISSIONS, expand


@cache
def shipped() -> dict[str, list[str]]:
    """The grant patterns of each shipped role by its key."""
    text = resources.files("trunnion.identity").joinpath("seed/roles.toml").read_text("utf-8")
    return {key: role["grants"] for key, role in tomllib.loads(text).items()}


@cache
def shipped_names() -> dict[str, dict[str, str]]:
    """The name of each shipped role in each language."""
    text = resources.files("trunnion.identity").joinpath("seed/roles.toml").read_text("utf-8")
    return {key: role["name"] for key, role in tomllib.loads(text).items()}


def grants_of(patterns: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """What several roles grant together: each role's denials count within that role."""
    return _expanded(patterns, len(PERMISSIONS))


@lru_cache(maxsize=500)
def _expanded(patterns: tuple[tuple[str, ...], ...], _known: int) -> frozenset[str]:
    # The number of known permissions is part of the key: rooms declare theirs as they are loaded.
    return frozenset().union(*(expand(list(role)) for role in patterns))
