"""What a trade's data file says, and how large a demo is made of it."""

from enum import StrEnum

import msgspec


class TradeKey(StrEnum):
    """The trades that there are templates for."""

    HOSPITAL = "hospital"
    FACTORY = "factory"
    LIFTS = "lifts"
    WATER = "water"
    PROPERTY = "property"


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a data file says is taken as it stands: a key that nobody knows is a mistake."""


class Fault(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What goes wrong: words, failure mode, what helps, the part that it takes and its price."""

    text: str
    mode: str
    remedy: str
    part: str
    cost: int


class Kind(_Strict, frozen=True, forbid_unknown_fields=True):
    """A model, how many of it stand there, how it fails, how long a repair takes, how it is looked after."""

    name: str
    model: str
    class_: str = msgspec.field(name="class")
    prefix: str = ""
    count: tuple[int, int] = (0, 0)
    price: int = 0
    # Weibull shape and scale in days between failures: below 1 early failures, above 1 wear.
    life: tuple[float, float] = (1.0, 1000.0)
    # Median minutes and the spread of their logarithm.
    repair: tuple[int, float] = (60, 0.5)
    # Days between services, minutes of one.
    plan: tuple[int, int] = (365, 30)
    service: str = ""
    team: str = ""
    faults: tuple[Fault, ...] = ()
    maker: int = 0
    # The day of the year around which it fails most; 0 knows no season.
    peak: int = 0
    where: tuple[str, ...] = ()
    linear: bool = False
    # Another company is sometimes called in.
    outside: bool = False
    # The lot of which a part was delivered with a defect.
    batch: str = ""
    # Name, unit and rise per day of a counter.
    meter: tuple[str, str, float] | None = None


class Building(_Strict, frozen=True, forbid_unknown_fields=True):
    """A building of a site with its floors, and the rooms that each floor has."""

    name: str
    floors: tuple[str, ...]
    rooms: tuple[str, ...]


class Segments(_Strict, frozen=True, forbid_unknown_fields=True):
    """A line in the ground, cut into pieces by chainage in metres, from one end to the other."""

    name: str
    route: str
    to: int
    step: int
    start: tuple[str, str]
    end: tuple[str, str]


class Site(_Strict, frozen=True, forbid_unknown_fields=True):
    """A place of one's own, or of a customer."""

    name: str
    lon: str
    lat: str
    buildings: tuple[Building, ...] = ()
    segments: tuple[Segments, ...] = ()
    customer: str = ""
    city: str = ""
    street: str = ""


class Human(_Strict, frozen=True, forbid_unknown_fields=True):
    """A person: login name, full name, shipped role, language, hourly rate and team where they do the work."""

    login: str
    name: str
    role: str
    language: str = "zh-CN"
    rate: int = 0
    team: str = ""
    # Only in the large demo.
    large: bool = False


class CertificateKind(_Strict, frozen=True, forbid_unknown_fields=True):
    """A statutory inspection, how often it is due, and which classes need it."""

    code: str
    name: str
    months: int
    classes: tuple[str, ...]


class Field(_Strict, frozen=True, forbid_unknown_fields=True):
    """A custom field of equipment; choices are key, English, Chinese."""

    key: str
    en: str
    zh: str
    unit: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()


class Trade(_Strict, frozen=True, forbid_unknown_fields=True):
    """A line of business: who, where, what, and what goes wrong there."""

    name: str
    domain: str
    zone: str
    currency: str
    makers: tuple[str, ...]
    contractors: tuple[str, ...]
    reporters: tuple[str, ...]
    tags: tuple[str, ...]
    people: tuple[Human, ...]
    teams: dict[str, str]
    sites: tuple[Site, ...]
    certificates: tuple[CertificateKind, ...]
    fields: tuple[Field, ...]
    kinds: tuple[Kind, ...]


class Size(msgspec.Struct, frozen=True):
    """How much is made of a trade."""

    key: str
    # Which of a kind's two counts holds; `most` caps it.
    column: int
    sites: int
    days: int
    # How many orders the failures and the services of the time come to, about.
    corrective: int
    preventive: int
    # How many of the last ones are told by the verbs of the people, step by step.
    recent: int
    # How many orders stand in each state today is this many times the usual.
    today: int
    guests: int
    certificates: int
    meters: int
    most: int = 10_000
    kinds: int = 100


SMALL = Size("small", 0, 1, 360, 80, 50, 12, 1, 4, 8, 3)
LARGE = Size("large", 1, 3, 730, 780, 900, 160, 2, 24, 90, 40)
SIZES = {size.key: size for size in (SMALL, LARGE)}
