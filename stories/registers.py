"""What the story of an import brings along: a register of five hundred machines, seven of whose rows are wrong."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

ROWS = 500
WORDS: dict[str, dict[str, Any]] = {
    "zh-CN": {
        "sheet": "设备台账", "about": "填写说明", "title": "滨海医院设备台账（2026 年）",
        "heads": (
            "设备编号", "设备名称", "序列号", "设备型号", "安装位置", "上级设备", "设备状态", "投用日期", "质保到期",
            "使用单位", "内部备注",
        ),
        "kinds": ("离心泵", "空气处理机组", "冷却塔", "风机盘管", "配电柜"), "model": "型", "room": "机房",
        "site": "滨海医院", "floor": "地下一层", "states": ("在用", "备用"), "owner": "滨海医院", "remark": "盘点",
        "bad_state": "飞行中", "bad_day": "2026-13-45", "bad_parent": "不存在的机组", "good_parent": "EQ-0001",
    },
    "en": {
        "sheet": "Register", "about": "How to fill in", "title": "Harbour Hospital register 2026",
        "heads": (
            "Asset number", "Asset name", "Serial number", "Model", "Location", "Parent asset", "Status",
            "In service date", "Warranty until", "Owner", "Internal remark",
        ),
        "kinds": ("Circulation pump", "Air handling unit", "Cooling tower", "Fan coil", "Switchboard"),
        "model": "Type ", "room": "Plant room", "site": "Harbour Hospital", "floor": "Basement",
        "states": ("In service", "Standby"), "owner": "Harbour Hospital", "remark": "Counted",
        "bad_state": "Flying", "bad_day": "2026-13-45", "bad_parent": "No such unit", "good_parent": "EQ-0001",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Register:
    """The workbook, and the numbers of its wrong rows by what is wrong."""

    path: Path
    days: tuple[int, int]
    states: tuple[int, int]
    serials: tuple[int]
    parents: tuple[int, int]


def machine(number: int, language: str) -> list[str]:
    """The cells of one good row."""
    w = WORDS[language]
    kind = w["kinds"][number % 5]
    begun = date(2019, 3, 4) + timedelta(days=number * 3)
    place = f"{w['site']} > {w['floor']} > {w['room']} {number % 12 + 1}"
    parent = w["good_parent"] if number % 9 == 5 else ""
    return [
        f"EQ-{number:04d}", f"{kind} {number:03d}", f"SN{260000 + number}", f"{w['model']}{number % 7 + 1}", place,
        parent, w["states"][number % 2], begun.isoformat(), (begun + timedelta(days=1095)).isoformat(), w["owner"],
        w["remark"],
    ]  # fmt: skip


def write_register(path: Path, language: str) -> Register:
    """A title above the headings, a sheet before the right one, and seven rows that are wrong."""
    w = WORDS[language]
    rows = [machine(number, language) for number in range(1, ROWS + 1)]
    found = Register(path, (40, 180), (77, 260), (305,), (350, 420))
    # Headings stand in row 3: the first machine in row 4.
    for row in found.days:
        rows[row - 4][7] = w["bad_day"]
    for row in found.states:
        rows[row - 4][6] = w["bad_state"]
    for row in found.serials:
        rows[row - 4][2] = rows[6][2]
    for row in found.parents:
        rows[row - 4][5] = w["bad_parent"]
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet(w["about"]).write_row(0, 0, [w["title"]])
    sheet = book.add_worksheet(w["sheet"])
    sheet.write(0, 0, w["title"])
    for at, cells in enumerate([w["heads"], *rows], start=2):
        sheet.write_row(at, 0, cells)
    book.close()
    return found
