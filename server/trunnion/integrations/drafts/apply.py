"""Carrying a plan of drafts out: places, assets, meters, then what is attached to them, each one batch."""

from typing import Any
from uuid import UUID

from trunnion.assets.commands import asset_batch, location_batch, meter_batch
from trunnion.assets.types.kinds import LocationKind, MeterKind
from trunnion.assets.types.lines import AssetLine, LocationLine, MeterLine
from trunnion.attach.commands import attribute, reference
from trunnion.attach.types import AttributeLine, ReferenceLine, ValueType
from trunnion.integrations.cobie.inward.facts import typed
from trunnion.kernel.context import Context

from .plan import Plan, differing
from .types import KIND, Draft, Thing, Verdict

LINE = 300


def apply(ctx: Context, plan: Plan) -> None:
    """Writes everything that is new or changed, inside the running command."""
    ids = {(one.thing, one.key): one.id for one in plan.batch.drafts if one.id is not None}
    _places(ctx, plan, ids)
    _assets(ctx, plan, ids)
    _meters(ctx, plan, ids)
    written = [one for thing in Thing for one in plan.pending(thing)]
    _attributes(ctx, plan, written)
    _references(ctx, plan, written)


Ids = dict[tuple[Thing, str], UUID]


def _changed(plan: Plan, draft: Draft) -> dict[str, Any]:
    """The values to be written: all of a new record, of a standing one only what differs."""
    if draft.verdict is Verdict.NEW or draft.id is None:
        return {name: value for name, value in draft.values.items() if value is not None}
    names = set(differing(plan, draft, plan.standing[draft.id]))
    found = {name: value for name, value in draft.values.items() if name in names}
    if "lon" in names or "lat" in names:
        found |= {"lon": draft.values.get("lon"), "lat": draft.values.get("lat")}
    return found | ({"within": True} if "within" in names else {})


def _places(ctx: Context, plan: Plan, ids: Ids) -> None:
    drafts = plan.pending(Thing.LOCATION)
    at = {one.key: index for index, one in enumerate(drafts)}
    lines = []
    for draft in drafts:
        values = _changed(plan, draft)
        moves = draft.verdict is Verdict.NEW or values.pop("within", False)
        fresh = at.get(draft.within) if moves and draft.within else None
        if fresh is not None and drafts[fresh].id is not None:
            fresh = None
        known = draft.within_id or ids.get((Thing.LOCATION, draft.within))
        kind = plan.standing[draft.id].kind if draft.id else draft.values["kind"]
        name = values.pop("name", None) or draft.values["name"]
        values.pop("kind", None)
        lines.append(
            LocationLine(
                LocationKind(kind), name, id=draft.id, parent_line=fresh,
                parent_id=known if moves and fresh is None else None, **values,
            )
        )  # fmt: skip
    _note(drafts, location_batch.ensure_many(ctx, lines).ids if lines else [], ids)


def _assets(ctx: Context, plan: Plan, ids: Ids) -> None:
    drafts = plan.pending(Thing.ASSET)
    lines = []
    for draft in drafts:
        values = _changed(plan, draft)
        moves = draft.verdict is Verdict.NEW or values.pop("within", False)
        place = draft.within_id or ids.get((Thing.LOCATION, draft.within))
        name = values.pop("name", None) or draft.values["name"]
        lines.append(AssetLine(name, id=draft.id, location_id=place if moves else None, **values))
    _note(drafts, asset_batch.ensure_many(ctx, lines).ids if lines else [], ids)


def _meters(ctx: Context, plan: Plan, ids: Ids) -> None:
    drafts = plan.pending(Thing.METER)
    lines = [
        MeterLine(
            ids[Thing.ASSET, draft.within], draft.values["name"], MeterKind(draft.values["kind"]),
            draft.values["unit"], id=draft.id,
        )
        for draft in drafts
    ]  # fmt: skip
    _note(drafts, meter_batch.ensure_many(ctx, lines).ids if lines else [], ids)


def _note(drafts: list[Draft], made: list[UUID], ids: Ids) -> None:
    for draft, row_id in zip(drafts, made, strict=True):
        draft.id = ids[draft.thing, draft.key] = row_id


def _attributes(ctx: Context, plan: Plan, written: list[Draft]) -> None:
    lines = []
    for draft in written:
        for name, (text, unit) in draft.attributes.items():
            if draft.id is None:
                continue
            value = typed(text, unit) if unit else {"value_type": ValueType.TEXT, "text": text}
            lines.append(
                AttributeLine(
                    KIND[draft.thing], draft.id, name[:200], category=plan.batch.scheme,
                    unit_text=unit, source=plan.batch.name[:LINE], **value,
                )
            )  # fmt: skip
    if lines:
        attribute.set_many(ctx, lines)


def _references(ctx: Context, plan: Plan, written: list[Draft]) -> None:
    """What the file calls its records, so that they are found again; those that bear our own ids need none."""
    scheme = plan.batch.scheme
    lines = [
        ReferenceLine(KIND[one.thing], one.id, scheme, identifier=one.key, object_type=one.thing.value)
        for one in written
        if one.id is not None and (one.thing, one.key) not in plan.referred and one.key != str(one.id)
    ]
    if lines:
        reference.set_many(ctx, lines)
