"""The report of an order's work as a PDF: what was asked and done, before and after, and who confirmed it."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import resources
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from trunnion.attach.queries import content_of, files_of, shrunk, typeset
from trunnion.attach.types import FileRole, LinkedFile
from trunnion.identity.queries import get_organisation
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.shape import Rows
from trunnion.kernel.words import say
from trunnion.knowledge.procedures.types.questions import Asks
from trunnion.work.checks import not_asked
from trunnion.work.models import Order
from trunnion.work.states import REPORTED
from trunnion.work.types import Paper

from .detail import get_order
from .lines import shown_value

MOST_PHOTOS = 8
DOTS = 900
SIGNATURE_DOTS = 600
# Beside the roles that say so themselves, a photo of the report shows what it was like before.
SIDES = {"before": (FileRole.PHOTO, FileRole.BEFORE), "after": (FileRole.AFTER,)}
NOBODY_YET = "-"


@dataclass
class Sheet:
    """What is being put together: the language it is in, the clock it goes by, and its pictures by name."""

    ctx: Context
    language: str
    zone: ZoneInfo
    pictures: dict[str, bytes] = field(default_factory=dict)

    def say(self, key: str, **facts: Any) -> str:
        """Words in the report's language."""
        return say(key, self.language, **facts)

    def at(self, moment: datetime | None) -> str:
        """A moment as it is written in that language, by the organisation's clock."""
        if moment is None:
            return ""
        there = moment.astimezone(self.zone)
        if self.language == "zh-CN":
            return f"{there.year}年{there.month}月{there.day}日 {there:%H:%M}"
        return f"{there.day} {there:%b %Y, %H:%M}"

    def picture(self, file_id: UUID, most: int) -> str:
        """The name under which a picture lies beside the page."""
        name = f"{file_id}.jpg"
        if name not in self.pictures:
            self.pictures[name] = shrunk(content_of(self.ctx, file_id).path, most)
        return name


def get_report(ctx: Context, order_id: UUID, language: str, engineer: str | None = None) -> Paper:
    """The report of work that is done; `engineer` is how whoever reads it knows whoever did it."""
    order = get_order(ctx, order_id)
    if order["state"] not in REPORTED:
        raise Refusal("order.report_not_yet", number=order["number"])
    organisation = get_organisation(ctx.organisation_id)
    sheet = Sheet(ctx, language, ZoneInfo(organisation.zone or "UTC"))
    title = sheet.say("report.work.title")
    data = {
        "title": f"{title} {order['number']}", "heading": title, "house": organisation.name, "lang": language[:2],
        "number": order["number"], "subject": order["title"],
        "facts": _facts(sheet, order, order["leading"] if engineer is None else engineer),
        "passages": _passages(sheet, order), "checks": _checks(sheet, order), "photos": _photos(sheet, order_id),
        "confirmations": _confirmations(sheet, order), "words": _words(sheet),
    }  # fmt: skip
    content = typeset(_template(), data, sheet.pictures)
    return Paper(content, f"{order['number']}.pdf")


def _words(sheet: Sheet) -> dict[str, str]:
    names = ("checks", "photos", "confirmation", "page", "check", "result")
    return {name: sheet.say(f"report.work.{name}") for name in names}


def _facts(sheet: Sheet, order: dict[str, Any], engineer: str | None) -> list[dict[str, str]]:
    """Who, what, where and when; what is not known is left out."""
    machine = " · ".join(
        str(order[n]) for n in ("asset_name", "asset_number", "model", "asset_serial") if order[n]
    )
    place = " · ".join(dict.fromkeys(str(order[n]) for n in ("site", "place") if order[n]))
    told = {
        "customer_id": order["customer"], "asset_id": machine, "location_id": place,
        "kind": sheet.say(f"choice.work.order.kind.{order['kind']}"),
        **{name: sheet.at(order[name]) for name in ("reported_at", "arrived_at", "started_at", "ended_at")},
    }  # fmt: skip
    found = {f"field.work.order.{name}": value for name, value in told.items()}
    found["report.work.engineer"] = engineer
    return [{"name": sheet.say(key), "value": str(value)} for key, value in found.items() if value]


def _passages(sheet: Sheet, order: dict[str, Any]) -> list[dict[str, str]]:
    asked = "\n".join(t for t in dict.fromkeys((order["symptom"], order["description"])) if t)
    told = {"report.work.asked": asked, "field.work.order.remedy": order["remedy"], **_spent(sheet, order)}
    return [{"name": sheet.say(key), "value": text} for key, text in told.items() if text]


def _spent(sheet: Sheet, order: dict[str, Any]) -> dict[str, str]:
    """Time by its kind, of which the house knows and those outside are told nothing."""
    sums: dict[str, int] = {}
    for entry in order.get("labour", ()):
        sums[entry["kind"]] = sums.get(entry["kind"], 0) + entry["minutes"]
    parts = [
        sheet.say("report.work.minutes", kind=sheet.say(f"choice.work.labour.kind.{kind}"), minutes=minutes)
        for kind, minutes in sums.items()
        if minutes > 0
    ]
    return {"report.work.labour": sheet.say("report.work.and").join(parts)}


def _checks(sheet: Sheet, order: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "title": task["title"], "note": task["note"], "tone": task["result"], "value": shown_value(task),
            "result": sheet.say(f"choice.work.task.result.{task['result']}") if task["result"] else NOBODY_YET,
        }
        for task in _asked(order["tasks"])
    ]  # fmt: skip


def _asked(tasks: Rows) -> Rows:
    """The checks that the report tells of: what was only to be read, and what was never asked, is left out."""
    out = not_asked([SimpleNamespace(**task) for task in tasks])
    return [task for task in tasks if task["id"] not in out and task["asks"] != Asks.READ]


def _photos(sheet: Sheet, order_id: UUID) -> list[dict[str, Any]]:
    """Before and after, the newest of each where there are many."""
    files = [f for f in files_of(sheet.ctx, Order.kind, order_id) if f.has_thumbnail and _is_picture(f)]
    found = []
    for side, roles in SIDES.items():
        shown = [f for f in files if f.role in roles][-MOST_PHOTOS:]
        names = [sheet.picture(f.file_id, DOTS) for f in shown]
        found.append({"side": sheet.say(f"report.work.{side}"), "pictures": names})
    return found if any(side["pictures"] for side in found) else []


def _is_picture(file: LinkedFile) -> bool:
    return file.media_type.startswith("image/")


def _confirmations(sheet: Sheet, order: dict[str, Any]) -> list[dict[str, str]]:
    """Everybody's word in its order, with the signature as they wrote it."""
    signed = {one.id: one for one in order["signatures"]}
    found = []
    for said in order["confirmations"]:
        signature = signed.get(said["signature_id"])
        meaning = "accepted" if said["is_accepted"] else "refused"
        if said["is_accepted"] and said["remark"]:
            meaning = "accepted_with_remarks"
        image = signature.image_id if signature else None
        found.append(
            {
                "name": said["signer_name"], "at": sheet.at(said["given_at"]), "remark": said["remark"],
                "meaning": sheet.say(f"report.work.{meaning}"),
                "picture": sheet.picture(image, SIGNATURE_DOTS) if image else "",
            }
        )  # fmt: skip
    return found


@cache
def _template() -> bytes:
    return (resources.files("trunnion.work") / "report.typ").read_bytes()
