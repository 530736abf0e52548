"""A busy week around the clicked story, told to the API, so that the pictures of lists look like a living house."""

import uuid
from typing import Any

from stories.clicks import Person

# Machine, what is wrong, priority, what the desk did with it.
WEEK = {
    "en": [
        ("Chiller CH-01", "Oil level low", "high", "dispatch"),
        ("Bed lift L-2", "Door closes too slowly", "normal", "approve"),
        ("Fan coil FC-1204", "Water drips on the corridor", "urgent", "dispatch"),
        ("Fire pump FP-01", "Monthly test run", "normal", "plan"),
        ("Air handling unit AHU-03", "Filter change F7", "low", "plan"),
        ("Emergency generator G-1", "Battery voltage below limit", "high", "dispatch"),
        ("Autoclave ST-4", "Validation is due", "normal", "approve"),
        ("Sliding door D-01", "Stays open", "normal", ""),
        ("Medical air compressor", "Pressure swings", "high", "dispatch"),
        ("Cooling tower KT-2", "Fan vibrates", "normal", ""),
        ("Nurse call, ward 12", "Bed 7 does not answer", "urgent", "approve"),
    ],
    "zh-CN": [
        ("冷水机组 CH-01", "油位偏低", "high", "dispatch"),
        ("病床电梯 L-2", "关门过慢", "normal", "approve"),
        ("风机盘管 FC-1204", "走廊漏水", "urgent", "dispatch"),
        ("消防泵 FP-01", "月度试运行", "normal", "plan"),
        ("空调机组 AHU-03", "更换 F7 过滤网", "low", "plan"),
        ("应急发电机 G-1", "蓄电池电压偏低", "high", "dispatch"),
        ("灭菌器 ST-4", "验证到期", "normal", "approve"),
        ("自动门 D-01", "无法关闭", "normal", ""),
        ("医用空压机", "压力波动", "high", "dispatch"),
        ("冷却塔 KT-2", "风机振动", "normal", ""),
        ("十二病区呼叫系统", "7 床无应答", "urgent", "approve"),
    ],
}  # fmt: skip


class Desk:
    """The API with the cookie of somebody who is signed in."""

    def __init__(self, person: Person, url: str) -> None:
        self.person, self.url = person, url

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """One verb."""
        headers = {"X-Trunnion-Door": "web", "Idempotency-Key": str(uuid.uuid4())}
        answer = self.person.page.request.post(f"{self.url}/api/{path}", data=body, headers=headers)
        assert answer.ok, f"{path}: {answer.text()}"
        found: dict[str, Any] = answer.json()
        return found

    def rows(self, listing: str) -> list[dict[str, Any]]:
        """The first rows of a list."""
        found: list[dict[str, Any]] = self.person.page.request.get(
            f"{self.url}/api/{listing}?limit=50"
        ).json()["rows"]
        return found


def fill_the_week(person: Person, url: str) -> None:
    """Machines and orders in every state, given to whoever can be given work."""
    desk = Desk(person, url)
    places = [row["id"] for row in desk.rows("assets/locations") if row["kind"] == "space"]
    people = [row["id"] for row in desk.rows("workforce/labour_resources")]
    for number, (machine, what, priority, verb) in enumerate(WEEK[person.language]):
        place = places[number % len(places)]
        asset = desk.post("assets/assets/create", name=machine, location_id=place, tag=machine.split()[-1])
        kind = "preventive" if verb == "plan" else "corrective"
        order = desk.post(
            "work/orders/create", title=what, asset_id=asset["id"], priority=priority, kind=kind
        )
        if verb:
            told = {
                "dispatch": {"resource_id": people[0]},
                "plan": {"planned_from_at": f"2026-12-0{number}T01:00:00Z", "resource_id": people[0]},
            }
            desk.post(f"work/orders/{order['id']}/{verb}", **told.get(verb, {}))
