"""Zones and systems: as many rows as members, one group for each name and category."""

from collections.abc import Callable
from uuid import UUID

from trunnion.assets.commands import group
from trunnion.assets.types.lines import GroupLine
from trunnion.integrations.cobie.inward.work import LINE, NAME, Work, cut, text
from trunnion.integrations.cobie.keys import identifier_of
from trunnion.integrations.cobie.plan import Step
from trunnion.kernel.ensuring import Ensured

PROSE = 20_000


def apply(work: Work) -> None:
    """Makes sure that the zones and systems of the file exist and hold what it says."""
    _apply(work, "Zone", "SpaceNames", "Space", lambda lines: group.ensure_zones(work.ctx, lines))
    _apply(work, "System", "ComponentNames", "Component", lambda lines: group.ensure_many(work.ctx, lines))


def _apply(
    work: Work, sheet: str, column: str, target: str, ensure: Callable[[list[GroupLine]], Ensured]
) -> None:
    together: dict[str, list[Step]] = {}
    for step in work.pending(sheet):
        together.setdefault(identifier_of(step.row), []).append(step)
    if not together:
        return
    lines = [_line(work, steps, column, target) for steps in together.values()]
    for group_id, steps in zip(ensure(lines).ids, together.values(), strict=True):
        for step in steps:
            work.became(step, group_id)


def _line(work: Work, steps: list[Step], column: str, target: str) -> GroupLine:
    members: dict[UUID, None] = {}
    for step in steps:
        named = work.plan.names.split(target, step.row.text(column))
        members.update((member_id, None) for _, member_id in named if member_id is not None)
    first = steps[0]
    known_id = next((step.subject_id for step in steps if step.subject_id), None) or work.subject(first.row)
    words = next((w for step in steps if (w := text(step.row, "Description"))), "")
    if known_id is None:
        return GroupLine(
            cut(first.row.text("Name") or "", NAME), is_new=True, category=cut(text(first.row, "Category"), LINE),
            description=cut(words, PROSE), member_ids=tuple(members),
        )  # fmt: skip
    stand = work.plan.stand
    known = (stand.zones.get(known_id) or stand.systems.get(known_id)) if stand else None
    touched = any(step.before is not None and step.has("Description") for step in steps)
    return GroupLine(
        known.name if known else cut(first.row.text("Name") or "", NAME), id=known_id,
        description=cut(words, PROSE) if touched else None, member_ids=tuple(members),
    )  # fmt: skip
