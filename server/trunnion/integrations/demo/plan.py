"""The plan of a demo: places and machines of a trade, the same for the same seed; no database is touched."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from trunnion.assets.types.kinds import AssetState, Criticality, LocationKind

from .types import Kind, Site, Size, Trade

# One machine in so many fails five times as often as its like.
BAD_ONE_IN = 80
BAD_FACTOR = 5
# The share of a lot that was delivered with a defect, and how much sooner it fails.
DEFECT_SHARE = 0.25
DEFECT_FACTOR = 3
NEW_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Place:
    """A location and the index of the one that holds it."""

    kind: LocationKind
    name: str
    parent: int | None
    site: int
    lon: Decimal | None = None
    lat: Decimal | None = None
    route: str = ""
    from_measure: int | None = None
    to_measure: int | None = None
    line: tuple[tuple[float, float], ...] = ()
    holds: bool = False


@dataclass(slots=True)
class Thing:
    """A machine: what it is, where it stands, since when, and what kind of fellow it is."""

    index: int
    kind: Kind
    number: int
    place: int
    serial: str
    installed_on: date
    factor: float = 1.0
    is_bad: bool = False
    batch: str = ""
    criticality: Criticality = Criticality.C
    state: AssetState = AssetState.IN_SERVICE
    customer: str = ""

    @property
    def tag(self) -> str:
        """What is painted on it."""
        return f"{self.kind.prefix}-{self.number:03}"


@dataclass(slots=True)
class Plan:
    """All that a demo is made of before anything is written."""

    trade: Trade
    size: Size
    now: datetime
    places: list[Place] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)


def plan(trade: Trade, size: Size, now: datetime, dice: random.Random) -> Plan:
    """Sets up the places and machines of a trade, as large as asked."""
    made = Plan(trade, size, now)
    sites = trade.sites[: size.sites]
    for index, site in enumerate(sites):
        made.places += _site(site, index, len(made.places))
    for kind in trade.kinds[: size.kinds]:
        for number in range(1, min(kind.count[size.column], size.most) + 1):
            made.things.append(_thing(made, kind, number, dice))
    _mark_bad(made.things, dice)
    _rank(made.things)
    return made


def _site(site: Site, index: int, first: int) -> Iterator[Place]:
    """The places of a site, each before what it holds; `first` is the index that the site itself gets."""
    yield Place(LocationKind.SITE, site.name, None, index, Decimal(site.lon), Decimal(site.lat))
    at = first
    for building in site.buildings:
        at += 1
        house = at
        yield Place(LocationKind.BUILDING, building.name, first, index)
        for floor in building.floors:
            at += 1
            storey = at
            yield Place(LocationKind.FLOOR, floor, house, index)
            for room in building.rooms:
                at += 1
                yield Place(LocationKind.SPACE, f"{room} {floor}", storey, index, holds=True)
    for line in site.segments:
        (lon, lat), (to_lon, to_lat) = (tuple(map(float, end)) for end in (line.start, line.end))
        for begin in range(0, line.to, line.step):
            end = min(begin + line.step, line.to)
            ends = tuple(
                (round(lon + (to_lon - lon) * m / line.to, 6), round(lat + (to_lat - lat) * m / line.to, 6))
                for m in (begin, end)
            )
            yield Place(
                LocationKind.LINEAR_SEGMENT, f"{line.name} {begin}-{end} m", first, index, None, None, line.route,
                begin, end, ends, holds=True,
            )  # fmt: skip


def _fitting(made: Plan, kind: Kind) -> list[int]:
    """The places where a machine of this kind can stand: those that it asks for, else any."""
    wanted = LocationKind.LINEAR_SEGMENT if kind.linear else LocationKind.SPACE
    held = [i for i, place in enumerate(made.places) if place.holds and place.kind == wanted]
    asked = [i for i in held if any(made.places[i].name.startswith(room) for room in kind.where)]
    return asked or held or [i for i, place in enumerate(made.places) if place.holds]


def _thing(made: Plan, kind: Kind, number: int, dice: random.Random) -> Thing:
    place = dice.choice(_fitting(made, kind))
    is_new = dice.random() < NEW_SHARE
    age = dice.randrange(40, 700) if is_new else dice.randrange(740, 5200)
    thing = Thing(
        len(made.things), kind, number, place, f"{kind.prefix}{dice.randrange(10**7):07}",
        made.now.date() - timedelta(days=age), customer=made.trade.sites[made.places[place].site].customer,
    )  # fmt: skip
    if kind.batch and dice.random() < DEFECT_SHARE:
        thing.batch, thing.factor = kind.batch, DEFECT_FACTOR
    elif dice.random() < 0.03:
        thing.state = dice.choice([AssetState.STANDBY, AssetState.IDLE])
    return thing


def _mark_bad(things: list[Thing], dice: random.Random) -> None:
    """A few machines never come to rest; they have stood there long enough to show it."""
    steady = [t for t in things if not t.batch and t.state == AssetState.IN_SERVICE and t.kind.faults]
    for thing in dice.sample(steady, min(len(steady), max(1, len(things) // BAD_ONE_IN))):
        thing.is_bad, thing.factor = True, BAD_FACTOR


def _rank(things: list[Thing]) -> None:
    """The dearest fifth is A, the next third is B."""
    order = sorted(things, key=lambda t: (-t.kind.price, t.index))
    for rank, thing in enumerate(order):
        share = rank / len(order)
        thing.criticality = Criticality.A if share < 0.2 else Criticality.B if share < 0.53 else Criticality.C
