"""The life of an asset against a small model of itself, by any moves, with approvals that come or do not."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from trunnion.assets.commands import acceptance, acquisition, life, placing
from trunnion.assets.models import Asset, AssetMove, Installation, LifecycleDocument, LifecycleDocumentLine
from trunnion.assets.tests.builders import pump, room, site
from trunnion.assets.types.kinds import AssetState as S
from trunnion.assets.types.lines import PointLine
from trunnion.identity.approvals.commands import approval
from trunnion.identity.approvals.tests.builders import by_role, made_rule
from trunnion.identity.tests.builders import Tenant
from trunnion.kernel.errors import Refusal, WrongState

UP = (S.IN_SERVICE, S.STANDBY, S.IDLE)
DOWN = (S.OUT_OF_ORDER, S.UNDER_REPAIR)
COMING = (S.PLANNED, S.REQUESTED, S.ORDERED)
ARRIVED = (S.RECEIVED, S.ACCEPTED, S.IN_STORE)
STANDING = (S.INSTALLING, *UP, *DOWN)
# The model: written out by hand, so that a slip in the table shows. None stays where it is.
WAY = {
    "request": {S.PLANNED: S.REQUESTED},
    "order": {S.PLANNED: S.ORDERED, S.REQUESTED: S.ORDERED},
    "receive": dict.fromkeys(COMING, S.RECEIVED),
    "accept": {S.RECEIVED: S.ACCEPTED},
    "fail_acceptance": {S.RECEIVED: S.RECEIVED},
    "store": dict.fromkeys((S.RECEIVED, S.ACCEPTED, S.IDLE, *DOWN, S.DECOMMISSIONED), S.IN_STORE),
    "commission": dict.fromkeys((S.INSTALLING, S.ACCEPTED), S.IN_SERVICE),
    "stand_by": dict.fromkeys((S.IN_SERVICE, S.IDLE), S.STANDBY),
    "lay_idle": dict.fromkeys((S.IN_SERVICE, S.STANDBY), S.IDLE),
    "take_out": dict.fromkeys(UP, S.OUT_OF_ORDER),
    "repair": dict.fromkeys((*UP, S.OUT_OF_ORDER, S.IN_STORE), S.UNDER_REPAIR),
    "restore": dict.fromkeys((S.STANDBY, S.IDLE, *DOWN), S.IN_SERVICE),
    "decommission": dict.fromkeys((S.ACCEPTED, S.IN_STORE, *STANDING), S.DECOMMISSIONED),
    "dispose": dict.fromkeys((*ARRIVED, S.DECOMMISSIONED), S.DISPOSED),
    "withdraw": dict.fromkeys(COMING, S.DISPOSED),
    "reinstate": {S.DISPOSED: S.DECOMMISSIONED},
    "transfer": {s: s for s in (S.ACCEPTED, S.IN_STORE, *STANDING, S.DECOMMISSIONED)},
}  # fmt: skip
PAPERS = {
    "request", "order", "receive", "accept", "fail_acceptance", "store", "commission", "transfer", "decommission",
    "dispose", "withdraw",
}  # fmt: skip
WAITS = ("request", "dispose", "transfer")
LIMIT, SMALL, LARGE = 1000, 10, 5000
ARGUMENTS = {
    "fail_acceptance": {"points": [PointLine("Seal", False)]},
    "dispose": {"disposal": "scrapped"},
}


class Life(RuleBasedStateMachine):
    """Every example lives through an asset of its own."""

    tenant: Tenant
    boss: object
    places: tuple

    def __init__(self) -> None:
        super().__init__()
        self.ctx = self.tenant.owner
        self.asset = pump(self.ctx, state=S.PLANNED)
        self.state, self.moves, self.papers = S.PLANNED, 1, 0
        self.waiting: dict[str, object] = {}

    def verb(self, name: str, **facts: object):
        room_of = next(
            m for m in (acceptance, acquisition, life, placing) if hasattr(m, name) and name in WAY
        )
        return getattr(room_of, name)(self.ctx, asset_id=self.asset, **ARGUMENTS.get(name, {}), **facts)

    @rule(name=st.sampled_from([v for v in WAY if v not in WAITS]))
    def goes(self, name: str) -> None:
        if self.state not in WAY[name]:
            with pytest.raises(WrongState):
                self.verb(name)
            return
        self.verb(name)
        self._gone(name)

    @rule(name=st.sampled_from(WAITS), is_large=st.booleans(), where=st.integers(0, 1))
    def goes_or_waits(self, name: str, is_large: bool, where: int) -> None:
        amount = LARGE if is_large else SMALL
        facts = {"amount" if name == "request" else "residual_value": amount, "currency": "EUR"}
        if name == "transfer":
            facts["location_id"] = self.places[where]
        if self.state not in WAY[name]:
            with pytest.raises(WrongState):
                self.verb(name, **facts)
        elif name in self.waiting:
            with pytest.raises(Refusal) as refused:
                self.verb(name, **facts)
            assert refused.value.code == "assets.approval_pending"
        elif is_large:
            done = self.verb(name, **facts)
            assert (done.state, done.approval_id is not None) == (self.state, True)
            self.waiting[name] = done.approval_id
            self.papers += 1
        else:
            assert self.verb(name, **facts).approval_id is None
            self._gone(name)

    def _gone(self, name: str) -> None:
        self.state = WAY[name][self.state]
        self.moves += 1
        self.papers += name in PAPERS

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), is_granted=st.booleans())
    def is_decided(self, data: st.DataObject, is_granted: bool) -> None:
        name = data.draw(st.sampled_from(sorted(self.waiting)))
        asked = self.waiting.pop(name)
        if not is_granted:
            approval.refuse(self.boss, approval_id=asked, remark="No")
            return
        approval.grant(self.boss, approval_id=asked)
        # What moved on meanwhile stays where it is.
        if self.state in WAY[name]:
            self.state = WAY[name][self.state]
            self.moves += 1

    @invariant()
    def agrees(self) -> None:
        row = Asset.objects.of(self.ctx).get(id=self.asset)
        assert row.state == self.state
        assert bool(row.disposal) == (self.state == S.DISPOSED)
        moves = list(AssetMove.objects.of(self.ctx).filter(asset_id=self.asset).order_by("created_at", "id"))
        assert len(moves) == self.moves
        assert all(b.from_state == a.to_state for a, b in pairwise(moves))
        assert moves[-1].to_state == self.state

    @invariant()
    def every_paper_stays(self) -> None:
        lines = LifecycleDocumentLine.objects.of(self.ctx).filter(asset_id=self.asset)
        assert lines.count() == self.papers
        pending = LifecycleDocument.objects.of(self.ctx).filter(
            id__in=lines.values("document_id"), state="pending"
        )
        assert {p.verb for p in pending} == set(self.waiting)
        assert Installation.objects.of(self.ctx).filter(asset_id=self.asset, until_at=None).count() <= 1


def test_the_life_follows_its_model(tenant):
    boss = tenant.person("manager", name="Zhao")
    for name in WAITS:
        made_rule(
            tenant.owner, by_role(tenant.owner, "manager"), verb=f"assets.asset.{name}", amount_from=LIMIT
        )
    Life.tenant, Life.boss = tenant, boss
    Life.places = tuple(room(tenant.owner, site(tenant.owner, name)) for name in ("Pier 4", "Pier 5"))
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=18,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
