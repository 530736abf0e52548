"""What applying a file of drafts would do: each found again by our id or by its own, and compared with what stands."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from trunnion.assets.queries import mapped
from trunnion.attach.queries import attributes_of_many, find_many_by_reference
from trunnion.integrations.geojson.shape import wound
from trunnion.integrations.types import SheetCount
from trunnion.kernel.context import Context

from .types import KIND, Batch, Draft, Thing, Verdict


@dataclass(slots=True)
class Plan:
    """The drafts with their verdicts, and what each is compared with."""

    batch: Batch
    standing: dict[UUID, Any] = field(default_factory=dict)
    attributes: dict[UUID, dict[str, tuple[str, str]]] = field(default_factory=dict)
    # The drafts that were recognised by their own key, and need no reference any more.
    referred: set[tuple[Thing, str]] = field(default_factory=set)
    by_key: dict[tuple[Thing, str], Draft] = field(default_factory=dict)

    @property
    def parked(self) -> frozenset[tuple[str, int]]:
        """The rows that are set aside."""
        bad = (one for one in self.batch.drafts if one.verdict is Verdict.ERROR)
        return frozenset((one.thing.value, one.row) for one in bad)

    def counts(self) -> dict[str, SheetCount]:
        """By kind of record: what becomes of the drafts."""
        found = {}
        for thing in Thing:
            tally = Counter(one.verdict.value for one in self.batch.drafts if one.thing is thing)
            if tally:
                found[thing.value] = SheetCount(rows=tally.total(), **tally)
        return found

    def pending(self, thing: Thing) -> list[Draft]:
        """The drafts that write something."""
        wanted = (Verdict.NEW, Verdict.CHANGED)
        return [one for one in self.batch.drafts if one.thing is thing and one.verdict in wanted]


def make(ctx: Context, batch: Batch) -> Plan:
    """Compares a file with our records; writes nothing."""
    plan = Plan(batch)
    _check_keys(plan)
    _recognise(ctx, plan)
    for thing in Thing:
        ids = [one.id for one in batch.drafts if one.thing is thing and one.id is not None]
        plan.standing |= mapped.by_ids(ctx, KIND[thing], ids)
        for row_id, cards in attributes_of_many(ctx, KIND[thing], ids).items() if ids else ():
            own = {c.name: (c.text, c.unit_text or c.unit) for c in cards if c.category == batch.scheme}
            plan.attributes[row_id] = own
    _check_places(ctx, plan)
    for draft in batch.drafts:
        _judge(plan, draft)
    return plan


def _check_keys(plan: Plan) -> None:
    for draft in plan.batch.drafts:
        first = plan.by_key.setdefault((draft.thing, draft.key), draft)
        if first is not draft:
            plan.batch.error(draft, "id", "drafts.twice", key=draft.key, first_row=first.row)


def _recognise(ctx: Context, plan: Plan) -> None:
    """Gives drafts the ids of the records that came in under their keys before."""
    batch = plan.batch
    wanted = [one.key for one in batch.drafts if one.id is None]
    known = {
        (card.kind, card.identifier): card.row_id
        for card in find_many_by_reference(ctx, batch.scheme, wanted)
    }
    for draft in batch.drafts:
        if draft.id is None and draft.verdict is not Verdict.ERROR:
            draft.id = known.get((KIND[draft.thing], draft.key))
            if draft.id is not None:
                plan.referred.add((draft.thing, draft.key))


def _check_places(ctx: Context, plan: Plan) -> None:
    """Sets aside what lies in something that is not there, or was set aside itself."""
    batch, by_key = plan.batch, plan.by_key
    stated = [one.within_id for one in batch.drafts if one.within_id is not None]
    held = mapped.by_ids(ctx, KIND[Thing.LOCATION], stated) if stated else {}
    for draft in batch.drafts:
        if draft.verdict is Verdict.ERROR:
            continue
        if draft.id is not None and draft.id not in plan.standing:
            batch.error(draft, "id", "drafts.unknown", key=str(draft.id))
        elif draft.within_id is not None and draft.within_id not in held:
            batch.error(draft, "within", "drafts.unknown", key=str(draft.within_id))
    changed = True
    while changed:
        changed = False
        for draft in batch.drafts:
            above = holder(by_key, draft) if draft.within and draft.verdict is not Verdict.ERROR else None
            if draft.within and draft.verdict is not Verdict.ERROR and (
                above is None or above.verdict is Verdict.ERROR
            ):  # fmt: skip
                batch.error(draft, "within", "drafts.unknown", key=draft.within)
                changed = True


def holder(by_key: dict[tuple[Thing, str], Draft], draft: Draft) -> Draft | None:
    """The draft that another lies in: a meter's asset, an asset's place or the asset that it is part of."""
    if draft.thing is Thing.METER:
        return by_key.get((Thing.ASSET, draft.within))
    return by_key.get((Thing.LOCATION, draft.within))


def _judge(plan: Plan, draft: Draft) -> None:
    if draft.verdict is Verdict.ERROR or draft.id is None:
        return
    row = plan.standing[draft.id]
    held = plan.attributes.get(draft.id, {})
    differs = any(True for _ in differing(plan, draft, row))
    told = any(held.get(name, ("", ""))[0] != text for name, (text, _) in draft.attributes.items())
    draft.verdict = Verdict.CHANGED if differs or told else Verdict.SAME


def differing(plan: Plan, draft: Draft, row: Any) -> Iterator[str]:
    """The stated values that the record says otherwise; where it stands counts as one."""
    for name, value in draft.values.items():
        if value is not None and name not in ("kind", "unit") and _said(row, name) != value:
            yield name
    where = draft.within_id or _within_id(plan, draft)
    if where is not None and draft.thing is not Thing.METER and _stands_in(draft, row) != where:
        yield "within"
    elif draft.within and where is None and draft.thing is not Thing.METER:
        # It is to stand in something that is only made now.
        yield "within"


def _said(row: Any, name: str) -> Any:
    """What the record says, in the form in which files say it."""
    if name == "geometry":
        return wound(row.geometry)
    point = getattr(row, "geometry", None) if name in ("lon", "lat") else None
    if point and getattr(row, name) is None and point["type"] == "Point":
        # A place whose only coordinates are those of its shape.
        return Decimal(str(point["coordinates"][name == "lat"]))
    return getattr(row, name)


def _within_id(plan: Plan, draft: Draft) -> UUID | None:
    if not draft.within:
        return None
    above = plan.by_key.get((Thing.LOCATION, draft.within))
    return above.id if above else None


def _stands_in(draft: Draft, row: Any) -> UUID | None:
    found: UUID | None = row.parent_id if draft.thing is Thing.LOCATION else row.location_id
    return found
