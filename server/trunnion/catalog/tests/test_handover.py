"""Whole records for handover formats, and models that bear a name twice."""

from trunnion.catalog.commands import item, model, spare
from trunnion.catalog.queries import handover
from trunnion.catalog.types import ItemLine, ModelLine, SpareLine
from trunnion.kernel.database import reading


def test_a_new_model_does_not_take_over_anothers_name(tenant):
    ctx = tenant.owner
    first = model.ensure_many(ctx, [ModelLine("Door 1", model_number="A")])
    second = model.ensure_many(ctx, [ModelLine("Door 1", is_new=True, model_number="B")])
    third = model.ensure_many(ctx, [ModelLine("Door 1")])
    assert (first.created, second.created, third.created) == (1, 1, 0)
    with reading(tenant.id):
        assert {m.model_number for m in handover.whole_models(ctx, [*first.ids, *second.ids]).values()} == {
            "A",
            "B",
        }
        assert handover.models_named(ctx, ["Door 1", "door 1"])["Door 1"].id == first.ids[0]


def test_whole_records_are_read_at_once(tenant, other):
    ctx = tenant.owner
    pump = model.ensure_many(ctx, [ModelLine("Pump")]).ids[0]
    seal = item.ensure_many(ctx, [ItemLine("Seal", specification="S-77")]).ids[0]
    spare.ensure_many(ctx, [SpareLine(pump, seal, set_number="1")])
    with reading(tenant.id):
        assert handover.items_named(ctx, ["Seal"])["Seal"].specification == "S-77"
        assert [(p.item_id, p.set_number) for p in handover.spare_lists(ctx, [pump])] == [(seal, "1")]
        assert handover.whole_items(ctx, [seal])[seal].supplier_ids == []
    with reading(other.id):
        assert handover.whole_models(other.owner, [pump]) == {}
        assert handover.spare_lists(other.owner, [pump]) == []
