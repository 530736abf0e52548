"""Figures of this process in the text format that Prometheus reads: counters, durations, and what is looked up."""

import threading
from collections.abc import Callable, Iterator

# Where answers stop being quick and begin to be slow, in seconds.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
Labels = tuple[tuple[str, str], ...]
Samples = Iterator[tuple[str, Labels, float]]


class Series:
    """One name with what it means; a kind of it says how it is counted."""

    kind = "untyped"

    def __init__(self, name: str, means: str) -> None:
        self.name = name
        self.means = means
        self._lock = threading.Lock()

    def samples(self) -> Samples:
        """What is known at this moment."""
        raise NotImplementedError


class Counter(Series):
    """What only grows, by labels."""

    kind = "counter"

    def __init__(self, name: str, means: str) -> None:
        super().__init__(name, means)
        self._held: dict[Labels, float] = {}

    def add(self, amount: float = 1, **labels: str) -> None:
        """Counts something."""
        key = tuple(sorted(labels.items()))
        with self._lock:
            self._held[key] = self._held.get(key, 0) + amount

    def samples(self) -> Samples:
        with self._lock:
            held = dict(self._held)
        yield from ((self.name, labels, value) for labels, value in (held or {(): 0.0}).items())


class Durations(Series):
    """How long something took, in classes, by labels."""

    kind = "histogram"

    def __init__(self, name: str, means: str) -> None:
        super().__init__(name, means)
        self._held: dict[Labels, list[float]] = {}

    def took(self, seconds: float, **labels: str) -> None:
        """Notes one duration."""
        key = tuple(sorted(labels.items()))
        with self._lock:
            held = self._held.setdefault(key, [0.0] * (len(BOUNDS) + 2))
            for at, bound in enumerate(BOUNDS):
                if seconds <= bound:
                    held[at] += 1
            held[-2] += 1
            held[-1] += seconds

    def samples(self) -> Samples:
        with self._lock:
            held = {labels: list(values) for labels, values in self._held.items()}
        for labels, values in held.items():
            for bound, value in zip((*map(str, BOUNDS), "+Inf"), values[:-1], strict=True):
                yield f"{self.name}_bucket", (*labels, ("le", bound)), value
            yield f"{self.name}_count", labels, values[-2]
            yield f"{self.name}_sum", labels, values[-1]


class Gauge(Series):
    """What is looked up when somebody asks."""

    kind = "gauge"

    def __init__(self, name: str, means: str, look: Callable[[], dict[Labels, float]]) -> None:
        super().__init__(name, means)
        self._look = look

    def samples(self) -> Samples:
        yield from ((self.name, labels, value) for labels, value in self._look().items())


REGISTRY: dict[str, Series] = {}


def counter(name: str, means: str) -> Counter:
    """A counter by this name; the same one for whoever names it again."""
    found = REGISTRY.setdefault(name, Counter(name, means))
    assert isinstance(found, Counter)  # noqa: S101  (two series of one name are a mistake of the program)
    return found


def durations(name: str, means: str) -> Durations:
    """Durations by this name; the same ones for whoever names them again."""
    found = REGISTRY.setdefault(name, Durations(name, means))
    assert isinstance(found, Durations)  # noqa: S101  (two series of one name are a mistake of the program)
    return found


def gauge(name: str, means: str, look: Callable[[], dict[Labels, float]]) -> None:
    """Something to be looked up at each reading."""
    REGISTRY[name] = Gauge(name, means, look)


def render() -> str:
    """Everything that is known, as text."""
    lines = []
    for name in sorted(REGISTRY):
        series = REGISTRY[name]
        lines += [f"# HELP {name} {series.means}", f"# TYPE {name} {series.kind}"]
        lines += [f"{told}{_labels(labels)} {_number(value)}" for told, labels, value in series.samples()]
    return "\n".join(lines) + "\n"


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    told = (f'{name}="{_escaped(value)}"' for name, value in labels)
    return "{" + ",".join(told) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
