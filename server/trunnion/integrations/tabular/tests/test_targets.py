"""Every target: what a file of it becomes, that it comes again without change, and that it can be taken back."""

import json
from pathlib import Path

import pytest

from trunnion.integrations.tabular.declare import TARGETS
from trunnion.integrations.tabular.types import ColumnUse, Mapping
from trunnion.integrations.tests.builders import door
from trunnion.kernel.policies import KINDS

from .builders import applied, brought, counts, csv_of, reasons, undone

FILES = {
    "locations": [
        ["位置名称", "位置编码", "位置类型", "上级位置"],
        ["泵房", "R-1", "房间", "F-1"], ["一层", "F-1", "楼层", "B-1"], ["一号楼", "B-1", "楼栋", ""],
    ],
    "parties": [
        ["客户编号", "公司名称", "类别", "税号", "电话", "邮箱"],
        ["K-1", "东海电厂", "客户", "91310000X", "021-1", "a@b.example"], ["K-2", "南方泵业", "制造商", "", "", ""],
    ],
    "items": [
        ["物料编码", "物料名称", "规格型号", "单位", "类型", "ABC分类", "储存条件", "保质期"],
        ["6205", "深沟球轴承", "6205-2RS", "个", "备件", "A 类（少而贵）", "干燥", ""],
        ["OIL-46", "液压油", "46号", "L", "耗材", "c", "避光，低于 30 °C", "730"],
    ],
    "models": [
        ["型号编码", "型号名称", "厂家型号", "使用寿命(月)"], ["M-77", "离心泵 IS100", "IS100-80-160", "120"],
        ["M-78", "电机 Y2", "Y2-160", "180"],
    ],
    "classes": [
        ["分类编码", "英文名称", "中文名称", "上级分类"], ["ZZ.1", "Own seal", "自有密封", "ZZ"],
        ["ZZ", "Own", "自有分类", ""],
    ],
    "positions": [
        ["位号", "功能位置名称", "上级位号", "描述"],
        ["P-101-M", "一号给水泵电机", "P-101", ""], ["P-101", "一号给水泵", "SYS-1", "运行"],
        ["SYS-1", "给水系统", "", ""],
    ],
    "requests": [
        ["报修单号", "报修时间", "报修内容", "状态", "完成时间", "报修人", "联系电话"],
        ["BX-1", "2024-03-05 08:00", "机械密封漏水", "已完成", "2024-03-05 11:30", "张伟", "13800001111"],
        ["BX-2", "2024-03-06 08:00", "空调不制冷", "待处理", "", "李娜", ""],
    ],
    "teams": [["班组名称", "使用中"], ["机修班", "是"], ["电工班", "否"]],
    "failure_codes": [
        ["代码类别", "故障代码", "中文名称", "英文名称", "适用设备类别"],
        ["故障模式", "ZZ1", "憋压", "Blocked in", "PU、CO"],
        ["故障原因", "ZZ1", "人为破坏", "", "全部"],
    ],
    "location_groups": [
        ["分区名称", "分区编码", "分区类型", "备注"], ["一号防火分区", "FZ-1", "防火分区", "一层东"],
        ["二号防火分区", "", "", ""],
    ],
    "asset_groups": [["系统名称", "系统编码", "类别"], ["冷冻水系统", "CHW", "暖通"], ["蒸汽系统", "", ""]],
    "labour": [["工号", "姓名", "用工类型", "电话"], ["007", "张伟", "员工", "139"], ["008", "李娜", "外包", ""]],
}  # fmt: skip


@pytest.fixture
def ctx(tenant):
    return door(tenant)


def kind_of(target: str) -> str:
    return TARGETS[target].kind


@pytest.mark.parametrize("target", FILES)
def test_in_again_and_back(ctx, target):
    content = csv_of(FILES[target], "gb18030", "\t")
    table = KINDS[kind_of(target)].objects.of(ctx)
    before = table.count()
    run = brought(ctx, content, target)
    wanted = len(FILES[target]) - 1
    assert counts(run) == (wanted, 0, 0, 0), reasons(ctx, run)
    assert {one["heading"] for one in run.mapping["suggestions"] if one["confidence"] >= 0.8} == set(
        FILES[target][0]
    )
    run = applied(ctx, run)
    assert (counts(run), table.count()) == ((wanted, 0, 0, 0), before + wanted), reasons(ctx, run)
    assert counts(brought(ctx, content, target)) == (0, 0, wanted, 0)
    run = undone(ctx, run)
    assert (run.state, run.undone["kept"], table.count()) == ("undone", [], before)


@pytest.mark.parametrize(
    ("target", "rows"),
    [
        ("contacts", [["公司名称", "联系人", "职务", "电话"], ["东海电厂", "王工", "设备部长", "138"],
                      ["东海电厂", "陈工", "", ""]]),
        ("sites", [["公司名称", "站点名称", "城市", "详细地址"], ["东海电厂", "一期", "上海", "海滨路1号"],
                   ["东海电厂", "二期", "上海", ""]]),
    ],
)  # fmt: skip
def test_what_belongs_to_a_company(ctx, target, rows):
    content = csv_of(rows)
    unknown = brought(ctx, content, target)
    assert reasons(ctx, unknown) == {
        2: [("party_id", "table.not_found")],
        3: [("party_id", "table.not_found")],
    }
    mapping = Mapping(
        tuple(
            ColumnUse(one["column"], one["field"], may_create=one["field"] == "party_id")
            for one in unknown.mapping["suggestions"]
        ),
        match_on="name",
    )
    run = applied(ctx, brought(ctx, content, target, mapping=mapping))
    assert counts(run) == (2, 0, 0, 0)
    assert KINDS["parties.party"].objects.of(ctx).count() == 1
    assert counts(brought(ctx, content, target, mapping=mapping)) == (0, 0, 2, 0)
    assert undone(ctx, run).undone["kept"] == []
    assert KINDS["parties.party"].objects.of(ctx).count() == 0


ORDERS = [
    ["工单号", "设备名称", "故障描述", "报修时间", "完成时间", "维修人", "工时", "故障模式", "故障原因", "费用"],
    ["W-1", "1号泵", "机械密封泄漏", "2024-03-05 08:00", "2024-03-05 11:30", "张伟", "3.5", "泄漏", "磨损", "820"],
    ["W-2", "1号泵", "例行保养", "2024-04-01 08:00", "2024-04-01 09:00", "张伟", "1:00", "", "", ""],
    ["W-3", "2号泵", "轴承异响", "2024-05-01 08:00", "2024-04-30 09:00", "张伟", "1", "异响", "", ""],
]  # fmt: skip


def orders_mapping(run) -> Mapping:
    made = {"asset_id", "resource_id", "mode_id", "cause_id"}
    uses = [one for one in run.mapping["suggestions"] if one["field"]]
    return Mapping(tuple(ColumnUse(o["column"], o["field"], may_create=o["field"] in made) for o in uses))


def test_orders_of_former_times_are_closed_with_labour_failure_and_cost(ctx):
    content = csv_of(ORDERS)
    first = brought(ctx, content, "orders")
    assert all(one["field"] for one in first.mapping["suggestions"])
    run = brought(ctx, content, "orders", mapping=orders_mapping(first))
    assert reasons(ctx, run) == {4: [("ended_at", "table.ends_first")]}
    run = applied(ctx, run)
    assert counts(run) == (2, 0, 0, 1)
    orders = {
        row.title: row for row in KINDS["work.order"].objects.of(ctx).select_related("asset", "leading")
    }
    sealed = orders["机械密封泄漏"]
    assert (sealed.state, sealed.source, sealed.asset.name, sealed.leading.name) == (
        "closed",
        "import",
        "1号泵",
        "张伟",
    )
    assert (sealed.cost_service, sealed.number[:3]) == (820, "WO-")
    labour = KINDS["work.labour"].objects.of(ctx).get(order_id=sealed.id)
    assert labour.minutes == 210
    failure = KINDS["work.failure"].objects.of(ctx).select_related("mode", "cause").get()
    assert (failure.mode.name_zh, failure.cause.name_zh, failure.asset_id) == (
        "泄漏",
        "磨损",
        sealed.asset_id,
    )
    again = brought(ctx, content, "orders", mapping=orders_mapping(first))
    assert counts(again) == (0, 0, 2, 1)
    goes_back(ctx, run)


def goes_back(ctx, run) -> None:
    codes = KINDS["knowledge.failure_code"].objects.of(ctx).count()
    run = undone(ctx, run)
    assert (run.state, run.undone["kept"]) == ("undone", [])
    for kind in ("work.order", "work.labour", "work.failure", "assets.asset", "workforce.labour_resource"):
        assert KINDS[kind].objects.of(ctx).count() == 0, kind
    assert KINDS["knowledge.failure_code"].objects.of(ctx).count() == codes - 2
    assert (
        KINDS["attach.external_reference"].objects.of(ctx).count() == 0
        if "attach.external_reference" in KINDS
        else True
    )


def test_the_wizard_says_of_each_kind_in_both_languages_what_its_rows_are():
    words = json.loads((Path(__file__).parents[5] / "clients/console/words/imports.json").read_text("utf-8"))
    assert {
        name for name in TARGETS if set(words.get(f"imports.kind.{name}", ())) != {"en", "zh-CN"}
    } == set()
