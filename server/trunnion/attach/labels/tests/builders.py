"""Makes what tests of labels need: stocks, contents and facts in both languages."""

from decimal import Decimal

from trunnion.attach.labels.types import Content, LabelFacts, LabelField, Page, Roll, Sheet

NAMES = (
    "Feed pump no. 1", "离心给水泵（一号机组备用，含变频器）", "Air handling unit AHU-03 with heat recovery wheel",
    "消防稳压泵", "堃喆镕水泵 𠮷", "_^~\\ odd & <b>#strong[x]",
)  # fmt: skip
PLACES = ("厂区 > 一号锅炉房 > 地下一层 > 泵房", "Pier 4 > Boiler house > Level 1 > Pump room")


def sheet(**facts) -> Sheet:
    """A4 with 3 by 7 labels."""
    usual = {
        "page": Page.A4, "rows": 7, "columns": 3, "label_width": Decimal("63.5"), "label_height": Decimal("38.1"),
        "margin_top": Decimal("15.15"), "margin_left": Decimal("7.25"), "gap_x": Decimal("2.5"),
    }  # fmt: skip
    return Sheet(**usual | facts)


def roll(**facts) -> Roll:
    """A roll of 60 by 40 mm."""
    return Roll(**{"label_width": Decimal(60), "label_height": Decimal(40)} | facts)


def content(**facts) -> Content:
    """A symbol of 20 mm with four fields beside it."""
    fields = (
        LabelField("name", Decimal(9), 2, is_bold=True), LabelField("number"),
        LabelField("model", Decimal(7), 1, is_named=True), LabelField("place", Decimal(7), 2),
    )  # fmt: skip
    return Content(**{"code_mm": Decimal(20), "fields": fields} | facts)


def labels(count: int) -> list[LabelFacts]:
    """Labels of different machines."""
    return [
        LabelFacts(
            f"https://assets.example.com/q/{i:05d}aBcDeFgHiJkLmNo-_", f"A-{i:06d}",
            {
                "name": NAMES[i % len(NAMES)], "number": f"A-{i:06d}", "model": "ACME MP 65 离心泵",
                "place": PLACES[i % 2],
            },
        )
        for i in range(count)
    ]  # fmt: skip


def naming(field: str) -> str:
    """What a field is called on the label."""
    return f"{field}:"
