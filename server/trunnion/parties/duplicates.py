"""Parties that are likely one: the pairs by declared rules, and what merging two of them would do."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from rapidfuzz import process

from trunnion.kernel.context import Context
from trunnion.kernel.merging import preview as previewed
from trunnion.kernel.policies import visible

from .commands.merging import obstacles
from .models import Party
from .rules import likeness

MOST_PAIRS = 200
# Every name is compared with those that begin alike beyond this many parties, so that the list answers in time.
MOST_COMPARED = 3000
ALIKE = 90
_SHOWN = ("id", "number", "name", "tax_id", "phone", "email", "match_name")


def preview(ctx: Context, party_id: UUID, into_id: UUID) -> dict[str, Any]:
    """What a merge would do, and what stands in its way; nothing is written."""
    return previewed(ctx, Party.kind, party_id, into_id, obstacles)


def list_pairs(ctx: Context) -> dict[str, Any]:
    """Pairs of parties that are likely one, the likeliest first: equal tax id, e-mail or phone, or names alike."""
    rows = list(visible(ctx, Party).order_by("id").values(*_SHOWN))
    found: dict[tuple[UUID, UUID], dict[str, Any]] = {}
    for one, other, rule, score in (*_equal(rows), *_alike(rows)):
        pair = found.setdefault(
            (one["id"], other["id"]), {"score": 0, "rules": [], "one": one, "other": other}
        )
        pair["rules"].append(rule)
        pair["score"] = max(pair["score"], score)
    ordered = sorted(found.values(), key=lambda pair: (-pair["score"], -len(pair["rules"])))
    return {"rows": ordered[:MOST_PAIRS], "count": len(ordered)}


Pair = tuple[dict[str, Any], dict[str, Any], str, int]


def _equal(rows: list[dict[str, Any]]) -> Iterator[Pair]:
    for rule, score in (("tax_id", 100), ("email", 95), ("phone", 92)):
        by_value: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            value = "".join(c for c in row[rule].casefold() if c.isalnum() or c == "@")
            if value:
                by_value.setdefault(value, []).append(row)
        for same in by_value.values():
            # The oldest is set beside each of the others: merging them one after the other leaves one.
            yield from ((same[0], other, rule, score) for other in same[1:])


def _alike(rows: list[dict[str, Any]]) -> Iterator[Pair]:
    keys: dict[str, dict[int, str]] = {}
    for index, row in enumerate(rows):
        block = "" if len(rows) <= MOST_COMPARED else row["match_name"][:2]
        keys.setdefault(block, {})[index] = row["match_name"]
    for block in keys.values():
        left = dict(block)
        for index, name in block.items():
            del left[index]
            near = process.extract(name, left, scorer=likeness, limit=5, score_cutoff=ALIKE)
            yield from ((rows[index], rows[other], "name", round(score)) for _, score, other in near)
