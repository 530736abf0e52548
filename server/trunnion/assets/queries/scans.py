"""What a scanned text leads to for somebody who is signed in: assets they may see, or what to do next."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from trunnion.assets.models import Asset, QrCode
from trunnion.assets.policies import is_customer
from trunnion.assets.rules.gs1 import gtin14
from trunnion.assets.rules.scans import MOST_TEXT, ScanForm, Understood, understand
from trunnion.attach.queries import find_many_by_reference
from trunnion.catalog.queries import find_item
from trunnion.catalog.types import ItemCard
from trunnion.kernel.context import Context
from trunnion.kernel.mergeable import standing
from trunnion.kernel.policies import seen, visible
from trunnion.kernel.sorting import sort_key
from trunnion.kernel.words import say

from .assets import get_asset_cards

MOST_FOUND = 20
__all__ = ["MOST_TEXT", "resolve"]
# What a client can do next, with the grant that it takes.
OFFERS = {
    "bind": "assets.qr.bind",
    "create_asset": "assets.asset.create",
    "set_reference": "attach.reference.set",
}


def resolve(ctx: Context, text: str) -> dict[str, Any]:
    """What a text was understood as, the assets that it names, best first, and what can be done where it names none."""
    read = understand(text.replace("\x00", ""))
    code = _own(ctx, read)
    found: dict[UUID, str] = {}
    item = _item(ctx, read.part)
    if code is not None:
        if code.asset_id is not None and code.revoked_at is None:
            found[code.asset_id] = "label"
    elif read.form != ScanForm.EMPTY:
        found = _by_reference(ctx, read) | _by_facts(ctx, read, item)
    # What was merged is known by its old labels and numbers still; it stands for the one that it went into.
    into = standing(ctx, Asset.kind, found)
    found = {into[i]: by for i, by in reversed(found.items())}
    found = dict(reversed(found.items()))
    cards = get_asset_cards(ctx, list(found)[:MOST_FOUND])
    matches = [_match(cards[i], by) for i, by in found.items() if i in cards]
    outcome = _outcome(read, code, matches)
    return {
        "understood": _told(read, ctx.language),
        "outcome": outcome,
        "words": say(f"scan.outcome.{outcome}", ctx.language),
        "code_id": code.id if code is not None and code.revoked_at is None else None,
        "matches": matches,
        "item": {"id": item.id, "code": item.code, "name": item.name} if item else None,
        "offers": _offers(ctx, read, code, matches),
    }


def _own(ctx: Context, read: Understood) -> QrCode | None:
    """Our own code behind a text: only what stands in the organisation of whoever asks."""
    rows = visible(ctx, QrCode)
    found = rows.filter(token=read.token).first() if read.token else None
    if found is None and read.short_code:
        found = rows.filter(short_code=read.short_code).first()
    return found


def _by_reference(ctx: Context, read: Understood) -> dict[UUID, str]:
    """Assets that another system calls so: by the schemes that were understood, else by the bare text."""
    found: dict[UUID, str] = {}
    wanted: list[tuple[str | None, str]] = [*read.identifiers, (None, read.text)]
    for scheme, identifier in wanted:
        for card in find_many_by_reference(ctx, scheme, [identifier]):
            if card.kind == Asset.kind:
                found.setdefault(card.row_id, "reference")
    return found


def _by_facts(ctx: Context, read: Understood, item: ItemCard | None) -> dict[UUID, str]:
    """Assets by barcode, number, tag or serial; a serial with a part number must agree where the model says one."""
    texts = {read.text, *(identifier for _, identifier in read.identifiers)}
    if not read.serial:
        texts |= set(_written(read.part))
    serial = read.serial or read.text
    wanted = Q(barcode__in=texts) | _exactly("serial", serial) & _of_model(item)
    if read.form == ScanForm.PLAIN:
        wanted |= Q(number=read.text.upper()) | _exactly("tag", read.text)
    rows = seen(ctx, Asset).filter(wanted).values_list("id", "barcode", "number", "tag")[: MOST_FOUND + 1]
    named = {
        row_id: "barcode" if barcode in texts else "number" if read.text.upper() == number else
        "tag" if read.text == tag else "serial"
        for row_id, barcode, number, tag in rows
    }  # fmt: skip
    if is_customer(ctx):
        # A customer is not told our barcodes, and so finds nothing by them.
        named = {row_id: by for row_id, by in named.items() if by != "barcode"}
    order = ("barcode", "number", "tag", "serial")
    return dict(sorted(named.items(), key=lambda pair: order.index(pair[1])))


def _exactly(field: str, text: str) -> Q:
    # The sort key has the index; a long text may share it with others.
    return Q(**{f"{field}_key": sort_key(text), field: text})


def _of_model(item: ItemCard | None) -> Q:
    """Two makers may give the same serial: where the text names the model, it must be that of the asset."""
    return Q(model__item_id=item.id) | Q(model=None) if item else Q()


def _written(part: str) -> list[str]:
    """A part number as it may be kept; a GTIN with and without its leading noughts."""
    gtin = gtin14(part)
    if gtin is None:
        return [part] if part else []
    return [gtin, *(gtin[-n:] for n in (13, 12, 8) if not int(gtin[:-n]))]


def _item(ctx: Context, part: str) -> ItemCard | None:
    if not ctx.may("catalog.item.read"):
        return None
    return next((item for item in (find_item(ctx, text) for text in _written(part)) if item), None)


def _match(card: Any, by: str) -> dict[str, Any]:
    return {
        "asset_id": card.id, "number": card.number, "name": card.name, "place": card.place, "state": card.state,
        "model": card.model_name, "serial": card.serial, "by": by,
    }  # fmt: skip


def _outcome(read: Understood, code: QrCode | None, matches: list[dict[str, Any]]) -> str:
    if read.form == ScanForm.EMPTY:
        return "empty"
    if code is not None and code.revoked_at is not None:
        return "revoked"
    if code is not None and code.asset_id is None:
        return "blank"
    if matches:
        return "found" if len(matches) == 1 else "several"
    return "faulty" if read.faults else "unknown"


def _told(read: Understood, language: str) -> dict[str, Any]:
    return {
        "form": read.form, "words": say(f"scan.form.{read.form}", language), "elements": read.elements,
        "serial": read.serial, "part": read.part, "host": read.host,
        "identifiers": [{"scheme": s, "identifier": i} for s, i in read.identifiers],
        "faults": [{"code": f, "words": say(f"scan.fault.{f}", language)} for f in read.faults],
    }  # fmt: skip


def _offers(
    ctx: Context, read: Understood, code: QrCode | None, matches: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What can be done with a text that names nothing yet, as far as the actor may."""
    found: list[dict[str, Any]] = []
    if code is not None:
        is_blank = code.asset_id is None and code.revoked_at is None
        found = [{"do": "bind", "with": {"code": code.token}}] if is_blank else []
    elif not matches and not read.faults and read.form not in {ScanForm.EMPTY, ScanForm.OWN}:
        serial = read.serial or (read.text if read.form == ScanForm.PLAIN else "")
        found.append({"do": "create_asset", "with": {"serial": serial} if serial else {}})
        found += [
            {"do": "set_reference", "with": {"scheme": s, "identifier": i}}
            for s, i in read.identifiers[:1]
            if s != "gs1.gtin"
        ]
    return [one for one in found if ctx.may(OFFERS[one["do"]])]
