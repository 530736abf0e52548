"""Verbs on the rules that say which verbs need whose agreement."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.identity.approvals.models import ApprovalRule
from trunnion.identity.approvals.registry import APPROVABLE
from trunnion.identity.approvals.types import StepLine
from trunnion.identity.approvals.voices import DECIDE
from trunnion.identity.models import Membership, Role
from trunnion.identity.queries import users_with
from trunnion.identity.roles import grants_of, shipped
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Amount, Code, Currency, Line, Name
from trunnion.kernel.policies import KINDS, refer, take

Steps = Annotated[list[StepLine], Field(min_length=1, max_length=10)]
Hours = Annotated[int, Field(ge=1, le=24 * 90)]


@command("identity.approval_rule.create")
def create(
    ctx: Context, name: Name, verb: Code, steps: Steps, amount_from: Amount | None = None,
    amount_to: Amount | None = None, currency: Currency | None = None, scope_kind: Line = "",
    scope_id: UUID | None = None, remind_after_hours: Hours = 48,
) -> Done:  # fmt: skip
    """Says that a verb needs agreement from an amount on, in one place or everywhere."""
    rule = ApprovalRule(
        name=name, verb=verb, amount_from=amount_from, amount_to=amount_to, currency=currency or "",
        scope_kind=scope_kind, scope_id=scope_id, steps=_told(steps), remind_after_hours=remind_after_hours,
    )  # fmt: skip
    _check(ctx, rule, steps)
    rule.save()
    return Done(rule.id, rule.version)


@command("identity.approval_rule.edit")
def edit(
    ctx: Context, rule_id: UUID, name: Name = UNSET, steps: Steps = UNSET, amount_from: Amount | None = UNSET,
    amount_to: Amount | None = UNSET, currency: Currency | None = UNSET, scope_kind: Line = UNSET,
    scope_id: UUID | None = UNSET, remind_after_hours: Hours = UNSET, is_active: bool = UNSET,
) -> Done:  # fmt: skip
    """Changes a rule for what is asked from now on; what is under way keeps its steps."""
    rule = take(ctx, ApprovalRule, rule_id)
    facts = given(
        name=name, amount_from=amount_from, amount_to=amount_to, scope_kind=scope_kind, scope_id=scope_id,
        remind_after_hours=remind_after_hours, is_active=is_active,
    )  # fmt: skip
    if currency is not UNSET:
        facts["currency"] = currency or ""
    if steps is not UNSET:
        facts["steps"] = _told(steps)
    for field, value in facts.items():
        setattr(rule, field, value)
    _check(ctx, rule, [] if steps is UNSET else steps)
    rule.save()
    return Done(rule.id, rule.version)


def _told(steps: list[StepLine]) -> list[dict[str, Any]]:
    return [
        {
            "name": step.name,
            "role_id": str(step.role_id) if step.role_id else None,
            "member_ids": [str(one) for one in dict.fromkeys(step.member_ids)],
            "need": str(step.need),
        }
        for step in steps
    ]


def _check(ctx: Context, rule: ApprovalRule, steps: list[StepLine]) -> None:
    if rule.verb not in APPROVABLE:
        raise Invalid.field("/verb", "approval.verb_unknown", known=sorted(APPROVABLE))
    low, high = rule.amount_from, rule.amount_to
    if (low is not None or high is not None) and not rule.currency:
        raise Invalid.field("/currency", "field.missing")
    if low is not None and high is not None and Decimal(low) > Decimal(high):
        raise Invalid.field("/amount_to", "approval.bounds", amount_from=str(low))
    if rule.scope_id is not None:
        if rule.scope_kind not in KINDS:
            raise Invalid.field("/scope_kind", "reference_unknown", kind=rule.scope_kind)
        refer(ctx, rule.scope_kind, rule.scope_id, "/scope_id")
    able = set(users_with(ctx, DECIDE)) if any(step.member_ids for step in steps) else set()
    for index, step in enumerate(steps):
        _check_step(ctx, step, f"/steps/{index}", able)


def _check_step(ctx: Context, step: StepLine, pointer: str, able: set[UUID]) -> None:
    if step.role_id is None and not step.member_ids:
        raise Invalid.field(pointer, "approval.nobody_named")
    if step.role_id is not None:
        role = Role.objects.of(ctx).filter(id=step.role_id).first()
        if role is None:
            raise Invalid.field(f"{pointer}/role_id", "reference_unknown", kind=Role.kind)
        patterns = tuple(role.grants if role.grants is not None else shipped().get(role.key, []))
        if DECIDE not in grants_of((patterns,)):
            raise Invalid.field(f"{pointer}/role_id", "approval.may_not_decide", who=role.name or role.key)
    rows = Membership.objects.of(ctx).filter(id__in=step.member_ids, is_active=True)
    known = {row.id: row for row in rows}
    for place, member_id in enumerate(step.member_ids):
        member = known.get(member_id)
        if member is None:
            raise Invalid.field(f"{pointer}/member_ids/{place}", "reference_unknown", kind=Membership.kind)
        if member.user_id not in able:
            raise Invalid.field(f"{pointer}/member_ids/{place}", "approval.may_not_decide", who=member.name)
