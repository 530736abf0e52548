"""Bulk verbs that make sure rows exist: each line names a row that is found, changed or made, and all are counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from .tables import Row

STEP = 1000


class Ensured(msgspec.Struct, frozen=True):
    """What a bulk verb did: the ids in the order of its lines, how many rows it made, changed and found unchanged."""

    ids: list[UUID]
    created: int
    changed: int
    same: int


@dataclass(slots=True)
class Tally:
    """The rows of a bulk verb on their way: `put` each line's row, `write` them all, then answer `ensured`."""

    ids: list[UUID] = field(default_factory=list)
    made: dict[UUID, Row] = field(default_factory=dict)
    changed: dict[UUID, Row] = field(default_factory=dict)

    def put(self, row: Any, facts: Mapping[str, Any]) -> None:
        """Sets facts on a row that was found, or on a new one; a row may come more than once."""
        self.ids.append(row.id)
        differing = {name: value for name, value in facts.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        if row._state.adding:
            self.made[row.id] = row
        elif differing:
            self.changed[row.id] = row

    def write(self) -> None:
        """Stores what is new at once and what changed one by one, so that each change is checked and recorded."""
        made = list(self.made.values())
        if made:
            type(made[0])._default_manager.bulk_create(made, batch_size=STEP)
        for row in self.changed.values():
            row.save()

    def ensured(self) -> Ensured:
        """The counts; a row that several lines name counts once."""
        same = len(set(self.ids)) - len(self.made) - len(self.changed)
        return Ensured(self.ids, len(self.made), len(self.changed), same)
