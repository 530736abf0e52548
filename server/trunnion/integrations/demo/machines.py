"""The machines of a demo with what is known of each: tags, own fields, counters, inspections, papers, views."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from trunnion.assets.commands import (
    acceptance,
    acquisition,
    asset_batch,
    certificate,
    life,
    meter_batch,
    reading_batch,
)
from trunnion.assets.types.kinds import AssetState, MeterKind
from trunnion.assets.types.lines import AssetLine, MeterLine, ReadingLine
from trunnion.attach.commands import custom, tag
from trunnion.identity.views.commands import create as create_view
from trunnion.identity.views.commands import share
from trunnion.identity.views.types import Audience
from trunnion.work.types import OrderState

from .ground import ASSET, Stage
from .plan import Thing
from .types import CertificateKind, Field

# Days from today on which inspections fall due: some are late, some nearly so.
DUE = [-12, -3, 4, 12, 25, 45, 80, 140, 260]
WIDTHS = [100, 150, 200, 300, 400, 600, 800]
MONTH = 30.44


def place(stage: Stage, dice: random.Random) -> None:
    """Sets the machines up and writes down what is known of them."""
    stage.assets = asset_batch.ensure_many(
        stage.owner, lines=[_line(stage, t) for t in stage.plan.things]
    ).ids
    _mark(stage)
    _fill(stage, dice)
    _count(stage, dice)
    _certify(stage, dice)
    _buy_and_sell(stage)
    open_states = [s for s in OrderState if s not in ("closed", "cancelled", "rejected", "merged", "draft")]
    standing: dict[str, Any] = {"and": [
        {"field": "is_stopped", "op": "eq", "value": True}, {"field": "state", "op": "in", "value": open_states},
    ]}  # fmt: skip
    view = create_view(
        stage.owner,
        listing="work.orders",
        name="Machines that stand 停机设备的工单",
        filter=standing,
        sort="-priority",
    )
    share(stage.owner, view.id, audience=Audience.EVERYBODY)


def _line(stage: Stage, thing: Thing) -> AssetLine:
    plan = stage.plan
    return AssetLine(
        name=f"{thing.kind.name} {thing.tag}", tag=thing.tag, serial=thing.serial, batch=thing.batch or None,
        model_id=stage.models[thing.kind.name], location_id=stage.places[thing.place],
        user_party_id=stage.parties.get(thing.customer), state=thing.state, criticality=thing.criticality,
        supplier_party_id=stage.parties[plan.trade.makers[thing.kind.maker]], installed_on=thing.installed_on,
        in_service_on=thing.installed_on, warranty_from_on=thing.installed_on,
        warranty_until_on=thing.installed_on + timedelta(days=730), price=Decimal(thing.kind.price),
        currency=plan.trade.currency,
    )  # fmt: skip


def _mark(stage: Stage) -> None:
    """Tags: by the trade's own words on what matters most, and on what never comes to rest."""
    by_tag = {
        stage.plan.trade.tags[0]: [t for t in stage.plan.things if t.criticality == "a"][::3],
        stage.plan.trade.tags[1]: [t for t in stage.plan.things if t.index % 17 == 0],
        "Under watch 重点关注": [t for t in stage.plan.things if t.is_bad],
    }
    for name, things in by_tag.items():
        if things:
            tag.put_many(stage.owner, kind=ASSET, row_ids=[stage.assets[t.index] for t in things], add=[name])


def _fill(stage: Stage, dice: random.Random) -> None:
    fields = stage.plan.trade.fields
    lines = [
        custom.CustomLine(asset_id, {f.key: _value(f, dice) for f in fields if dice.random() < 0.7})
        for asset_id in stage.assets
    ]
    custom.set_many(stage.owner, kind=ASSET, lines=lines)


def _value(field: Field, dice: random.Random) -> Any:
    if field.choices:
        return dice.choice(field.choices)[0]
    return dice.choice(WIDTHS) if field.unit else f"{field.key[:2].upper()}-{dice.randrange(100, 999)}"


def _count(stage: Stage, dice: random.Random) -> None:
    """Counters, read each quarter since the machine stands or the time began."""
    plan = stage.plan
    counted = [t for t in plan.things if t.kind.meter][: plan.size.meters]
    lines = []
    for thing in counted:
        name, unit, _ = thing.kind.meter or ("", "", 0)
        lines.append(MeterLine(stage.assets[thing.index], name, MeterKind.COUNTER, unit))
    if not lines:
        return
    meters = meter_batch.ensure_many(stage.owner, lines=lines).ids
    readings = [
        ReadingLine(meter_id, value, at)
        for meter_id, thing in zip(meters, counted, strict=True)
        for value, at in _readings(stage, thing, dice)
    ]
    reading_batch.record_many(stage.owner, lines=readings)


def _readings(stage: Stage, thing: Thing, dice: random.Random) -> Iterator[tuple[Decimal, datetime]]:
    day: date = max(thing.installed_on, stage.plan.now.date() - timedelta(days=stage.plan.size.days))
    rise = (thing.kind.meter or ("", "", 0.0))[2]
    total = rise * (day - thing.installed_on).days
    while day < stage.plan.now.date():
        at = datetime(
            day.year, day.month, day.day, 9, dice.randrange(60), tzinfo=ZoneInfo(stage.plan.trade.zone)
        )
        yield Decimal(round(total)), at
        step = dice.randrange(86, 97)
        total += rise * step * dice.uniform(0.85, 1.1)
        day += timedelta(days=step)


def _certify(stage: Stage, dice: random.Random) -> None:
    left = stage.plan.size.certificates
    for kind in stage.plan.trade.certificates:
        for thing in [t for t in stage.plan.things if t.kind.class_ in kind.classes]:
            if left > 0 and _certificate(stage, kind, thing, dice.choice(DUE)):
                left -= 1


def _certificate(stage: Stage, kind: CertificateKind, thing: Thing, due_in: int) -> bool:
    """The last inspection, unless the machine is too young to have had one; returns whether there is a paper."""
    today = stage.plan.now.date()
    issued = today + timedelta(days=due_in - round(kind.months * MONTH))
    if issued <= thing.installed_on or issued >= today:
        return False
    certificate.create(
        stage.owner, asset_id=stage.assets[thing.index], kind_id=stage.inspections[kind.code],
        number=f"{kind.code}-{issued.year}-{thing.index:04}", issued_on=issued, valid_until_on=today + timedelta(days=due_in),
        issuer_name="Inspection institute 特种设备检验院",
    )  # fmt: skip
    return True


def _buy_and_sell(stage: Stage) -> None:
    """Two machines on their way in, one of them arrived and accepted, and an idle one on its way out."""
    owner, plan = stage.owner, stage.plan
    kind = plan.trade.kinds[0]
    maker = stage.parties[plan.trade.makers[kind.maker]]
    asked = acquisition.request_new(
        owner, name=kind.name, quantity=2, model_id=stage.models[kind.name], amount=Decimal(kind.price * 2),
        currency=plan.trade.currency, needed_on=plan.now.date() + timedelta(days=30),
        remark="Replaces two at the end of their life 替换两台到期设备",
    )  # fmt: skip
    for asset_id in asked.asset_ids:
        acquisition.order(
            owner, asset_id, reference="PO-2041", supplier_party_id=maker, amount=Decimal(kind.price),
            currency=plan.trade.currency, expected_on=plan.now.date() + timedelta(days=21),
        )  # fmt: skip
    acquisition.receive(owner, asked.asset_ids[0], reference="DN-7718")
    acceptance.accept(owner, asked.asset_ids[0], remark="Complete, undamaged 齐套无损")
    idle = next((t for t in plan.things if t.state == AssetState.IDLE), None)
    if idle is not None:
        life.decommission(owner, stage.assets[idle.index], remark="Not needed any more 不再需要")
