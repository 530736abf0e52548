"""The unit of work: what one running command changes, emits and is about, until its journal entry is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from .context import Context
from .errors import KernelError, WriteOutsideCommand
from .events import Event
from .ids import uuid7


@dataclass(slots=True)
class Change:
    """One row's difference: `fields` holds before and after per field."""

    kind: str
    row_id: UUID
    op: str
    fields: dict[str, list[Any]]


@dataclass(slots=True)
class Unit:
    """One command on its way: nested commands have a unit each, linked by `parent`."""

    ctx: Context
    verb: str
    parent: "Unit | None" = None
    entry_id: UUID = field(default_factory=uuid7)
    subject: tuple[str, UUID] | None = None
    changes: list[Change] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    # What additions were given with the verb's arguments, and whether they found the row that they belong to.
    given: dict[str, Any] = field(default_factory=dict)
    is_complete: bool = False
    # The room whose tables may be written beside the command's own while an addition is stored.
    guest: str = ""
    # What the parts of one verb ask again and again and does not change meanwhile.
    memo: dict[Any, Any] = field(default_factory=dict)
    # Every row's difference goes to the side table, so that each row's history finds the batch.
    is_batch: bool = False

    @property
    def room(self) -> str:
        """The room whose tables this command may write."""
        return self.verb.split(".", 1)[0]

    def about(self, kind: str, row_id: UUID) -> None:
        """The first row taken or made is what the entry is about, unless the command says otherwise."""
        if self.subject is None:
            self.subject = (kind, row_id)


_current: ContextVar[Unit | None] = ContextVar("trunnion_unit", default=None)


def current() -> Unit | None:
    """The unit of the command that runs now, if any."""
    return _current.get()


def require(room: str) -> Unit:
    """The running unit, which must be a command of this room; raises WriteOutsideCommand."""
    unit = _current.get()
    if unit is None or room not in (unit.room, unit.guest):
        where = "outside of any command" if unit is None else f"in {unit.verb}"
        raise WriteOutsideCommand(f"a table of {room} was written {where}")
    return unit


@contextmanager
def entered(unit: Unit) -> Iterator[Unit]:
    """Makes the unit the running one for the length of the block."""
    mark = _current.set(unit)
    try:
        yield unit
    finally:
        _current.reset(mark)


@contextmanager
def lent(unit: Unit, room: str) -> Iterator[None]:
    """Opens another room's tables for the length of the block: for what is stored in step with a record of this one."""
    unit.guest, before = room, unit.guest
    try:
        yield
    finally:
        unit.guest = before


def emit(event: Event) -> None:
    """Announces a fact; it is journalled with the command and delivered after the commit."""
    unit = _current.get()
    if unit is None:
        raise KernelError("an event can be emitted by a command only")
    unit.events.append(event)


def about_many() -> None:
    """Says that the running command is about several records: what happened to each is kept apart, under each."""
    unit = _current.get()
    if unit is not None:
        unit.is_batch = True


def on_behalf(name: str) -> None:
    """Says for whom the actor of the running command acts; the journal's entry names both."""
    unit = _current.get()
    if unit is not None:
        unit.ctx = unit.ctx.with_(on_behalf_of=name)


def about(kind: str, row_id: UUID) -> None:
    """Says which record the running command is about."""
    unit = _current.get()
    if unit is not None:
        unit.subject = (kind, row_id)
