"""Custom fields and tags as columns of every list: shown, filtered by an index, put in order by an index."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from trunnion.attach.models import CustomValue, Tag, TagLink
from trunnion.attach.tagging import folded
from trunnion.kernel.context import Context
from trunnion.kernel.listing.columns import Column, Listing, Option, Ranking, Type, extend
from trunnion.kernel.sorting import sort_key

from .reading import STEP, fields_of, names_of, values_of
from .setting import kinds
from .types import NUMBERS, PICKS, Definition, FieldType
from .values import COLUMN

PREFIX = "custom."
TAGS = "tags"
_TYPES = {
    FieldType.TEXT: Type.TEXT, FieldType.LONG_TEXT: Type.TEXT, FieldType.LINK: Type.TEXT,
    FieldType.NUMBER: Type.DECIMAL, FieldType.INTEGER: Type.NUMBER, FieldType.YES_NO: Type.BOOLEAN,
    FieldType.DATE: Type.DATE, FieldType.DATETIME: Type.INSTANT, FieldType.CHOICE: Type.CHOICE,
    FieldType.CHOICES: Type.LIST, FieldType.REFERENCE: Type.REFERENCE,
}  # fmt: skip
_LOOKUPS = {"lt": "__lt", "lte": "__lte", "gt": "__gt", "gte": "__gte", "between": "__range"}
_TEXTS = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LINK}
_NAME = ".name"


def _is_bare(listing: Listing) -> bool:
    """Whether the list's rows are records by their own id, of a kind that can have fields."""
    own = listing.column("id")
    return own is not None and own.path == "id" and listing.model.kind in kinds()


def columns(ctx: Context, listing: Listing, mentioned: str | None) -> Iterator[Column]:
    """The columns of the fields that this organisation keeps of the listing's kind, or of those that are mentioned."""
    if not _is_bare(listing):
        return
    fields = [f for f in fields_of(ctx, listing.model.kind) if f.archived_at is None]
    keys = {f"{PREFIX}{f.key}": f for f in fields}
    by_key = {key: f for key, f in keys.items() if mentioned is None or key in mentioned}

    def fill(ctx: Context, ids: list[UUID], keys: list[str]) -> Mapping[str, Mapping[UUID, Any]]:
        return _filled(ctx, by_key, ids, keys)

    for key, field in by_key.items():
        yield _column(ctx, key, field, fill)
        if field.value_type == FieldType.REFERENCE:
            label = {"en": field.label_en, "zh-CN": field.label_zh}
            yield Column(key + _NAME, Type.TEXT, label=label, filter=False, hidden=True, fill=fill)


def _column(ctx: Context, key: str, field: Definition, fill: Any) -> Column:
    kind = FieldType(field.value_type)
    options = tuple(
        Option(c["value"], {"en": c["label_en"], "zh-CN": c["label_zh"]})
        for c in (field.choices if kind in PICKS else ())
    )
    values = CustomValue.objects.of(ctx).filter(field_id=field.id, slot=0)
    is_sorted = kind != FieldType.CHOICES
    return Column(
        key, _TYPES[kind], sort=f"by_{field.id.hex}" if is_sorted else None, hidden=True, options=options,
        label={"en": field.label_en, "zh-CN": field.label_zh}, unit=field.unit, refers_to=field.refers_to or None,
        summed=kind in NUMBERS, fill=fill, match=lambda operator, value: _matching(ctx, field, operator, value),
        ranking=Ranking(values, "subject_id", COLUMN[kind]) if is_sorted else None,
    )  # fmt: skip


def _filled(
    ctx: Context, by_key: Mapping[str, Definition], ids: list[UUID], keys: list[str]
) -> dict[str, Mapping[UUID, Any]]:
    wanted = {key: by_key[key.removesuffix(_NAME) if key not in by_key else key] for key in keys}
    values = values_of(ctx, list({f.id: f for f in wanted.values()}.values()), ids)
    found: dict[str, Mapping[UUID, Any]] = {}
    for key, field in wanted.items():
        held: Mapping[UUID, Any] = values[field.id]
        if key not in by_key:
            names = names_of(ctx, field.refers_to, list(set(held.values())))
            held = {row_id: names.get(target) for row_id, target in held.items()}
        found[key] = held
    return found


def _matching(ctx: Context, field: Definition, operator: str, value: Any) -> Q:
    """The condition that a record's value fits: its id is among those that the index of the values gives."""
    values = CustomValue.objects.of(ctx).filter(field_id=field.id)
    if operator == "is_null":
        held = Q(id__in=values.filter(slot=0).values("subject_id"))
        return ~held if value else held
    if operator == "ne":
        return ~_matching(ctx, field, "eq", value)
    kind = FieldType(field.value_type)
    if kind in _TEXTS:
        fits = _text_fits(operator, value)
    elif operator in ("eq", "in"):
        fits = Q(**{COLUMN[kind] + ("__in" if operator == "in" else ""): value})
    else:
        fits = Q(**{COLUMN[kind] + _LOOKUPS[operator]: value})
    return Q(id__in=values.filter(fits).values("subject_id"))


def _text_fits(operator: str, value: Any) -> Q:
    if operator == "eq":
        return Q(value_key=sort_key(value), value_text=value)
    if operator == "in":
        return Q(value_key__in=[sort_key(v) for v in value], value_text__in=value)
    return Q(**{f"value_text__{'icontains' if operator == 'contains' else 'istartswith'}": value})


def tags(ctx: Context, listing: Listing, _mentioned: str | None) -> Iterator[Column]:
    """The tags of a row as one column."""
    if not _is_bare(listing) or listing.column(TAGS) is not None:
        return
    kind = listing.model.kind
    label = {"en": "Tags", "zh-CN": "标签"}

    def match(operator: str, value: Any) -> Q:
        return _tagged(ctx, kind, operator, value)

    def fill(ctx: Context, ids: list[UUID], keys: list[str]) -> Mapping[str, Mapping[UUID, Any]]:
        return dict.fromkeys(keys, tags_of_many(ctx, kind, ids))

    yield Column(
        TAGS, Type.LIST, label=label, hidden=True, refers_to=Tag.kind, match=match, fill=fill,
    )  # fmt: skip


def _tagged(ctx: Context, kind: str, operator: str, value: Any) -> Q:
    links = TagLink.objects.of(ctx).filter(subject_kind=kind)
    if operator == "is_null":
        held = Q(id__in=links.values("subject_id"))
        return ~held if value else held
    if operator == "ne":
        return ~_tagged(ctx, kind, "eq", value)
    names = [folded(v) for v in (value if operator == "in" else [value])]
    return Q(id__in=links.filter(tag__folded__in=names).values("subject_id"))


def tags_of_many(ctx: Context, kind: str, ids: list[UUID]) -> dict[UUID, list[str]]:
    """The names of the tags of many records."""
    found: dict[UUID, list[str]] = {}
    for start in range(0, len(ids), STEP):
        rows = TagLink.objects.of(ctx).filter(subject_kind=kind, subject_id__in=ids[start : start + STEP])
        for row_id, name in rows.order_by("tag__name_key", "tag_id").values_list("subject_id", "tag__name"):
            found.setdefault(row_id, []).append(name)
    return found


extend(PREFIX, columns)
extend(TAGS, tags)
