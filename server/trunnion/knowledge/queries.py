"""Reads of knowledge: the codes that fit an equipment class, and the room's list."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import get, visible

from .models import FailureCode
from .rules import is_offered, order_key
from .types import CodeList, FailureCodeCard, Standing

READ = declare("knowledge.failure_code.read")
FAILURE_CODES = Listing(
    name="knowledge.failure_codes",
    model=FailureCode,
    permission=READ,
    order="position",
    columns=(
        Column("id", Type.ID, path="id"),
        Column(
            "list", Type.CHOICE, path="list", choices=CodeList, words="choice.knowledge.failure_code.list"
        ),
        Column("code", path="code"),
        Column("notation", path="notation"),
        Column("group", path="group"),
        Column("name_en", path="name_en", sort="name_en_key"),
        Column("name_zh", path="name_zh", sort="name_zh_key"),
        Column(
            "standing",
            Type.CHOICE,
            path="standing",
            choices=Standing,
            words="choice.knowledge.failure_code.standing",
        ),
        Column("position", Type.NUMBER, path="position", sort="position"),
        Column("is_shipped", Type.BOOLEAN, path="is_shipped"),
        Column("archived_at", Type.INSTANT, path="archived_at"),
    ),
)
_CARD = ("id", "list", "code", "notation", "group", "name_en", "name_zh", "standing")


def failure_codes(ctx: Context, list_: CodeList, class_code: str | None = None) -> list[FailureCodeCard]:
    """The codes of one list that are offered for a class; `other` and `unknown` stand last."""
    return _offered(ctx, [list_], class_code)[list_]


def failure_codes_by_code(ctx: Context, list_: CodeList, codes: list[str]) -> list[FailureCodeCard]:
    """The codes of one list by what they are called, archived ones too, in this order; unknown ones are left out."""
    if not codes:
        return []
    rows = FailureCode.objects.of(ctx).filter(list=list_, code__in=codes).values_list(*_CARD)
    found = {card.code: card for card in (FailureCodeCard(*values) for values in rows)}
    return [found[code] for code in codes if code in found]


def all_failure_codes(ctx: Context, class_code: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """Every list at once for a class, worded for the caller: what a failure form needs."""
    offered = _offered(ctx, list(CodeList), class_code)
    return {str(name): [_worded(ctx, card) for card in cards] for name, cards in offered.items()}


def resolve_codes(
    ctx: Context, wanted: Mapping[CodeList, str], class_code: str | None = None
) -> dict[CodeList, FailureCodeCard]:
    """The cards of these codes, one for each list; refuses what is not in its list, retired, or not for the class."""
    rows = visible(ctx, FailureCode).filter(list__in=[*wanted], code__in=[*wanted.values()], archived_at=None)
    found = {}
    for *values, classes in rows.values_list(*_CARD, "classes"):
        card = FailureCodeCard(*values)
        if wanted[CodeList(card.list)] == card.code:
            found[CodeList(card.list)] = card
            if not is_offered(classes, class_code):
                raise Invalid.field(
                    f"/{card.list}", "failure_code.not_for_class", given=card.code, equipment_class=class_code
                )
    for name, code in wanted.items():
        if name not in found:
            raise Invalid.field(f"/{name}", "failure_code.unknown", given=code)
    return found


def get_failure_code(ctx: Context, failure_code_id: UUID) -> dict[str, Any]:
    """One code whole."""
    row = get(ctx, FailureCode, failure_code_id)
    return {
        "id": row.id, "version": row.version, "list": row.list, "code": row.code, "notation": row.notation,
        "group": row.group, "group_name_en": row.group_name_en, "group_name_zh": row.group_name_zh,
        "name_en": row.name_en, "name_zh": row.name_zh, "meaning_en": row.meaning_en, "meaning_zh": row.meaning_zh,
        "classes": row.classes, "standing": row.standing, "is_shipped": row.is_shipped,
        "archived_at": row.archived_at, "actions": _actions(ctx, row),
    }  # fmt: skip


def _actions(ctx: Context, row: FailureCode) -> list[str]:
    if row.archived_at is not None:
        legal = ["edit", "restore"]
    else:
        legal = ["edit"] if row.standing != Standing.PLAIN else ["edit", "archive"]
    return [verb for verb in legal if ctx.may(f"knowledge.failure_code.{verb}")]


def _offered(
    ctx: Context, lists: list[CodeList], class_code: str | None
) -> dict[CodeList, list[FailureCodeCard]]:
    rows = visible(ctx, FailureCode).filter(list__in=lists, archived_at=None)
    found: dict[CodeList, list[tuple[tuple[int, int], FailureCodeCard]]] = {name: [] for name in lists}
    for *values, position, classes in rows.values_list(*_CARD, "position", "classes"):
        card = FailureCodeCard(*values)
        if is_offered(classes, class_code):
            found[CodeList(card.list)].append((order_key(Standing(card.standing), position), card))
    return {name: [card for _, card in sorted(pairs, key=lambda p: p[0])] for name, pairs in found.items()}


def _worded(ctx: Context, card: FailureCodeCard) -> dict[str, Any]:
    return {
        "id": card.id, "code": card.code, "notation": card.notation, "group": card.group,
        "name": card.name(ctx.language), "standing": card.standing,
    }  # fmt: skip
