"""Facts of approvals; rooms above listen to them and go on with what they had asked for."""

from uuid import UUID

from trunnion.kernel.events import Event


class ApprovalAsked(Event, name="identity.approval.asked"):
    """Somebody's agreement is needed."""

    approval_id: UUID
    subject_kind: str
    subject_id: UUID
    verb: str


class ApprovalGranted(Event, name="identity.approval.granted"):
    """Everybody who had to agree did."""

    approval_id: UUID
    subject_kind: str
    subject_id: UUID
    verb: str


class ApprovalRefused(Event, name="identity.approval.refused"):
    """Somebody who had to agree did not."""

    approval_id: UUID
    subject_kind: str
    subject_id: UUID
    verb: str


class ApprovalWithdrawn(Event, name="identity.approval.withdrawn"):
    """Who asked no longer does."""

    approval_id: UUID
    subject_kind: str
    subject_id: UUID
    verb: str


class StepOpened(Event, name="identity.approval.step_opened"):
    """An approval waits for these people."""

    approval_id: UUID
    step_id: UUID
    user_ids: list[UUID]


class StepFellBack(Event, name="identity.approval.fell_back"):
    """Nobody is left who could decide a step; the administrators must."""

    approval_id: UUID
    step_id: UUID


class ApprovalReminded(Event, name="identity.approval.reminded"):
    """An approval has waited for long."""

    approval_id: UUID
    user_ids: list[UUID]


class DelegationBegun(Event, name="identity.delegation.begun"):
    """A member lets another one decide for a while."""

    delegation_id: UUID
    from_user_id: UUID
    to_user_id: UUID


class DelegationEnded(Event, name="identity.delegation.ended"):
    """A delegation was taken back."""

    delegation_id: UUID
