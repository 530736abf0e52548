"""Many meters at once: found by id or by their name on the asset, made, renamed, refused."""

from uuid import uuid4

import pytest

from trunnion.assets.commands import asset_batch, meter_batch
from trunnion.assets.queries import mapped
from trunnion.assets.types.lines import AssetLine, MeterLine
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotGranted


@pytest.fixture
def pump(tenant):
    return asset_batch.ensure_many(tenant.owner, [AssetLine("Pump")]).ids[0]


def test_meters_are_made_once_and_renamed(tenant, pump):
    lines = [MeterLine(pump, "Hours", "counter", "h"), MeterLine(pump, "Heat", "gauge", "Cel")]
    made = meter_batch.ensure_many(tenant.owner, lines)
    assert (made.created, made.changed, made.same) == (2, 0, 0)
    again = meter_batch.ensure_many(tenant.owner, [*lines, lines[0]])
    assert (again.ids[:2], again.created, again.same) == (made.ids, 0, 2)
    renamed = meter_batch.ensure_many(
        tenant.owner, [MeterLine(pump, "Run time", "counter", "min", id=made.ids[0])]
    )
    assert (renamed.ids, renamed.changed) == (made.ids[:1], 1)
    with reading(tenant.id):
        held = {one.name: one.unit for one in mapped.meters(tenant.owner, [pump])}
    assert held == {"Run time": "h", "Heat": "Cel"}


def test_what_is_wrong_is_named_and_nothing_is_written(tenant, other, pump):
    good = MeterLine(pump, "Hours", "counter", "h")
    for line, pointer in (
        (MeterLine(pump, "X", "counter", "no unit"), "/lines/1/unit"),
        (MeterLine(uuid4(), "X", "counter", "h"), "/lines/1/asset_id"),
        (MeterLine(pump, "X", "counter", "h", id=uuid4()), "/lines/1/id"),
    ):
        with pytest.raises(Invalid) as refused:
            meter_batch.ensure_many(tenant.owner, [good, line])
        assert refused.value.errors[0].pointer == pointer
    with pytest.raises(Invalid):
        meter_batch.ensure_many(other.owner, [good])
    with pytest.raises(NotGranted):
        meter_batch.ensure_many(tenant.person("engineer"), [good])
    with reading(tenant.id):
        assert mapped.meters(tenant.owner) == []
