"""Assets that are likely one machine: the pairs by declared rules, and what merging two of them would do."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from trunnion.assets.commands.merging import obstacles
from trunnion.assets.models import Asset
from trunnion.attach.queries import shared_references
from trunnion.kernel.context import Context
from trunnion.kernel.merging import preview as previewed
from trunnion.kernel.policies import visible
from trunnion.kernel.shape import shaped

MOST_PAIRS = 200
MOST_READ = 5000
# Which facts make two records likely one, with how likely; a serial alone counts only with the same model.
RULES: dict[str, tuple[tuple[str, ...], int]] = {
    "serial_and_model": (("serial_key", "model_id"), 100),
    "barcode": (("barcode",), 98),
    "tag_and_location": (("tag_key", "location_id"), 85),
}
REFERENCE = "reference"


def preview(ctx: Context, asset_id: UUID, into_id: UUID) -> dict[str, Any]:
    """What a merge would do, and what stands in its way; nothing is written."""
    return previewed(ctx, Asset.kind, asset_id, into_id, obstacles)


def list_pairs(ctx: Context) -> dict[str, Any]:
    """Pairs of assets that are likely one, the likeliest first, each with the rules that say so."""
    found: dict[tuple[UUID, UUID], dict[str, Any]] = {}
    for rule, (columns, score) in RULES.items():
        for ids in _alike(ctx, columns):
            _note(found, ids, rule, score)
    for ids in shared_references(ctx, Asset.kind):
        _note(found, ids, REFERENCE, 95)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1]["score"], -len(pair[1]["rules"]), pair[0]))
    shown = _shown(ctx, {i for ids, _ in ordered[:MOST_PAIRS] for i in ids})
    rows = [
        {**pair, "one": shown[ids[0]], "other": shown[ids[1]]}
        for ids, pair in ordered[:MOST_PAIRS]
        if ids[0] in shown and ids[1] in shown
    ]
    return {"rows": rows, "count": len(ordered)}


def _alike(ctx: Context, columns: tuple[str, ...]) -> list[list[UUID]]:
    """The ids of assets that agree in these columns, none of which is empty; the oldest first."""
    rows = visible(ctx, Asset)
    for column in columns:
        rows = rows.exclude(**{f"{column}__isnull": True} if column.endswith("_id") else {column: ""})
    alike = {column: OuterRef(column) for column in columns}
    twice = rows.filter(Exists(rows.filter(**alike).exclude(id=OuterRef("id")))).order_by("id")
    groups: dict[tuple[Any, ...], list[UUID]] = {}
    for row_id, *values in twice.values_list("id", *columns)[:MOST_READ]:
        groups.setdefault(tuple(values), []).append(row_id)
    return list(groups.values())


def _note(found: dict[tuple[UUID, UUID], dict[str, Any]], ids: list[UUID], rule: str, score: int) -> None:
    # The oldest is set beside each of the others: merging them one after the other leaves one.
    for other in ids[1:]:
        pair = found.setdefault((ids[0], other), {"score": 0, "rules": []})
        pair["rules"].append(rule)
        pair["score"] = max(pair["score"], score)


def _shown(ctx: Context, ids: set[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = shaped(
        visible(ctx, Asset).filter(id__in=ids), "id", "number", "name", "serial", "tag", "barcode", "state",
        model="model__name", location="location__name",
    )  # fmt: skip
    return {row["id"]: row for row in rows}
