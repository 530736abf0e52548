"""A planner brings in the asset register of a pump works: 500 rows in GB18030, seven of them bad."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trunnion.identity.tests.builders import Tenant, found_tenant

IMPORTS = "/api/integrations/imports"
HEADS = ["设备编号", "设备名称", "序列号", "规格型号", "安装位置", "安装日期", "使用状态", "上级设备", "备注"]
# The field by which each heading is understood: all of them without help.
FIELDS = [
    "number", "name", "serial", "model_id", "location_id", "installed_on", "state", "parent_id", "description",
]  # fmt: skip


@pytest.fixture
def tenant(db: None, settings: Any) -> Tenant:
    settings.TRUNNION_DELIVERY = "inline"
    return found_tenant("滨海泵业")


def register() -> list[list[str]]:
    """500 rows; the seven bad ones say what they should not."""
    rows = [
        [
            f"BH-{n:04d}", f"{n}号离心泵", f"SN{n:06d}", f"IS{n % 7 + 80}", f"一厂区 > {n % 4 + 1}号厂房 > 泵房",
            f"202{n % 5}年{n % 12 + 1}月{n % 28 + 1}日", "在用" if n % 9 else "备用", "", "=SUM(A1)" if n == 50 else "",
        ]
        for n in range(1, 501)
    ]  # fmt: skip
    rows[9][5] = "2023年13月40日"
    rows[59][2] = "SN000003"
    rows[109][6] = "在飞"
    rows[209][1] = ""
    rows[309][7] = "没有这台"
    rows[409][7] = "BH-0412"
    rows[411][7] = "BH-0410"
    return rows


WRONG = {
    13: [("installed_on", "table.not_a_date")], 63: [("serial", "table.twice")],
    113: [("state", "table.not_a_choice")], 213: [("name", "table.missing")],
    313: [("parent_id", "table.not_found")], 413: [("parent_id", "table.circle")],
    415: [("parent_id", "table.circle")],
}  # fmt: skip


# What would be right instead, as the preview says it beside each bad cell.
RIGHT = {
    13: ("Write it as 2024-03-05", "请写成 2024-03-05"), 63: ("already stands in row 6", "已出现在第 6 行"),
    113: ("In service", "在用"), 213: ("cannot do without it", "此项必填"),
    313: ("allow that it is made", "或允许自动新建"), 413: ("Remove one link", "请去掉其中一个上级关系"),
    415: ("Remove one link", "请去掉其中一个上级关系"),
}  # fmt: skip


def reasons(desk: "Desk", import_id: str) -> dict[int, str]:
    """The words beside the bad cells of each row; each stands at the column that it is about."""
    found = desk.get(f"{IMPORTS}/{import_id}/rows", verdict="error")["rows"]
    assert all(FIELDS[one["column"]] == one["field"] for row in found for one in row["reasons"])
    return {row["number"]: "\n".join(one["text"] for one in row["reasons"]) for row in found}


def written(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["滨海泵业 设备台账", "2025年"], [], HEADS, *rows])
    return out.getvalue().encode("gb18030")


class Desk:
    """The planner at the console."""

    def __init__(self, tenant: Tenant) -> None:
        self.client = tenant.client()

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self.client.post(path, json.dumps(body or {}), content_type="application/json")
        assert answer.status_code == 200, answer.content.decode()
        return dict(answer.json())

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        answer = self.client.get(path, query)
        assert answer.status_code == 200, answer.content.decode()
        return dict(answer.json())

    def send(self, name: str, content: bytes) -> str:
        file = SimpleUploadedFile(name, content)
        answer = self.client.post(IMPORTS, {"file": file, "kind": "table", "target": "assets"})
        assert answer.status_code == 202, answer.content.decode()
        return str(answer.json()["id"])

    def counts(self, import_id: str) -> tuple[int, int, int, int]:
        found = self.get(f"{IMPORTS}/{import_id}")
        return found["new"], found["changed"], found["same"], found["errors"]

    def wrong(self, import_id: str) -> dict[int, list[tuple[str, str]]]:
        rows = self.get(f"{IMPORTS}/{import_id}/rows", verdict="error")["rows"]
        return {row["number"]: [(one["field"], one["code"]) for one in row["reasons"]] for row in rows}

    def assets(self) -> int:
        return self.many("/api/assets/assets")

    def many(self, path: str) -> int:
        return len(self.get(path, limit=500)["rows"]) if self.get(path, limit=500)["next"] is None else 500


def mapping(desk: Desk, import_id: str) -> dict[str, Any]:
    """What was suggested, matched by the tag, with missing models and places to be made."""
    found = desk.get(f"{IMPORTS}/{import_id}/mapping")["mapping"]
    for use in found["columns"]:
        use["may_create"] = use["field"] in ("model_id", "location_id")
        # Their numbers are tags here: this program gives numbers of its own.
        use["field"] = "tag" if use["field"] == "number" else use["field"]
    return {**found, "match_on": "tag"}


def test_seven_of_five_hundred_are_named_mended_parked_and_all_goes_back(tenant: Tenant) -> None:
    desk = Desk(tenant)
    import_id = desk.send("台账.csv", written(register()))
    seen = desk.get(f"{IMPORTS}/{import_id}/mapping")
    assert (seen["layout"]["header_row"], seen["layout"]["encoding"]) == (3, "gb18030")
    assert [one["field"] for one in seen["suggestions"]] == FIELDS
    desk.post(f"{IMPORTS}/{import_id}/map", {"mapping": mapping(desk, import_id), "keep_as": "滨海台账"})

    assert desk.counts(import_id) == (493, 0, 0, 7)
    assert desk.wrong(import_id) == WRONG
    told = reasons(desk, import_id)
    assert told.keys() == RIGHT.keys()
    assert {number: text for number, text in told.items() if RIGHT[number][0] not in text} == {}
    assert told[13].startswith("“2023年13月40日”")

    mended = [
        {"row": 13, "cells": [{"column": 5, "text": "2023-12-30"}]},
        {"row": 63, "cells": [{"column": 2, "text": "SN000060"}]},
        {"row": 113, "cells": [{"column": 6, "text": "在用"}]},
    ]  # fmt: skip
    desk.post(f"{IMPORTS}/{import_id}/amend", {"changes": mended})
    assert desk.counts(import_id) == (496, 0, 0, 4)
    desk.post(f"{IMPORTS}/{import_id}/apply")
    assert desk.get(f"{IMPORTS}/{import_id}")["state"] == "applied"
    assert (desk.counts(import_id), desk.assets()) == ((496, 0, 0, 4), 496)

    again = mended_and_sent(desk, import_id)
    same = desk.send("台账.csv", written(register()))
    # What was mended here meanwhile stays: an empty cell takes nothing away.
    assert desk.counts(same) == (0, 0, 494, 6)
    back(desk, again, import_id)


def mended_and_sent(desk: Desk, import_id: str) -> str:
    """The parked rows, mended in the file of errors and brought in; answers the import of these."""
    # The parked rows come as a workbook with reasons; mended, it is understood by the mapping that was kept.
    answer = desk.client.get(f"{IMPORTS}/{import_id}/errors")
    parked = read(b"".join(answer) if answer.streaming else answer.content)
    assert parked[0] == [*HEADS, "Reason", "原因"]
    assert [row[0] for row in parked[1:]] == ["BH-0210", "BH-0310", "BH-0410", "BH-0412"]
    # Beside each row stands why, under its heading, in both languages.
    numbered = zip((213, 313, 413, 415), parked[1:], strict=True)
    assert all(RIGHT[number][0] in row[9] and RIGHT[number][1] in row[10] for number, row in numbered)
    assert "没有这台" in parked[2][10]
    assert parked[2][9].startswith("上级设备: “没有这台” is not known")
    parked[1][1], parked[2][7], parked[4][7] = "210号离心泵", "", ""
    out = io.StringIO()
    csv.writer(out).writerows([row[: len(HEADS)] for row in parked])
    again = desk.send("错误行.csv", out.getvalue().encode("utf-8-sig"))
    assert desk.get(f"{IMPORTS}/{again}/mapping")["kept"] == "滨海台账"
    assert desk.counts(again) == (4, 0, 0, 0), desk.wrong(again)
    desk.post(f"{IMPORTS}/{again}/apply")
    assert desk.assets() == 500
    return again


def back(desk: Desk, again: str, first: str) -> None:
    """Both imports are taken back: nothing of them is left."""
    desk.post(f"{IMPORTS}/{again}/undo")
    assert desk.get(f"{IMPORTS}/{again}")["undone"]["kept"] == []
    assert desk.assets() == 496
    desk.post(f"{IMPORTS}/{first}/undo")
    found = desk.get(f"{IMPORTS}/{first}")
    assert (found["state"], found["undone"]["kept"], desk.assets()) == ("undone", [], 0)
    assert desk.many("/api/assets/locations") == 0


def read(content: bytes) -> list[list[str]]:
    """The cells of a workbook."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).iter_rows()]
