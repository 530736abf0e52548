"""Reads of approvals: which rule holds, the whole record, what waits for me, and what rooms above ask."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from trunnion.identity.queries import find_people
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.permissions import narrowed
from trunnion.kernel.policies import get

from .models import Approval, ApprovalDecision, ApprovalRule, ApprovalStep, Delegation
from .registry import APPROVABLE, approvable
from .rules import Limit, Unclear, choose
from .states import APPROVAL
from .types import ApprovalCard, ApprovalState, StepState
from .voices import people_of, waiting_for

__all__ = [
    "APPROVABLE", "approvable", "approvals_about", "find_rule", "get_approval", "get_card", "listings",
]  # fmt: skip

READ = narrowed("identity.approval.read", "identity.approval.read_own")
READ_DELEGATIONS = "identity.delegation.read"
_APPROVAL = (
    Column("id", Type.ID, path="id"),
    Column("number", path="number"),
    Column("title", path="title"),
    Column("verb", path="verb"),
    Column("amount", Type.DECIMAL, path="amount", summed=True, currency="currency"),
    Column("currency", path="currency"),
    Column("state", Type.CHOICE, path="state", choices=ApprovalState, words="state.identity.approval"),
    Column("asked_by_name", path="asked_by_name"),
    Column("asked_by_id", Type.ID, path="asked_by_id", hidden=True),
    Column("asked_at", Type.INSTANT, path="asked_at", sort="asked_at"),
    Column("closed_at", Type.INSTANT, path="closed_at"),
    Column("reason", path="reason"),
    Column("subject_kind", path="subject_kind", hidden=True),
    Column("subject_id", Type.ID, path="subject_id", hidden=True),
)
APPROVALS = Listing(
    name="identity.approvals", model=Approval, permission=READ, order="-asked_at", columns=_APPROVAL
)
WAITING = Listing(
    name="identity.waiting_approvals",
    model=Approval,
    permission=READ,
    order="asked_at",
    narrow=lambda ctx: waiting_for(ctx, ctx.actor_id) if ctx.actor_id is not None else Q(pk__in=[]),
    columns=_APPROVAL,
)
RULES = Listing(
    name="identity.approval_rules",
    model=ApprovalRule,
    permission="identity.approval_rule.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("verb", path="verb", sort="verb"),
        Column("amount_from", Type.DECIMAL, path="amount_from"),
        Column("amount_to", Type.DECIMAL, path="amount_to"),
        Column("currency", path="currency"),
        Column("scope_id", Type.ID, path="scope_id", hidden=True),
        Column("is_active", Type.BOOLEAN, path="is_active"),
    ),
)
DELEGATIONS = Listing(
    name="identity.delegations",
    model=Delegation,
    permission=READ_DELEGATIONS,
    order="-from_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("from_name", path="from_member__name"),
        Column("to_name", path="to_member__name"),
        Column("from_at", Type.INSTANT, path="from_at", sort="from_at"),
        Column("until_at", Type.INSTANT, path="until_at"),
        Column("verb", path="verb"),
        Column("reason", path="reason"),
        Column("revoked_at", Type.INSTANT, path="revoked_at"),
    ),
)
listings = (APPROVALS, WAITING, RULES, DELEGATIONS)


def find_rule(
    ctx: Context, verb: str, amount: Decimal | None, currency: str, place_ids: Sequence[UUID] = ()
) -> UUID | None:
    """The rule by which a verb needs agreement; None where there is none; raises Invalid where it is unclear."""
    rows = ApprovalRule.objects.of(ctx).filter(verb=verb, is_active=True)
    limits = [Limit(r.id, r.currency, r.amount_from, r.amount_to, r.scope_id) for r in rows]
    try:
        chosen = choose(limits, amount, currency, list(place_ids))
    except Unclear as unclear:
        raise Invalid.field(f"/{unclear.field}", unclear.code, **unclear.facts) from None
    return chosen.id if chosen else None


def get_rule(ctx: Context, rule_id: UUID) -> dict[str, Any]:
    """A rule with its steps."""
    row = get(ctx, ApprovalRule, rule_id)
    names = (
        "id", "version", "name", "verb", "amount_from", "amount_to", "currency", "scope_kind", "scope_id", "steps",
        "remind_after_hours", "is_active",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}


def list_verbs(ctx: Context) -> dict[str, Any]:  # noqa: ARG001  (the same for everybody)
    """The verbs for which rules can be made."""
    return {"verbs": sorted(APPROVABLE)}


def get_approval(ctx: Context, approval_id: UUID) -> dict[str, Any]:
    """An approval with its steps, each with who decided, who must, and what the caller may do."""
    row = get(ctx, Approval, approval_id)
    names = (
        "id", "version", "number", "title", "verb", "amount", "currency", "reason", "state", "subject_kind",
        "subject_id", "asked_by_id", "asked_by_name", "asked_at", "closed_at",
    )  # fmt: skip
    steps = [_step(ctx, row, step) for step in _steps(ctx, [row.id])]
    mine = ctx.actor_id is not None and waiting_here(ctx, row)
    legal = APPROVAL.actions(ctx, row.state)
    actions = [
        v
        for v in legal
        if (v == "withdraw" and row.asked_by_id == ctx.actor_id) or (v != "withdraw" and mine)
    ]
    return {**{name: getattr(row, name) for name in names}, "steps": steps, "actions": actions}


def waiting_here(ctx: Context, row: Approval) -> bool:
    """Whether the approval waits for the caller."""
    return Approval.objects.of(ctx).filter(waiting_for(ctx, ctx.person_id), id=row.id).exists()


def _steps(ctx: Context, approval_ids: list[UUID]) -> list[ApprovalStep]:
    rows = ApprovalStep.objects.of(ctx).filter(approval_id__in=approval_ids).select_related("role")
    return list(rows.order_by("approval_id", "position"))


def _step(ctx: Context, row: Approval, step: ApprovalStep) -> dict[str, Any]:
    spoken = ApprovalDecision.objects.of(ctx).filter(step_id=step.id).order_by("decided_at", "id")
    names = ("is_granted", "remark", "for_name", "actor_name", "is_stand_in", "decided_at")
    return {
        "position": step.position, "name": step.name, "role_id": step.role_id, "need": step.need, "state": step.state,
        "opened_at": step.opened_at, "closed_at": step.closed_at, "fell_back_at": step.fell_back_at,
        "waits_for": _names(ctx, row, step) if step.state == StepState.OPEN else [],
        "decisions": list(spoken.values(*names)),
    }  # fmt: skip


def _names(ctx: Context, row: Approval, step: ApprovalStep) -> list[str]:
    able = people_of(ctx, step, row.asked_by_id).user_ids
    return sorted(person.name for person in find_people(ctx, set(able)).values())


def get_card(ctx: Context, approval_id: UUID) -> ApprovalCard:
    """What other rooms need to know of an approval, whoever may read it."""
    return _cards(ctx, list(Approval.objects.of(ctx).filter(id=approval_id)))[0]


def approvals_about(ctx: Context, kind: str, subject_ids: Iterable[UUID]) -> list[ApprovalCard]:
    """The approvals asked for about these records, newest first; the caller has checked that they are visible."""
    rows = Approval.objects.of(ctx).filter(subject_kind=kind, subject_id__in=list(subject_ids))
    return _cards(ctx, list(rows.order_by("-asked_at", "-id")[:200]))


def _cards(ctx: Context, rows: list[Approval]) -> list[ApprovalCard]:
    open_ = {s.approval_id: s for s in _steps(ctx, [r.id for r in rows]) if s.state == StepState.OPEN}
    found = []
    for row in rows:
        step = open_.get(row.id)
        found.append(
            ApprovalCard(
                row.id, row.number, row.verb, str(row.state), row.subject_kind, row.subject_id, row.amount,
                row.currency, row.asked_by_id, row.asked_by_name, row.asked_at, row.closed_at,
                step.name if step else "", _names(ctx, row, step) if step else [],
            )
        )  # fmt: skip
    return found
