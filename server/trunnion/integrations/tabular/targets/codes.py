"""Rows that become failure codes."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from trunnion.integrations.tabular.cells import CellFault
from trunnion.integrations.tabular.declare import Field, Kind, Target, Values, Writing, target
from trunnion.integrations.tabular.synonyms import folded
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel.context import Context
from trunnion.knowledge.commands import ensure_many
from trunnion.knowledge.types import ANY_CLASS, CodeLine, CodeList

_BETWEEN = re.compile(r"[\s,;，；、|]+")
_CLASS = re.compile(r"[A-Za-z0-9_.-]{1,120}")
_EVERY = frozenset({"*", "all", "any", "全部", "所有", "通用"})
_MOST_CLASSES = 200


def _write(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    return ensure_many(ctx, [CodeLine(id=row.id, **row.values) for row in rows]).ids


def _classes(text: Any) -> list[str]:
    """The codes of equipment classes that a cell names; one that means every class stands for all of them."""
    if text == ANY_CLASS or folded(text) in _EVERY:
        return [ANY_CLASS]
    found = [part for part in dict.fromkeys(_BETWEEN.split(text)) if part]
    wrong = next((part for part in found if not _CLASS.fullmatch(part)), "")
    if wrong or not 0 < len(found) <= _MOST_CLASSES:
        raise CellFault("table.not_class_codes", text=(wrong or text)[:200], most=_MOST_CLASSES)
    return found


def _judge(values: Values, is_new: bool) -> Iterator[Reason]:
    if is_new and not (values.get("name_zh") or values.get("name_en")):
        yield Reason(None, "name_zh", "failure_code.name_needed")


FAILURE_CODES = target(Target(
    name="failure_codes", kind="knowledge.failure_code", permission="knowledge.failure_code.ensure_many",
    listing="knowledge.failure_codes", keys=("code",), within="list", partial=("code",), write=_write,
    fields=(
        Field("list", Kind.CHOICE, required=True, choices=CodeList, words="choice.knowledge.failure_code.list",
              only_new=True),
        Field("code", Kind.CODE, required=True, most=60),
        Field("name_zh", most=200), Field("name_en", most=200), Field("notation", most=20),
        Field("meaning_zh"), Field("meaning_en"), Field("classes", most=20_000, parse=_classes),
    ),
    judge=_judge,
))  # fmt: skip
