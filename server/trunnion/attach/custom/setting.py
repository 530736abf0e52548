"""Setting custom values: the argument `custom` of every room's verbs, stored and journalled with the record."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from trunnion.attach.models import CustomField, CustomValue
from trunnion.kernel import unit
from trunnion.kernel.additions import NOTHING, Added, Addition, Trail, register
from trunnion.kernel.command import COMMANDS
from trunnion.kernel.context import Context
from trunnion.kernel.encoding import plain
from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.moves import MACHINES
from trunnion.kernel.policies import KINDS, visible

from .narrowing import applies
from .reading import READ, STEP, detail, fields_of, values_of
from .types import ALWAYS, Definition, FieldType, Refused, Value
from .values import parse, stored

ARGUMENT = "custom"
Given = Annotated[dict[Annotated[str, StringConstraints(max_length=60)], Any], Field(max_length=200)]


def kinds() -> list[str]:
    """The kinds of record that can have custom fields: whatever is created or edited by verbs, except attachments."""
    return sorted(kind for kind in KINDS if _can_bear(kind, len(COMMANDS)))


@lru_cache(maxsize=1000)
def _can_bear(kind: str, _declared: int) -> bool:
    return kind in KINDS and not kind.startswith("attach.") and f"{kind}.edit" in COMMANDS


def verbs_of(kind: str) -> list[str]:
    """The verbs of a kind at which a field can be asked for."""
    machine = MACHINES.get(kind)
    moves = {m.verb for m in machine.moves} if machine else set()
    return sorted(v for v in moves | {"create", "edit"} if f"{kind}.{v}" in COMMANDS)


def borne_by(command: str) -> bool:
    """Whether a verb takes custom values: creating, editing, and the moves of a record."""
    return _borne(command, len(COMMANDS))


@lru_cache(maxsize=5000)
def _borne(command: str, declared: int) -> bool:
    # The number of declared verbs makes the answer anew while rooms are being loaded.
    kind, _, verb = command.rpartition(".")
    return _can_bear(kind, declared) and verb in verbs_of(kind)


def prepare(running: "unit.Unit", row: Any, given: Mapping[str, Any] | None) -> Added:
    """What the values given for a record come to; refuses what does not fit and what is missing."""
    kind, _, verb = running.verb.rpartition(".")
    is_new = verb == "create"
    if not given and verb == "edit":
        return NOTHING
    fields = _fields(running, kind)
    is_needed = is_new or any(verb in f.required_at for f in fields.values())
    if not given and not (fields and is_needed):
        return NOTHING
    held = {} if is_new else _held(running, fields, row.id)
    values, faults = wanted(running.ctx, fields, row, given or {}, held)
    if is_new:
        _put_defaults(running.ctx, fields, row, values)
    if not faults and _is_asked(running):
        faults = list(_missing(running, fields, row, {**held, **values}, verb))
    if faults:
        raise Invalid("invalid_input", errors=faults)
    changed = {k: v for k, v in values.items() if held.get(k) != v}
    return Added(
        {f"{ARGUMENT}.{k}": [held.get(k), v] for k, v in changed.items()},
        lambda: write(running.ctx, [(fields[k], row.id, v) for k, v in changed.items()], is_new=is_new),
    )


def _fields(running: "unit.Unit", kind: str) -> dict[str, Definition]:
    memo = (running.parent if running.parent is not None and running.parent.is_batch else running).memo
    if (ARGUMENT, kind) not in memo:
        memo[ARGUMENT, kind] = {f.key: f for f in fields_of(running.ctx, kind)}
    found: dict[str, Definition] = memo[ARGUMENT, kind]
    return found


def _held(running: "unit.Unit", fields: Mapping[str, Definition], row_id: UUID) -> dict[str, Value]:
    values = values_of(running.ctx, list(fields.values()), [row_id])
    return {f.key: values[f.id][row_id] for f in fields.values() if row_id in values[f.id]}


def wanted(
    ctx: Context, fields: Mapping[str, Definition], row: Any, given: Mapping[str, Any], held: Mapping[str, Value],
    known: dict[UUID, list[str]] | None = None,
) -> tuple[dict[str, Value], list[FieldError]]:  # fmt: skip
    """What was given for a record as values, and what of it does not fit."""
    found: dict[str, Value] = {}
    faults = []
    for key, raw in given.items():
        field = fields.get(key)
        try:
            if field is None:
                offered = sorted(k for k, f in fields.items() if not f.archived_at)
                raise Refused("custom_unknown", key=key, known=offered)
            found[key] = _value(ctx, field, row, raw, held.get(key), known)
        except Refused as refused:
            faults.append(refused.at(f"/{ARGUMENT}/{key}"))
    return found, faults


def _value(
    ctx: Context, field: Definition, row: Any, raw: Any, held: Value, known: dict[UUID, list[str]] | None
) -> Value:
    value = parse(field, raw, held)
    if value == held:
        return value
    if value is None:
        if ALWAYS in field.required_at:
            raise Refused("custom_required", label=label_of(ctx, field))
        return None
    if field.archived_at is not None:
        raise Refused("custom_archived", label=label_of(ctx, field))
    if not applies(ctx, field, row, known):
        raise Refused("custom_elsewhere", label=label_of(ctx, field))
    if field.value_type == FieldType.REFERENCE and not _sees(ctx, field.refers_to, value):
        raise Refused("reference_unknown", kind=field.refers_to)
    return value


def _sees(ctx: Context, kind: str, row_id: Value) -> bool:
    return bool(visible(ctx, KINDS[kind]).filter(id=row_id).exists())


def label_of(ctx: Context, field: Definition) -> str:
    """What the field is called in the actor's language."""
    return field.label_zh if ctx.language == "zh-CN" else field.label_en


def _put_defaults(ctx: Context, fields: Mapping[str, Definition], row: Any, values: dict[str, Value]) -> None:
    for key, field in fields.items():
        if key in values or field.default is None or field.archived_at is not None:
            continue
        if applies(ctx, field, row):
            values[key] = parse(field, field.default)


def _is_asked(running: "unit.Unit") -> bool:
    # A form can ask a person; the software itself, and the parts of another verb, have nobody to ask.
    return running.parent is None and running.ctx.actor_id is not None and not running.is_batch


def _missing(
    running: "unit.Unit", fields: Mapping[str, Definition], row: Any, values: Mapping[str, Value], verb: str
) -> Iterator[FieldError]:
    asked = {verb, ALWAYS} if verb == "create" else {verb}
    for key, field in fields.items():
        if not asked & set(field.required_at) or field.archived_at is not None:
            continue
        if values.get(key) is None and applies(running.ctx, field, row):
            facts = {"label": label_of(running.ctx, field)}
            yield FieldError(f"/{ARGUMENT}/{key}", "custom_required", facts)


def write(ctx: Context, values: list[tuple[Definition, UUID, Value]], *, is_new: bool = False) -> None:
    """Stores values in place of those that the records had."""
    by_field: dict[UUID, list[UUID]] = {}
    for field, row_id, _ in () if is_new else values:
        by_field.setdefault(field.id, []).append(row_id)
    for field_id, row_ids in by_field.items():
        for start in range(0, len(row_ids), STEP):
            part = row_ids[start : start + STEP]
            CustomValue.objects.of(ctx).filter(field_id=field_id, subject_id__in=part).delete()
    CustomValue.objects.bulk_create([row for f, row_id, v in values for row in stored(f, row_id, v)])


def put_back(
    running: "unit.Unit", row: Any, told: Mapping[str, list[Any]], whole: bool
) -> tuple[Added, list[str]]:
    """How journalled values of a record are taken back; what somebody changed since, or fits no more, stays."""
    fields = _fields(running, row.kind)
    held = _held(running, fields, row.id) if fields else {}
    foreign = [f"{ARGUMENT}.{k}" for k in held if whole and f"{ARGUMENT}.{k}" not in told]
    back: dict[str, Value] = {}
    for name, (before, after) in told.items():
        key = name.removeprefix(f"{ARGUMENT}.")
        field = fields.get(key)
        try:
            # A choice that was archived since may come back: the record had it.
            if field is None or plain(held.get(key)) != plain(parse(field, after, after)):
                raise Refused("custom_unknown")
            back[key] = parse(field, before, before)
        except Refused:
            foreign.append(name)
    if whole and foreign:
        return NOTHING, foreign
    differences = {f"{ARGUMENT}.{k}": [held.get(k), v] for k, v in back.items()}
    lines = [(fields[k], row.id, v) for k, v in back.items()]
    return Added(differences, lambda: write(running.ctx, lines)), foreign


def trails(ctx: Context, kind: str, gone_id: UUID, into_id: UUID) -> list[Trail]:
    """The references of third records to one that is merged; what the two say of each other stays."""
    fields = CustomField.objects.of(ctx).filter(value_type=FieldType.REFERENCE, refers_to=kind).order_by("id")
    found = []
    for field_id, subject_kind, key in fields.values_list("id", "subject_kind", "key"):
        rows = CustomValue.objects.of(ctx).filter(field_id=field_id, value_id=gone_id)
        rows = rows.exclude(subject_id__in=[gone_id, into_id]).order_by("subject_id")
        subjects = list(rows.values_list("subject_id", flat=True))
        if subjects and subject_kind in KINDS:
            found.append(
                Trail(subject_kind, f"{ARGUMENT}.{key}", subjects, partial(_lead, rows, subjects, into_id))
            )
    return found


def _lead(rows: Any, subjects: list[UUID], into_id: UUID) -> None:
    for start in range(0, len(subjects), STEP):
        rows.order_by().filter(subject_id__in=subjects[start : start + STEP]).update(value_id=into_id)


register(Addition(ARGUMENT, Given, "attach", borne_by, prepare, detail, put_back, trails))
__all__ = ["READ", "borne_by", "kinds", "verbs_of"]
