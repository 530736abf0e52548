"""A demo is loaded once, lives, and is taken away without touching anybody else."""

from itertools import pairwise

import pytest
from click.testing import CliRunner

from trunnion.assets.models import Location, StateInterval
from trunnion.attach.models import FileLink
from trunnion.catalog.models import Model
from trunnion.cli.demo import demo
from trunnion.identity.commands import organisation
from trunnion.identity.models import Membership
from trunnion.integrations.demo import counting, loader, recent
from trunnion.integrations.demo.trades import read_trade
from trunnion.integrations.demo.types import TradeKey
from trunnion.kernel import journal, verification
from trunnion.kernel.database import reading
from trunnion.service.models import Request
from trunnion.work.models import Order, WaitInterval

from .builders import ONCE, TINY


@pytest.fixture(autouse=True)
def _once(monkeypatch):
    monkeypatch.setattr(recent, "TODAY", ONCE)


# As the command line does it, with a transaction of its own for each verb.
@pytest.mark.django_db(transaction=True)
def test_the_demo_comes_once_and_goes_whole(tenant):
    told: list[str] = []
    assert loader.load(told.append, size=TINY)
    assert not loader.load(told.append, size=TINY)
    found = loader.standing()
    assert found is not None
    with reading(found):
        assert set(Order.objects.of(found).values_list("state", flat=True)) == set(ONCE)
        assert Request.objects.of(found).filter(rating__gt=0).exists()
        assert FileLink.objects.of(found).filter(subject_kind="service.request").count() == TINY.guests
        assert WaitInterval.objects.of(found).exists()
        assert verification.verify(found)[1] is None
    before = kept_by(tenant)
    told.clear()
    assert loader.remove(told.append)
    assert loader.standing() is None
    assert kept_by(tenant) == before
    assert any("Work order 工单" in line for line in told)
    assert not loader.remove(told.append)


def kept_by(tenant):
    """How many rows of each kind the other organisation has, and how its journal ends."""
    with reading(tenant.id):
        return counting.rows_by_kind(tenant.id), verification.verify(tenant.id)


@pytest.mark.parametrize("key", [k for k in TradeKey if k != TradeKey.HOSPITAL])
@pytest.mark.usefixtures("tenant")
def test_every_trade_stands(key, monkeypatch):
    monkeypatch.setattr(recent, "TODAY", {"waiting": 1, "closed": 1})
    assert loader.load(lambda _: None, key, TINY)
    found = loader.standing(key)
    assert found is not None
    counts = counting.rows_by_kind(found)
    assert counts["assets.asset"] > TINY.kinds
    assert counts["work.failure"] >= 1
    assert counts["work.confirmation"] >= TINY.recent
    assert counts["assets.certificate_kind"] == len(read_trade(key).certificates)
    journal.enter_organisation(found)
    stretches: dict[object, list[tuple[object, object]]] = {}
    rows = StateInterval.objects.of(found).filter(superseded_at=None).order_by("from_at")
    for asset_id, begun, ended in rows.values_list("asset_id", "from_at", "until_at"):
        stretches.setdefault(asset_id, []).append((begun, ended))
    for spans in stretches.values():
        assert all(one[1] == two[0] for one, two in pairwise(spans))
    if key == TradeKey.WATER:
        assert Location.objects.of(found).filter(location_kind="linear_segment").exists()
    loader.remove(lambda _: None, key)


def test_a_template_has_the_ground_only_and_is_the_users_own(tenant):
    told: list[str] = []
    before = counting.rows_by_kind(tenant.id)
    assert loader.load(told.append, TradeKey.LIFTS, with_history=False)
    found = loader.standing(TradeKey.LIFTS, with_history=False)
    assert found is not None
    counts = counting.rows_by_kind(found)
    assert not {"assets.asset", "work.order", "service.request", "workforce.labour_resource"} & set(counts)
    assert {"assets.location", "catalog.model", "knowledge.failure_code", "identity.role"} <= set(counts)
    journal.enter_organisation(found)
    assert Model.objects.of(found).filter(equipment_class=None).count() == 0
    assert Membership.objects.of(found).count() == 1
    assert not loader.remove(told.append)
    assert counting.rows_by_kind(found) == counts
    assert counting.rows_by_kind(tenant.id) == before


def test_an_organisation_that_only_bears_the_name_stays(tenant):
    organisation.edit(tenant.owner, name=read_trade(TradeKey.HOSPITAL).name)
    assert loader.standing() is None
    assert not loader.remove(lambda _: None)
    assert counting.rows_by_kind(tenant.id)


def test_half_a_demo_is_worse_than_none(tenant, monkeypatch):
    def broken(*_):
        raise RuntimeError("the light went out")

    before = counting.rows_by_kind(tenant.id)
    monkeypatch.setattr(recent, "today", broken)
    with pytest.raises(RuntimeError):
        loader.load(lambda _: None, size=TINY)
    assert loader.standing() is None
    assert counting.rows_by_kind(tenant.id) == before


def test_the_command_line_names_what_it_knows(tenant):
    runner = CliRunner()
    refused = runner.invoke(demo, ["load", "--trade", "bakery"])
    assert refused.exit_code == 2
    assert "hospital" in refused.output
    assert "property" in refused.output
    loader.load(lambda _: None, TradeKey.WATER, TINY)
    kept = runner.invoke(demo, ["remove", "--trade", "lifts"])
    assert "There is no demo to remove." in kept.output
    assert loader.standing(TradeKey.WATER)
    gone = runner.invoke(demo, ["remove"])
    assert "清源水务" in gone.output
    assert loader.standing(TradeKey.WATER) is None
    assert counting.rows_by_kind(tenant.id)
