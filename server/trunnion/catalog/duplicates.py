"""Items and models that are likely one: the pairs by declared rules, and what merging two of them would do."""

from typing import Any
from uuid import UUID

from rapidfuzz import fuzz, process, utils

from trunnion.attach.queries import shared_references
from trunnion.kernel.context import Context
from trunnion.kernel.merging import preview as previewed
from trunnion.kernel.policies import visible

from .commands.merging import obstacles, obstacles_of_models
from .models import Item, ItemSupplier, Model

MOST_PAIRS = 200
# Beyond this many items a name is compared with those that begin alike, so that the list answers in time.
MOST_COMPARED = 3000
ALIKE = 92
_SHOWN = ("id", "code", "name", "specification", "unit")
_MODEL = ("id", "code", "name", "model_number", "manufacturer_id", "manufacturer__name")
Found = dict[tuple[UUID, UUID], dict[str, Any]]


def preview(ctx: Context, item_id: UUID, into_id: UUID) -> dict[str, Any]:
    """What a merge would do, and what stands in its way; nothing is written."""
    return previewed(ctx, Item.kind, item_id, into_id, obstacles)


def preview_models(ctx: Context, model_id: UUID, into_id: UUID) -> dict[str, Any]:
    """What a merge of two models would do, and what stands in its way; nothing is written."""
    return previewed(ctx, Model.kind, model_id, into_id, obstacles_of_models)


def list_pairs(ctx: Context) -> dict[str, Any]:
    """Pairs of items that are likely one, the likeliest first: one supplier's code, one reference, or names alike."""
    rows = {
        row["id"]: row for row in visible(ctx, Item).filter(is_model=False).order_by("id").values(*_SHOWN)
    }
    found: Found = {}
    for ids in _of_one_code(ctx):
        _note(found, ids, "supplier_code", 98)
    for ids in shared_references(ctx, Item.kind):
        _note(found, ids, "reference", 95)
    _note_alike(found, {i: f"{row['name']} {row['specification']}" for i, row in rows.items()})
    return _told(found, rows)


def list_model_pairs(ctx: Context) -> dict[str, Any]:
    """Pairs of models that are likely one: one maker's model number, one reference, or names alike of one maker."""
    rows = {row["id"]: row for row in visible(ctx, Model).order_by("id").values(*_MODEL)}
    found: Found = {}
    makers: dict[UUID | None, dict[UUID, str]] = {}
    numbers: dict[tuple[UUID | None, str], list[UUID]] = {}
    for row_id, row in rows.items():
        maker, number = row["manufacturer_id"], utils.default_process(row["model_number"])
        row["manufacturer"] = row.pop("manufacturer__name")
        makers.setdefault(maker, {})[row_id] = f"{row['name']} {number}"
        if number:
            numbers.setdefault((maker, number), []).append(row_id)
    for ids in numbers.values():
        _note(found, ids, "model_number", 98)
    for ids in shared_references(ctx, Model.kind):
        _note(found, ids, "reference", 95)
    for named in makers.values():
        _note_alike(found, named)
    return _told(found, rows)


def _told(found: Found, rows: dict[UUID, dict[str, Any]]) -> dict[str, Any]:
    pairs = [(ids, pair) for ids, pair in found.items() if ids[0] in rows and ids[1] in rows]
    pairs.sort(key=lambda one: (-one[1]["score"], -len(one[1]["rules"]), one[0]))
    shown = [{**pair, "one": rows[ids[0]], "other": rows[ids[1]]} for ids, pair in pairs[:MOST_PAIRS]]
    return {"rows": shown, "count": len(pairs)}


def _of_one_code(ctx: Context) -> list[list[UUID]]:
    """Items that one supplier, or the maker, calls the same."""
    coded = ItemSupplier.objects.of(ctx).exclude(their_code="").order_by("item_id")
    groups: dict[tuple[UUID, str], list[UUID]] = {}
    for party_id, code, item_id in coded.values_list("party_id", "their_code", "item_id"):
        groups.setdefault((party_id, code.strip().casefold()), []).append(item_id)
    return [ids for ids in groups.values() if len(ids) > 1]


def _note_alike(found: Found, rows: dict[UUID, str]) -> None:
    blocks: dict[str, dict[UUID, str]] = {}
    for row_id, text in rows.items():
        said = utils.default_process(text)
        blocks.setdefault("" if len(rows) <= MOST_COMPARED else said[:2], {})[row_id] = said
    for block in blocks.values():
        left = dict(block)
        for row_id, said in block.items():
            del left[row_id]
            near = process.extract(said, left, scorer=fuzz.token_sort_ratio, limit=5, score_cutoff=ALIKE)
            for other_said, score, other in near:
                # Bearings 6204 and 6205 are alike to the eye and two things: figures must agree.
                if _figures(said) == _figures(other_said):
                    _note(found, [row_id, other], "name", round(score))


def _figures(text: str) -> list[str]:
    return sorted(word for word in text.split() if any(c.isdigit() for c in word))


def _note(found: Found, ids: list[UUID], rule: str, score: int) -> None:
    # The oldest is set beside each of the others: merging them one after the other leaves one.
    for other in ids[1:]:
        pair = found.setdefault((ids[0], other), {"score": 0, "rules": []})
        pair["rules"].append(rule)
        pair["score"] = max(pair["score"], score)
