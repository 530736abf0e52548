"""Orders of former times bring hours, waits and costs along: the order's page and the asset's cost show them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from trunnion.finance.models import CostEntry
from trunnion.finance.queries import cost_of_asset, cost_of_order
from trunnion.integrations.tests.builders import door
from trunnion.kernel.database import reading
from trunnion.kernel.policies import KINDS

from .builders import applied, brought, counts, csv_of, reasons, undone
from .test_targets import orders_mapping

HEADS = [
    "工单号", "设备名称", "故障描述", "报修时间", "开始时间", "完成时间", "维修人", "工时", "路途时间", "等待时间",
    "等待原因", "人工费", "材料费", "总费用",
]  # fmt: skip
ENGLISH = [
    "Work order", "Asset", "Short text", "Reported", "Started", "Finished", "Technician", "Labour hours", "Travel time",
    "Waiting time", "Waiting for", "Labour cost", "Material cost", "Total cost",
]  # fmt: skip
DAY = "2024-03-05 "
ROWS = [
    ["W-1", "1号泵", "机械密封泄漏", DAY + "08:00", DAY + "10:00", DAY + "15:00", "张伟", "3.5", "0:45", "1.5",
     "等备件", "350", "470", "1000"],
    ["W-2", "1号泵", "例行保养", DAY + "08:00", "", DAY + "09:00", "张伟", "1", "", "", "", "", "", ""],
    ["W-3", "1号泵", "等太久", DAY + "08:00", "", DAY + "09:00", "张伟", "1", "", "2", "天气", "", "", ""],
    ["W-4", "1号泵", "合计不符", DAY + "08:00", "", DAY + "09:00", "张伟", "1", "", "", "", "80", "40", "100"],
]  # fmt: skip


@pytest.fixture
def ctx(tenant):
    return door(tenant)


@pytest.mark.parametrize("heads", [HEADS, ENGLISH])
def test_hours_waits_and_costs_come_along_and_go_again(ctx, tenant, heads):
    content = csv_of([heads, *ROWS])
    first = brought(ctx, content, "orders")
    assert all(one["field"] for one in first.mapping["suggestions"]), first.mapping["suggestions"]
    run = brought(ctx, content, "orders", mapping=orders_mapping(first))
    assert reasons(ctx, run) == {
        4: [("waiting_minutes", "order.waited_too_long")], 5: [("cost_total", "table.total_too_small")],
    }  # fmt: skip
    run = applied(ctx, run)
    assert counts(run) == (2, 0, 0, 2)
    order = KINDS["work.order"].objects.of(ctx).get(title="机械密封泄漏")
    labour = KINDS["work.labour"].objects.of(ctx).filter(order_id=order.id).order_by("minutes")
    assert list(labour.values_list("labour_kind", "minutes", "amount")) == [
        ("travel", 45, None), ("work", 210, Decimal(350)),
    ]  # fmt: skip
    wait = KINDS["work.wait"].objects.of(ctx).get()
    assert (wait.order_id, wait.reason, wait.ended_at - wait.began_at) == (
        order.id,
        "parts",
        timedelta(minutes=90),
    )
    assert wait.began_at == order.reported_at
    shown(ctx, tenant, order)
    again = brought(ctx, content, "orders", mapping=orders_mapping(first))
    assert counts(again) == (0, 0, 2, 2)
    assert undone(ctx, run).undone["kept"] == []
    for kind in ("work.order", "work.wait", "work.labour", "finance.cost", "assets.asset"):
        assert KINDS[kind].objects.of(ctx).count() == 0, kind


def shown(ctx, tenant, order) -> None:
    """The order's page and the sums of the order and its asset."""
    client = tenant.client()
    page = client.get(f"/api/work/orders/{order.id}").json()
    assert [one["reason"] for one in page["waits"]] == ["parts"]
    assert {name: Decimal(page["cost"][name]) for name in ("labour", "material", "service", "total")} == {
        "labour": 350, "material": 470, "service": 180, "total": 1000,
    }  # fmt: skip
    # An order that says nothing of its cost has a page as well.
    bare = KINDS["work.order"].objects.of(ctx).get(title="例行保养")
    answer = client.get(f"/api/work/orders/{bare.id}")
    assert (answer.status_code, Decimal(answer.json()["cost"]["total"])) == (200, 0)
    assert CostEntry.objects.of(ctx).count() == 3
    with reading(ctx.organisation_id):
        for told in (cost_of_order(ctx, order.id), cost_of_asset(ctx, order.asset_id)):
            assert {str(one.kind): one.amount for one in told["sums"]} == {
                "labour": 350, "material": 470, "service": 180,
            }  # fmt: skip


def test_a_wait_that_says_its_beginning_stands_there(ctx):
    heads = ["工单号", "故障描述", "报修时间", "完成时间", "等待开始时间", "等待时间", "等待原因"]
    rows = [
        ["W-1", "等天气", DAY + "08:00", DAY + "18:00", DAY + "09:00", "30 min", "下雨"],
        ["W-2", "早了", DAY + "08:00", DAY + "18:00", DAY + "07:00", "30 min", ""],
    ]
    run = applied(ctx, brought(ctx, csv_of([heads, *rows]), "orders"))
    assert reasons(ctx, run) == {3: [("waiting_minutes", "order.waited_too_long")]}
    wait = KINDS["work.wait"].objects.of(ctx).select_related("order").get()
    assert (wait.reason, wait.began_at - wait.order.reported_at) == ("weather", timedelta(hours=1))
