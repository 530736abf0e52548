"""What makes a field's definition right, and what of it may still change once records have values."""

from collections.abc import Iterator
from typing import Any

from trunnion.attach.models import CustomField, CustomValue
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.fields import ExactField
from trunnion.kernel.policies import KINDS
from trunnion.kernel.quantity import ucum_of

from .narrowing import NARROWINGS, unknown
from .setting import kinds, verbs_of
from .types import ALWAYS, NUMBERS, PICKS, TEXTS, FieldType, Refused
from .values import LONGEST, parse

MOST_FIELDS = 200


def check(ctx: Context, field: CustomField) -> None:
    """Refuses a definition that could not be followed; each fault with its place."""
    if field.subject_kind not in kinds():
        raise Invalid.field("/kind", "kind_unknown", kind=field.subject_kind, known=kinds())
    field.unit = ucum_of(field.unit) or field.unit
    faults = [*_of_numbers(field), *_of_texts(field), *_of_targets(field), *_of_places(ctx, field)]
    if not faults and field.default is not None:
        try:
            parse(field, field.default)
        except Refused as refused:
            faults = [refused.at("/default")]
    if faults:
        raise Invalid("invalid_input", errors=faults)


def _of_numbers(field: CustomField) -> Iterator[FieldError]:
    is_number = field.value_type in NUMBERS
    if field.unit and not is_number:
        yield FieldError("/unit", "unit_without_number", {"unit": field.unit})
    elif field.unit and ucum_of(field.unit) is None:
        yield FieldError("/unit", "field.unit_unknown", {"unit": field.unit})
    for name in ("lowest", "highest"):
        limit = getattr(field, name)
        if limit is None:
            continue
        if not is_number:
            yield FieldError(f"/{name}", "custom_unfit", {"value_type": field.value_type})
        elif not limit.is_finite() or abs(limit) >= ExactField.LIMIT:
            yield FieldError(f"/{name}", "number_out_of_range", {"most": str(ExactField.LIMIT)})
    if field.lowest is not None and field.highest is not None and field.lowest > field.highest:
        facts = {"lowest": str(field.lowest), "highest": str(field.highest)}
        yield FieldError("/highest", "custom_limits_reversed", facts)


def _of_texts(field: CustomField) -> Iterator[FieldError]:
    if field.pattern and field.value_type not in TEXTS:
        yield FieldError("/pattern", "custom_unfit", {"value_type": field.value_type})
    if field.most_length is None:
        return
    most = LONGEST.get(FieldType(field.value_type))
    if most is None:
        yield FieldError("/most_length", "custom_unfit", {"value_type": field.value_type})
    elif not 1 <= field.most_length <= most:
        yield FieldError("/most_length", "field.less_than_equal", {"le": most})


def _of_targets(field: CustomField) -> Iterator[FieldError]:
    is_reference, is_pick = field.value_type == FieldType.REFERENCE, field.value_type in PICKS
    if is_reference and (field.refers_to not in KINDS or field.refers_to.startswith("attach.")):
        known = sorted(k for k in KINDS if not k.startswith("attach."))
        yield FieldError("/refers_to", "kind_unknown", {"kind": field.refers_to, "known": known})
    if field.refers_to and not is_reference:
        yield FieldError("/refers_to", "custom_unfit", {"value_type": field.value_type})
    if is_pick != bool(field.choices):
        code = "custom_choices_needed" if is_pick else "custom_unfit"
        yield FieldError("/choices", code, {"value_type": field.value_type})
    seen = set()
    for index, choice in enumerate(field.choices):
        if choice["value"] in seen:
            yield FieldError(f"/choices/{index}/value", "custom_choice_twice", {"value": choice["value"]})
        seen.add(choice["value"])


def _of_places(ctx: Context, field: CustomField) -> Iterator[FieldError]:
    known = [ALWAYS, *verbs_of(field.subject_kind)]
    for index, verb in enumerate(field.required_at):
        if verb not in known:
            yield FieldError(f"/required_at/{index}", "custom_verb_unknown", {"verb": verb, "known": known})
    ways = NARROWINGS.get(field.subject_kind, {})
    if not field.narrowed_by:
        if field.narrowed_to:
            yield FieldError("/narrowed_by", "field.missing")
        return
    if field.narrowed_by not in ways:
        yield FieldError("/narrowed_by", "custom_narrowing_unknown", {"known": sorted(ways)})
        return
    if not field.narrowed_to:
        yield FieldError("/narrowed_to", "field.missing")
    for value in unknown(ctx, ways[field.narrowed_by], field.narrowed_to):
        yield FieldError("/narrowed_to", "custom_narrow_unknown", {"value": value})


def check_change(ctx: Context, field: CustomField, before: dict[str, Any]) -> None:
    """Refuses to change what the stored values depend on."""
    values = CustomValue.objects.of(ctx).filter(field_id=field.id)
    for name in ("value_type", "unit", "refers_to"):
        if getattr(field, name) != before[name] and values.exists():
            count = values.filter(slot=0).count()
            raise Invalid.field(f"/{name}", "custom_fixed_by_values", count=count, was=before[name])
    gone = {c["value"] for c in before["choices"]} - {c["value"] for c in field.choices}
    for value in sorted(gone):
        count = values.filter(value_key=value).count()
        if count and field.value_type in PICKS:
            raise Invalid.field("/choices", "custom_choice_used", value=value, count=count)
