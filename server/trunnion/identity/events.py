"""Facts of identity."""

from uuid import UUID

from trunnion.kernel.events import Event


class OrganisationFounded(Event, name="identity.organisation.founded"):
    """A tenant began."""

    organisation_id: UUID


class MemberErased(Event, name="identity.membership.erased"):
    """Who a former member was is not known any more; `name` is what they are called instead."""

    membership_id: UUID
    user_id: UUID
    name: str


class MemberDeactivated(Event, name="identity.membership.deactivated"):
    """A person may no longer come in."""

    membership_id: UUID
    user_id: UUID
    # Whose work it is from now on; nobody's where it goes back to the desk.
    heir_id: UUID | None = None
