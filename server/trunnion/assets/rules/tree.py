"""The location tree: paths made of short serial numbers, and which kind may hold which."""

from trunnion.assets.types.kinds import LocationKind as K

END = "/"
# The character behind END: the end of the range that holds a subtree.
NEXT = "0"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MOST_DEPTH = 40

_RANK = {K.PORTFOLIO: 0, K.SITE: 1, K.BUILDING: 2, K.FLOOR: 3, K.SPACE: 4}
# A part of a thing may be of the thing's own kind: a wing of a building, a box of a hall.
_NESTING = {K.PORTFOLIO, K.BUILDING, K.SPACE, K.ZONE, K.LINEAR_SEGMENT}


def segment(serial: int) -> str:
    """A serial number as one step of a path."""
    if serial < 1:
        raise ValueError(serial)
    text = ""
    while serial:
        serial, digit = divmod(serial, 36)
        text = DIGITS[digit] + text
    return text + END


def ancestors(path: str) -> list[str]:
    """The paths of all that hold a path, outermost first, without itself."""
    steps = path.split(END)[:-1]
    return [END.join(steps[:i]) + END for i in range(1, len(steps))]


def root(path: str) -> str:
    """The outermost place that holds a path, which may be itself."""
    return path.partition(END)[0] + END


def depth(path: str) -> int:
    """How many nodes a path names."""
    return path.count(END)


def is_within(path: str, other: str) -> bool:
    """Whether a path is another one or lies below it."""
    return path.startswith(other)


def may_hold(parent: str, child: str) -> bool:
    """Whether a location of one kind may stand directly in one of another kind."""
    if parent == child:
        return child in _NESTING
    if parent == K.OUTDOOR_POINT:
        return False
    if parent == K.LINEAR_SEGMENT:
        return child == K.OUTDOOR_POINT
    if child in (K.OUTDOOR_POINT, K.LINEAR_SEGMENT):
        return parent not in (K.FLOOR, K.SPACE)
    if child == K.ZONE:
        return True
    if parent == K.ZONE:
        return child not in (K.PORTFOLIO, K.SITE)
    return _RANK[K(parent)] < _RANK[K(child)]


def holders(child: str) -> list[str]:
    """The kinds that may hold one kind."""
    return [str(kind) for kind in K if may_hold(kind, child)]
