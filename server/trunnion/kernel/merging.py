"""Two records that turn out to be one: what the one that stays takes over, how every room follows, and the way back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import Field, StringConstraints

from . import additions, clock, history, pointers, unit
from .command import command
from .context import Context
from .errors import FieldError, Invalid, NotVisible, Refusal
from .history import Did
from .ids import uuid7
from .mergeable import Mergeable
from .policies import KINDS, get, take
from .takeback import Kept, TakenBack, is_of

FactNames = Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=60)]
Obstacles = Callable[[Context, Any, Any], Iterable[FieldError]]
# What a row says of its merge, and what follows from the rows that were merged.
OWN = ("merged_into_id", "merged_at", "merge_entry_id", "merge_until_id")
LONGEST_KNOWN = 20_000
STEP = 500


class Followed(msgspec.Struct, frozen=True):
    """Rows of a kind that went along, and those that stay with the record that was merged: history and doubles."""

    kind: str
    column: str
    following: int
    staying: int


class Merged(msgspec.Struct, frozen=True):
    """The record that stays, which facts it took over, and what went along."""

    id: UUID
    version: int
    taken: list[str]
    followed: list[Followed]


class Unmerged(msgspec.Struct, frozen=True):
    """The record that stands for itself again, and what was changed since and therefore stayed as it is."""

    id: UUID
    version: int
    restored: int
    kept: list[Kept]


@dataclass(frozen=True, slots=True)
class Follower:
    """How a room follows a merge, and how it takes that back."""

    follow: Callable[..., list[Followed]]
    take_back: Callable[..., TakenBack]


FOLLOWERS: dict[str, Follower] = {}


def follows(room: str, take_back: Callable[..., TakenBack]) -> Callable[..., list[Followed]]:
    """Declares the verb by which a room's rows follow a merged record of any kind: one line for each room."""

    @command(f"{room}.batch.follow")
    def follow(ctx: Context, kind: str, gone_id: UUID, into_id: UUID) -> list[Followed]:
        """Lets what names a merged record name the one that stays; history and doubles stay where they are."""
        return _follow(ctx, room, kind, gone_id, into_id)

    FOLLOWERS[room] = Follower(follow, take_back)
    return follow


def _follow(ctx: Context, room: str, kind: str, gone_id: UUID, into_id: UUID) -> list[Followed]:
    unit.about_many()
    unit.about(kind, gone_id)
    found = []
    for pointer in pointers.pointers_to(kind):
        if pointer.room != room:
            continue
        plan = pointers.plan(ctx, pointer, gone_id, into_id)
        if plan.following:
            # What is double stays, and nothing came since: the transaction holds both records.
            rows = pointer.rows(ctx, gone_id)
            for start in range(0, len(plan.following), STEP):
                rows.filter(id__in=plan.following[start : start + STEP]).update(**{pointer.column: into_id})
        found += _told(plan)
    return [*found, *_follow_trails(ctx, room, kind, gone_id, into_id)]


def _follow_trails(ctx: Context, room: str, kind: str, gone_id: UUID, into_id: UUID) -> list[Followed]:
    running = unit.require(room)
    found = []
    for trail in additions.trails(ctx, kind, gone_id, into_id, room):
        trail.write()
        for row_id in trail.row_ids:
            KINDS[trail.kind].record(running, row_id, "change", {trail.name: into_id}, {trail.name: gone_id})
        found.append(Followed(trail.kind, trail.name, len(trail.row_ids), 0))
    return found


def _told(plan: pointers.Plan) -> list[Followed]:
    if not plan.following and not plan.staying:
        return []
    name = plan.pointer.column.removesuffix("_id")
    return [Followed(plan.pointer.model.kind, name, len(plan.following), len(plan.staying))]


def both(ctx: Context, model: type[Mergeable], gone_id: UUID, into_id: UUID) -> tuple[Any, Any]:
    """The record that is to go and the one that is to stay, locked; refuses what is no pair."""
    if gone_id == into_id:
        raise Invalid.field("/into_id", "merge.itself")
    gone: Any = take(ctx, model, gone_id)
    try:
        stays: Any = take(ctx, model, into_id, is_merged=True)
    except NotVisible:
        raise Invalid.field("/into_id", "reference_unknown", kind=model.kind) from None
    if stays.merged_into_id is not None:
        raise Invalid.field("/into_id", "merge.into_merged")
    return gone, stays


def merge(gone: Any, stays: Any, chosen: Iterable[str], also: Callable[[], None]) -> Merged:
    """Merges one record into another inside the command of their room, which has refused what stands in the way.

    `also` is what the room adds when all have followed; undoing the merge takes it back as well.
    """
    running = unit.require(gone._meta.app_label)
    ctx = running.ctx
    taken = take_over(gone, stays, chosen)
    stays.also_known = _known(stays, [*_merged_into(ctx, stays), gone])
    stays.save()
    followed: list[Followed] = []
    for follower in FOLLOWERS.values():
        followed += follower.follow(ctx, kind=gone.kind, gone_id=gone.id, into_id=stays.id)
    also()
    gone.merged_into_id, gone.merged_at = stays.id, clock.now()
    gone.merge_entry_id, gone.merge_until_id = running.entry_id, uuid7()
    gone.save()
    return Merged(stays.id, get(ctx, type(stays), stays.id).version, taken, followed)


def take_over(gone: Any, stays: Any, chosen: Iterable[str]) -> list[str]:
    """The facts that the one that stays lacks, and those that were chosen, as the other has them."""
    wanted = set(chosen)
    groups = [(one,) if isinstance(one, str) else one for one in gone.merge_facts]
    known = sorted(name for group in groups for name in group)
    for index, name in enumerate(chosen):
        if name not in known:
            raise Invalid.field(f"/take/{index}", "merge.fact_unknown", known=", ".join(known))
    taken = []
    for group in groups:
        is_lacking = all(_is_blank(getattr(stays, name)) for name in group)
        for name in group:
            value = getattr(gone, name)
            is_asked = is_lacking and not _is_blank(value)
            if (is_asked or not wanted.isdisjoint(group)) and value != getattr(stays, name):
                setattr(stays, name, value)
                taken.append(name)
    return taken


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value is False


def _merged_into(ctx: Context, stays: Any) -> list[Any]:
    return list(type(stays).objects.of(ctx).filter(merged_into_id=stays.id).order_by("id"))


def _known(stays: Any, rows: Iterable[Any]) -> str:
    """What the merged rows are found by, as far as the row that stays is not found by it anyway."""
    own = {str(getattr(stays, name)) for name in stays.search_fields if name != "also_known"}
    said: dict[str, None] = {}
    for row in rows:
        names = (str(getattr(row, n) or "") for n in row.search_fields if n != "also_known")
        said.update((text, None) for text in names if text and text not in own)
    return "\n".join(said)[:LONGEST_KNOWN]


def unmerge(ctx: Context, model: type[Mergeable], row_id: UUID) -> Unmerged:
    """Takes a merge back inside the command of their room: what was changed since stays, and is named."""
    gone: Any = take(ctx, model, row_id, is_merged=True)
    if gone.merged_into_id is None or gone.merge_entry_id is None or gone.merge_until_id is None:
        raise Refusal("merge.not_merged")
    own = history.did(gone.merge_entry_id)
    said = [one.fields["merged_into_id"][1] for one in own if one.row_id == gone.id and OWN[0] in one.fields]
    if not said:
        raise Refusal("merge.not_remembered")
    if said[-1] != str(gone.merged_into_id):
        raise Refusal("merge.later_first")
    stays_id = gone.merged_into_id
    parts = [*history.done_within(ctx, gone.merge_entry_id, gone.merge_until_id)]
    restored, kept = taken_back(ctx, [*parts, (f"{model.kind}.merge", own)])
    known_anew(ctx, get(ctx, model, stays_id))
    gone = get(ctx, model, row_id)
    return Unmerged(gone.id, gone.version, restored, kept)


def taken_back(ctx: Context, parts: Iterable[tuple[str, list[Did]]]) -> tuple[int, list[Kept]]:
    """Lets each room take back what its verbs of a merge did: how many rows return, and which stay as they are."""
    restored, kept = 0, list[Kept]()
    for verb, did in parts:
        room = verb.split(".", 1)[0]
        mine = [_told_by_others(one) for one in did if is_of(one, room)]
        if mine:
            done = FOLLOWERS[room].take_back(ctx, did=mine, busy={})
            restored, kept = restored + done.restored, kept + done.kept
    return restored, kept


def come_back(ctx: Context, verb: str, row_id: UUID) -> None:
    """Takes back how rows followed a merged record by an event: what `verb` did the last time that it was about it."""
    entry_id = history.latest_about(ctx, verb, row_id)
    if entry_id is not None:
        taken_back(ctx, [(verb, history.did(entry_id))])


def known_anew(ctx: Context, stays: Any) -> None:
    """Keeps what a row is found by in step with the rows that are merged into it now."""
    stays.also_known = _known(stays, _merged_into(ctx, stays))
    stays.save()


def _told_by_others(one: Did) -> Did:
    """A change without what follows from the rows that are merged now: that is found anew."""
    derived: frozenset[str] = getattr(KINDS[one.kind], "merge_derived", frozenset())
    if not derived:
        return one
    fields = {name: pair for name, pair in one.fields.items() if name not in derived}
    return Did(one.kind, one.row_id, one.op, fields)


def preview(ctx: Context, kind: str, gone_id: UUID, into_id: UUID, obstacles: Obstacles) -> dict[str, Any]:
    """What a merge would do: what goes along, which facts differ, and what stands in the way; nothing is written."""
    model: Any = KINDS[kind]
    gone, stays = get(ctx, model, gone_id), get(ctx, model, into_id)
    plans = (pointers.plan(ctx, pointer, gone_id, into_id) for pointer in pointers.pointers_to(kind))
    return {
        "id": gone.id, "into_id": stays.id,
        "followed": [
            *(line for plan in plans for line in _told(plan)),
            *(Followed(t.kind, t.name, len(t.row_ids), 0) for t in additions.trails(ctx, kind, gone_id, into_id)),
        ],
        "facts": _differing(gone, stays),
        "obstacles": [*_no_pair(gone, stays), *obstacles(ctx, gone, stays)],
    }  # fmt: skip


def _no_pair(gone: Any, stays: Any) -> Iterable[FieldError]:
    if gone.id == stays.id:
        yield FieldError("/into_id", "merge.itself")
    if stays.merged_into_id is not None:
        yield FieldError("/into_id", "merge.into_merged")
    if gone.merged_into_id is not None:
        yield FieldError("/id", "merged", {"kind": gone.kind, "into_id": str(gone.merged_into_id)})


def _differing(gone: Any, stays: Any) -> list[dict[str, Any]]:
    lines = []
    for group in gone.merge_facts:
        names = (group,) if isinstance(group, str) else group
        is_lacking = all(_is_blank(getattr(stays, name)) for name in names)
        for name in names:
            merged, own = getattr(gone, name), getattr(stays, name)
            if merged != own:
                becomes = merged if is_lacking else own
                lines.append({"field": name, "merged": merged, "stays": own, "becomes": becomes})
    return lines


def refuse(obstacles: Iterable[FieldError]) -> None:
    """Raises the first thing that stands in the way, with all of them."""
    found = list(obstacles)
    if found:
        raise Refusal(found[0].code, errors=found, **found[0].facts)


def within(ctx: Context, row: Any, other_id: UUID, most: int = 50) -> bool:
    """Whether a record stands below another one by their parents."""
    above = row.parent_id
    for _ in range(most):
        if above is None or above == other_id:
            break
        above = type(row).objects.of(ctx).filter(id=above).values_list("parent_id", flat=True).first()
    return bool(above == other_id)
