"""The past of a demo: orders that are over come in by the hundreds, and the standstills that they meant."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from trunnion.assets.commands import interval
from trunnion.assets.types.kinds import IntervalState
from trunnion.assets.types.lines import Cause
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.knowledge.queries import failure_codes
from trunnion.knowledge.types import CodeList
from trunnion.work.commands import history
from trunnion.work.types import HistoryLine, WaitReason

from .ground import Stage
from .jobs import Job

STEP = 500
# The mechanism that mostly stands behind a mode.
MECHANISMS = {
    "ELP": "1.1",
    "ELU": "1.1",
    "LCP": "1.1",
    "VIB": "1.2",
    "POS": "1.3",
    "STD": "1.4",
    "OHE": "2.7",
    "PLU": "5.1",
}
WAITED = {
    WaitReason.PARTS: "for parts 等待备件", WaitReason.ACCESS: "for access 等待进场",
    WaitReason.VENDOR: "for the maker 等待厂家", WaitReason.CUSTOMER: "for the customer 等待客户",
}  # fmt: skip


def bring(stage: Stage, jobs: Sequence[Job], told: Callable[[str], None]) -> None:
    """Brings the orders in, then the state history of the machines that stood on account of them."""
    modes = _ids(stage.owner, CodeList.MODE)
    mechanisms = _ids(stage.owner, CodeList.MECHANISM)
    orders: list[UUID] = []
    for start in range(0, len(jobs), STEP):
        lines = [_line(stage, job, modes, mechanisms) for job in jobs[start : start + STEP]]
        orders += history.bring(stage.owner, lines=lines)
        told(f"  past orders 历史工单: {len(orders)} / {len(jobs)}")
    _stand_still(stage, jobs, orders, told)


def _ids(owner: Context, which: CodeList) -> dict[str, UUID]:
    with reading(owner.organisation_id):
        return {card.code: card.id for card in failure_codes(owner, which)}


def _line(stage: Stage, job: Job, modes: dict[str, UUID], mechanisms: dict[str, UUID]) -> HistoryLine:
    fault = job.fault
    return HistoryLine(
        title=job.title, reported_at=job.reported_at, kind=job.kind, priority=job.priority,
        asset_id=stage.assets[job.thing], symptom=fault.text if fault else "", is_stopped=job.is_stopped,
        description=_waited(job), remedy=fault.remedy if fault else f"{job.title}: in order 正常",
        reporter_name=job.reporter, started_at=job.started_at, ended_at=job.ended_at,
        resource_id=stage.resources[job.engineer], labour_minutes=job.minutes, mode_id=modes[fault.mode] if fault else None,
        mechanism_id=mechanisms[MECHANISMS[fault.mode]] if fault and fault.mode in MECHANISMS else None,
        part=fault.part if fault else "", cost_labour=job.cost_labour, cost_material=job.cost_material,
        cost_service=job.cost_service,
    )  # fmt: skip


def _waited(job: Job) -> str:
    if job.waits_for is None:
        return ""
    return f"Waited {job.waited_minutes / 60:.1f} h {WAITED[job.waits_for]}"


def _stand_still(
    stage: Stage, jobs: Sequence[Job], orders: Sequence[UUID], told: Callable[[str], None]
) -> None:
    """A machine ran from its first day here on, and stood from the report of a standstill to the end of the repair."""
    stops = [(job, order) for job, order in zip(jobs, orders, strict=True) if job.is_stopped]
    seen: set[int] = set()
    for count, (job, order_id) in enumerate(stops, 1):
        asset_id = stage.assets[job.thing]
        if job.thing not in seen:
            seen.add(job.thing)
            thing = stage.plan.things[job.thing]
            days = min(stage.plan.size.days, (stage.plan.now.date() - thing.installed_on).days)
            begun = min(stage.plan.now - timedelta(days=days), job.reported_at - timedelta(hours=1))
            interval.begin(stage.owner, asset_id, state=IntervalState.RUNNING, at=begun)
        interval.correct(
            stage.owner, asset_id, state=IntervalState.UNPLANNED_DOWN, from_at=job.reported_at, until_at=job.ended_at,
            cause=Cause("work.order", order_id),
        )  # fmt: skip
        if count % 100 == 0:
            told(f"  standstills 停机记录: {count} / {len(stops)}")
