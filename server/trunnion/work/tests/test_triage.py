"""Several reports of one thing become one order, and one can be taken out again."""

import pytest

from trunnion.attach.commands import comment
from trunnion.kernel.errors import Invalid, NotVisible, Refusal
from trunnion.work import queries
from trunnion.work.commands import order
from trunnion.work.models import Downtime, Order
from trunnion.work.tests.builders import make_engineer
from trunnion.work.types import OrderState


def survivors(shop, *ids):
    return [shop.row(i).survivor_id for i in ids]


def test_three_reports_become_one_and_everything_follows(shop):
    reporter, _ = make_engineer(shop.tenant, "Chen Jing")
    first = shop.order().id
    second = order.create(reporter, title="Water on the floor", asset_id=shop.pump).id
    third = shop.order(title="Pump wet", is_stopped=True).id
    comment.add(reporter, "work.order", second, text="Since this morning")
    for duplicate in (second, third):
        order.merge(shop.owner, duplicate, into_id=first)
    page = queries.get_order(shop.owner, first)
    assert [m["reporter_name"] for m in page["merged"]] == ["Chen Jing", "Wang"]
    assert [c.text for c in page["comments"]] == ["Since this morning"]
    assert page["is_stopped"]
    assert len(page["downtimes"]) == 1
    # Whoever reported the duplicate follows the survivor.
    assert queries.get_order(reporter, first)["number"] == "WO-000001"
    assert queries.get_order(reporter, second)["survivor_number"] == "WO-000001"


def test_undoing_a_merge_loses_nothing(shop):
    first, second = shop.order().id, shop.order(is_stopped=True).id
    order.approve(shop.owner, second)
    order.merge(shop.owner, second, into_id=first)
    order.unmerge(shop.owner, second)
    row = shop.row(second)
    assert (row.state, row.survivor_id, row.merged_into_id, row.merged_from) == ("approved", None, None, "")
    assert queries.get_order(shop.owner, first)["merged"] == []
    assert len(queries.get_order(shop.owner, second)["downtimes"]) == 1


def test_a_chain_has_one_end_and_comes_apart_where_it_was_joined(shop):
    a, b, c, d = (shop.order().id for _ in range(4))
    order.merge(shop.owner, a, into_id=b)
    order.merge(shop.owner, d, into_id=c)
    order.merge(shop.owner, b, into_id=c)
    assert survivors(shop, a, b, c, d) == [c, c, None, c]
    order.unmerge(shop.owner, b)
    assert survivors(shop, a, b, c, d) == [b, None, None, c]
    assert shop.row(a).merged_into_id == b


def test_the_survivors_completion_lets_the_machine_run(shop):
    first, second = shop.in_state(OrderState.IN_PROGRESS), shop.order(is_stopped=True).id
    order.merge(shop.owner, second, into_id=first)
    shop.do("complete", first)
    assert Downtime.objects.of(shop.owner).get().ended_at is not None


def test_what_makes_no_sense_is_refused(shop):
    made, over = shop.order().id, shop.in_state(OrderState.CLOSED)
    with pytest.raises(Invalid) as refused:
        order.merge(shop.owner, made, into_id=made)
    assert refused.value.errors[0].pointer == "/into_id"
    with pytest.raises(Refusal, match="survivor_not_open"):
        order.merge(shop.owner, made, into_id=over)
    assert shop.row(made).state == "requested"


def test_nobody_merges_into_another_organisation(shop, other):
    from trunnion.kernel.journal import enter_organisation

    enter_organisation(other.id)
    theirs = order.create(other.owner, title="Theirs").id
    enter_organisation(shop.tenant.id)
    with pytest.raises(NotVisible):
        order.merge(shop.owner, shop.order().id, into_id=theirs)


def test_likely_duplicates_are_the_open_ones_of_the_same_machine(shop):
    from trunnion.assets.commands import asset

    fan = asset.create(shop.owner, name="Fan 1").id
    noise = shop.order(title="Lager macht Geräusche").id
    leak = shop.order(title="Seal of the pump leaks oil").id
    shop.order(title="Seal leaks", asset_id=fan)
    shop.do("cancel", shop.order(title="Seal leaks").id)
    fresh = shop.order(title="pump leaks oil at the seal").id
    found = queries.list_duplicates(shop.owner, fresh)["rows"]
    assert [f.id for f in found] == [leak, noise]
    assert found[0].likeness > 90
    assert queries.likely_duplicates(shop.owner, asset_id=shop.pump, text="漏油")[0].id in (
        fresh,
        leak,
        noise,
    )
    assert queries.likely_duplicates(shop.owner) == []


def test_every_survivor_stands_at_the_end_of_its_chain(shop):
    ids = [shop.order().id for _ in range(5)]
    for duplicate, into in ((0, 1), (2, 3), (1, 3), (3, 4)):
        order.merge(shop.owner, ids[duplicate], into_id=ids[into])
    rows = Order.objects.of(shop.owner).exclude(survivor=None)
    assert all(r.survivor.survivor_id is None for r in rows)
    assert rows.count() == 4
