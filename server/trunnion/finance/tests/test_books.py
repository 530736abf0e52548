"""What assets are worth, and what is entered when they leave."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from trunnion.assets.commands import asset, life, paper
from trunnion.assets.queries.file import get_file
from trunnion.assets.types.kinds import AssetState
from trunnion.catalog.commands import model
from trunnion.catalog.queries import find_class
from trunnion.finance import commands, queries
from trunnion.finance.books import closed_on
from trunnion.finance.handlers import close_book
from trunnion.finance.models import Disposal
from trunnion.finance.rules import months_between, share_of, value_after
from trunnion.finance.types import Method
from trunnion.kernel import clock
from trunnion.kernel.context import system
from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.policies import visible

D = Decimal


@pytest.fixture
def owner(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


def pump(ctx, months=30, price=6000, life_months=60, **facts):
    """A pump in use for so many months."""
    year, month = divmod(clock.today("UTC").year * 12 + clock.today("UTC").month - 1 - months, 12)
    known = {"expected_life_months": life_months} if life_months else {}
    of = model.create(ctx, name=f"Model {price} {life_months}", **known).id
    bought = (
        {} if price is None else {"price": price, "currency": "EUR", "purchased_on": date(year, month + 1, 1)}
    )
    return asset.create(
        ctx, name="Pump", model_id=of, **{"state": AssetState.DECOMMISSIONED, **bought, **facts}
    ).id


@pytest.mark.parametrize(
    ("months", "method", "value"),
    [
        (0, Method.STRAIGHT_LINE, "10000.00"),
        (30, Method.STRAIGHT_LINE, "5250.00"),
        (60, Method.STRAIGHT_LINE, "500.00"),
        (99, Method.DECLINING, "500.00"),
        (12, Method.DECLINING, "6000.00"),
        (24, Method.DECLINING, "3600.00"),
        (36, Method.DECLINING, "2160.00"),
        (48, Method.DECLINING, "1296.00"),
        (6, Method.DECLINING, "8000.00"),
    ],
)
def test_a_price_is_spread_over_a_life(months, method, value):
    assert value_after(D(10_000), D(500), 60, months, method) == D(value)


def test_twice_the_rate_never_stays_behind_an_even_share():
    values = [value_after(D(9999), D(0), 100, m, Method.DECLINING) for m in range(101)]
    assert values == sorted(values, reverse=True)
    assert (values[0], values[100]) == (D(9999), D(0))
    evenly = [value_after(D(9999), D(0), 100, m, Method.STRAIGHT_LINE) for m in range(101)]
    assert all(one <= other for one, other in zip(values, evenly, strict=True))


def test_months_are_whole_and_shares_lose_no_cent():
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 0
    assert months_between(date(2026, 1, 15), date(2027, 2, 15)) == 13
    assert months_between(date(2027, 1, 1), date(2026, 1, 1)) == 0
    for weights in ([D(1), D(1), D(1)], [None, D(2), D(5)], [D(0), D(0), D(0)]):
        assert sum(share_of(D("100.00"), weights, i) for i in range(3)) == 100
    assert share_of(D(90), [D(1), D(2)], 1) == 60


def test_the_book_stands_with_the_cost(owner):
    told = queries.cost_of_asset(owner, pump(owner))["book"]
    assert (told.value, told.depreciated, told.method, told.missing) == (
        D(3000),
        D(3000),
        "straight_line",
        [],
    )
    bare = queries.cost_of_asset(owner, pump(owner, price=None, life_months=None))["book"]
    assert (bare.value, bare.missing) == (None, ["price", "purchased_on", "life"])


def test_the_rule_of_the_nearest_class_holds(owner, tenant):
    of = find_class(owner, "PU")
    made = model.create(owner, name="Fast", equipment_class_id=of.id, expected_life_months=60).id
    held = asset.create(
        owner, name="Pump", model_id=made, price=10_000, currency="EUR",
        purchased_on=clock.today("UTC") - timedelta(days=371),
    ).id  # fmt: skip
    commands.set_rule(owner, method=Method.STRAIGHT_LINE, residual_percent=D(10))
    assert queries.cost_of_asset(owner, held)["book"].residual == D(1000)
    rule = commands.set_rule(owner, method=Method.DECLINING, equipment_class_id=of.id).id
    assert commands.set_rule(owner, method=Method.DECLINING, equipment_class_id=of.id).id == rule
    told = queries.cost_of_asset(owner, held)["book"]
    assert (told.method, told.value) == ("declining", D(6000))
    commands.remove_rule(owner, rule_id=rule)
    assert queries.cost_of_asset(owner, held)["book"].method == "straight_line"
    with pytest.raises(Invalid):
        commands.set_rule(owner, method=Method.DECLINING, residual_percent=D(101))
    with pytest.raises(NotGranted):
        commands.set_rule(tenant.person("engineer"), method=Method.DECLINING)


def test_a_sale_is_entered_with_gain_or_loss_once(owner, tenant):
    made = pump(owner)
    done = life.dispose(owner, asset_id=made, disposal="sold", proceeds=3500, currency="EUR")
    (row,) = Disposal.objects.of(owner)
    assert (row.book_value, row.proceeds, row.result, row.method) == (
        D(3000),
        D(3500),
        D(500),
        "straight_line",
    )
    from trunnion.assets.events import AssetDisposed

    event = AssetDisposed(
        asset_id=made, number=done.number, from_state="decommissioned", to_state="disposed", location_id=None,
        at=clock.now(), document_id=done.document_id,
    )  # fmt: skip
    close_book(system(tenant.id), event)
    enter_organisation(tenant.id)
    assert Disposal.objects.of(owner).count() == 1
    told = queries.cost_of_asset(owner, made)
    assert [line["result"] for line in told["disposals"]] == [D(500)]
    assert get_file(owner, made)["sections"]["disposals"][0]["document_number"] == row.document_number


def test_what_is_scrapped_is_a_loss_and_a_mistake_is_taken_back(owner):
    made = pump(owner)
    life.dispose(owner, asset_id=made, disposal="scrapped")
    life.reinstate(owner, asset_id=made)
    results = list(Disposal.objects.of(owner).order_by("id").values_list("result", flat=True))
    assert results == [D(-3000), D(3000)]
    life.dispose(owner, asset_id=made, disposal="sold", proceeds=10, currency="EUR")
    life.reinstate(owner, asset_id=made)
    assert closed_on(owner, made) is None
    life.dispose(owner, asset_id=made, disposal="scrapped")
    assert queries.cost_of_asset(owner, made)["book"].on == closed_on(owner, made)
    life.reinstate(owner, asset_id=made)
    assert sum(Disposal.objects.of(owner).values_list("result", flat=True)) == 0


def test_several_on_one_paper_share_what_they_brought_in(owner):
    ids = [pump(owner, price=price) for price in (6000, 12_000)]
    paper.move_many(owner, verb="dispose", asset_ids=ids, disposal="auctioned", proceeds=900, currency="EUR")
    found = dict(Disposal.objects.of(owner).values_list("asset_id", "proceeds"))
    assert [found[i] for i in ids] == [D(300), D(600)]


def test_what_is_not_known_stays_open(owner):
    nothing = pump(owner, price=None)
    life.dispose(owner, asset_id=nothing, disposal="scrapped")
    assert not Disposal.objects.of(owner).exists()
    abroad = pump(owner)
    life.dispose(owner, asset_id=abroad, disposal="sold", proceeds=10, currency="USD")
    row = Disposal.objects.of(owner).get()
    assert (row.currency, row.book_value, row.result) == ("USD", None, None)


def test_disposals_stay_within_what_one_sees(owner, tenant, other):
    life.dispose(owner, asset_id=pump(owner), disposal="scrapped")
    enter_organisation(other.id)
    assert not visible(other.owner, Disposal).exists()
