"""Verbs on tags."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from trunnion.attach.events import TagPut
from trunnion.attach.models import Tag, TagLink
from trunnion.attach.subjects import STEP, check_subjects, get_subject
from trunnion.attach.tagging import folded
from trunnion.attach.types import Batch, Kind
from trunnion.identity.types import Done
from trunnion.kernel import history
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotVisible
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
Rows = Annotated[list[UUID], Field(min_length=1, max_length=10_000)]
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


@command("attach.tag.merge")
def merge(ctx: Context, tag_id: UUID, into_id: UUID) -> Done:
    """Makes two tags one: every record that has the first gets the second; the first is gone."""
    row = take(ctx, Tag, tag_id)
    about(Tag.kind, row.id)
    if into_id == tag_id:
        raise Invalid.field("/into_id", "tag_into_itself")
    target = held(ctx, into_id, "/into_id")
    having = set(TagLink.objects.of(ctx).filter(tag_id=target.id).values_list("subject_kind", "subject_id"))
    links = TagLink.objects.of(ctx).filter(tag_id=row.id)
    moved = [k for k in links.values_list("subject_kind", "subject_id") if k not in having]
    links.delete()
    TagLink.objects.bulk_create([TagLink(tag=target, subject_kind=k, subject_id=i) for k, i in moved])
    row.delete()
    return Done(target.id, target.version)


@command("attach.tag.unmerge")
def unmerge(ctx: Context, tag_id: UUID) -> Done:
    """Takes a merge back: the first tag stands again on what it was on; what got the second by that loses it."""
    entries = history.of_record(ctx, tag_id)
    merged = next((e for e in entries if e["verb"] == "attach.tag.merge" and e["subject_id"] == tag_id), None)
    if merged is None or Tag.objects.of(ctx).filter(id=tag_id).exists():
        raise NotVisible
    did = history.did(merged["id"])
    facts = {
        n: f[0] for one in did if one.kind == Tag.kind and one.op == "delete" for n, f in one.fields.items()
    }
    _check_free(ctx, facts["name"], None)
    row = Tag(id=tag_id, name=facts["name"], folded=folded(facts["name"]), colour=facts["colour"])
    about(Tag.kind, row.id)
    row.save()
    links = [one for one in did if one.kind == TagLink.kind]
    given_then = [one.row_id for one in links if one.op == "create"]
    for start in range(0, len(given_then), STEP):
        TagLink.objects.of(ctx).filter(id__in=given_then[start : start + STEP]).delete()
    lost = [one.fields for one in links if one.op == "delete"]
    TagLink.objects.bulk_create([
        TagLink(tag=row, subject_kind=f["subject_kind"][0], subject_id=UUID(f["subject_id"][0])) for f in lost
    ])  # fmt: skip
    return Done(row.id, row.version)


@command("attach.tag.remove")
def remove(ctx: Context, tag_id: UUID) -> None:
    """Takes a tag off every record and away."""
    row = take(ctx, Tag, tag_id)
    TagLink.objects.of(ctx).filter(tag_id=row.id).delete()
    row.delete()


@command("attach.tag.put_many")
def put_many(ctx: Context, kind: Kind, row_ids: Rows, add: Names = [], drop: Names = []) -> Batch:  # noqa: B006
    """Gives many records tags and takes others off; what a record has beside them stays."""
    ids = list(dict.fromkeys(row_ids))
    check_subjects(ctx, kind, set(ids))
    tags = _made_sure(ctx, add)
    unwanted = {folded(name) for name in drop} - tags.keys()
    having: set[tuple[UUID, UUID]] = set()
    taken = 0
    for start in range(0, len(ids), STEP):
        links = TagLink.objects.of(ctx).filter(subject_kind=kind, subject_id__in=ids[start : start + STEP])
        having |= set(links.values_list("subject_id", "tag_id"))
        if unwanted:
            taken += links.filter(tag__folded__in=unwanted).delete()[0]
    fresh = [
        TagLink(tag=tag, subject_kind=kind, subject_id=row_id)
        for row_id in ids
        for tag in tags.values()
        if (row_id, tag.id) not in having
    ]
    TagLink.objects.bulk_create(fresh)
    return Batch(created=len(fresh), changed=taken, same=len(ids) * len(tags) - len(fresh))


@command("attach.tag.put")
def put(ctx: Context, kind: Kind, row_id: UUID, names: Names) -> None:
    """Gives a record exactly these tags; one that does not exist yet is made."""
    about(kind, row_id)
    get_subject(ctx, kind, row_id)
    wanted = {folded(name): name for name in names}
    tags = _made_sure(ctx, list(wanted.values()))
    ids = {tag.id for tag in tags.values()}
    having = {row.tag_id: row for row in TagLink.objects.of(ctx).filter(subject_kind=kind, subject_id=row_id)}
    for tag_id, row in having.items():
        if tag_id not in ids:
            row.delete()
    for tag in tags.values():
        if tag.id not in having:
            TagLink(tag=tag, subject_kind=kind, subject_id=row_id).save()
    emit(TagPut(subject_kind=kind, subject_id=row_id, names=sorted(tag.name for tag in tags.values())))


def _made_sure(ctx: Context, names: list[str]) -> dict[str, Tag]:
    """The tags of these names; those that do not exist yet are made."""
    wanted = {folded(name): name for name in names}
    tags = {tag.folded: tag for tag in Tag.objects.of(ctx).filter(folded__in=list(wanted))}
    for key, name in wanted.items():
        if key not in tags:
            tags[key] = Tag(name=name, folded=key)
            tags[key].save()
    return tags


def held(ctx: Context, tag_id: UUID, pointer: str) -> Tag:
    """A tag that an argument names; raises Invalid that says which."""
    found: Tag | None = Tag.objects.of(ctx).filter(id=tag_id).first()
    if found is None:
        raise Invalid.field(pointer, "reference_unknown", kind=Tag.kind)
    return found


def _check_free(ctx: Context, name: str, own: UUID | None) -> None:
    if Tag.objects.of(ctx).filter(folded=folded(name)).exclude(id=own).exists():
        raise Invalid.field("/name", "duplicate", fields=["name"])
