"""Facts of the playground."""

from uuid import UUID

from trunnion.kernel.events import Event


class ThingMade(Event, name="playground.thing.made"):
    """A thing was made."""

    thing_id: UUID
    name: str


class ThingTurned(Event, name="playground.thing.turned"):
    """A thing was turned."""

    thing_id: UUID
