"""A breakdown, from the scanned code to the frozen cost, by the API alone, told in English and in Chinese."""

from dataclasses import dataclass
from typing import Any

import pytest

from trunnion.identity.tests.builders import PASSWORD, found_tenant

from .people import Person, signature

TALES = {
    "en": {
        "organisation": "Harbour Hospital", "site": "Main building", "room": "Plant room 2",
        "asset": "Air handling unit 3", "dispatcher": "Chen Ling", "engineer": "Li Wei",
        "fault": "Squeals since this morning, call 13812345678",
        "title": "Squeals since this morning, call ***", "reporter": "Zhao Min",
        "remedy": "Belt replaced, pulley aligned",
        "door": "The door code is 4711", "answer": "We are there at ten.", "internal": "Second belt this year",
        "known_as": "Li", "guest": "Reporter",
        "steps": ["Report received", "Report accepted", "Engineer assigned", "Engineer on the way", "Engineer on site",
                  "Repair under way", "Repaired", "Confirmed"],
        "on_hold": "waiting for access", "refusal": "Say in a few words what is wrong, or send a photo of it.",
    },
    "zh-CN": {
        "organisation": "滨海医院", "site": "主楼", "room": "二号机房", "asset": "空调机组三号",
        "dispatcher": "陈玲", "engineer": "李伟", "fault": "今早开始有尖锐异响,请联系 13812345678",
        "title": "今早开始有尖锐异响,请联系 ***", "reporter": "赵敏", "remedy": "更换皮带,校正皮带轮",
        "door": "门禁密码 4711", "answer": "我们十点到。", "internal": "今年第二根皮带",
        "known_as": "李师傅", "guest": "报修人",
        "steps": ["报修已收到", "已受理", "已派工", "工程师已出发", "工程师已到场", "正在维修", "维修完成", "已确认"],
        "on_hold": "等待进场", "refusal": "请简单描述问题,或上传一张照片。",
    },
}  # fmt: skip


@dataclass
class House:
    """An organisation with its people and one labelled machine."""

    language: str
    tale: dict[str, Any]
    owner: Person
    dispatcher: Person
    engineer: Person
    resource_id: str
    asset_id: str
    label: str


def settle(language: str) -> House:
    """The owner takes people on, gives the engineer a rate, enters the machine and prints its label."""
    tale = TALES[language]
    tenant = found_tenant(str(tale["organisation"]))
    owner = Person(language, "web").sign_in(tenant.owner_email)
    owner.do("identity/me/prefer", language=language)
    organisation = owner.get("identity/me")["organisation"]
    answer = owner.client.patch(
        "/api/identity/organisation", {"language": language, "currency": "CNY", "zone": "Asia/Shanghai"},
        content_type="application/json", headers={"If-Match": f'"{organisation["version"]}"'},
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    people = {}
    for role, door in (("dispatcher", "web"), ("engineer", "field")):
        email = f"{role}-{tenant.id.hex[-8:]}@example.org"
        owner.do("identity/members/create", name=tale[role], email=email, password=PASSWORD, roles=[role])
        people[role] = Person(language, door).sign_in(email)
        people[role].do("identity/me/prefer", language=language)
    user_id = people["engineer"].get("identity/me")["user"]["id"]
    resource = owner.do("workforce/labour_resources/create", name=tale["engineer"], user_id=user_id)["id"]
    owner.do("workforce/rates/set", resource_id=resource, amount="120", from_on="2020-01-01")
    asset_id, label = machine(owner, tale)
    return House(language, tale, owner, people["dispatcher"], people["engineer"], resource, asset_id, label)


def machine(owner: Person, tale: dict[str, Any]) -> tuple[str, str]:
    """A machine in its room, with a class that failure codes are offered for, and a label."""
    site = owner.do("assets/locations/create", kind="site", name=tale["site"], zone="Asia/Shanghai")["id"]
    room = owner.do("assets/locations/create", kind="space", name=tale["room"], parent_id=site)["id"]
    asset = owner.do("assets/assets/create", name=tale["asset"], location_id=room, serial="SN-3")["id"]
    return asset, owner.do("assets/qr/issue", asset_id=asset)["token"]


def current(progress: dict[str, Any]) -> str:
    """The key of the step at which things stand."""
    return next(step["key"] for step in progress["steps"] if step["current"])


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_breakdown(language):
    house = settle(language)
    guest = Person(language, "portal")
    token, number = somebody_reports(house, guest)
    order = the_desk_sends_somebody(house, guest, token, number)
    the_engineer_goes_and_waits(house, guest, token, order)
    the_engineer_repairs(house, guest, token, order)
    the_reporter_signs(house, guest, token)
    the_desk_closes(house, guest, token, order)
    everything_is_told(house, token, order, number)


def somebody_reports(house: House, guest: Person) -> tuple[str, str]:
    """Scans the label, sends a photo and a sentence, and is given a number and a link."""
    tale = house.tale
    scanned = guest.get(f"service/scan/{house.label}")
    assert (scanned["asset"]["name"], scanned["open"]) == (tale["asset"], [])
    assert tale["room"] in scanned["asset"]["place"]
    refused = guest.do(f"service/scan/{house.label}/report", expected=422, text="")
    assert refused["errors"][0]["detail"] == tale["refusal"]
    sent = guest.send(f"service/scan/{house.label}/files", "belt.jpg", "brown")
    said = {"text": tale["fault"], "is_stopped": True, "contact_name": tale["reporter"], "file_ids": [sent]}
    told = guest.do(
        f"service/scan/{house.label}/report", **said, contact_phone="13812345678", language=house.language
    )
    assert told["number"] == "SR-000001"
    # Whoever scans next is shown it before they type, without anybody's number.
    bystander = Person(house.language, "portal")
    shown = bystander.get(f"service/scan/{house.label}")["open"]
    assert [(r["title"], r["state"]) for r in shown] == [(tale["title"], "requested")]
    followed = bystander.get(f"service/progress/{shown[0]['progress_token']}")
    assert (current(followed), followed["actions"], followed["photos"]) == ("received", [], [])
    return told["progress_token"], told["number"]


def the_desk_sends_somebody(house: House, guest: Person, token: str, number: str) -> str:
    """Finds the request in the inbox with its photo, answers, accepts and dispatches."""
    desk, tale = house.dispatcher, house.tale
    row = desk.get("service/requests", search=number)["rows"][0]
    assert (row["title"], row["is_stopped"], row["order_state"]) == (tale["title"], True, "requested")
    request = desk.get(f"service/requests/{row['id']}")
    assert (request["reporter_name"], request["reporter_contact"]) == (tale["reporter"], "13812345678")
    order_id = str(row["order_id"])
    order = desk.get(f"work/orders/{order_id}")
    assert (order["source"], order["is_stopped"], len(order["files"])) == ("customer", True, 1)
    assert [d["ended_at"] for d in order["downtimes"]] == [None]
    guest.do(f"service/progress/{token}/message", text=tale["door"])
    desk.do("attach/comments/add", kind="work.order", row_id=order_id, text=tale["answer"])
    desk.do(
        "attach/comments/add", kind="work.order", row_id=order_id, text=tale["internal"], is_internal=True
    )
    desk.do(f"work/orders/{order_id}/approve")
    assert current(guest.get(f"service/progress/{token}")) == "accepted"
    desk.do(f"work/orders/{order_id}/dispatch", resource_id=house.resource_id)
    told = guest.get(f"service/progress/{token}")
    assert (current(told), told["engineer"]) == ("assigned", {"name": tale["known_as"]})
    assert [m["text"] for m in told["messages"]] == [tale["door"], tale["answer"]]
    guest.do(f"service/progress/{token}/cancel", expected=409)
    return order_id


def the_engineer_goes_and_waits(house: House, guest: Person, token: str, order: str) -> None:
    """Accepts, travels, arrives, starts, stands before a locked door, goes on; the reporter sees each step."""
    engineer = house.engineer
    assert [o["id"] for o in engineer.get("work/orders")["rows"]] == [order]
    for verb, step in (
        ("accept", "assigned"),
        ("depart", "departed"),
        ("arrive", "arrived"),
        ("start", "working"),
    ):
        engineer.do(f"work/orders/{order}/{verb}")
        assert current(guest.get(f"service/progress/{token}")) == step
    engineer.do(f"work/orders/{order}/wait", reason="access", remark="4711")
    told = guest.get(f"service/progress/{token}")
    assert (current(told), told["waiting_words"]) == ("waiting", house.tale["on_hold"])
    engineer.do(f"work/orders/{order}/resume")
    assert current(guest.get(f"service/progress/{token}")) == "working"


def the_engineer_repairs(house: House, guest: Person, token: str, order: str) -> None:
    """Records what failed by the codes of the house, the time, a photo of the finished work, and completes."""
    engineer, tale = house.engineer, house.tale
    offered = engineer.get("knowledge/failure_codes/offered")
    named = {name: offered[name][0]["code"] for name in ("mode", "mechanism", "cause", "detection")}
    engineer.do("work/failures/record", order_id=order, **named, description=tale["internal"])
    engineer.do("work/labour/record", order_id=order, minutes=90)
    after = engineer.send("attach/files", "after.jpg", "green")
    engineer.do(f"attach/files/{after}/link", kind="work.order", row_id=order, role="after")
    engineer.do(f"work/orders/{order}/complete", remedy=tale["remedy"])
    failure = engineer.get(f"work/orders/{order}")["failures"][0]
    assert failure["mode_name"] == offered["mode"][0]["name"]
    told = guest.get(f"service/progress/{token}")
    assert (current(told), told["can_confirm"], told["remedy"]) == ("repaired", True, tale["remedy"])
    assert [p["role"] for p in told["photos"]] == ["photo", "after"]
    picture = guest.client.get(f"/api/service/progress/{token}/files/{after}/thumbnail")
    assert picture.status_code == 200


def the_reporter_signs(house: House, guest: Person, token: str) -> None:
    """Is content, and says so with a signature and five stars."""
    name = house.tale["reporter"]
    guest.do(f"service/progress/{token}/confirm", name=name, signature_png_base64=signature())
    guest.do(f"service/progress/{token}/rate", stars=5)
    told = guest.get(f"service/progress/{token}")
    assert (current(told), told["confirmed"]["name"]) == ("confirmed", name)
    assert [step["title"] for step in told["steps"]] == house.tale["steps"]
    times = [step["at"] for step in told["steps"]]
    assert None not in times
    assert times == sorted(times)


def the_desk_closes(house: House, guest: Person, token: str, order: str) -> None:
    """Closes the order: its cost is frozen, its standstill has an end, the request is done."""
    house.dispatcher.do(f"work/orders/{order}/close")
    closed = house.dispatcher.get(f"work/orders/{order}")
    assert closed["cost"]["is_frozen"]
    assert (float(closed["cost"]["labour"]), closed["cost"]["currency"]) == (180.0, "CNY")
    assert closed["downtimes"][0]["ended_at"]
    assert [s["signer_name"] for s in closed["signatures"]] == [house.tale["reporter"]]
    refused = house.engineer.client.post(
        "/api/work/labour/record", {"order_id": order, "minutes": 5}, content_type="application/json"
    )
    assert refused.status_code == 409
    assert guest.get(f"service/progress/{token}")["actions"] == ["message", "rate", "reopen"]


def everything_is_told(house: House, token: str, order: str, number: str) -> None:
    """The asset's file, the cost entries and the journal tell the same story, and the chain holds."""
    owner, tale = house.owner, house.tale
    sections = owner.get(f"assets/assets/{house.asset_id}/file")["sections"]
    assert [(r["number"], r["state"], r["rating"]) for r in sections["requests"]] == [(number, "done", 5)]
    assert [(o["id"], o["state"], o["remedy"]) for o in sections["orders"]] == [
        (order, "closed", tale["remedy"])
    ]
    assert len(sections["failures"]) == 1
    costs = [(c["kind"], float(c["amount"]), c["currency"], c["order_id"]) for c in sections["costs"]]
    assert costs == [("labour", 180.0, "CNY", order)]
    entered = owner.get("finance/costs", limit=10)["rows"]
    assert [(row["kind"], row["order_number"]) for row in entered] == [
        ("labour", sections["orders"][0]["number"])
    ]
    assert "unplanned_down" in {i["state"] for i in sections["intervals"]}
    the_journal_tells_it(owner, tale, token, house.label)


def the_journal_tells_it(owner: Person, tale: dict[str, Any], token: str, label: str) -> None:
    """Verb by verb, by whom and by which door; of the guest no name, of the tokens nothing."""
    assert owner.get("system/journal/verify")["fault"] is None
    lines = list(reversed(owner.get("system/journal", limit=200)["rows"]))
    verbs = [line["verb"] for line in lines]
    story = [
        "service.request.report", "attach.comment.add", "work.order.approve", "work.order.dispatch",
        "work.order.accept", "work.order.depart", "work.order.arrive", "work.order.start", "work.order.wait",
        "work.order.resume", "work.failure.record", "work.labour.record", "work.order.complete",
        "service.request.confirm", "service.request.rate", "work.order.close", "service.request.follow",
    ]  # fmt: skip
    places = [verbs.index(verb) for verb in story]
    assert places == sorted(places)
    by_guest = {line["actor_name"] for line in lines if line["verb"] == "service.request.report"}
    assert by_guest == {tale["guest"]}
    assert all(line["door"] == "portal" for line in lines if line["verb"] == "service.request.confirm")
    for entry in lines:
        told = str(owner.get(f"system/journal/{entry['id']}"))
        assert token not in told
        assert label not in told
