"""Loads and removes the demo: an organisation of its own, filled by the same verbs that people use."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from trunnion.assets.commands import asset_batch, location, qr
from trunnion.assets.types import AssetLine, AssetState, LocationKind
from trunnion.catalog.commands import model
from trunnion.catalog.queries import find_class
from trunnion.identity.commands import membership, organisation
from trunnion.identity.queries import context_of_member, list_organisations
from trunnion.kernel import clock, removal
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.ids import token, uuid7
from trunnion.kernel.worker import settle
from trunnion.parties.commands import party
from trunnion.parties.types import PartyRole
from trunnion.workforce.commands import labour_resource, rate

from . import history
from .scenery import BUILDINGS, CURRENCY, DOMAIN, KINDS, NAME, PEOPLE, ROOMS, SITE, ZONE, Kind

SEED = 1907


@dataclass(frozen=True, slots=True)
class Machine:
    """An asset of the demo and what kind it is."""

    asset_id: UUID
    kind: Kind


def standing() -> UUID | None:
    """The demo's organisation where it is loaded."""
    return next((o.id for o in list_organisations() if o.name == NAME), None)


def load(told: Callable[[str], None]) -> bool:
    """Loads the demo unless it is there; tells what was made and who can sign in. Returns whether it was loaded."""
    if standing() is not None:
        told("The demo is loaded already; nothing was added. `trunnion demo remove` takes it away.")
        return False
    password = token(128)
    try:
        told(_fill(password))
    except BaseException:
        # Half a demo is worse than none.
        remove(told)
        raise
    told("Sign in as (one password for all, shown this once):")
    told(f"  owner@{DOMAIN}, {', '.join(f'{p.login}@{DOMAIN} ({p.role})' for p in PEOPLE[:3])}")
    told(f"  password  {password}")
    return True


def _fill(password: str) -> str:
    dice = random.Random(SEED)
    owner = _found(password)
    # Class trees and failure codes are put in by whoever listens to the founding; no worker runs beside us.
    settle([owner.organisation_id])
    people = dict(_people(owner, password))
    rooms = list(_places(owner))
    machines = list(_machines(owner, rooms, dice))
    count = history.play(owner, people, machines, dice)
    settle([owner.organisation_id])
    return f"{NAME}: {len(rooms)} rooms, {len(machines)} machines, {len(people) + 1} people, {count} orders"


def remove(told: Callable[[str], None]) -> bool:
    """Takes the demo's organisation away whole; everything else stays. Returns whether there was one."""
    found = standing()
    if found is None:
        told("There is no demo to remove.")
        return False
    counts = removal.remove_rows(found)
    organisation.forget(found)
    told(f"Removed {sum(counts.values())} rows of {NAME}; other organisations were not touched.")
    return True


def _found(password: str) -> Context:
    ctx = system(uuid7(), Door.CLI, language="zh-CN", zone=ZONE)
    made = organisation.found(
        ctx, name=NAME, owner_name="Owner 所有者", email=f"owner@{DOMAIN}", password=password, language="zh-CN",
        zone=ZONE, currency=CURRENCY,
    )  # fmt: skip
    return context_of_member(ctx.organisation_id, made.user_id).with_(door=Door.CLI)


def _people(owner: Context, password: str) -> Iterator[tuple[str, Context]]:
    from trunnion.identity.queries import get_member

    for human in PEOPLE:
        made = membership.create(
            owner, name=human.name, email=f"{human.login}@{DOMAIN}", password=password, roles=[human.role],
            language=human.language, zone=ZONE,
        )  # fmt: skip
        user_id = get_member(owner, made.id)["user_id"]
        if human.rate:
            resource = labour_resource.create(owner, name=human.name, user_id=user_id)
            first_day = clock.today(ZONE) - timedelta(days=730)
            rate.set_(owner, resource.id, amount=Decimal(human.rate), from_on=first_day)
        yield human.login, context_of_member(owner.organisation_id, user_id)


def _places(owner: Context) -> Iterator[UUID]:
    site = location.create(
        owner, kind=LocationKind.SITE, name=SITE, zone=ZONE, lon=Decimal("120.38"), lat=Decimal("36.07")
    )
    for building, floors in BUILDINGS.items():
        house = location.create(owner, kind=LocationKind.BUILDING, name=building, parent_id=site.id)
        for floor in floors:
            storey = location.create(owner, kind=LocationKind.FLOOR, name=floor, parent_id=house.id)
            for room in ROOMS:
                yield location.create(
                    owner, kind=LocationKind.SPACE, name=f"{room} {floor}", parent_id=storey.id
                ).id


def _machines(owner: Context, rooms: list[UUID], dice: random.Random) -> Iterator[Machine]:
    maker = party.create(
        owner, name="Nordsee Maschinen 北海机械", roles=[PartyRole.MANUFACTURER, PartyRole.SUPPLIER]
    )
    for kind in KINDS:
        found = find_class(owner, kind.class_code)
        made = model.create(
            owner, name=kind.name, model_number=kind.model_number, manufacturer_id=maker.id,
            equipment_class_id=found.id if found else None, expected_life_months=dice.choice([120, 180, 240]),
            warranty_parts_months=24, warranty_labour_months=12, replacement_cost=Decimal(kind.price),
            replacement_currency=CURRENCY,
        )  # fmt: skip
        lines = [
            _line(kind, number, made.id, dice.choice(rooms), dice) for number in range(1, kind.count + 1)
        ]
        stored = asset_batch.ensure_many(owner, lines=lines)
        qr.issue_many(owner, asset_ids=stored.ids)
        yield from (Machine(asset_id, kind) for asset_id in stored.ids)


def _line(kind: Kind, number: int, model_id: UUID, room: UUID, dice: random.Random) -> AssetLine:
    installed = clock.today(ZONE) - timedelta(days=dice.randrange(400, 4000))
    return AssetLine(
        name=f"{kind.name} {kind.prefix}-{number:02}", tag=f"{kind.prefix}-{number:02}",
        serial=f"{kind.prefix}{dice.randrange(10**7):07}", model_id=model_id, location_id=room,
        state=AssetState.IN_SERVICE, installed_on=installed, in_service_on=installed, warranty_from_on=installed,
        warranty_until_on=installed + timedelta(days=730), price=Decimal(kind.price), currency=CURRENCY,
    )  # fmt: skip
