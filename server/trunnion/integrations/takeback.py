"""Takes an import back: batch by batch, the last first, each room undoing its own part."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from trunnion.assets.commands import batch as assets
from trunnion.attach.commands import batch as attach
from trunnion.attach.queries import attached_to
from trunnion.catalog.commands import batch as catalog
from trunnion.finance import commands as finance
from trunnion.integrations.models import ImportRun, ImportStep
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading, references_looked_for
from trunnion.kernel.errors import Refusal
from trunnion.kernel.history import Did, done_within
from trunnion.kernel.policies import KINDS
from trunnion.kernel.takeback import Kept, TakenBack, is_of, untouched
from trunnion.kernel.words import say
from trunnion.knowledge import commands as knowledge
from trunnion.parties.commands import batch as parties
from trunnion.service.commands import batch as service
from trunnion.work.commands import batch as work
from trunnion.workforce.commands import batch as workforce

STICKING = "attach"
ROOMS: dict[str, Callable[..., TakenBack]] = {
    "assets": assets.take_back, "attach": attach.take_back, "catalog": catalog.take_back,
    "finance": finance.take_back, "knowledge": knowledge.take_back, "parties": parties.take_back,
    "service": service.take_back, "work": work.take_back, "workforce": workforce.take_back,
}  # fmt: skip
STEP = 500


def undo(ctx: Context, run: ImportRun, told: Callable[[int, int], None]) -> None:
    """Takes back what is not taken back yet, the last batch first."""
    from trunnion.integrations.commands import undo as verbs

    with reading(ctx.organisation_id):
        rows = ImportStep.objects.of(ctx).filter(run_id=run.id, is_taken_back=False).order_by("-position")
        steps = list(rows.values_list("id", flat=True))
    for done, step_id in enumerate(steps):
        with references_looked_for():
            verbs.take_back(ctx, import_id=run.id, step_id=step_id)
        told(done + 1, len(steps))
    verbs.settle(ctx, import_id=run.id)


def run(ctx: Context, number: str, told: Callable[[int, int], None]) -> ImportRun:
    """Undoes the import of this number in this thread; raises Refusal where it cannot be undone."""
    from trunnion.integrations.commands import import_run
    from trunnion.integrations.commands import undo as verbs

    with reading(ctx.organisation_id):
        found = ImportRun.objects.of(ctx).filter(number=number).first()
    if found is None:
        raise Refusal("import.unknown", number=number)
    verbs.begin_undo(ctx, import_id=found.id)
    try:
        undo(ctx, found, told)
    except Refusal as refusal:
        import_run.fail(ctx, import_id=found.id, code=refusal.code, facts=refusal.facts)
        raise
    with reading(ctx.organisation_id):
        return ImportRun.objects.of(ctx).get(id=found.id)


def lines(found: ImportRun, language: str) -> Iterator[str]:
    """In words what was taken back, then each record that stays with its reason."""
    told = found.undone or {}
    kept = told.get("kept", [])
    facts = {"removed": told.get("removed", 0), "restored": told.get("restored", 0)}
    yield say("text.integrations.table.undone", language, **facts, kept=len(kept) + told.get("more", 0))
    for one in kept:
        kind, why = (
            say(f"kind.{one['kind']}", language),
            say(f"refusal.{one['code']}", language, **one["facts"]),
        )
        yield f"{kind} · {one['name']} · {why}"


def take_back(ctx: Context, entry_id: UUID, until_id: UUID) -> TakenBack:
    """Takes one batch back, inside the running command.

    What the batch let stick to its own records (names elsewhere, attributes) comes last: a record that stays keeps it.
    """
    batches = [(verb.split(".", 1)[0], did) for verb, did in done_within(ctx, entry_id, until_id)]
    made = {one.row_id: one.kind for _, did in batches for one in did if one.op == "create"}
    own = untouched(ctx, [one for room, did in reversed(batches) if room == STICKING for one in did])
    parts = []
    for room, did in batches:
        if room != STICKING:
            parts.append(_taken_back(ctx, room, did, attached_to(ctx, _created(did), besides=own)))
    staying = _standing(ctx, {i: kind for i, kind in made.items() if not kind.startswith(f"{STICKING}.")})
    for room, did in batches:
        if room == STICKING:
            going = [one for one in did if _subject(one) not in staying]
            parts.append(_taken_back(ctx, room, going, attached_to(ctx, _created(going))))
    kept: dict[UUID, Kept] = {}
    for one in (one for part in parts for one in part.kept):
        kept.setdefault(one.row_id, one)
    return TakenBack(sum(p.removed for p in parts), sum(p.restored for p in parts), list(kept.values()))


def _taken_back(ctx: Context, room: str, did: list[Did], busy: dict[UUID, str]) -> TakenBack:
    own = [one for one in did if is_of(one, room)]
    return ROOMS[room](ctx, did=own, busy=busy) if own and room in ROOMS else TakenBack(0, 0)


def _created(did: Iterable[Did]) -> list[UUID]:
    return [one.row_id for one in did if one.op == "create"]


def _subject(one: Did) -> UUID | None:
    told = one.fields.get("subject_id") if one.op == "create" else None
    return UUID(told[1]) if told else None


def _standing(ctx: Context, made: dict[UUID, str]) -> set[UUID]:
    """Those of the rows that were made which are still there."""
    by_kind: dict[str, list[UUID]] = {}
    for row_id, kind in made.items():
        by_kind.setdefault(kind, []).append(row_id)
    found: set[UUID] = set()
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), STEP):
            rows = KINDS[kind].objects.of(ctx).filter(id__in=ids[start : start + STEP])
            found.update(rows.values_list("id", flat=True))
    return found
