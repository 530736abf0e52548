"""The verbs of knowledge: failure codes are seeded, added, reworded, archived and restored."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.db.models import Max
from pydantic import Field, StringConstraints

from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.history import Did
from trunnion.kernel.inputs import Code, Line
from trunnion.kernel.policies import take
from trunnion.kernel.takeback import TakenBack
from trunnion.kernel.takeback import take_back as taking_back
from trunnion.kernel.unit import about, emit

from .events import FailureCodeArchived, FailureCodesSeeded
from .models import FailureCode
from .rules import ANY_CLASS, standing_of
from .shipped import first_position, shipped
from .types import CodeList, Standing

Label = Annotated[Line, Field(max_length=200)]
Notation = Annotated[Line, Field(max_length=20)]
ClassCode = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z0-9_.-]{1,120})$")]
Classes = Annotated[list[ClassCode], Field(min_length=1, max_length=200)]


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
