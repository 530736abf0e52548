"""What other systems call the records that came in: by name within the source, and by their own identifiers."""

from collections.abc import Iterator
from uuid import UUID

from trunnion.attach.commands import reference
from trunnion.attach.queries import find_many_by_reference, references_of
from trunnion.attach.types import ReferenceLine
from trunnion.integrations.cobie.homes import HOMES
from trunnion.integrations.cobie.inward.work import Work
from trunnion.integrations.cobie.keys import EXTERNAL, SCHEME, fitting, identifier_of
from trunnion.integrations.cobie.types import Row

Key = tuple[str, str, str, str]


def apply(work: Work) -> None:
    """Sets the references; an identifier that another record bears already stays with that one."""
    named = list(_names(work))
    for line in named:
        _end_other(work, line)
    foreign = list(_identifiers(work))
    taken = _taken(work, foreign)
    lines: dict[Key, ReferenceLine] = {}
    for line in (*named, *foreign):
        holder = taken.get(_key(line))
        if holder is None or holder == line.row_id:
            lines.setdefault(_key(line), line)
    if lines:
        reference.set_many(work.ctx, list(lines.values()))


def _names(work: Work) -> Iterator[ReferenceLine]:
    for sheet, home in HOMES.items():
        for step in work.pending(sheet):
            if step.subject_id is not None:
                identifier = identifier_of(step.row)
                if work.plan.known.get((sheet, identifier)) != step.subject_id:
                    yield ReferenceLine(
                        home.kind, step.subject_id, SCHEME, work.plan.source_name, sheet, identifier
                    )


def _end_other(work: Work, line: ReferenceLine) -> None:
    """A name that meant another record until now is taken from that one."""
    other = work.plan.known.get((line.object_type, line.identifier))
    if other is None or other == line.row_id:
        return
    for card in references_of(work.ctx, line.kind, other):
        if (card.scheme, card.system, card.object_type, card.identifier) == _key(line):
            reference.end(work.ctx, card.id)


def _identifiers(work: Work) -> Iterator[ReferenceLine]:
    for sheet, home in HOMES.items():
        for step in work.pending(sheet):
            if step.subject_id is None:
                continue
            for row_id, system, kind, identifier in _stated(work, step.row, step.subject_id):
                if identifier:
                    yield ReferenceLine(
                        home.kind,
                        row_id,
                        EXTERNAL,
                        fitting(system or ""),
                        fitting(kind or ""),
                        fitting(identifier),
                    )


def _stated(work: Work, row: Row, row_id: UUID) -> Iterator[tuple[UUID, str | None, str | None, str | None]]:
    if row.sheet == "Facility":
        system = row.text("ExternalSystem")
        for part, owner in (
            ("Facility", row_id),
            ("Site", work.sites.get(row_id, row_id)),
            ("Project", row_id),
        ):
            yield (
                owner, system, row.text(f"External{part}Object"), row.text(f"External{part}Identifier"),
            )  # fmt: skip
        return
    prefix = "External" if row.sheet == "Contact" else "Ext"
    yield row_id, row.text(f"{prefix}System"), row.text(f"{prefix}Object"), row.text(f"{prefix}Identifier")


def _taken(work: Work, lines: list[ReferenceLine]) -> dict[Key, UUID]:
    found = find_many_by_reference(work.ctx, EXTERNAL, list({line.identifier for line in lines}))
    return {(one.scheme, one.system, one.object_type, one.identifier): one.row_id for one in found}


def _key(line: ReferenceLine) -> Key:
    return (line.scheme, line.system, line.object_type, line.identifier)
