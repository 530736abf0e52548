"""Facts of workforce."""

from datetime import date
from uuid import UUID

from trunnion.kernel.events import Event


class ResourceCreated(Event, name="workforce.labour_resource.created"):
    """Somebody can be given work."""

    resource_id: UUID
    user_id: UUID | None


class ResourceDeactivated(Event, name="workforce.labour_resource.deactivated"):
    """Somebody can no longer be given work."""

    resource_id: UUID
    user_id: UUID | None
    # Who takes over what is open; nobody where it goes back to the desk.
    heir_id: UUID | None = None


class RateSet(Event, name="workforce.rate.set"):
    """An hour costs something else from a day on."""

    resource_id: UUID
    from_on: date
