"""The verbs of knowledge: failure codes are seeded, added, reworded, archived and restored."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.db.models import Max
from pydantic import Field

from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.history import Did
from trunnion.kernel.inputs import Code, Line
from trunnion.kernel.policies import take
from trunnion.kernel.takeback import TakenBack
from trunnion.kernel.takeback import take_back as taking_back
from trunnion.kernel.unit import about, emit

from .events import FailureCodeArchived, FailureCodesSeeded
from .models import FailureCode
from .rules import standing_of
from .shipped import first_position, shipped
from .types import ANY_CLASS, Classes, CodeLine, CodeList, Label, Notation, Standing

Lines = Annotated[list[CodeLine], Field(max_length=20_000)]


@command("knowledge.failure_code.seed")
def seed(ctx: Context) -> int:
    """Gives the organisation the shipped codes that it does not have yet; returns how many."""
    about("identity.organisation", ctx.organisation_id)
    held = set(FailureCode.objects.of(ctx).values_list("list", "code"))
    fresh = [FailureCode(**fields) for fields in shipped() if (fields["list"], fields["code"]) not in held]
    if fresh:
        FailureCode.objects.bulk_create(fresh)
        emit(FailureCodesSeeded(count=len(fresh)))
    return len(fresh)


@command("knowledge.failure_code.create")
def create(
    ctx: Context, list: CodeList, code: Code, name_en: Label = "", name_zh: Label = "", notation: Notation = "",
    meaning_en: Line = "", meaning_zh: Line = "", classes: Classes | None = None,
) -> Done:  # fmt: skip
    """Adds an own code to a list; one of the two names is enough and then stands for both."""
    if not (name_en or name_zh):
        raise Invalid.field("/name_en", "failure_code.name_needed")
    highest = FailureCode.objects.of(ctx).filter(list=list).aggregate(top=Max("position"))["top"]
    row = FailureCode(
        list=list, code=code, name_en=name_en or name_zh, name_zh=name_zh or name_en, notation=notation,
        meaning_en=meaning_en, meaning_zh=meaning_zh, classes=classes or [ANY_CLASS], standing=standing_of(code),
        position=(highest or first_position(list)) + 1,
    )  # fmt: skip
    row.save()
    return Done(row.id, row.version)


@command("knowledge.failure_code.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that codes exist: each is found by its id, else by its code in its list; retired ones stay retired."""
    known: dict[object, FailureCode] = {}
    highest: dict[str, int] = {}
    for row in FailureCode.objects.of(ctx):
        known[row.id] = known[row.list, row.code] = row
        highest[row.list] = max(highest.get(row.list, 0), row.position)
    tally = Tally()
    for index, line in enumerate(lines):
        found = known.get(line.id or (line.list, line.code))
        if found is None:
            found = _added(line, highest, f"/lines/{index}")
            known[found.list, found.code] = found
        tally.put(found, _stated(line, found._state.adding))
        if not found.name_en:
            raise Invalid.field(f"/lines/{index}/name_en", "failure_code.name_needed")
    tally.write()
    return tally.ensured()


def _added(line: CodeLine, highest: dict[str, int], pointer: str) -> FailureCode:
    """A new code at the end of its list, not yet stored."""
    if line.id is not None:
        raise Invalid.field(f"{pointer}/id", "reference_unknown", kind=FailureCode.kind)
    for field in ("list", "code"):
        if not getattr(line, field):
            raise Invalid.field(f"{pointer}/{field}", "field.missing")
    name = str(line.list)
    highest[name] = (highest.get(name) or first_position(CodeList(name))) + 1
    return FailureCode(
        list=name,
        code=line.code,
        standing=standing_of(line.code),
        position=highest[name],
        classes=[ANY_CLASS],
    )


def _stated(line: CodeLine, is_new: bool) -> dict[str, object]:
    """What a line says; of a new code one name stands for both."""
    fields = ("name_en", "name_zh", "notation", "meaning_en", "meaning_zh", "classes")
    facts = {field: getattr(line, field) for field in fields if getattr(line, field)}
    if is_new and (name := line.name_en or line.name_zh):
        facts = {"name_en": name, "name_zh": line.name_zh or name} | facts
    return facts


@command("knowledge.batch.take_back", secret=("did", "busy"))
def take_back(ctx: Context, did: Sequence[Did], busy: dict[UUID, str]) -> TakenBack:
    """Takes back the codes that an import added and nothing uses."""
    return taking_back(ctx, [*did], busy)


@command("knowledge.failure_code.edit")
def edit(
    ctx: Context, failure_code_id: UUID, name_en: Label = UNSET, name_zh: Label = UNSET, notation: Notation = UNSET,
    meaning_en: Line = UNSET, meaning_zh: Line = UNSET, classes: Classes = UNSET,
) -> Done:  # fmt: skip
    """Changes a code's wording or the classes it is offered for; the code itself never changes."""
    row = take(ctx, FailureCode, failure_code_id)
    changes = given(
        name_en=name_en, name_zh=name_zh, notation=notation, meaning_en=meaning_en, meaning_zh=meaning_zh,
        classes=classes,
    )  # fmt: skip
    for field in ("name_en", "name_zh"):
        if changes.get(field) == "":
            raise Invalid.field(f"/{field}", "failure_code.name_needed")
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()
    return Done(row.id, row.version)


@command("knowledge.failure_code.archive")
def archive(ctx: Context, failure_code_id: UUID) -> Done:
    """Stops offering a code; failures recorded with it keep it."""
    row = take(ctx, FailureCode, failure_code_id)
    if row.standing != Standing.PLAIN:
        # Without a way out people guess, and guesses ruin the figures.
        raise Refusal("failure_code.needed", code=row.code)
    if row.archived_at is None:
        row.archived_at = clock.now()
        row.save()
        emit(FailureCodeArchived(failure_code_id=row.id, list=row.list, code=row.code))
    return Done(row.id, row.version)


@command("knowledge.failure_code.restore")
def restore(ctx: Context, failure_code_id: UUID) -> Done:
    """Offers an archived code again."""
    row = take(ctx, FailureCode, failure_code_id)
    row.archived_at = None
    row.save()
    return Done(row.id, row.version)
