"""Loads and removes the demo: an organisation of its own, filled by the same verbs that people use."""

import random
import time
from collections.abc import Callable
from uuid import UUID

from trunnion.identity.commands import organisation
from trunnion.identity.queries import context_of_member, find_people, list_organisations, users_with
from trunnion.kernel import clock, removal
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.database import reading
from trunnion.kernel.ids import token, uuid7
from trunnion.kernel.worker import settle

from . import counting, ground, guests, machines, parts, past, recent
from .jobs import jobs
from .plan import plan
from .trades import read_trade
from .types import SMALL, Size, Trade, TradeKey

SEED = 1907
TEMPLATE = "(template 模板)"
Told = Callable[[str], None]


def name_of(trade: Trade, *, with_history: bool = True) -> str:
    """What the organisation is called; one for a start says so in its name."""
    return trade.name if with_history else f"{trade.name} {TEMPLATE}"


def address_of(trade: Trade, *, with_history: bool = True) -> str:
    """The address of its owner."""
    return f"owner@{trade.domain}" if with_history else f"owner@template.{trade.domain}"


def standing(key: TradeKey = TradeKey.HOSPITAL, *, with_history: bool = True) -> UUID | None:
    """The demo's organisation where it is loaded: that of its name whose owner bears the demo's address."""
    trade = read_trade(key)
    name = name_of(trade, with_history=with_history)
    address = address_of(trade, with_history=with_history)
    return next((o.id for o in list_organisations() if o.name == name and _owned_by(o.id, address)), None)


def _owned_by(organisation_id: UUID, address: str) -> bool:
    ctx = system(organisation_id, Door.CLI)
    with reading(organisation_id):
        people = find_people(ctx, set(users_with(ctx, "identity.organisation.edit")))
    return any(person.email == address for person in people.values())


def load(
    told: Told, key: TradeKey = TradeKey.HOSPITAL, size: Size = SMALL, *, with_history: bool = True
) -> bool:
    """Loads a demo unless it is there; tells what was made and who can sign in. Returns whether it was loaded."""
    trade = read_trade(key)
    if standing(key, with_history=with_history) is not None:
        told(f"{name_of(trade, with_history=with_history)} is loaded already; nothing was added.")
        return False
    password, begun = token(128), time.monotonic()
    owner = _found(trade, password, with_history=with_history)
    try:
        _fill(owner, trade, size, password if with_history else "", told)
    except BaseException:
        # Half a demo is worse than none.
        _take_away(owner.organisation_id)
        raise
    counts = counting.rows_by_kind(owner.organisation_id)
    seconds, rows = time.monotonic() - begun, sum(counts.values())
    told(
        f"{name_of(trade, with_history=with_history)}: {rows} rows in {seconds:.1f} s, {rows / seconds:.0f} rows/s"
    )
    counting.tell(counts, told)
    told("Sign in as (one password for all, shown this once):")
    people = [f"{p.login}@{trade.domain} ({p.role})" for p in trade.people[:3]] if with_history else []
    told(f"  {', '.join([address_of(trade, with_history=with_history), *people])}")
    told(f"  password  {password}")
    return True


def _fill(owner: Context, trade: Trade, size: Size, password: str, told: Told) -> None:
    """Without a password for its people only the ground is laid."""
    # Class trees and failure codes are put in by whoever listens to the founding; no worker runs beside us.
    settle([owner.organisation_id])
    dice = random.Random(SEED)
    made = plan(trade, size, clock.now(), dice)
    stage = ground.Stage(made, owner)
    ground.lay(stage)
    if password:
        over = jobs(made, dice)
        first_recent = max(0, len(over) - size.recent)
        ground.enter(stage, password)
        machines.place(stage, dice)
        told(f"  machines 设备: {len(stage.assets)}")
        past.bring(stage, over[:first_recent], told)
        recent.tell(stage, over[first_recent:], told)
        recent.today(stage, recent.TODAY, dice, told)
        parts.put(stage, dice, told)
        guests.report(stage, dice)
        told(f"  reports by QR 扫码报修: {size.guests}")
    settle([owner.organisation_id])


def remove(told: Told, key: TradeKey | None = None) -> bool:
    """Takes demos away whole, of one trade or of all; everything else stays. Returns whether there was one.

    What was loaded for a start is somebody's own by now and stays.
    """
    found = [(one, standing(one)) for one in ([key] if key else list(TradeKey))]
    taken = [(one, organisation_id) for one, organisation_id in found if organisation_id is not None]
    for one, organisation_id in taken:
        counts = _take_away(organisation_id)
        told(f"Removed {sum(counts.values())} rows of {read_trade(one).name}:")
        counting.tell(counting.by_kind(counts), told)
    told("Other organisations were not touched." if taken else "There is no demo to remove.")
    return bool(taken)


def _take_away(organisation_id: UUID) -> dict[str, int]:
    counts = removal.remove_rows(organisation_id)
    organisation.forget(organisation_id)
    return counts


def _found(trade: Trade, password: str, *, with_history: bool) -> Context:
    ctx = system(uuid7(), Door.CLI, language="zh-CN", zone=trade.zone)
    made = organisation.found(
        ctx, name=name_of(trade, with_history=with_history), owner_name="Owner 所有者",
        email=address_of(trade, with_history=with_history), password=password, language="zh-CN", zone=trade.zone,
        currency=trade.currency,
    )  # fmt: skip
    return context_of_member(ctx.organisation_id, made.user_id).with_(door=Door.CLI)
