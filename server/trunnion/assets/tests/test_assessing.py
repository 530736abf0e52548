"""Assessments: by the matrix in force, dated, never overwritten; conditions by a scale; what was bare is dated."""

from decimal import Decimal

import pytest

from trunnion.assets.commands import assessing, asset, asset_batch, matrix, position
from trunnion.assets.models import Asset, ConditionAssessment, CriticalityAssessment, Position
from trunnion.assets.queries.history import assessments_of
from trunnion.assets.queries.papers import conditions_of, get_standard_versions, get_standards
from trunnion.assets.queries.places import get_position
from trunnion.assets.rules.matrix import level_of
from trunnion.assets.tests.builders import pump, pump_position, room, site
from trunnion.assets.types.lines import AssetLine, AxisLine, BandLine, LevelLine
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal
from trunnion.kernel.policies import visible

FIVE = tuple(LevelLine(str(n), f"Level {n}", f"{n}级", n) for n in range(1, 6))


def axis(key: str) -> AxisLine:
    return AxisLine(key, key.title(), "维度", FIVE)


BANDS = [BandLine("a", 12), BandLine("b", 6), BandLine("c", 0)]


def put_into_force(ctx, *keys: str, **facts):
    keys = keys or ("safety", "production")
    return matrix.create_matrix(
        ctx,
        **{"name": "Plant", "axes": [axis(k) for k in keys], "bands": BANDS, "combine": "product", **facts},
    )


def test_the_class_follows_from_the_scores(tenant):
    ctx = tenant.owner
    made = pump(ctx)
    put_into_force(ctx)
    assessing.assess(ctx, asset_id=made, scores={"safety": 4, "production": 3}, remark="Team of three")
    told = assessments_of(ctx, made)[0]
    assert (told["level"], told["result"], told["matrix_version"], told["actor_name"]) == (
        "a",
        Decimal(12),
        "1",
        "Wang",
    )
    assert Asset.objects.of(ctx).get(id=made).criticality == "a"


def test_a_new_version_leaves_what_was_found(tenant):
    ctx = tenant.owner
    made = pump(ctx)
    put_into_force(ctx)
    assessing.assess(ctx, asset_id=made, scores={"safety": 1, "production": 3}, assessed_on="2026-01-01")
    put_into_force(ctx, "safety", "environment")
    with pytest.raises(Invalid) as refused:
        assessing.assess(ctx, asset_id=made, scores={"safety": 1, "production": 3})
    assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == (
        "/scores/production",
        "assets.axis_unknown",
    )
    assessing.assess(ctx, asset_id=made, scores={"safety": 3, "environment": 3}, assessed_on="2026-02-01")
    told = [(a["matrix_version"], a["level"], a["scores"]) for a in assessments_of(ctx, made)]
    assert told == [
        ("2", "b", {"safety": 3, "environment": 3}), ("1", "c", {"safety": 1, "production": 3}),
    ]  # fmt: skip
    assert get_standards(ctx)["matrix"]["number"] == 2


def test_bad_scores_and_matrices_are_refused(tenant):
    ctx = tenant.owner
    made = pump(ctx)
    with pytest.raises(Invalid) as refused:
        assessing.assess(ctx, asset_id=made, scores={"safety": 1})
    assert refused.value.errors[0].code == "assets.no_matrix"
    put_into_force(ctx)
    for facts, pointer in (
        ({"scores": {"safety": 4}}, "/scores/production"),
        ({"scores": {"safety": 9, "production": 1}}, "/scores/safety"),
        ({"scores": {"safety": 1, "production": 1}, "level": "a"}, "/level"),
        ({}, "/scores"),
    ):
        with pytest.raises(Invalid) as refused:
            assessing.assess(ctx, asset_id=made, **facts)
        assert refused.value.errors[0].pointer == pointer
    for facts, pointer in (
        ({"axes": [axis("safety"), axis("safety")]}, "/axes/1"),
        ({"bands": [BandLine("a", 12), BandLine("b", 6)]}, "/bands"),
        ({"bands": [BandLine("a", 12), BandLine("a", 0)]}, "/bands/1"),
        ({"axes": [AxisLine("safety", "S", "S", ())]}, "/axes/0/levels"),
    ):
        with pytest.raises(Invalid) as refused:
            put_into_force(ctx, **facts)
        assert refused.value.errors[0].pointer == pointer
    with pytest.raises(NotGranted):
        put_into_force(tenant.person("engineer"))
    assert not CriticalityAssessment.objects.of(ctx).exists()


@pytest.mark.parametrize(("combine", "figure"), [("max", 5), ("sum", 8), ("product", 15)])
def test_scores_combine(combine, figure):
    axes = [{"key": k, "levels": [{"score": n} for n in range(1, 6)]} for k in ("s", "p")]
    assert level_of(axes, combine, [{"level": "c", "at_least": "0"}], {"s": 5, "p": 3}) == (
        Decimal(figure),
        "c",
    )


def test_conditions_by_a_scale_of_ones_own(tenant, other):
    ctx = tenant.owner
    made = pump(ctx)
    levels = [
        LevelLine("1", "Class 1", "一类", condition="very_good"), LevelLine("3", "Class 3", "三类", condition="poor"),
    ]  # fmt: skip
    matrix.create_scale(ctx, name="设备完好等级", levels=levels)
    assessing.assess_condition(tenant.person("engineer", name="Li"), asset_id=made, level="3", remark="Leaks")
    assessing.assess_condition(ctx, asset_id=made, condition="good", assessed_on="2026-01-01")
    assert Asset.objects.of(ctx).get(id=made).condition == "poor"
    told = [(c["level"], c["condition"], c["scale"], c["actor_name"]) for c in conditions_of(ctx, made)]
    assert told == [("3", "poor", 1, "Li"), ("", "good", None, "Wang")]
    for facts in ({"level": "2"}, {}, {"level": "3", "condition": "good"}, {"condition": "shiny"}):
        with pytest.raises(Invalid):
            assessing.assess_condition(ctx, asset_id=made, **facts)
    with pytest.raises(NotVisible):
        assessing.assess_condition(other.owner, asset_id=made, condition="good")


def test_a_class_that_is_stated_is_dated_too(tenant):
    ctx = tenant.owner
    made = pump(ctx, criticality="a", condition="good")
    asset.edit(ctx, asset_id=made, condition="fair", criticality="a")
    brought = asset_batch.ensure_many(
        ctx, lines=[AssetLine("Fan", criticality="b"), AssetLine("Pump", id=made)]
    ).ids
    assert [(a["level"], a["matrix_version"]) for a in assessments_of(ctx, made)] == [("a", "0")]
    assert [c["condition"] for c in conditions_of(ctx, made)] == ["fair", "good"]
    assert [a["level"] for a in assessments_of(ctx, brought[0])] == ["b"]
    assert ConditionAssessment.objects.of(ctx).filter(asset_id=brought[0]).count() == 0
    # What follows from an assessment is not lost by a later one that looks further back.
    assessing.assess(ctx, asset_id=made, level="c", assessed_on="2020-01-01")
    assert Asset.objects.of(ctx).get(id=made).criticality == "a"


def levels(ctx, position_id):
    return [(row["level"], str(row["assessed_on"])) for row in get_position(ctx, position_id)["assessments"]]


def test_a_role_is_assessed_whatever_fills_it(tenant, other):
    ctx = tenant.owner
    where = pump_position(ctx, room(ctx, site(ctx)))
    filling = pump(ctx, position_id=where)
    put_into_force(ctx)
    assessing.assess_position(ctx, position_id=where, scores={"safety": 4, "production": 3})
    assessing.assess_position(ctx, position_id=where, level="c", assessed_on="2020-01-01")
    shown = get_position(ctx, where)
    assert (shown["criticality"], [row["level"] for row in shown["assessments"]]) == ("a", ["a", "c"])
    assert Asset.objects.of(ctx).get(id=filling).criticality == ""
    with pytest.raises(Invalid) as refused:
        assessing.assess_position(ctx, position_id=where)
    assert refused.value.errors[0].pointer == "/scores"
    with pytest.raises(NotVisible):
        assessing.assess_position(other.owner, position_id=where, level="a")
    with pytest.raises(NotGranted):
        assessing.assess_position(tenant.person("engineer"), position_id=where, level="a")


def test_a_class_stated_with_a_role_is_dated(tenant):
    ctx = tenant.owner
    made = position.create(ctx, name="Feed pump", code="P-7", criticality="b").id
    position.edit(ctx, position_id=made, name="Feed pump no. 7")
    assert [level for level, _ in levels(ctx, made)] == ["b"]
    position.edit(ctx, position_id=made, criticality=None)
    assert ([level for level, _ in levels(ctx, made)], get_position(ctx, made)["criticality"]) == (
        ["", "b"],
        "",
    )


def test_assessments_of_roles_stay_within_what_one_sees(tenant):
    ctx = tenant.owner
    here, there = site(ctx, "Pier 4"), site(ctx, "Pier 5")
    for code, place in (("P-1", here), ("P-2", there)):
        assessing.assess_position(ctx, position_id=pump_position(ctx, room(ctx, place), code), level="a")
    narrowed = tenant.person("planner", scopes=[{"by": "location", "target_id": here}])
    assert (
        visible(ctx, CriticalityAssessment).count(),
        visible(narrowed, CriticalityAssessment).count(),
    ) == (2, 1)


def test_what_stood_bare_in_a_role_is_carried_over(tenant):
    from importlib import import_module

    from django.apps import apps
    from django.db import connection
    from django.db.models import QuerySet

    ctx = tenant.owner
    bare, assessed, other_ = (position.create(ctx, name=n).id for n in ("Bare", "Assessed", "Nothing"))
    assessing.assess_position(ctx, position_id=assessed, level="c")
    QuerySet(Position).filter(organisation_id=ctx.organisation_id, id=bare).update(criticality="a")
    import_module("trunnion.assets.migrations.0010_positions_assessed").carry_over(
        apps, connection.schema_editor()
    )
    assert [len(levels(ctx, i)) for i in (bare, assessed, other_)] == [1, 1, 0]
    assert levels(ctx, bare)[0][0] == "a"


def test_versions_are_told_and_the_newest_is_taken_back_while_nothing_was_found_by_it(tenant):
    ctx = tenant.owner
    first = put_into_force(ctx, name="One")
    second = put_into_force(ctx, name="Two", combine="sum")
    told = get_standard_versions(ctx)
    assert [(v["name"], v["number"], v["is_current"], v["made_by"]) for v in told["matrices"]] == [
        ("Two", 2, True, ctx.actor_name),
        ("One", 1, False, ctx.actor_name),
    ]
    with pytest.raises(Refusal) as caught:
        matrix.withdraw_matrix(ctx, matrix_id=first.id)
    assert caught.value.code == "assets.standard_old"
    matrix.withdraw_matrix(ctx, matrix_id=second.id)
    assert get_standards(ctx)["matrix"]["name"] == "One"
    assessing.assess(ctx, asset_id=pump(ctx), scores={"safety": 1, "production": 1})
    with pytest.raises(Refusal) as caught:
        matrix.withdraw_matrix(ctx, matrix_id=first.id)
    assert (caught.value.code, caught.value.facts) == ("assets.standard_used", {"count": 1})


def test_condition_classes_are_taken_back_as_well(tenant):
    levels = [
        LevelLine("I", "Sound", "一类", condition="very_good"),
        LevelLine("II", "Worn", "二类", condition="poor"),
    ]
    made = matrix.create_scale(tenant.owner, name="Classes", levels=levels)
    with pytest.raises(NotGranted):
        matrix.withdraw_scale(tenant.person("engineer"), scale_id=made.id)
    matrix.withdraw_scale(tenant.owner, scale_id=made.id)
    assert get_standards(tenant.owner)["scale"] is None
    assert get_standard_versions(tenant.owner)["scales"] == []
