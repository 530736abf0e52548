"""Verbs on an approval: ask, grant, refuse, withdraw, and what the clock does."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from trunnion.identity.approvals import events
from trunnion.identity.approvals.models import (
    Approval,
    ApprovalDecision,
    ApprovalRule,
    ApprovalStep,
    ApprovalStepMember,
)
from trunnion.identity.approvals.rules import is_through
from trunnion.identity.approvals.states import APPROVAL
from trunnion.identity.approvals.types import ApprovalDone, ApprovalState, Ask, StepState
from trunnion.identity.approvals.voices import delegators_of, open_step, people_of
from trunnion.identity.models import Membership
from trunnion.identity.queries import find_people
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible, Refusal
from trunnion.kernel.inputs import Line, Name
from trunnion.kernel.numbers import next_number, series_of
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit, on_behalf

SERIES = series_of("AP", Approval.kind)


@command("identity.approval.ask")
def ask(ctx: Context, rule_id: UUID, what: Ask) -> ApprovalDone:
    """Asks those whom the rule names; rooms call it inside of the verb that has to wait."""
    rule = ApprovalRule.objects.of(ctx).filter(id=rule_id).first()
    if rule is None:
        raise NotVisible
    now = clock.now()
    row = Approval(
        number=next_number(ctx, SERIES), subject_kind=what.subject_kind, subject_id=what.subject_id, verb=what.verb,
        title=what.title, amount=what.amount, currency=what.currency, reason=what.reason, rule=rule,
        state=ApprovalState.PENDING, asked_by_id=ctx.actor_id, asked_by_name=ctx.actor_name, asked_at=now,
        remind_at=now + timedelta(hours=rule.remind_after_hours),
    )  # fmt: skip
    row.save()
    steps = [_step(ctx, row, position, told) for position, told in enumerate(rule.steps, 1)]
    emit(events.ApprovalAsked(approval_id=row.id, **_about(row)))
    _open(ctx, row, steps[0])
    return done(row)


def _step(ctx: Context, row: Approval, position: int, told: dict[str, Any]) -> ApprovalStep:
    role_id = UUID(told["role_id"]) if told["role_id"] else None
    step = ApprovalStep(
        approval=row, position=position, name=told["name"], role_id=role_id, need=told["need"],
        state=StepState.AHEAD,
    )  # fmt: skip
    step.save()
    for member in Membership.objects.of(ctx).filter(id__in=[UUID(one) for one in told["member_ids"]]):
        ApprovalStepMember(step=step, membership=member).save()
    return step


def _open(ctx: Context, row: Approval, step: ApprovalStep) -> None:
    step.state, step.opened_at = StepState.OPEN, clock.now()
    able = people_of(ctx, step, row.asked_by_id)
    if able.is_fallback:
        step.fell_back_at = step.opened_at
        emit(events.StepFellBack(approval_id=row.id, step_id=step.id))
    step.save()
    emit(events.StepOpened(approval_id=row.id, step_id=step.id, user_ids=sorted(able.user_ids)))


@command("identity.approval.grant")
def grant(ctx: Context, approval_id: UUID, remark: Line = "") -> ApprovalDone:
    """Agrees, for oneself or for somebody whose voice one was lent."""
    row, step, able = _speak(ctx, approval_id, "grant", True, remark)
    spoken = ApprovalDecision.objects.of(ctx).filter(step_id=step.id, is_granted=True)
    if is_through(step.need, set(spoken.values_list("for_user_id", flat=True)), able):
        _close_step(step, StepState.GRANTED)
        ahead = ApprovalStep.objects.of(ctx).filter(approval_id=row.id, state=StepState.AHEAD)
        following = ahead.order_by("position").first()
        if following is not None:
            _open(ctx, row, following)
        else:
            _close(row, ApprovalState.GRANTED)
            emit(events.ApprovalGranted(approval_id=row.id, **_about(row)))
    row.touch()
    row.save()
    return done(row)


@command("identity.approval.refuse")
def refuse(ctx: Context, approval_id: UUID, remark: Name) -> ApprovalDone:
    """Disagrees and says why; one such voice ends it."""
    row, step, _ = _speak(ctx, approval_id, "refuse", False, remark)
    _close_step(step, StepState.REFUSED)
    _close(row, ApprovalState.REFUSED)
    row.save()
    emit(events.ApprovalRefused(approval_id=row.id, **_about(row)))
    return done(row)


@command("identity.approval.withdraw")
def withdraw(ctx: Context, approval_id: UUID, remark: Line = "") -> ApprovalDone:  # noqa: ARG001  (journalled)
    """Takes back what one asked for."""
    row = take(ctx, Approval, approval_id)
    APPROVAL.target("withdraw", row.state)
    if ctx.actor_id is not None and row.asked_by_id != ctx.actor_id:
        raise Refusal("approval.not_asked_by_you", asked_by=row.asked_by_name)
    _close(row, ApprovalState.WITHDRAWN)
    row.save()
    emit(events.ApprovalWithdrawn(approval_id=row.id, **_about(row)))
    return done(row)


@command("identity.approval.recheck")
def recheck(ctx: Context, approval_id: UUID) -> ApprovalDone:
    """Looks whether the open step still has people: if none, the administrators stand in; if all spoke, it goes on."""
    row = take(ctx, Approval, approval_id)
    step = open_step(ctx, row)
    if row.state != ApprovalState.PENDING or step is None:
        return done(row)
    able = people_of(ctx, step, row.asked_by_id)
    if able.is_fallback and step.fell_back_at is None:
        step.fell_back_at = clock.now()
        step.save()
        emit(events.StepFellBack(approval_id=row.id, step_id=step.id))
    elif not able.is_fallback and step.fell_back_at is not None:
        step.fell_back_at = None
        step.save()
    return done(row)


@command("identity.approval.remind")
def remind(ctx: Context, approval_id: UUID) -> ApprovalDone:
    """Reminds those for whom an approval waits, and sets the next time."""
    row = take(ctx, Approval, approval_id)
    step, now = open_step(ctx, row), clock.now()
    if row.state != ApprovalState.PENDING or step is None or row.remind_at is None or row.remind_at > now:
        return done(row)
    row.remind_at = now + timedelta(hours=row.rule.remind_after_hours)
    row.save()
    able = people_of(ctx, step, row.asked_by_id)
    emit(events.ApprovalReminded(approval_id=row.id, user_ids=sorted(able.user_ids)))
    return done(row)


def _speak(
    ctx: Context, approval_id: UUID, verb: str, is_granted: bool, remark: str
) -> tuple[Approval, ApprovalStep, frozenset[UUID]]:
    row = take(ctx, Approval, approval_id)
    APPROVAL.target(verb, row.state)
    step = open_step(ctx, row)
    if step is None:
        raise Refusal("approval.no_open_step")
    if row.asked_by_id == ctx.person_id:
        raise Refusal("approval.own_request")
    able = people_of(ctx, step, row.asked_by_id)
    voice = _voice(ctx, row, step, able.user_ids)
    name = ctx.actor_name
    if voice != ctx.actor_id:
        name = find_people(ctx, {voice})[voice].name
        on_behalf(name)
    ApprovalDecision(
        step=step, is_granted=is_granted, remark=remark, for_user_id=voice, for_name=name, actor_id=ctx.person_id,
        actor_name=ctx.actor_name, is_stand_in=able.is_fallback, decided_at=clock.now(),
    ).save()  # fmt: skip
    return row, step, able.user_ids


def _voice(ctx: Context, row: Approval, step: ApprovalStep, able: frozenset[UUID]) -> UUID:
    """Whose voice the actor gives: their own first, then one that they were lent."""
    spoken = set(
        ApprovalDecision.objects.of(ctx).filter(step_id=step.id).values_list("for_user_id", flat=True)
    )
    voices = [ctx.person_id, *delegators_of(ctx, ctx.person_id, row.verb)]
    mine = [voice for voice in voices if voice in able]
    fresh = next((voice for voice in mine if voice not in spoken), None)
    if fresh is not None:
        return fresh
    if mine:
        raise Refusal("approval.already_decided")
    people = find_people(ctx, set(able))
    raise Refusal("approval.not_yours", waits_for=sorted(person.name for person in people.values()))


def _close_step(step: ApprovalStep, state: StepState) -> None:
    step.state, step.closed_at = state, clock.now()
    step.save()


def _close(row: Approval, state: ApprovalState) -> None:
    row.state, row.closed_at, row.remind_at = state, clock.now(), None


def _about(row: Approval) -> dict[str, Any]:
    return {"subject_kind": row.subject_kind, "subject_id": row.subject_id, "verb": row.verb}


def done(row: Approval) -> ApprovalDone:
    """The answer of a verb on an approval."""
    return ApprovalDone(row.id, row.version, row.number, str(row.state))
