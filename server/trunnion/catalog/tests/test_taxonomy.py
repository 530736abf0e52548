"""The shipped classes and what stands below them."""

import pytest

from trunnion.attach.tests.builders import entered
from trunnion.catalog import queries, taxonomy
from trunnion.catalog.commands import equipment_class
from trunnion.kernel.errors import Invalid, NotGranted

from .builders import class_of


def test_every_organisation_begins_with_the_shipped_classes(tenant, other):
    for ctx in (tenant.owner, other.owner):
        classes = queries.list_classes(entered(ctx))
        assert len(classes) == len(taxonomy.shipped())
        assert all(c.name_en and c.name_zh for c in classes)
    pump = class_of(ctx)
    assert (pump.name_en, pump.name_zh, pump.path) == ("Pump", "泵", "rotating/PU/")
    assert "suction" in queries.get_class(ctx, pump.id)["boundary_en"]


def test_seeding_again_adds_nothing_and_keeps_changes(tenant):
    ctx = tenant.owner
    pump = class_of(ctx)
    equipment_class.edit(ctx, pump.id, name_zh="水泵")
    assert equipment_class.seed(ctx) == 0
    assert class_of(ctx).name_zh == "水泵"


def test_parts_are_the_shipped_ones_and_ones_own(tenant):
    ctx = tenant.owner
    pump = class_of(ctx)
    parts = {p.code: p for p in queries.parts_of_class(ctx, "PU")}
    assert parts["PU.pump_unit.impeller"].parent_code == "PU.pump_unit"
    equipment_class.create(ctx, "PU-X", name_zh="磁力泵", parent_id=pump.id)
    found = queries.parts_of_class(ctx, "PU")[-1]
    assert (found.code, found.name_en, found.name_zh, found.parent_code) == ("PU-X", "磁力泵", "磁力泵", "PU")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("23-65 55 11: Pumps", "PU"),
        ("23-655511", "PU"),
        ("23-65 55 11 11", "CO"),
        ("Pr_65_53_61", "PU"),
        ("n/a", None),
    ],
)
def test_categories_of_other_classifications(text, code):
    assert queries.class_of_category(text) == code


def test_bad_classes_are_refused(tenant, other):
    ctx = tenant.owner
    foreign = class_of(entered(other.owner))
    for facts, pointer in (
        ({"code": "PU", "name_en": "x"}, "/code"),
        ({"code": "a b", "name_en": "x"}, "/code"),
        ({"code": "NEW"}, "/name_en"),
        ({"code": "NEW", "name_en": "x", "parent_id": foreign.id}, "/parent_id"),
    ):
        with pytest.raises(Invalid) as refused:
            equipment_class.create(ctx, **facts)
        assert refused.value.errors[0].pointer == pointer
    with pytest.raises(NotGranted):
        equipment_class.create(tenant.person("engineer"), "NEW", name_en="x")


def test_the_tree_has_an_end(tenant):
    ctx, above = tenant.owner, None
    for level in range(6):
        above = equipment_class.create(ctx, f"L{level}", name_en="x", parent_id=above).id
    with pytest.raises(Invalid) as refused:
        equipment_class.create(ctx, "L6", name_en="x", parent_id=above)
    assert refused.value.errors[0].code == "class_too_deep"
