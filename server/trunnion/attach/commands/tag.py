"""Verbs on tags."""

import unicodedata
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from trunnion.attach.events import TagPut
from trunnion.attach.models import Tag, TagLink
from trunnion.attach.subjects import get_subject
from trunnion.attach.types import Kind
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about, emit


def _plain(text: str) -> str:
    if not text.isprintable():
        raise PydanticCustomError("control_character", "control character")
    return text


TagName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(_plain)
]
Colour = Annotated[str, StringConstraints(pattern=r"^(#[0-9a-fA-F]{6})?$")]
Names = Annotated[list[TagName], Field(max_length=50)]


@command("attach.tag.create")
def create(ctx: Context, name: TagName, colour: Colour = "") -> Done:
    """Makes a tag; capitals and width do not tell two tags apart."""
    _check_free(ctx, name, None)
    row = Tag(name=name, folded=folded(name), colour=colour)
    row.save()
    return Done(row.id, row.version)


@command("attach.tag.edit")
def edit(ctx: Context, tag_id: UUID, name: TagName = UNSET, colour: Colour = UNSET) -> Done:
    """Renames or recolours a tag on every record that has it."""
    row = take(ctx, Tag, tag_id)
    if name is not UNSET:
        _check_free(ctx, name, row.id)
    for field, value in given(name=name, colour=colour).items():
        setattr(row, field, value)
    row.folded = folded(row.name)
    row.save()
    return Done(row.id, row.version)


@command("attach.tag.put")
def put(ctx: Context, kind: Kind, row_id: UUID, names: Names) -> None:
    """Gives a record exactly these tags; one that does not exist yet is made."""
    about(kind, row_id)
    get_subject(ctx, kind, row_id)
    wanted = {folded(name): name for name in names}
    tags = {tag.folded: tag for tag in Tag.objects.of(ctx).filter(folded__in=list(wanted))}
    for key, name in wanted.items():
        if key not in tags:
            tags[key] = Tag(name=name, folded=key)
            tags[key].save()
    ids = {tag.id for tag in tags.values()}
    held = {row.tag_id: row for row in TagLink.objects.of(ctx).filter(subject_kind=kind, subject_id=row_id)}
    for tag_id, row in held.items():
        if tag_id not in ids:
            row.delete()
    for tag in tags.values():
        if tag.id not in held:
            TagLink(tag=tag, subject_kind=kind, subject_id=row_id).save()
    emit(TagPut(subject_kind=kind, subject_id=row_id, names=sorted(tag.name for tag in tags.values())))


def _check_free(ctx: Context, name: str, own: UUID | None) -> None:
    if Tag.objects.of(ctx).filter(folded=folded(name)).exclude(id=own).exists():
        raise Invalid.field("/name", "duplicate", fields=["name"])


def folded(name: str) -> str:
    """What two spellings of one tag have in common."""
    return unicodedata.normalize("NFKC", name).casefold()[:60]
