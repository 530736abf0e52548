"""Service requests from a table: ended ones as they ended, the others open, none twice, and nobody is told."""

import pytest

from trunnion.assets.commands import asset_batch, location_batch
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import AssetLine, LocationLine
from trunnion.integrations.tests.builders import door
from trunnion.kernel.policies import KINDS
from trunnion.service.commands import desk
from trunnion.service.models import GuestLink, Request

from .builders import applied, brought, counts, csv_of, reasons, rows_of, undone

HEADS = [
    "报修单号",
    "报修时间",
    "主题",
    "问题描述",
    "状态",
    "完成时间",
    "处理结果",
    "报修人",
    "联系电话",
    "设备编号",
    "报修方式",
]


def row(
    number: str, at: str = "2024-03-05 08:00", title: str = "漏水", text: str = "", **more: str
) -> list[str]:
    names = ("state", "ended", "outcome", "name", "phone", "asset", "channel")
    return [number, at, title, text, *(more.get(name, "") for name in names)]


@pytest.fixture
def ctx(tenant):
    return door(tenant)


def test_requests_come_in_as_they_stand_elsewhere(ctx):
    place = location_batch.ensure_many(ctx, [LocationLine(LocationKind.SITE, "甲厂")]).ids[0]
    asset_batch.ensure_many(ctx, [AssetLine("1号泵", number="SB-1", location_id=place)])
    rows = [
        HEADS,
        row("BX-1", text="密封处漏水，请速来", state="已关闭", ended="2024-03-05 11:30", outcome="已换密封",
            name="张伟", phone="13800001111", asset="SB-1", channel="微信"),
        row("BX-2", state="驳回", outcome="重复"), row("BX-3", ended="2024-03-06"), row("BX-4", state="处理中"),
    ]  # fmt: skip
    run = brought(ctx, csv_of(rows), "requests")
    assert counts(run) == (4, 0, 0, 0), reasons(ctx, run)
    notes = [r["code"] for one in rows_of(ctx, run) for r in one["reasons"]]
    assert notes == ["service.order_elsewhere"]
    run = applied(ctx, run)
    one, two, three, four = Request.objects.of(ctx).order_by("number")
    assert (one.state, one.channel, one.end_reason, one.asset.name, one.location_id) == (
        "done", "portal", "已换密封", "1号泵", place,
    )  # fmt: skip
    assert (one.title, one.text) == ("漏水", "密封处漏水，请速来")
    assert (one.reporter_name, one.reporter_contact, one.reporter_hint) == (
        "张伟", "13800001111", "张* 138****11",
    )  # fmt: skip
    assert one.received_at < one.state_at
    assert (two.state, two.end_reason, three.state, four.state) == ("rejected", "重复", "done", "new")
    assert KINDS["work.order"].objects.of(ctx).count() == 0
    assert [link.request_id for link in GuestLink.objects.filter(organisation_id=ctx.organisation_id)] == [
        four.id
    ]
    # Whatever became of one since, the same number brings nothing twice.
    desk.finish(ctx, four.id)
    rows[4][2] = "还在漏水"
    again = applied(ctx, brought(ctx, csv_of(rows), "requests"))
    assert (counts(again), Request.objects.of(ctx).count()) == ((0, 0, 4, 0), 4)
    assert [kept["id"] for kept in undone(ctx, run).undone["kept"]] == [str(four.id)]
    assert list(Request.objects.of(ctx)) == [four]


def test_what_cannot_have_been_is_told_before_anything_is_written(ctx):
    rows = [
        HEADS, row("1", at=""), row("2", title=""), row("3", ended="2024-03-04"),
        row("4", state="新建", ended="2024-03-06"),
        row("5", at="2150-01-01"), row("6", state="已合并"), row("7", asset="SB-9"), row("8"), row("8", title="又漏水"),
    ]  # fmt: skip
    run = brought(ctx, csv_of(rows), "requests")
    assert reasons(ctx, run) == {
        2: [("received_at", "table.missing")], 3: [("text", "table.missing")], 4: [("ended_at", "service.ends_first")],
        5: [("ended_at", "service.open_ends_not")], 6: [("received_at", "service.in_future")],
        7: [("state", "service.not_brought_as")], 8: [("asset_id", "table.not_found")],
        10: [("external_id", "table.twice")],
    }  # fmt: skip
    assert counts(applied(ctx, run)) == (1, 0, 0, 8)
    assert Request.objects.of(ctx).count() == 1


def test_ratings_come_in_with_what_was_done_and_only_so(ctx):
    heads = [*HEADS, "评分", "评价内容"]
    rows = [
        heads, [*row("1", ended="2024-03-09"), "2", "来得太晚"], [*row("2", state="已完成"), "5 ", ""],
        [*row("3", state="已完成"), "6", ""], [*row("4"), "4", ""], [*row("5", state="已完成"), "", "很好"],
    ]  # fmt: skip
    run = brought(ctx, csv_of(rows), "requests")
    assert reasons(ctx, run) == {
        4: [("rating", "service.not_stars")], 5: [("rating", "service.rated_when_done")],
        6: [("rating_text", "service.text_without_stars")],
    }  # fmt: skip
    run = applied(ctx, run)
    found = Request.objects.of(ctx).order_by("number")
    assert [(one.rating, one.rating_text) for one in found] == [(2, "来得太晚"), (5, "")]
    assert all(one.rated_at == one.state_at for one in found)
    # What stands was rated by whoever asked for it: a table changes nothing of it.
    again = applied(ctx, brought(ctx, csv_of([heads, [*row("2", state="已完成"), "1", ""]]), "requests"))
    assert (counts(again), found.last().rating) == ((0, 0, 1, 0), 5)
    assert undone(ctx, run).undone["kept"] == []
