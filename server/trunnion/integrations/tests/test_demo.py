"""The demo is loaded once, lives, and is taken away without touching anybody else."""

import pytest

from trunnion.integrations.demo import history, loader
from trunnion.kernel import journal, verification
from trunnion.work.models import Order


@pytest.fixture
def _small(monkeypatch):
    monkeypatch.setattr(history, "FINISHED", 4)
    monkeypatch.setattr(history, "TODAY", dict.fromkeys(history.TODAY, 1))
    monkeypatch.setattr(loader, "KINDS", loader.KINDS[:2])


@pytest.mark.usefixtures("_small")
def test_the_demo_comes_once_and_goes_whole(tenant):
    told: list[str] = []
    assert loader.load(told.append)
    assert not loader.load(told.append)
    found = loader.standing()
    assert found is not None
    journal.enter_organisation(found)
    states = set(Order.objects.of(found).values_list("state", flat=True))
    assert {"closed", "requested", "waiting", "in_progress", "cancelled"} <= states
    assert verification.verify(found)[1] is None
    before = verification.verify(tenant.id)
    assert loader.remove(told.append)
    assert loader.standing() is None
    assert verification.verify(tenant.id) == before
    assert not loader.remove(told.append)
