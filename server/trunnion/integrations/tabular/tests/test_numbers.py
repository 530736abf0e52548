"""Numbers that a file brings along are kept: the same file again changes nothing, and no number is used twice."""

import pytest

from trunnion.assets.commands import asset as assets
from trunnion.assets.commands import asset_batch, location_batch
from trunnion.assets.models import Asset
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import AssetLine, LocationLine
from trunnion.catalog.models import Item
from trunnion.integrations.tabular.declare import TARGETS
from trunnion.integrations.tabular.types import ColumnUse, Mapping
from trunnion.integrations.tests.builders import door
from trunnion.kernel.context import Scope
from trunnion.kernel.errors import Invalid
from trunnion.kernel.listing import exports, page
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.parties.commands import party
from trunnion.parties.models import Party
from trunnion.parties.types import PartyLine, PartyRole

from .builders import applied, brought, counts, csv_of, reasons, undone
from .test_certificates import prepare
from .test_own_lists import fill
from .test_parts import PARTS, prepare_parts

HEADS = ["设备编号", "设备名称", "序列号"]
ROWS = [HEADS, ["SB-0001", "1号泵", "SN-1"], ["A-000002", "2号泵", "SN-2"], ["", "3号泵", "SN-3"]]


@pytest.fixture
def ctx(tenant):
    return door(tenant)


def numbers(ctx) -> dict[str, str]:
    return dict(Asset.objects.of(ctx).values_list("name", "number"))


def test_numbers_of_a_file_are_kept_and_the_same_file_changes_nothing(ctx):
    run = applied(ctx, brought(ctx, csv_of(ROWS[:3]), "assets"))
    assert counts(run) == (2, 0, 0, 0), reasons(ctx, run)
    assert numbers(ctx) == {"1号泵": "SB-0001", "2号泵": "A-000002"}
    again = brought(ctx, csv_of(ROWS[:3]), "assets")
    assert counts(again) == (0, 0, 2, 0), reasons(ctx, again)
    # The rows without a number get the next free ones, those beside them and those that stand stepped over.
    more = [HEADS, ["A-000003", "5号泵", "SN-5"], ["", "6号泵", "SN-6"], ["", "7号泵", "SN-7"]]
    applied(ctx, brought(ctx, csv_of(more), "assets"))
    assert numbers(ctx) | {"6号泵": "", "7号泵": ""} == {
        "1号泵": "SB-0001", "2号泵": "A-000002", "5号泵": "A-000003", "6号泵": "", "7号泵": "",
    }  # fmt: skip
    assert {numbers(ctx)["6号泵"], numbers(ctx)["7号泵"]}.isdisjoint({"A-000002", "A-000003"})
    taken = set(numbers(ctx).values())
    made = {assets.create(ctx, name="新泵").id for _ in range(3)}
    fresh = set(Asset.objects.of(ctx).filter(id__in=made).values_list("number", flat=True))
    assert len(fresh) == 3
    assert fresh.isdisjoint(taken)


def test_a_thousand_taken_numbers_are_stepped_over_at_once(ctx, django_assert_max_num_queries):
    lines = [AssetLine(f"P{n}", number=f"A-{n:06d}") for n in range(1, 1201)]
    asset_batch.ensure_many(ctx, lines, with_codes=False)
    # Not one for each number that is taken; how many a creation takes besides is the database's affair.
    with django_assert_max_num_queries(200):
        made = assets.create(ctx, name="New")
    assert int(Asset.objects.of(ctx).get(id=made.id).number.removeprefix("A-")) > 1200


def test_a_number_of_another_asset_is_refused_in_words(ctx):
    applied(ctx, brought(ctx, csv_of(ROWS[:2]), "assets"))
    twice = [HEADS, ["SB-7", "7号泵", "SN-7"], ["SB-7", "8号泵", "SN-8"]]
    assert reasons(ctx, brought(ctx, csv_of(twice), "assets")) == {3: [("number", "table.twice")]}
    other = asset_batch.ensure_many(ctx, [AssetLine("9号泵", serial="SN-9")]).ids[0]
    with pytest.raises(Invalid) as refused:
        asset_batch.ensure_many(ctx, [AssetLine("10号泵"), AssetLine("11号泵", number="SB-0001")])
    assert [(e.pointer, e.code) for e in refused.value.errors] == [("/lines/1/number", "assets.number_taken")]
    with pytest.raises(Invalid) as refused:
        asset_batch.ensure_many(ctx, [AssetLine("a", number="X-1"), AssetLine("b", number="X-1")])
    assert refused.value.errors[0].code == "assets.number_twice"
    with pytest.raises(Invalid) as refused:
        asset_batch.ensure_many(ctx, [AssetLine("9号泵", id=other, number="SB-9")])
    assert refused.value.errors[0].code == "assets.number_stays"
    assert Asset.objects.of(ctx).count() == 2


def test_a_number_of_an_asset_out_of_sight_is_refused_as_well(ctx):
    places = [LocationLine(LocationKind.SITE, name) for name in ("甲厂", "乙厂")]
    ours, theirs = location_batch.ensure_many(ctx, places).ids
    asset_batch.ensure_many(ctx, [AssetLine("1号泵", number="SB-1", location_id=theirs)])
    narrowed = ctx.with_(scope=Scope(location_ids=frozenset({ours})))
    lines = [
        AssetLine("2号泵", number="SB-2", location_id=ours),
        AssetLine("3号泵", number="SB-1", location_id=ours),
    ]
    with pytest.raises(Invalid) as refused:
        asset_batch.ensure_many(narrowed, lines)
    assert [(e.pointer, e.code) for e in refused.value.errors] == [("/lines/1/number", "assets.number_taken")]
    assert numbers(ctx) == {"1号泵": "SB-1"}


def test_an_asset_found_by_its_serial_keeps_its_number(ctx):
    made = asset_batch.ensure_many(ctx, [AssetLine("1号泵", serial="SN-1")]).ids[0]
    before = Asset.objects.of(ctx).get(id=made).number
    rows = [["序列号", "设备名称", "设备编号"], ["SN-1", "1号泵", "SB-0001"]]
    uses = tuple(ColumnUse(at, name) for at, name in enumerate(["serial", "name", "number"]))
    run = brought(ctx, csv_of(rows), "assets", mapping=Mapping(uses, match_on="serial"))
    assert counts(run) == (0, 0, 1, 0), reasons(ctx, run)
    applied(ctx, run)
    assert Asset.objects.of(ctx).get(id=made).number == before


def test_what_was_taken_back_may_come_again(ctx):
    run = applied(ctx, brought(ctx, csv_of(ROWS[:3]), "assets"))
    undone(ctx, run)
    assert Asset.objects.of(ctx).count() == 0
    run = applied(ctx, brought(ctx, csv_of(ROWS[:3]), "assets"))
    assert counts(run) == (2, 0, 0, 0)


def test_numbers_of_companies_and_items_are_stepped_over_within_a_batch(ctx):
    first = party.ensure_many(ctx, [PartyLine("Zero", (PartyRole.CUSTOMER,))]).ids[0]
    said = Party.objects.of(ctx).get(id=first).number
    series, _, at = said.rpartition("-")
    coming = f"{series}-{int(at) + 1:06d}"
    lines = [PartyLine("One", number=coming, is_new=True), PartyLine("Two"), PartyLine("Three")]
    party.ensure_many(ctx, lines)
    found = dict(Party.objects.of(ctx).values_list("name", "number"))
    assert found["One"] == coming
    assert len(set(found.values())) == 4
    with pytest.raises(Invalid) as refused:
        party.ensure_many(ctx, [PartyLine("Four", number=coming, is_new=True)])
    assert refused.value.errors[0].code == "party_number_taken"
    rows = [["物料编码", "物料名称"], ["IT-000001", "轴承"], ["", "油封"]]
    applied(ctx, brought(ctx, csv_of(rows), "items"))
    codes = set(Item.objects.of(ctx).values_list("code", flat=True))
    assert len(codes) == 2
    assert "IT-000001" in codes


@pytest.mark.parametrize("target", TARGETS)
def test_a_list_of_another_organisation_twice_is_the_same_the_second_time(ctx, other, tmp_path, target):
    """Whatever bears a number keeps it here, or is remembered by it."""
    fill(ctx, target)
    path = tmp_path / "out.csv"
    exports.write(ctx, LISTINGS[TARGETS[target].listing], page.Ask(), path, "csv", lambda *_: None)
    there = door(other)
    if target in ("meters", "readings"):
        # What hangs on equipment needs it to stand there.
        lines = [AssetLine("1号泵", serial="SN-1"), AssetLine("2号泵")]
        asset_batch.ensure_many(there, lines)
    elif target == "certificates":
        prepare(there)
    elif target in PARTS:
        prepare_parts(there)
    first = applied(there, brought(there, path.read_bytes(), target, "out.csv"))
    second = brought(there, path.read_bytes(), target, "out.csv")
    assert second.new == second.changed == 0, (counts(first), counts(second), reasons(there, second))
    assert second.errors == first.errors, (reasons(there, first), reasons(there, second))
