"""Events: facts in the past tense, made of ids and plain values, known by name to whoever listens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeVar, dataclass_transform

import msgspec

EVENTS: dict[str, type["Event"]] = {}
HANDLERS: dict[str, list["Handler"]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Event:
    """The parent of all facts; a child names itself: `class OrderStarted(Event, name="work.order.started")`."""

    fact: ClassVar[str] = ""

    def __init_subclass__(cls, name: str) -> None:
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=True)(cls)
        cls.fact = name
        known = EVENTS.get(name)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise ValueError(f"two events are called {name}")
        EVENTS[name] = cls


class Handler(msgspec.Struct, frozen=True):
    """A reaction to one event; `name` is what the delivery remembers it by."""

    name: str
    run: Callable[..., None]


E = TypeVar("E", bound=Event)


def on(event: type[E]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers `handler(ctx, event)`; it runs at least once after the commit and must be safe to run twice."""

    def register(run: Callable[..., None]) -> Callable[..., None]:
        module = run.__module__.removeprefix("trunnion.").removesuffix(".handlers")
        handler = Handler(f"{module}.{run.__name__}", run)
        HANDLERS.setdefault(event.fact, []).append(handler)
        return run

    return register
