"""Events: facts in the past tense, made of ids and plain values, known by name to whoever listens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar, dataclass_transform
from uuid import UUID

import msgspec

EVENTS: dict[str, type["Event"]] = {}
HANDLERS: dict[str, list["Handler"]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Event:
    """The parent of all facts; a child names itself: `class OrderStarted(Event, name="work.order.started")`.

    One that `gathers` a list of ids is told once for many: what one entry says of them, one by one, becomes one fact
    for each `most` ids, and so one delivery to each handler.
    """

    fact: ClassVar[str] = ""
    gathers: ClassVar[str] = ""
    most: ClassVar[int] = 500

    def __init_subclass__(cls, name: str, gathers: str = "", most: int = 500) -> None:
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=True)(cls)
        cls.fact, cls.gathers, cls.most = name, gathers, most
        known = EVENTS.get(name)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise ValueError(f"two events are called {name}")
        EVENTS[name] = cls


def gathered(events: Iterable[Event]) -> list[Event]:
    """The facts of one entry, with those that say the same of single records told once for many of them."""
    ids: dict[type[Event], dict[UUID, None]] = {}
    for event in events:
        if event.gathers:
            ids.setdefault(type(event), {}).update(dict.fromkeys(getattr(event, event.gathers)))
    told: list[Event] = []
    for event in events:
        if not event.gathers:
            told.append(event)
            continue
        listed = list(ids.pop(type(event), ()))
        parts = (listed[start : start + event.most] for start in range(0, len(listed), event.most))
        # Every child is a dataclass, which the types of the parent do not tell.
        known: Any = event
        told += [replace(known, **{event.gathers: part}) for part in parts]
    return told


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
