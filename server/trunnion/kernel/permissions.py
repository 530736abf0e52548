"""The registry of everything that can be granted: each verb, and each kind of reading."""

from fnmatch import fnmatchcase

PERMISSIONS: dict[str, bool] = {}
# A reading with narrower forms, such as `work.order.read` with `work.order.read_own`.
NARROWER: dict[str, tuple[str, ...]] = {}


def declare(name: str, *, open_to_all: bool = False) -> str:
    """Makes a permission known; returns its name."""
    if name.count(".") < 2:
        raise ValueError(f"a permission is room.thing.verb: {name}")
    PERMISSIONS[name] = open_to_all
    return name


def narrowed(name: str, *narrower: str) -> str:
    """Says that these permissions open the same routes as `name`; the room's policy then shows their holders less."""
    NARROWER[declare(name)] = tuple(declare(n) for n in narrower)
    return name


def opening(name: str) -> tuple[str, ...]:
    """The permissions of which one is enough to come in where `name` is asked for."""
    return (name, *NARROWER.get(name, ()))


def expand(patterns: list[str]) -> frozenset[str]:
    """The permissions meant by patterns such as `work.order.*`; one that begins with `!` denies and always wins."""
    granted: set[str] = set()
    denied: set[str] = set()
    for pattern in patterns:
        target = denied if pattern.startswith("!") else granted
        bare = pattern.removeprefix("!")
        target.update(name for name in PERMISSIONS if fnmatchcase(name, bare))
    return frozenset(granted - denied)
