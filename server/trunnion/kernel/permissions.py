"""The registry of everything that can be granted: each verb, and each kind of reading."""

from fnmatch import fnmatchcase

PERMISSIONS: dict[str, bool] = {}


def declare(name: str, *, open_to_all: bool = False) -> str:
    """Makes a permission known; returns its name."""
    if name.count(".") < 2:
        raise ValueError(f"a permission is room.thing.verb: {name}")
    PERMISSIONS[name] = open_to_all
    return name


def expand(patterns: list[str]) -> frozenset[str]:
    """The permissions meant by patterns such as `work.order.*`; one that begins with `!` denies and always wins."""
    granted: set[str] = set()
    denied: set[str] = set()
    for pattern in patterns:
        target = denied if pattern.startswith("!") else granted
        bare = pattern.removeprefix("!")
        target.update(name for name in PERMISSIONS if fnmatchcase(name, bare))
    return frozenset(granted - denied)
