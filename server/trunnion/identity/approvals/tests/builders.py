"""Makes what tests of approvals need."""

from decimal import Decimal
from uuid import UUID

from trunnion.identity.approvals.commands import approval, rule
from trunnion.identity.approvals.queries import find_rule
from trunnion.identity.approvals.registry import approvable
from trunnion.identity.approvals.types import ApprovalDone, Ask, StepLine
from trunnion.identity.models import Membership, Role
from trunnion.kernel.context import Context

# A verb that no room asks approval for by itself.
VERB = "identity.role.create"
approvable(VERB)


def role_id(ctx: Context, key: str) -> UUID:
    """A shipped role."""
    return Role.objects.of(ctx).get(key=key).id


def by_role(ctx: Context, key: str, **facts) -> StepLine:
    """A step that a role decides."""
    return StepLine(name=key, role_id=role_id(ctx, key), **facts)


def made_rule(ctx: Context, *steps: StepLine, verb: str = VERB, amount_from: object = 1000, **facts) -> UUID:
    """A rule for amounts in euros."""
    return rule.create(
        ctx,
        **{
            "name": "Purchases", "verb": verb, "steps": list(steps), "amount_from": amount_from, "currency": "EUR",
            **facts,
        },
    ).id  # fmt: skip


def asked(ctx: Context, amount: object = 5000, verb: str = VERB, subject: UUID | None = None) -> ApprovalDone:
    """An approval about a role, asked for by this person."""
    chosen = find_rule(ctx, verb, Decimal(str(amount)), "EUR")
    assert chosen is not None
    about = subject or Membership.objects.of(ctx).first().id
    return approval.ask(
        ctx.granting([*ctx.grants, "identity.approval.ask"]), rule_id=chosen,
        what=Ask("identity.membership", about, verb, "Two pumps", Decimal(str(amount)), "EUR"),
    )  # fmt: skip
