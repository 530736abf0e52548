"""Facts of procedures."""

from uuid import UUID

from trunnion.kernel.events import Event


class ProcedureCreated(Event, name="knowledge.procedure.created"):
    """A procedure was begun."""

    procedure_id: UUID
    number: str


class VersionSubmitted(Event, name="knowledge.procedure_version.submitted"):
    """A version waits for somebody else to look at it."""

    procedure_id: UUID
    version_id: UUID
    no: int


class VersionApproved(Event, name="knowledge.procedure_version.approved"):
    """A version is in force from now on."""

    procedure_id: UUID
    version_id: UUID
    no: int


class VersionRetired(Event, name="knowledge.procedure_version.retired"):
    """A procedure is not followed any more."""

    procedure_id: UUID
    version_id: UUID
    no: int
