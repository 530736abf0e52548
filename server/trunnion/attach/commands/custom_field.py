"""Verbs on custom fields: what an organisation keeps of its records beside what the rooms know."""

from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.attach.custom.defining import MOST_FIELDS, check, check_change
from trunnion.attach.custom.types import Choices, FieldType, Key, Label, Narrow, Pattern, Short, Verbs
from trunnion.attach.models import CustomField, CustomValue
from trunnion.attach.types import Kind
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about

Limit = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
Length = Annotated[int, Field(ge=1, le=20_000)]
Ordered = Annotated[list[UUID], Field(max_length=MOST_FIELDS)]
Position = Annotated[int, Field(ge=0, le=100_000)]


@command("attach.custom_field.create")
def create(
    ctx: Context, kind: Kind, key: Key, label_en: Label, label_zh: Label, value_type: FieldType, unit: Short = "",
    refers_to: Short = "", choices: Choices = [], required_at: Verbs = [], default: Any = None,  # noqa: B006
    lowest: Limit | None = None, highest: Limit | None = None, most_length: Length | None = None,
    pattern: Pattern | None = None, group_en: Short = "", group_zh: Short = "", position: Position | None = None,
    narrowed_by: Short = "", narrowed_to: Narrow = [], is_shared: bool = False,  # noqa: B006
) -> Done:  # fmt: skip
    """Adds a field to a kind of record; without a position it comes last."""
    others = CustomField.objects.of(ctx).filter(subject_kind=kind)
    if others.count() >= MOST_FIELDS:
        raise Refusal("custom_too_many", most=MOST_FIELDS)
    if others.filter(key=key).exists():
        raise Invalid.field("/key", "custom_key_taken", key=key)
    last = others.order_by("-position").values_list("position", flat=True).first()
    field = CustomField(
        subject_kind=kind, key=key, label_en=label_en, label_zh=label_zh, value_type=value_type, unit=unit,
        refers_to=refers_to, choices=[asdict(c) for c in choices], required_at=required_at, default=default,
        lowest=lowest, highest=highest, most_length=most_length, pattern=pattern or "", group_en=group_en,
        group_zh=group_zh, position=(last or 0) + 1 if position is None else position, narrowed_by=narrowed_by,
        narrowed_to=narrowed_to, is_shared=is_shared,
    )  # fmt: skip
    check(ctx, field)
    field.save()
    return Done(field.id, field.version)


@command("attach.custom_field.edit")
def edit(
    ctx: Context, field_id: UUID, label_en: Label = UNSET, label_zh: Label = UNSET, value_type: FieldType = UNSET,
    unit: Short = UNSET, refers_to: Short = UNSET, choices: Choices = UNSET, required_at: Verbs = UNSET,
    default: Any = UNSET, lowest: Limit | None = UNSET, highest: Limit | None = UNSET,
    most_length: Length | None = UNSET, pattern: Pattern | None = UNSET, group_en: Short = UNSET,
    group_zh: Short = UNSET, position: Position = UNSET, narrowed_by: Short = UNSET, narrowed_to: Narrow = UNSET,
    is_shared: bool = UNSET,
) -> Done:  # fmt: skip
    """Changes a field; type, unit and used choices stay while records have values. New limits count from now on."""
    field = take(ctx, CustomField, field_id)
    before = {name: getattr(field, name) for name in ("value_type", "unit", "refers_to", "choices")}
    changes = given(
        label_en=label_en, label_zh=label_zh, value_type=value_type, unit=unit, refers_to=refers_to,
        choices=choices, required_at=required_at, default=default, lowest=lowest, highest=highest,
        most_length=most_length, pattern=pattern, group_en=group_en, group_zh=group_zh, position=position,
        narrowed_by=narrowed_by, narrowed_to=narrowed_to, is_shared=is_shared,
    )  # fmt: skip
    for name, value in changes.items():
        setattr(field, name, value)
    if choices is not UNSET:
        field.choices = [asdict(c) for c in choices]
    field.pattern = field.pattern or ""
    check(ctx, field)
    check_change(ctx, field, before)
    field.save()
    return Done(field.id, field.version)


@command("attach.custom_field.arrange")
def arrange(ctx: Context, kind: Kind, field_ids: Ordered) -> None:
    """Puts the fields of a kind in this order in forms and lists; those that are not named follow as they were."""
    about("identity.organisation", ctx.organisation_id)
    rows = {
        row.id: row
        for row in CustomField.objects.of(ctx).filter(subject_kind=kind).order_by("position", "id")
    }
    for index, field_id in enumerate(field_ids):
        if field_id not in rows:
            raise Invalid.field(f"/field_ids/{index}", "reference_unknown", kind=CustomField.kind)
        if field_id in field_ids[:index]:
            raise Invalid.field(f"/field_ids/{index}", "custom_twice")
    for position, field_id in enumerate([*field_ids, *(i for i in rows if i not in field_ids)], 1):
        if rows[field_id].position != position:
            rows[field_id].position = position
            rows[field_id].save()


@command("attach.custom_field.archive")
def archive(ctx: Context, field_id: UUID) -> Done:
    """Takes a field out of forms and lists; the values that records have stay and are shown with them."""
    field = take(ctx, CustomField, field_id)
    field.archived_at = field.archived_at or clock.now()
    field.save()
    return Done(field.id, field.version)


@command("attach.custom_field.restore")
def restore(ctx: Context, field_id: UUID) -> Done:
    """Puts an archived field back into forms and lists."""
    field = take(ctx, CustomField, field_id)
    field.archived_at = None
    field.save()
    return Done(field.id, field.version)


@command("attach.custom_field.remove")
def remove(ctx: Context, field_id: UUID) -> None:
    """Removes a field that no record has a value of."""
    field = take(ctx, CustomField, field_id)
    count = CustomValue.objects.of(ctx).filter(field_id=field.id, slot=0).count()
    if count:
        raise Refusal("custom_has_values", count=count)
    field.delete()
