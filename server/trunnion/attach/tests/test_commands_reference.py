"""What other systems call a record."""

import pytest

from trunnion.attach import queries
from trunnion.attach.commands import reference
from trunnion.attach.types import ReferenceLine
from trunnion.kernel.errors import Invalid, NotVisible

from .builders import KIND, entered, record


def test_a_record_is_found_by_what_another_system_calls_it(tenant, other):
    ctx = tenant.owner
    reference.set_(ctx, KIND, record(ctx), "ifc", "3f4KLs$x0000", system="Revit", object_type="IfcPump")
    found = queries.find_by_reference(ctx, "ifc", "Revit", "IfcPump", "3f4KLs$x0000")
    assert found is not None
    assert (found.kind, found.row_id) == (KIND, record(ctx))
    assert queries.find_by_reference(ctx, "ifc", "Revit", "IfcPump", "3F4kls$X0000") is None
    assert queries.find_by_reference(other.owner, "ifc", "Revit", "IfcPump", "3f4KLs$x0000") is None


def test_saying_it_again_changes_nothing(tenant):
    ctx = tenant.owner
    first = reference.set_(ctx, KIND, record(ctx), "erp", "4711")
    assert reference.set_(ctx, KIND, record(ctx), "erp", "4711") == first


def test_one_name_means_one_record_until_it_ends(tenant):
    ctx = tenant.owner
    done = reference.set_(ctx, KIND, record(ctx), "erp", "4711")
    with pytest.raises(Invalid) as refused:
        reference.set_(ctx, KIND, record(ctx, "engineer"), "erp", "4711")
    assert refused.value.errors[0].code == "reference_taken"
    reference.end(ctx, done.id)
    reference.set_(ctx, KIND, record(ctx, "engineer"), "erp", "4711")
    found = queries.find_by_reference(ctx, "erp", "", "", "4711")
    assert found is not None
    assert found.row_id == record(ctx, "engineer")
    assert queries.references_of(ctx, KIND, record(ctx))[0].valid_to_at is not None


def test_many_at_once_are_all_or_none(tenant, other):
    ctx, mine, another = tenant.owner, record(tenant.owner), record(tenant.owner, "engineer")
    lines = [ReferenceLine(KIND, mine, "cobie", "A", "Type", f"id {i}") for i in range(50)]
    batch = reference.set_many(ctx, lines)
    assert (batch.created, batch.same) == (50, 0)
    batch = reference.set_many(ctx, lines)
    assert (batch.created, batch.same) == (0, 50)
    with pytest.raises(Invalid) as refused:
        reference.set_many(
            ctx, [ReferenceLine(KIND, another, "cobie", "A", "Type", i) for i in ("new", "id 1")]
        )
    assert refused.value.errors[0].pointer == "/lines/1/identifier"
    assert queries.references_of(ctx, KIND, another) == []
    with pytest.raises(NotVisible):
        reference.set_many(ctx, [ReferenceLine(KIND, record(other.owner), "cobie", identifier="x")])
    assert len(queries.find_many_by_reference(entered(ctx), "cobie", ["id 1", "id 2", "nothing"])) == 2


@pytest.mark.parametrize(("scheme", "identifier"), [("", "1"), ("erp", ""), ("erp", " "), ("erp", "x" * 301)])
def test_a_reference_is_complete(tenant, scheme, identifier):
    with pytest.raises(Invalid):
        reference.set_(tenant.owner, KIND, record(tenant.owner), scheme, identifier)
