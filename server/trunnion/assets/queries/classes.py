"""Reads by the class tree: how many assets there are of each class, those of the classes below included."""

from typing import Any

from django.db.models import Count

from trunnion.assets.models import Asset
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible


def count_by_class(ctx: Context, state: str = "") -> dict[str, Any]:
    """Assets by equipment class: `own` of the class itself, `all` with what lies below it."""
    rows = visible(ctx, Asset)
    if state:
        rows = rows.filter(state=state)
    counted = (
        rows.order_by()
        .values_list("model__equipment_class__path", "model__equipment_class__code")
        .annotate(n=Count("pk"))
    )
    own: dict[str, int] = {}
    whole: dict[str, int] = {}
    for path, _, number in counted:
        own[path or ""] = own.get(path or "", 0) + number
        steps = (path or "").split("/")[:-1]
        for depth in range(1, len(steps) + 1):
            above = "/".join(steps[:depth]) + "/"
            whole[above] = whole.get(above, 0) + number
    return {
        "rows": [
            {"path": path, "code": path.split("/")[-2], "own": own.get(path, 0), "all": whole[path]}
            for path in sorted(whole)
        ],
        "without_class": own.get("", 0),
    }
