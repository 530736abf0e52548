"""Which fields a kind has, what a record's values are, and how its detail tells them."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from trunnion.attach.models import CustomField as Row
from trunnion.attach.models import CustomValue
from trunnion.kernel.context import Context
from trunnion.kernel.listing.rows import fetch
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import KINDS, visible
from trunnion.kernel.prepared import Prepared

from .narrowing import NARROWINGS, applies
from .types import PICKS, CustomField, Definition, FieldType, Value
from .values import held_in, parse, read

# Whoever lacks it is an outsider, or nearly: they are told of shared fields only.
READ = declare("attach.custom.read")
STEP = 500


def _definitions(organisation_id: UUID, kind: str, **also: bool) -> QuerySet[Row, Any]:
    rows = Row.objects.of(organisation_id).filter(subject_kind=kind, **also)
    return rows.order_by("position", "id").values_list(*Definition.__struct_fields__)


# Asked at each verb that makes or moves a record.
_ALL = Prepared(_definitions, organisation_id=UUID, kind=str)
_SHARED = Prepared(partial(_definitions, is_shared=True), organisation_id=UUID, kind=str)


def fields_of(ctx: Context, kind: str) -> list[Definition]:
    """The fields of a kind that the actor may know of, in their order; archived ones as well."""
    found = (_ALL if ctx.may(READ) else _SHARED).rows(organisation_id=ctx.organisation_id, kind=kind)
    return [Definition(*values) for values in found]


def custom_fields(ctx: Context, kind: str) -> list[CustomField]:
    """The fields of a kind that can be filled in now, for imports and forms."""
    return [
        CustomField(
            f.id, f.subject_kind, f.key, {"en": f.label_en, "zh-CN": f.label_zh}, f.value_type, f.unit, f.refers_to,
            [c for c in f.choices if not c["is_archived"]], f.required_at,
        )
        for f in fields_of(ctx, kind)
        if f.archived_at is None
    ]  # fmt: skip


_OFFERED = (
    "key", "label_en", "label_zh", "value_type", "unit", "refers_to", "choices", "required_at", "default", "lowest",
    "highest", "most_length", "pattern", "group_en", "group_zh", "narrowed_by", "narrowed_to",
)  # fmt: skip


def offered(ctx: Context, kind: str, through: UUID | None) -> list[dict[str, Any]]:
    """The fields that a form of a new record asks for; those of a class once `through` leads to it."""
    ways = NARROWINGS.get(kind, {})
    leads = _leads(ctx, kind, through)
    known: dict[UUID, list[str]] = {}
    told = []
    for field in fields_of(ctx, kind):
        way = ways.get(field.narrowed_by)
        is_of_class = way is not None and way.refers_to != ""
        if field.archived_at is not None or (is_of_class and not applies(ctx, field, leads, known)):
            continue
        choices = [c for c in field.choices if not c["is_archived"]]
        told.append({**{n: getattr(field, n) for n in _OFFERED}, "choices": choices})
    return told


def _leads(ctx: Context, kind: str, through: UUID | None) -> Any:
    """A record that is yet to be made, as far as it tells its class: an asset by its model, an order by its asset."""
    row = KINDS[kind]()
    for step in {w.steps[0] for w in NARROWINGS.get(kind, {}).values() if w.refers_to}:
        related: Any = row._meta.get_field(step).related_model
        setattr(row, step, visible(ctx, related).filter(id=through).first() if through else None)
    return row


def readers(ctx: Context, kind: str) -> dict[str, Callable[[Any], Value]]:
    """How each field in use makes a value of what was entered; they raise Refused."""
    return {f.key: partial(parse, f) for f in fields_of(ctx, kind) if f.archived_at is None}


def by_key(ctx: Context, kind: str, keys: list[str], row_ids: list[UUID]) -> dict[str, dict[UUID, Value]]:
    """What records have in these fields: key -> record -> value."""
    fields = [f for f in fields_of(ctx, kind) if f.key in keys]
    values = values_of(ctx, fields, row_ids)
    return {key: {} for key in keys} | {f.key: values[f.id] for f in fields}


def values_of(ctx: Context, fields: list[Definition], row_ids: list[UUID]) -> dict[UUID, dict[UUID, Value]]:
    """The values of these fields at these records: field -> record -> value, in one query for each 500 records."""
    by_id = {f.id: f for f in fields}
    found: dict[UUID, dict[UUID, Value]] = {f.id: {} for f in fields}
    columns = sorted({held_in(f) for f in fields})
    places = {f.id: columns.index(held_in(f)) for f in fields}
    for start in range(0, len(row_ids), STEP):
        part = row_ids[start : start + STEP]
        rows = CustomValue.objects.of(ctx).filter(subject_id__in=part, field_id__in=list(by_id), slot=0)
        for field_id, row_id, *held in fetch(rows.values_list("field_id", "subject_id", *columns)):
            found[field_id][row_id] = read(by_id[field_id], held[places[field_id]])
    return found


def detail(ctx: Context, kind: str, row_id: UUID) -> list[dict[str, Any]]:
    """The custom fields of one record with their words, units and values; archived ones where they have a value."""
    fields = fields_of(ctx, kind)
    if not fields:
        return []
    values = values_of(ctx, fields, [row_id])
    row = KINDS[kind].objects.of(ctx).filter(id=row_id).first()
    told = []
    for field in fields:
        value = values[field.id].get(row_id)
        if value is None and (field.archived_at is not None or not applies(ctx, field, row)):
            continue
        told.append(_told(ctx, field, value))
    return told


def _told(ctx: Context, field: Definition, value: Value) -> dict[str, Any]:
    chinese = ctx.language == "zh-CN"
    return {
        "key": field.key, "label": field.label_zh if chinese else field.label_en, "type": field.value_type,
        "value": value, "unit": field.unit, "words": words(ctx, field, value), "refers_to": field.refers_to,
        "group": field.group_zh if chinese else field.group_en, "choices": field.choices,
        "required_at": field.required_at, "is_archived": field.archived_at is not None,
    }  # fmt: skip


def words(ctx: Context, field: Definition, value: Value) -> str | None:
    """What a choice or a reference says to its reader; None for values that speak for themselves."""
    if value is None:
        return None
    if field.value_type in PICKS:
        label = "label_zh" if ctx.language == "zh-CN" else "label_en"
        known = {c["value"]: c[label] for c in field.choices}
        picked = value if isinstance(value, list) else [str(value)]
        return ", ".join(known.get(one, one) for one in picked)
    if field.value_type == FieldType.REFERENCE and isinstance(value, UUID):
        return names_of(ctx, field.refers_to, [value]).get(value)
    return None


def names_of(ctx: Context, kind: str, row_ids: list[UUID]) -> dict[UUID, str]:
    """What the records that the actor sees are called."""
    model = KINDS[kind]
    names = {f.name for f in model._meta.concrete_fields}
    shown = next((n for n in ("name", "title", "number", "code", "name_en") if n in names), None)
    if shown is None:
        return {}
    found: dict[UUID, str] = {}
    for start in range(0, len(row_ids), STEP):
        rows = visible(ctx, model).filter(id__in=row_ids[start : start + STEP])
        found.update(rows.values_list("id", shown))
    return found


def values_to_carry(ctx: Context, gone: Any, stays: Any) -> dict[str, Value]:
    """The values of a record that is merged which the one that stays has none of, as far as the fields are in use."""
    fields = [f for f in fields_of(ctx, gone.kind) if f.archived_at is None]
    values = values_of(ctx, fields, [gone.id, stays.id])
    return {
        f.key: values[f.id][gone.id]
        for f in fields
        if gone.id in values[f.id] and stays.id not in values[f.id] and applies(ctx, f, stays)
    }
