"""Many positions at once: under each other in any order, moved with what fills them, refused by name."""

from uuid import uuid4

import pytest

from trunnion.assets.commands import placing, position_batch
from trunnion.assets.models import Asset, Position
from trunnion.assets.tests.builders import pump, pump_position, room, site
from trunnion.assets.types.lines import PositionLine
from trunnion.kernel.context import Scope
from trunnion.kernel.errors import Invalid


def counts(done) -> tuple[int, int, int]:
    return done.created, done.changed, done.same


def refused(ctx, *lines: PositionLine) -> tuple[str, str]:
    with pytest.raises(Invalid) as told:
        position_batch.ensure_many(ctx, list(lines))
    return told.value.errors[0].pointer, told.value.errors[0].code


def test_parents_may_stand_anywhere(tenant):
    ctx = tenant.owner
    lines = [
        PositionLine("Motor", code="P-1-M", parent_line=2), PositionLine("System", code="S"),
        PositionLine("Pump", code="P-1", parent_line=1),
    ]  # fmt: skip
    made = position_batch.ensure_many(ctx, lines)
    assert counts(made) == (3, 0, 0)
    assert counts(position_batch.ensure_many(ctx, lines)) == (0, 0, 3)
    motor, system, pumped = made.ids
    found = dict(Position.objects.of(ctx).values_list("id", "parent_id"))
    assert found == {motor: pumped, pumped: system, system: None}
    again = position_batch.ensure_many(ctx, [PositionLine("Motor", id=motor, parent_id=system)])
    assert counts(again) == (0, 1, 0)
    assert refused(ctx, PositionLine("System", code="S", parent_id=motor)) == (
        "/lines/0/parent_id",
        "assets.position_cycle",
    )
    assert refused(ctx, PositionLine("X", code="X", parent_line=0))[1] == "assets.position_cycle"
    assert refused(ctx, PositionLine("X", parent_line=4)) == ("/lines/0/parent_line", "assets.line_unknown")
    assert refused(ctx, PositionLine("X", parent_id=uuid4())) == ("/lines/0/parent_id", "reference_unknown")
    assert Position.objects.of(ctx).get(id=system).parent_id is None


def test_what_fills_a_position_goes_along(tenant):
    ctx = tenant.owner
    here, there = room(ctx, name="Here"), room(ctx, name="There")
    role, thing = pump_position(ctx, here), pump(ctx)
    placing.install(ctx, asset_id=thing, position_id=role)
    position_batch.ensure_many(ctx, [PositionLine("Feed pump", code="P-101", location_id=there)])
    assert Position.objects.of(ctx).get(id=role).location_id == there
    assert Asset.objects.of(ctx).get(id=thing).location_id == there


def test_a_code_is_given_once_whoever_sees_it(tenant):
    ctx = tenant.owner
    ours, theirs = site(ctx, "Ours"), site(ctx, "Theirs")
    pump_position(ctx, theirs, "P-9")
    narrowed = ctx.with_(scope=Scope(location_ids=frozenset({ours})))
    taken = ("/lines/1/code", "assets.code_taken")
    first = PositionLine("A", code="A", location_id=ours)
    assert refused(narrowed, first, PositionLine("B", code="P-9", location_id=ours)) == taken
    made = position_batch.ensure_many(ctx, [first, PositionLine("B", code="B")]).ids
    assert refused(ctx, first, PositionLine("B", id=made[1], code="A")) == taken
    assert refused(narrowed, PositionLine("C", code="C"))[1] == "assets.location_needed"
    assert refused(narrowed, PositionLine("C", code="C", location_id=theirs))[1] == "reference_unknown"


def test_a_thousand_positions_are_looked_up_at_once(tenant, django_assert_max_num_queries):
    ctx, where = tenant.owner, room(tenant.owner)
    lines = [PositionLine("System", code="S")]
    lines += [PositionLine(f"P{n}", code=f"P-{n}", location_id=where, parent_line=0) for n in range(1000)]
    position_batch.ensure_many(ctx, lines)
    with django_assert_max_num_queries(40):
        assert counts(position_batch.ensure_many(ctx, lines)) == (0, 0, 1001)
